"""F5: many act on one turn at the same moment; exactly one wins, the rest learn who did."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

from django.db import connection

from laporan.models import Draf, Kunjungan, Tugas
from laporan.services.draf import Putusan, finish_tugas
from organisasi.models import Pengguna
from sakip.common.errors import TransisiDitolak
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.faults._landasan import MULAI, Hasil, Landasan
from tests.laporan.invarian import assert_invarian
from tests.laporan.isi_langkah import read_naskah
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, satu
from tests.laporan.test_balapan import race

# Written, judged, laid down: the shortest route with a decision that may send back.
_RUTE: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "keputusan", "koreksi", satu("sekretaris"), 1),
    (3, "akhir", "arsip", satu("perencana"), None),
]
_MAKS_SAINGAN = 8
_PERIODE = 4


def run(landasan: Landasan) -> Hasil:
    """So many races: double clicks, two to eight approvers, approve against return."""
    hasil, menurut = Hasil(), Counter[str]()
    acak = random.Random(landasan.kali)  # noqa: S311 - who races, not a secret
    kantor, orang = make_kantor(_RUTE, MULAI), list[Pengguna]()
    for n in range(landasan.kali):
        if n % _PERIODE == 0:
            kantor = make_kantor(_RUTE, MULAI)
            orang = _add_saingan(kantor)
        draf = kantor.work_all(kantor.start(MULAI, periode_ke=n % _PERIODE + 1), MULAI)
        (tugas,) = aktif(draf)
        cara, kerja = _draw(acak, tugas, orang)
        menurut[cara] += 1
        _judge(hasil, cara, tugas, race(kerja))
    connection.close()
    hasil.kejadian = landasan.kali
    hasil.catatan.append(", ".join(f"{n} {cara}" for cara, n in sorted(menurut.items())))
    return hasil


def _add_saingan(kantor: Kantor) -> list[Pengguna]:
    """Seven more holders of the deciding post."""
    (jabatan,) = [j for j in kantor.instansi.jabatan.all() if j.kode == "sekretaris"]
    lain = PenggunaFactory.create_batch(_MAKS_SAINGAN - 1)
    for satu_orang in lain:
        PenugasanFactory(pengguna=satu_orang, jabatan=jabatan)
    return [kantor.orang[jabatan.pk], *lain]


def _draw(
    acak: random.Random, tugas: Tugas, orang: list[Pengguna]
) -> tuple[str, list[Callable[[], object]]]:
    """Who does what to one turn."""
    cara = acak.choice(["klik ganda", "banyak pemeriksa", "setuju lawan kembali"])
    banyak = cara == "banyak pemeriksa"
    ikut = orang[: acak.randint(2, _MAKS_SAINGAN)] if banyak else [orang[0]] * 2
    for satu_orang in set(ikut):
        read_naskah(tugas, satu_orang, MULAI)
    hasil = ["ya", "tidak"] if cara == "setuju lawan kembali" else ["ya"] * len(ikut)
    return cara, [partial(_decide, tugas, o, h) for o, h in zip(ikut, hasil, strict=True)]


def _decide(tugas: Tugas, aktor: Pengguna, hasil: str) -> Draf:
    putusan = Putusan(hasil=hasil, catatan="Perbaiki angka." if hasil == "tidak" else "")
    return finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=putusan, now=MULAI)


def _judge(hasil: Hasil, cara: str, tugas: Tugas, jawaban: list[object]) -> None:
    menang = [j for j in jawaban if isinstance(j, Draf)]
    kalah = [j.pesan for j in jawaban if isinstance(j, TransisiDitolak)]
    nama = Tugas.objects.get(pk=tugas.pk).pelaku_nama
    hasil.require(len(menang) == 1, f"{cara}: {len(menang)} menang pada tugas {tugas.pk}")
    hasil.require(
        len(kalah) == len(jawaban) - 1 and all(nama in str(k) for k in kalah),
        f"{cara}: yang kalah tidak diberi tahu pemenangnya: {kalah}",
    )
    sesudah = Kunjungan.objects.filter(draf=tugas.draf_id).count()
    hasil.require(sesudah == 3, f"{cara}: {sesudah - 2} langkah sesudahnya, bukan satu")
    try:
        assert_invarian(tugas.draf_id)
    except AssertionError as galat:
        hasil.salah.append(f"{cara}: laporan {tugas.draf_id}: {galat}")
