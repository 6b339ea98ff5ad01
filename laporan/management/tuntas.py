"""Documents of the demo offices that went the whole way: signed, numbered, sent and archived.

Walked by the services. The moments before the signature are invented; the signature itself, with
the test certificate of its signer, and all that follows happen when this runs. What a person has
begun already is left alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from kinerja.models import Capaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.periode import TRIWULAN
from kinerja.rules.perjanjian import Pihak
from laporan.management.penjalan import Penjalan
from laporan.models import BabNaskah, Draf, Efek, KelasArsip, TandaTangan, Tugas
from laporan.rules.rapat import is_undangan_saja
from laporan.rules.tindakan import TINDAKAN, Halaman, can_edit_naskah
from laporan.selectors.dokumen import get_dokumen_tanda
from laporan.selectors.kirim import list_alamat, list_kirim_draf
from laporan.selectors.rapat import find_undangan
from laporan.services.dokumen import archive_dokumen, freeze_dokumen
from laporan.services.draf import LaporanBaru, start_draf
from laporan.services.efek import Kerja, run_di_tempat
from laporan.services.hasil_tanda import discard_hasil
from laporan.services.kirim import IsianKirim, record_penyampaian
from laporan.services.minta_tanda import request_tanda_tangan
from laporan.services.naskah import IsianBab, save_bab
from laporan.services.perjanjian import IsianPerjanjian, start_perjanjian
from laporan.services.rapat import IsianRapat, IsianUndangan, save_rapat, save_undangan
from laporan.services.rencana_aksi import start_rencana_aksi
from laporan.services.surat import (
    IsianArsip,
    IsianPenggandaan,
    IsianSalinan,
    IsianSurat,
    save_arsip,
    save_penggandaan,
    save_surat,
)
from laporan.services.tanda_tangan import sign_dokumen
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.selectors import get_kalender, list_pejabat, list_pemegang
from sakip.common.pdf import render_pdf
from sakip.common.rahasia import Rahasia
from sakip.common.waktu import Kalender, add_waktu_kerja, tanggal_panjang
from sop.models import SOP, VersiSOP
from sop.selectors import get_graf

_DATA = Path(__file__).resolve().parents[1] / "data/contoh-tuntas.yaml"
# Working minutes of a turn, and how many days before the signature the order was given.
_LAMA = timedelta(minutes=75)
_DIMULAI = timedelta(days=16)


@dataclass(frozen=True)
class Kisah:
    """One document: whose, what it is and for which period. lengkap: only with the demo year."""

    kantor: str
    dokumen: str
    jenis: str
    tahun: int
    periode_ke: int = 0
    lengkap: bool = True


# What a worker does of the promises that these documents make.
_KERJA: Mapping[str, Callable[[Kerja], None]] = {
    Efek.Jenis.BEKUKAN: freeze_dokumen,
    Efek.Jenis.TANDA_TANGAN: sign_dokumen,
    Efek.Jenis.ARSIP: archive_dokumen,
}

KISAH = (
    Kisah("kota-blitar", SOP.Menghasilkan.LAPORAN_KINERJA, "triwulan", 2026, 2, lengkap=False),
    Kisah("kota-blitar", SOP.Menghasilkan.LAPORAN_KINERJA, "tahunan", 2025),
    Kisah("dinkes-mojokerto", SOP.Menghasilkan.PERJANJIAN_KINERJA, "tahunan", 2026),
    Kisah("dinkes-mojokerto", SOP.Menghasilkan.RENCANA_AKSI, "tahunan", 2026),
)


def load_tuntas(frasa: Rahasia, *, lengkap: bool) -> int:
    """Walk the documents that nobody has begun; how many were.

    frasa: the passphrase of the test certificates of those who sign.
    """
    return sum(_walk(kisah, frasa) for kisah in KISAH if lengkap or not kisah.lengkap)


@transaction.atomic
def _walk(kisah: Kisah, frasa: Rahasia) -> bool:
    instansi = Instansi.objects.select_for_update().get(kode=kisah.kantor)
    milik = Draf.objects.filter(instansi=instansi, menghasilkan=kisah.dokumen)
    sama = {"jenis": kisah.jenis, "tahun": kisah.tahun, "periode_ke": kisah.periode_ke}
    if milik.filter(**sama).exists():
        return False
    versi = VersiSOP.objects.filter(
        sop__instansi=instansi, sop__menghasilkan=kisah.dokumen, status=VersiSOP.Status.TERBIT
    ).latest("pk")
    kini = timezone.now()
    mulai = max(kini - _DIMULAI, min(kini, versi.terbit_pada or kini))
    isi = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    kalender = get_kalender(instansi, sekitar=mulai.date())
    draf = _start(kisah, versi, isi, mulai)
    draf = _Tuntas(isi, frasa, _Waktu(mulai, kini, kalender)).walk(draf)
    _deliver(draf)
    return True


def _start(kisah: Kisah, versi: VersiSOP, isi: Mapping[str, Any], mulai: datetime) -> Draf:
    """Ordered by whoever does the first step."""
    awal = get_graf(versi.pk, versi.sidik).langkah[0].pelaksana[0]
    aktor = list_pemegang(jabatan_ids=[awal.jabatan_id], pada=mulai)[0].pengguna
    siapa: dict[str, Any] = {"versi": versi, "aktor": aktor, "now": mulai}
    if kisah.dokumen == SOP.Menghasilkan.PERJANJIAN_KINERJA:
        kedua = Pihak(isi["pihak_kedua"]["nama"], isi["pihak_kedua"]["jabatan"])
        return start_perjanjian(isian=IsianPerjanjian(kisah.tahun, kedua), **siapa)
    if kisah.dokumen == SOP.Menghasilkan.RENCANA_AKSI:
        return start_rencana_aksi(tahun=kisah.tahun, **siapa)
    return start_draf(laporan=LaporanBaru(kisah.jenis, kisah.tahun, kisah.periode_ke), **siapa)


@dataclass(frozen=True)
class _Waktu:
    """From the order until now, in the working hours of the office."""

    mulai: datetime
    kini: datetime
    kalender: Kalender


@dataclass(frozen=True)
class _Tuntas(Penjalan):
    """Every turn with what it asks for, and the jobs that follow carried out at once."""

    isi: Mapping[str, Any]
    frasa: Rahasia
    waktu: _Waktu

    def when(self, tugas: Tugas) -> datetime:
        """After some working minutes, or half of the fewer that the SOP gives; a signature now."""
        if TandaTangan.objects.filter(dokumen__draf=tugas.draf_id).exists() or _is_tanda(tugas):
            return self.waktu.kini
        mulai = tugas.aktif_pada or self.waktu.mulai
        selesai = add_waktu_kerja(mulai, _LAMA, self.waktu.kalender)
        if tugas.tenggat is not None and tugas.tenggat < selesai:
            selesai = mulai + (tugas.tenggat - mulai) / 2
        return min(selesai, self.waktu.kini)

    def choose(self, pemegang: list[Penugasan], tugas: Tugas) -> Penugasan | None:
        """Figures come from whom the head of the unit left them to, so that he can judge them."""
        if tugas.formulir is not None and tugas.formulir.is_draf:
            pemegang = sorted(pemegang, key=lambda p: (p.jenis != "delegasi", -p.pk))
        return super().choose(pemegang, tugas)

    def prepare(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
        """The text, and the record of the step."""
        super().prepare(tugas, mandat, pada)
        langkah = tugas.kunjungan.langkah
        if can_edit_naskah(langkah.tindakan, langkah.simbol):
            self._write(tugas, mandat, pada)
        catat = _CATATAN.get(langkah.tindakan)
        if catat:
            catat(tugas, mandat.pengguna, self.isi, pada)

    def finish(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> Draf:
        """By a signature where the step is one."""
        if _is_tanda(tugas):
            self._sign(tugas, mandat, pada)
        else:
            super().finish(tugas, mandat, pada)
        self._run(tugas.draf_id, pada)
        return Draf.objects.get(pk=tugas.draf_id)

    def tell(self, c: Capaian) -> IsianBaris:
        """The figure of that triwulan; at the end of the year what was in the way of it."""
        isi, triwulan = self.isi["capaian"][c.indikator.kode], c.formulir.triwulan
        akhir = triwulan == TRIWULAN[-1]
        return IsianBaris(
            realisasi_teks=isi["realisasi"][c.formulir.tahun][triwulan - 1],
            penjelasan=isi["penjelasan"],
            versi=c.versi,
            uraian={n: isi[n] for n in ("kendala", "solusi", "rencana")} if akhir else {},
        )

    def _write(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
        """Parts that nobody has written yet."""
        kosong = BabNaskah.objects.filter(draf=tugas.draf, kode__in=self.isi["naskah"], isi="")
        for bab in kosong:
            isian = IsianBab(self.isi["naskah"][bab.kode], bab.versi)
            save_bab(bab_id=bab.pk, isian=isian, aktor=mandat.pengguna, now=pada)

    def _sign(self, tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
        dokumen = get_dokumen_tanda(tugas)
        if dokumen is None:
            raise LookupError(f"{tugas} has nothing to sign")
        efek = request_tanda_tangan(
            tugas_id=tugas.pk,
            sidik=dokumen.sha256,
            frasa=self.frasa,
            aktor=mandat.pengguna,
            now=pada,
        )
        discard_hasil(efek)  # of a load that was undone, whose number is given again

    def _run(self, draf_id: int, pada: datetime) -> None:
        """Carry out what was promised, as a worker would, and what follows from it."""
        antre = Efek.objects.filter(draf=draf_id, status=Efek.Status.ANTRE).order_by("pk")
        while efek := antre.first():
            jam = timezone.now if efek.jenis == Efek.Jenis.TANDA_TANGAN else lambda: pada
            run_di_tempat(efek, _KERJA[efek.jenis], jam=jam)


def _is_tanda(tugas: Tugas) -> bool:
    return TINDAKAN[tugas.kunjungan.langkah.tindakan].halaman == Halaman.TANDA_TANGAN


def _hold_rapat(tugas: Tugas, aktor: Pengguna, isi: Mapping[str, Any], pada: datetime) -> None:
    """Invited and held an hour before its minutes; some steps only invite."""
    kata, graf = isi["rapat"], get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik)
    undangan = find_undangan(graf, tugas.kunjungan)
    if undangan is None:
        # A person of several posts is invited once, by the first of them.
        orang: dict[int, int] = {}
        for p in list_pejabat(tugas.draf.instansi, pada=pada):
            orang.setdefault(p.pengguna_id, p.pk)
        pejabat = list(orang.values())
        undangan = save_undangan(
            tugas_id=tugas.pk,
            isian=IsianUndangan(
                acara=kata["acara"],
                mulai=pada - timedelta(hours=1),
                tempat=kata["tempat"],
                pejabat=pejabat,
                penanda=pejabat[0],
            ),
            aktor=aktor,
            now=pada,
        )
    if is_undangan_saja(graf, graf.menurut_id[tugas.kunjungan.langkah_id]):
        return
    hadir = list(undangan.peserta.values_list("pk", flat=True))
    isian = IsianRapat(aktor.nama, kata["notulen"], hadir)
    save_rapat(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=pada)


def _write_surat(tugas: Tugas, aktor: Pengguna, isi: Mapping[str, Any], pada: datetime) -> None:
    """The letter that goes with the report, in the name of the head of the office."""
    draf = tugas.draf
    pejabat = list_pejabat(draf.instansi, pada=pada)
    isian = IsianSurat(
        tanggal=_hari(draf, pada),
        perihal=f"Penyampaian {draf.judul}",
        isi=isi["surat"]["isi"],
        lampiran=isi["surat"]["lampiran"],
        tujuan=list_alamat(draf),
        penanda=pejabat.filter(jabatan__tingkat="kepala")[0].pk,
    )
    save_surat(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=pada)


def _copy(tugas: Tugas, aktor: Pengguna, isi: Mapping[str, Any], pada: datetime) -> None:
    hari = _hari(tugas.draf, pada)
    salinan = [
        IsianSalinan(**s, diterima_pada=hari if "penerima" in s else None) for s in isi["salinan"]
    ]
    isian = IsianPenggandaan(aktor.nama, hari, salinan)
    save_penggandaan(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=pada)


def _archive(tugas: Tugas, aktor: Pengguna, isi: Mapping[str, Any], pada: datetime) -> None:
    kode = isi["kelas"][tugas.draf.jenis]
    kelas = KelasArsip.objects.get(instansi=tugas.draf.instansi, kode=kode)
    isian = IsianArsip(klasifikasi="", retensi="", kelas=kelas.pk, **isi["arsip"])
    save_arsip(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=pada)


_CATATAN: Mapping[str, Callable[[Tugas, Pengguna, Mapping[str, Any], datetime], None]] = {
    "rapat": _hold_rapat,
    "sosialisasi": _hold_rapat,
    "surat": _write_surat,
    "penggandaan": _copy,
    "arsip": _archive,
}


def _hari(draf: Draf, pada: datetime) -> date:
    return pada.astimezone(draf.instansi.zona_waktu).date()


def _deliver(draf: Draf) -> None:
    """To all but the last receiver, which stands open, the first with a receipt.

    Noted by who manages the application.
    """
    kini = timezone.now()
    hari = _hari(draf, kini)
    pengelola = Pengguna.objects.get(
        penugasan__jabatan__instansi=draf.instansi, penugasan__jabatan__tingkat="pengelola"
    )
    for n, baris in enumerate(list_kirim_draf(draf, hari)[:-1]):
        penerima = f"Petugas {baris.tujuan.nama} (contoh)"
        record_penyampaian(
            draf_id=draf.pk,
            tujuan_id=baris.tujuan.pk,
            isian=IsianKirim(
                hari,
                "antar",
                penerima=penerima,
                berkas=None if n else _make_terima(draf, penerima, hari),
            ),
            aktor=pengelola,
            now=kini,
        )


def _make_terima(draf: Draf, penerima: str, hari: date) -> ContentFile[bytes]:
    """The receipt as a page of its own."""
    isi = (
        f"<h1>Tanda terima (contoh)</h1><p>Telah diterima oleh {escape(penerima)} "
        f"pada {tanggal_panjang(hari)}: {escape(draf.judul)}, "
        f"{escape(draf.instansi.nama)}.</p>"
    )
    html = f'<html lang="id"><head><title>Tanda terima</title></head><body>{isi}</body></html>'
    return ContentFile(render_pdf(html).isi, name="tanda-terima.pdf")
