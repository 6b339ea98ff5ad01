"""Walks a report of a demo office turn by turn through the services, as its people would do it."""

from abc import ABC, abstractmethod
from datetime import datetime
from decimal import Decimal

from kinerja.models import Capaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.pemeriksaan import Tanda, TandaBaris
from kinerja.selectors.pemeriksaan import list_sendiri
from kinerja.services.isian import Kiriman, save_formulir
from laporan.models import Draf, Tugas
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.naskah import get_versi_terakhir
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.dibaca import mark_dibaca
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.periksa import examine_capaian
from organisasi.models import Penugasan
from organisasi.selectors import find_penugasan_covering, list_pemegang
from sakip.common.angka import bulatkan, format_angka


class Penjalan(ABC):
    """Does whatever turn is done first, until the document is finished. Knows no SOP.

    A story says when each turn is done, and may answer Tidak.
    """

    @abstractmethod
    def when(self, tugas: Tugas) -> datetime:
        """The moment at which that open turn is done."""

    def choose(self, pemegang: list[Penugasan], tugas: Tugas) -> Penugasan | None:
        """Who of the holders of the post does that turn."""
        return find_penugasan_covering(pemegang, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id)

    def decide(self, tugas: Tugas) -> Putusan:
        """How it ends: Ya, or on to the next."""
        langkah = tugas.kunjungan.langkah
        catatan = "Mohon dilaksanakan sesuai SOP." if langkah.tindakan == "disposisi" else ""
        return Putusan(hasil="ya" if langkah.simbol == "keputusan" else "lanjut", catatan=catatan)

    def prepare(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
        """What is put on record before the turn can end."""
        self._fill(tugas, mandat, pada)
        _examine(tugas, mandat, pada)
        read_naskah(tugas, mandat, pada)

    def tell(self, c: Capaian) -> IsianBaris:
        """An invented figure near the target."""
        realisasi = bulatkan((c.target_nilai or Decimal(0)) * Decimal("0.97"), 0)
        return IsianBaris(
            realisasi_teks=format_angka(realisasi),
            penjelasan="Angka contoh, dikarang untuk peragaan.",
            versi=c.versi,
        )

    def finish(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> Draf:
        """End the turn."""
        putusan = self.decide(tugas)
        return finish_tugas(tugas_id=tugas.pk, aktor=mandat.pengguna, putusan=putusan, now=pada)

    def walk(self, draf: Draf) -> Draf:
        """From the open turns to the end."""
        while draf.is_aktif:
            draf = self._work_next(draf)
        return draf

    def _fill(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
        """Figures of whoever hands them in and has not done so."""
        if tugas.formulir is None or not tugas.formulir.is_draf:
            return
        baris = Capaian.objects.filter(formulir=tugas.formulir)
        hasil = save_formulir(
            formulir_id=tugas.formulir.pk,
            kiriman=Kiriman(
                {c.pk: self.tell(c) for c in baris.select_related("indikator", "formulir")}
            ),
            aktor=mandat.pengguna,
            sebagai=mandat,
            now=pada,
        )
        if hasil.galat:
            raise ValueError(f"the story is at odds with the rules: {hasil.galat}")

    def _work_next(self, draf: Draf) -> Draf:
        terbuka = Tugas.objects.filter(draf=draf, status=Tugas.Status.AKTIF).select_related(
            "kunjungan__langkah", "jabatan", "unit", "draf__instansi"
        )
        pada, tugas = min(((self.when(t), t) for t in terbuka), key=lambda p: (p[0], p[1].pk))
        mandat = self.choose(list_pemegang(jabatan_ids=[tugas.jabatan_id], pada=pada), tugas)
        if mandat is None:
            raise LookupError(f"{tugas} has nobody who may do it on {pada:%Y-%m-%d}")
        self.prepare(tugas, mandat, pada)
        return self.finish(tugas, mandat, pada)


def read_naskah(tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
    """Whoever judges or signs the text has read it."""
    versi, langkah = get_versi_terakhir(tugas.draf), tugas.kunjungan.langkah
    menilai = langkah.simbol == "keputusan" or TINDAKAN[langkah.tindakan].bekukan
    if versi is not None and menilai:
        mark_dibaca(draf_id=tugas.draf_id, nomor=versi.nomor, aktor=mandat.pengguna, now=pada)


def _examine(tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
    """Every row found right that nobody has judged, where the step examines others' figures."""
    langkah = tugas.kunjungan.langkah
    if TINDAKAN[langkah.tindakan].halaman != Halaman.VERIFIKASI:
        return
    formulir = list_formulir_draf(tugas.draf, unit_id=tugas.unit_id)
    if list_sendiri([f.pk for f in formulir], mandat.pengguna_id):
        return
    belum = Capaian.objects.filter(formulir__in=formulir, periksa=Tanda.BELUM)
    tanda = {pk: TandaBaris(Tanda.SESUAI) for pk in belum.values_list("pk", flat=True)}
    examine_capaian(tugas_id=tugas.pk, tanda=tanda, aktor=mandat.pengguna, now=pada)
