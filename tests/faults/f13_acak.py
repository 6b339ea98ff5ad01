"""F13: forms and files that nobody sends on purpose, to every address."""

import gc
import os
import re
import zlib
from collections.abc import Callable
from http import HTTPStatus

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from kinerja.models import UnggahanCapaian, UnggahanRencana
from kinerja.services.impor_rencana import check_unggahan_rencana
from kinerja.services.unggahan import check_unggahan
from tests.faults._landasan import Hasil, Landasan
from tests.faults._uji import make_kosong
from tests.faults.acak_berkas import make_contoh, unggahan
from tests.faults.acak_kiriman import Kiriman, encode_isian, kiriman
from tests.faults.acak_negeri import Dunia, Sasaran
from tests.faults.acak_nilai import RUMUS

MAKS_TUMBUH = 50 * 1024 * 1024
# Everybody of the own office who meets forms of his own, and three who stand outside of it.
ORANG = ("kepala", "perenc", "sekret", "staf", "kabid", "kelola", "bina", "inspek", "akun", "tamu")
_MAKS_DETIK = 30
_SEMUA_RUMUS = 3
_TAUTAN_BERKAS = re.compile("/bukti/[0-9]+/$|/lampiran/[0-9]+/$|/gambar/|/penyampaian/[0-9]+/")
_TAUTAN_TABEL = re.compile("unduh=(csv|xlsx)|[.](csv|xlsx)$")
_SETUJU = ("kinerja:apply-unggahan", "kinerja:apply-impor", "sop:pratinjau-impor")


def run(landasan: Landasan) -> Hasil:
    """So many posts, as many uploads, then all exports of what was filled with formulas."""
    make_kosong()
    with landasan.folders():
        return run_acak(Dunia(), landasan.kali)


def run_acak(dunia: Dunia, kali: int) -> Hasil:
    """The same in a database that has only its tables."""
    sasaran = dunia.list_sasaran(ORANG)
    berkas = list_berkas(sasaran)
    contoh = make_contoh(dict(dunia.catatan.unduhan))
    # Once around before it is measured: what is loaded at first use stays.
    post_acak(dunia, sasaran, len(sasaran))
    upload_acak(dunia, berkas, contoh, len(berkas))
    mulai = measure_rss()
    post = post_acak(dunia, sasaran, kali)
    unggah = upload_acak(dunia, berkas, contoh, kali)
    fill_rumus(dunia, sasaran)
    tumbuh = measure_rss() - mulai
    hasil = judge(dunia, tumbuh)
    hasil.kejadian = post + unggah
    hasil.catatan.append(
        f"{post} isian ke {len(sasaran)} alamat, {unggah} unggahan ke {len(berkas)}"
    )
    return hasil


def judge(dunia: Dunia, tumbuh: int) -> Hasil:
    """What came of all of it."""
    catatan, hasil = dunia.catatan, Hasil()
    hasil.salah += [*catatan.galat, *catatan.aktif, *(f"rumus: {r}" for r in catatan.rumus)]
    hasil.require(tumbuh <= MAKS_TUMBUH, f"memori tumbuh {tumbuh / 2**20:.0f} MB")
    hasil.require(catatan.terlama[0] <= _MAKS_DETIK, f"terlalu lama: {catatan.terlama}")
    hasil.catatan += [
        f"jawaban: {', '.join(f'{n} × {s}' for s, n in catatan.jawaban.most_common())}",
        f"memori tumbuh {tumbuh / 2**20:.0f} MB; {catatan.lembar} lembar kerja diperiksa; "
        f"terlama {catatan.terlama[0]:.1f} s ({catatan.terlama[1]})",
    ]
    return hasil


def list_berkas(sasaran: dict[str, list[Sasaran]]) -> dict[str, list[Sasaran]]:
    """Those that take files."""
    dengan = {r: [s for s in daftar if s.formulir.berkas] for r, daftar in sasaran.items()}
    return {r: daftar for r, daftar in dengan.items() if daftar}


