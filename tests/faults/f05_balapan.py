"""F5: many act on one turn at the same moment; exactly one wins, the rest learn who did."""

import multiprocessing
import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, connections

from laporan.models import BabNaskah, Draf, Kunjungan, Tugas, VersiNaskah
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.naskah import IsianBab, save_bab
from organisasi.models import Pengguna
from sakip.common.errors import AksesDitolak, DomainError, TransisiDitolak
from tests.factories.organisasi import InstansiFactory, PenggunaFactory, PenugasanFactory
from tests.faults._landasan import MULAI, Hasil, Landasan
from tests.laporan.invarian import assert_invarian
from tests.laporan.isi_langkah import prepare, read_naskah
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, satu

# Written, judged, laid down: the shortest route with a decision that may send back.
_RUTE: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "keputusan", "koreksi", satu("sekretaris"), 1),
    (3, "akhir", "arsip", satu("perencana"), None),
]
_MAKS_SAINGAN = 8
_PERIODE = 4
# From so many on, every processor runs races of its own; they meet in the database only.
_BERSAMA = 400
# Whose codes must differ between processes.
_PABRIK = (InstansiFactory, PenggunaFactory)


class Gelanggang:
    """Threads that begin together, each with a connection that it keeps."""

    def __init__(self) -> None:
        self._utas = ThreadPoolExecutor(_MAKS_SAINGAN)

    def race(self, kerja: list[Callable[[], object]]) -> list[object]:
        """Run everything at the same moment; results or refusals, in order."""
        mulai = threading.Barrier(len(kerja))
        return list(self._utas.map(partial(_start, mulai), kerja))

    def close(self) -> None:
        """Let go of threads and connections."""
        tutup = threading.Barrier(_MAKS_SAINGAN)
        for _n in range(_MAKS_SAINGAN):
            self._utas.submit(_start, tutup, connections.close_all)
        self._utas.shutdown()


def _start(mulai: threading.Barrier, kerja: Callable[[], object]) -> object:
    mulai.wait(timeout=60)
    try:
        return kerja()
    except DomainError as ditolak:
        return ditolak


@dataclass
class Balapan:
    """Races of one process: how many are left to run, and what was seen."""

    sisa: int
    acak: random.Random
    gelanggang: Gelanggang = field(default_factory=Gelanggang)
    hasil: Hasil = field(default_factory=Hasil)
    menurut: Counter[str] = field(default_factory=Counter)

    def run_draf(self, kantor: Kantor, draf: Draf, orang: list[Pengguna]) -> None:
        """Race for every turn of one draft, until it is through or enough was run."""
        while self.sisa and draf.is_aktif:
            (tugas,) = aktif(draf)
            self._run_tugas(kantor, tugas, orang)
            self.sisa -= 1
            draf = Draf.objects.get(pk=draf.pk)
        try:
            assert_invarian(draf.pk)
        except AssertionError as galat:
            self.hasil.salah.append(f"laporan {draf.pk}: {galat}")

    def _run_tugas(self, kantor: Kantor, tugas: Tugas, orang: list[Pengguna]) -> None:
        pelaku = kantor.pelaku(tugas)
        langkah = tugas.kunjungan.langkah
        dahulu = Kunjungan.objects.filter(draf=tugas.draf_id).count()
        cara = "klik ganda"
        kerja: list[Callable[[], object]] = [
            partial(_finish, tugas, pelaku, "lanjut") for _kali in range(2)
        ]
        if langkah.simbol == "keputusan":
            cara, kerja = self._draw(tugas, orang)
        else:
            prepare(tugas, pelaku, MULAI)
        teks = f"Ditulis saat tugas {tugas.pk} diselesaikan."
        if langkah.tindakan == "susun" and self.acak.random() < 0.5:
            cara, kerja[1] = "selesai lawan sunting", partial(_write, tugas, pelaku, teks)
        self.menurut[cara] += 1
        jawaban = self.gelanggang.race(kerja)
        self.hasil.kejadian += 1
        if isinstance(jawaban[-1], BabNaskah | AksesDitolak):
            _judge_sunting(self.hasil, tugas, teks, jawaban.pop())
        _judge(self.hasil, cara, tugas, jawaban)
        _judge_langkah(self.hasil, cara, tugas, dahulu)

    def _draw(self, tugas: Tugas, orang: list[Pengguna]) -> tuple[str, list[Callable[[], object]]]:
        """Who decides what on one turn."""
        cara = self.acak.choice(["klik ganda", "banyak pemeriksa", "setuju lawan kembali"])
        banyak = self.acak.randint(2, _MAKS_SAINGAN) if cara == "banyak pemeriksa" else 2
        ikut = orang[:banyak] if cara == "banyak pemeriksa" else [orang[0]] * 2
        for satu_orang in set(ikut):
            read_naskah(tugas, satu_orang, MULAI)
        hasil = self.acak.choices(["ya", "tidak"], k=banyak)
        if cara == "klik ganda":
            hasil = [hasil[0]] * 2
        elif cara == "setuju lawan kembali":
            hasil = ["ya", "tidak"]
        return cara, [partial(_finish, tugas, o, h) for o, h in zip(ikut, hasil, strict=True)]


