"""F9: each migration, up and down again, on many figures, while people read with the old code."""

import time
from collections.abc import Callable, Mapping

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.faults._beban import Beban, Orang, describe, list_gagal
from tests.faults._landasan import Hasil, Landasan, require_postgres
from tests.faults._rilis import (
    SANDI,
    SEBELUM_KOLOM,
    Bersama,
    Rilis,
    fill,
    find_dari,
    make_rilis,
)

PER_DETIK = 50
# Application and name of a migration.
Langkah = tuple[str, str]
# Enough of them to make fifty requests a second.
_NIP = """
SELECT p.nip FROM organisasi_pengguna p JOIN organisasi_penugasan t ON t.pengguna_id = p.id
JOIN organisasi_jabatan j ON j.id = t.jabatan_id JOIN organisasi_instansi i ON i.id = j.instansi_id
WHERE i.kode IN ('dinkes-mojokerto', 'kota-blitar') AND t.selesai IS NULL AND p.is_active
GROUP BY p.nip ORDER BY min(t.id) LIMIT 8
"""
_BESAR = """
SELECT (SELECT count(*) FROM kinerja_capaian), pg_database_size(current_database()) / 1000000
"""
_KOLOM = """
SELECT table_name || '.' || column_name, is_nullable, column_default IS NOT NULL OR
is_identity = 'YES', data_type || coalesce(character_maximum_length::text, '')
FROM information_schema.columns WHERE table_schema = 'public'
"""


def run(landasan: Landasan) -> Hasil:
    """Fill a database, go back to the schema of the old code, and migrate under its feet.

    `kali`: thousands of figures.
    """
    require_postgres()
    hasil = Hasil()
    bersama = Bersama(landasan.folder, "sakip_migrasi")
    with make_rilis(bersama, landasan.dari or find_dari(SEBELUM_KOLOM)) as (lama, kini):
        fill(kini, landasan.kali * 1000)
        langkah = list_langkah(lama, kini)
        if not langkah:
            hasil.salah.append(f"tidak ada migrasi sejak {lama.nama}")
            return hasil
        for aplikasi, nama in list_akhir(lama):
            kini.manage("migrate", aplikasi, nama)
        sebelum = _read_kolom(bersama)
        alamat = lama.start_web()
        orang = make_orang(bersama, lambda: alamat)
        hasil.catatan.append(describe_data(bersama, lama, orang))
        with Beban(orang, PER_DETIK) as beban:
            time.sleep(3)
            for satu in langkah:
                _walk(hasil, beban, kini, satu, "maju")
            judge_kolom(hasil, sebelum, _read_kolom(bersama))
            for satu in list_akhir(lama):
                _walk(hasil, beban, kini, satu, "mundur sampai")
        hasil.kejadian = len(beban.jawaban)
        hasil.require(_read_kolom(bersama) == sebelum, "mundur: skemanya tidak seperti semula")
        hasil.salah += list_gagal(beban.jawaban)
    return hasil


def make_orang(bersama: Bersama, alamat: Callable[[], str]) -> list[Orang]:
    """People of the demo offices, signed in, who know their pages."""
    semua = [Orang(str(nip), SANDI, alamat) for (nip,) in bersama.read(_NIP)]
    for orang in semua:
        orang.sign_in()
        orang.explore()
    return [o for o in semua if o.halaman]


def describe_data(bersama: Bersama, lama: Rilis, orang: list[Orang]) -> str:
    """How much there is, and who works on it."""
    ((capaian, megabita),) = bersama.read(_BESAR)
    return (
        f"dari {lama.nama}: {capaian:,} capaian, {megabita} MB; "
        f"{len(orang)} orang, {sum(len(o.halaman) for o in orang)} halaman"
    )


def list_akhir(lama: Rilis) -> list[Langkah]:
    """Where the old code left the schema; the upper rooms first, for the way back."""
    return list(reversed(lama.list_migrasi().items()))


def list_langkah(lama: Rilis, kini: Rilis) -> list[Langkah]:
    """From the schema of the old code up to that of this: one migration each."""
    rencana = MigrationLoader(connection).graph.forwards_plan
    dahulu = lama.list_migrasi()
    semua = (kunci for ujung in kini.list_migrasi().items() for kunci in rencana(ujung))
    return [k for k in dict.fromkeys(semua) if k[0] in dahulu and k[1] > dahulu[k[0]]]


def _walk(hasil: Hasil, beban: Beban, kini: Rilis, langkah: Langkah, arah: str) -> None:
    aplikasi, nama = langkah
    mulai = time.monotonic()
    kini.manage("migrate", aplikasi, nama)
    detik = time.monotonic() - mulai
    kata = describe(beban.since(mulai), detik)
    hasil.catatan.append(f"{arah} {aplikasi} {nama[:4]}, {detik:.1f} s: {kata}")


Kolom = Mapping[str, tuple[str, bool, str]]


def _read_kolom(bersama: Bersama) -> Kolom:
    """Columns by name: may be empty, has a default, type."""
    return {
        str(nama): (str(kosong), bool(bawaan), str(jenis))
        for nama, kosong, bawaan, jenis in bersama.read(_KOLOM)
    }


def judge_kolom(hasil: Hasil, dahulu: Kolom, kini: Kolom) -> None:
    """What the old code does not name must go without it; what it names is there as it was."""
    tabel = {nama.partition(".")[0] for nama in dahulu}
    hilang = sorted(dahulu.keys() - kini.keys())
    hasil.require(not hilang, f"kolom yang masih dibaca kode lama hilang: {hilang}")
    wajib = [
        nama
        for nama, (kosong, bawaan, _jenis) in kini.items()
        if nama not in dahulu and nama.partition(".")[0] in tabel and kosong == "NO" and not bawaan
    ]
    hasil.require(not wajib, f"kolom baru yang tidak dikenal kode lama, tanpa bawaan: {wajib}")