def post_acak(dunia: Dunia, sasaran: dict[str, list[Sasaran]], kali: int) -> int:
    """At least `kali` requests, as many to each address; how many there were."""

    def kirim(data: st.DataObject, satu: Sasaran) -> None:
        dunia.send(satu.kolom, data.draw(kiriman(satu.formulir, dunia.tetangga)))

    return _each(dunia, sasaran, kali, kirim)


def upload_acak(
    dunia: Dunia, sasaran: dict[str, list[Sasaran]], contoh: dict[str, list[bytes]], kali: int
) -> int:
    """At least `kali` files, each followed to the page behind it and what that page offers."""

    def kirim(data: st.DataObject, satu: Sasaran) -> None:
        jawab = dunia.send(satu.kolom, data.draw(unggahan(satu.formulir, contoh)))
        _check_unggahan()
        if jawab.status == HTTPStatus.FOUND:
            _follow(dunia, satu.kolom, jawab.kepala["Location"])

    return _each(dunia, sasaran, kali, kirim)


Kirim = Callable[[st.DataObject, Sasaran], None]


def _each(dunia: Dunia, sasaran: dict[str, list[Sasaran]], kali: int, kirim: Kirim) -> int:
    tiap = -(-kali // len(sasaran))
    for rute, daftar in sasaran.items():
        _try_rute(dunia, rute, daftar, tiap, kirim)
    return tiap * len(sasaran)


def _try_rute(dunia: Dunia, rute: str, daftar: list[Sasaran], kali: int, kirim: Kirim) -> None:
    """So many times to one address, the same on every run of the same code."""

    @seed(zlib.crc32(rute.encode()))
    @settings(
        max_examples=kali,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def satu(data: st.DataObject) -> None:
        with dunia.undone():
            kirim(data, data.draw(st.sampled_from(daftar)))

    satu()


def _check_unggahan() -> None:
    """What the worker would do with workbooks that wait."""
    for capaian in UnggahanCapaian.objects.filter(status=UnggahanCapaian.Status.ANTRE):
        check_unggahan(unggahan_id=capaian.pk)
    for rencana in UnggahanRencana.objects.filter(status=UnggahanRencana.Status.ANTRE):
        check_unggahan_rencana(unggahan_id=rencana.pk)


def _follow(dunia: Dunia, kolom: str, alamat: str) -> None:
    """Open the page behind an upload, what it links to of files, and agree to what it asks."""
    jawab = dunia.send(kolom, Kiriman("GET", alamat))
    for tautan in dunia.list_tautan(jawab, alamat, _TAUTAN_BERKAS)[-2:]:
        dunia.send(kolom, Kiriman("GET", tautan))
    for satu in dunia.read_sasaran(kolom, jawab, alamat):
        if satu.rute in _SETUJU:
            badan = encode_isian(list(satu.formulir.isian))
            dunia.send(kolom, Kiriman("POST", satu.formulir.alamat, badan))


def fill_rumus(dunia: Dunia, sasaran: dict[str, list[Sasaran]]) -> None:
    """Put a formula into every field for words, then fetch every table that can be fetched."""
    with dunia.undone():
        for daftar in sasaran.values():
            for ke, satu in enumerate([s for s in daftar if s.formulir.teks][:_SEMUA_RUMUS]):
                teks = set(satu.formulir.teks)
                isian = [
                    (n, RUMUS[ke % len(RUMUS)] if n in teks else v) for n, v in satu.formulir.isian
                ]
                dunia.send(satu.kolom, Kiriman("POST", satu.formulir.alamat, encode_isian(isian)))
        for kolom in ("perenc", "kelola", "bina"):
            for alamat in dunia.list_halaman(kolom):
                jawab = dunia.send(kolom, Kiriman("GET", alamat))
                for tautan in dunia.list_tautan(jawab, alamat, _TAUTAN_TABEL):
                    dunia.send(kolom, Kiriman("GET", tautan))


def measure_rss() -> int:
    """Bytes of memory that this process holds."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