def run(landasan: Landasan) -> Hasil:
    """So many races: double clicks, many approvers, approve against return, finish against edit."""
    banyak = (os.cpu_count() or 1) if landasan.kali >= _BERSAMA else 1
    bagian = [landasan.kali // banyak + (n < landasan.kali % banyak) for n in range(banyak)]
    if banyak == 1:
        semua = [run_bagian(0, landasan.kali)]
    else:
        connections.close_all()  # a child that shared a connection would read another's answers
        konteks = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(banyak, mp_context=konteks) as proses:
            semua = list(proses.map(run_bagian, range(banyak), bagian))
    hasil, menurut = Hasil(), Counter[str]()
    for satu_hasil, satu_menurut in semua:
        hasil.kejadian += satu_hasil.kejadian
        hasil.salah += satu_hasil.salah
        menurut += satu_menurut
    hasil.catatan.append(", ".join(f"{n} {cara}" for cara, n in sorted(menurut.items())))
    return hasil


def run_bagian(ke: int, banyak: int) -> tuple[Hasil, Counter[str]]:
    """The races of one process."""
    for pabrik in _PABRIK if ke else ():
        pabrik.reset_sequence(ke * 10_000_000)  # no office of two processes has the same code
    balapan = Balapan(banyak, random.Random(f"{banyak}-{ke}"))  # noqa: S311 - who races, not a secret
    while balapan.sisa:
        kantor = make_kantor(_RUTE, MULAI)
        orang = _add_saingan(kantor)
        for periode in range(1, _PERIODE + 1):
            if balapan.sisa:
                balapan.run_draf(kantor, kantor.start(MULAI, periode_ke=periode), orang)
    balapan.gelanggang.close()
    connection.close()
    return balapan.hasil, balapan.menurut


def _add_saingan(kantor: Kantor) -> list[Pengguna]:
    """Seven more holders of the deciding post."""
    (jabatan,) = [j for j in kantor.instansi.jabatan.all() if j.kode == "sekretaris"]
    lain = PenggunaFactory.create_batch(_MAKS_SAINGAN - 1)
    for satu_orang in lain:
        PenugasanFactory(pengguna=satu_orang, jabatan=jabatan)
    return [kantor.orang[jabatan.pk], *lain]


def _finish(tugas: Tugas, aktor: Pengguna, hasil: str) -> Draf:
    putusan = Putusan(hasil=hasil, catatan="Perbaiki angka." if hasil == "tidak" else "")
    return finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=putusan, now=MULAI)


def _write(tugas: Tugas, aktor: Pengguna, teks: str) -> BabNaskah:
    bab = BabNaskah.objects.filter(draf=tugas.draf_id).earliest("urutan")
    return save_bab(bab_id=bab.pk, isian=IsianBab(teks, bab.versi), aktor=aktor, now=MULAI)


def _judge(hasil: Hasil, cara: str, tugas: Tugas, jawaban: list[object]) -> None:
    """One won, and each of the rest was told who."""
    menang = [j for j in jawaban if isinstance(j, Draf)]
    kalah = [j.pesan for j in jawaban if isinstance(j, TransisiDitolak)]
    nama = Tugas.objects.get(pk=tugas.pk).pelaku_nama
    hasil.require(len(menang) == 1, f"{cara}: {len(menang)} menang pada tugas {tugas.pk}")
    hasil.require(
        len(kalah) == len(jawaban) - 1 and all(nama in str(k) for k in kalah),
        f"{cara}: yang kalah tidak diberi tahu pemenangnya: {jawaban}",
    )


def _judge_langkah(hasil: Hasil, cara: str, tugas: Tugas, dahulu: int) -> None:
    """The draft went one step on, or was through."""
    maju = Kunjungan.objects.filter(draf=tugas.draf_id).count() - dahulu
    seharusnya = int(Draf.objects.get(pk=tugas.draf_id).is_aktif)
    hasil.require(maju == seharusnya, f"{cara}: {maju} langkah sesudah tugas {tugas.pk}")


def _judge_sunting(hasil: Hasil, tugas: Tugas, teks: str, jawaban: object) -> None:
    """Words that were taken are in the version that was handed on; others were refused."""
    versi = VersiNaskah.objects.filter(draf=tugas.draf_id).latest("nomor")
    masuk = any(teks in bab["html"] for bab in versi.isi)
    hasil.require(
        masuk is isinstance(jawaban, BabNaskah),
        f"suntingan pada tugas {tugas.pk} {'diterima' if not masuk else 'ditolak'}, isinya lain",
    )
