"""Evidence from plans and figures, for the evaluation. Every query begins at the office."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.models import Bukti, Capaian, Indikator, RencanaAksi, TargetAksi
from kinerja.selectors.unduhan import make_sel
from laporan.selectors.bahan_lke import Bahan, BerkasBukti, hari_di, last_hari
from organisasi.models import Instansi
from sakip.common.unduhan import Nilai


def read_indikator(instansi: Instansi, tahun: int) -> Bahan:
    """Those of the plan of that year."""
    daftar = list(
        Indikator.objects.filter(
            sasaran__tujuan__instansi=instansi,
            sasaran__tujuan__tahun_awal__lte=tahun,
            sasaran__tujuan__tahun_akhir__gte=tahun,
        )
        .select_related("sasaran")
        .order_by("sasaran", "pk")
    )
    baris: list[Sequence[Nilai]] = [
        [i.sasaran.uraian, i.kode, i.nama, i.satuan, i.definisi_operasional] for i in daftar
    ]
    kolom = (_("Sasaran"), _("Kode"), _("Indikator"), _("Satuan"), _("Definisi operasional"))
    return Bahan(kolom, baris)


def read_rencana_aksi(instansi: Instansi, tahun: int) -> Bahan:
    daftar = RencanaAksi.objects.filter(unit__instansi=instansi, tahun=tahun).select_related(
        "indikator", "unit"
    )
    baris: list[Sequence[Nilai]] = [
        [a.indikator.nama, a.uraian, a.keluaran, a.jadwal, a.unit.nama, a.anggaran]
        for a in daftar.order_by("pk")
    ]
    kolom = (_("Indikator"), _("Aksi"), _("Keluaran"), _("Jadwal"), _("Unit"), _("Anggaran"))
    return Bahan(kolom, baris)


def read_pelaksanaan(instansi: Instansi, tahun: int) -> Bahan:
    daftar = list(
        TargetAksi.objects.filter(
            aksi__unit__instansi=instansi, aksi__tahun=tahun, dicatat_pada__isnull=False
        )
        .select_related("aksi__unit")
        .order_by("aksi", "triwulan")
    )
    baris: list[Sequence[Nilai]] = [
        [
            t.aksi.uraian,
            t.triwulan,
            t.get_keadaan_display(),
            t.keterangan,
            t.aksi.unit.nama,
            hari_di(instansi, t.dicatat_pada),
        ]
        for t in daftar
    ]
    kolom = (_("Aksi"), _("Triwulan"), _("Keadaan"), _("Keterangan"), _("Unit"), _("Dicatat"))
    return Bahan(kolom, baris, pada=last_hari(instansi, [t.dicatat_pada for t in daftar]))


def _list_capaian(instansi: Instansi, tahun: int, syarat: Q | None = None) -> list[Capaian]:
    daftar = Capaian.objects.filter(
        formulir__unit__instansi=instansi, formulir__tahun=tahun
    ).select_related("formulir__unit", "indikator", "diperiksa_oleh")
    if syarat is not None:
        daftar = daftar.filter(syarat)
    return list(daftar.order_by("formulir__triwulan", "formulir", "pk"))


def read_capaian(instansi: Instansi, tahun: int) -> Bahan:
    semua = _list_capaian(instansi, tahun, Q(formulir__diajukan_pada__isnull=False))
    baris: list[Sequence[Nilai]] = [
        [
            c.formulir.triwulan,
            c.formulir.unit.nama,
            c.nama or c.indikator.nama,
            c.target_uraian or make_sel(c.target_nilai, c),
            make_sel(c.realisasi, c),
            c.formulir.get_status_display(),
            hari_di(instansi, c.formulir.diajukan_pada),
        ]
        for c in semua
    ]
    kolom = (
        _("Triwulan"),
        _("Unit"),
        _("Indikator"),
        _("Target"),
        _("Realisasi"),
        _("Keadaan"),
        _("Diajukan"),
    )
    return Bahan(kolom, baris, pada=last_hari(instansi, [c.formulir.diajukan_pada for c in semua]))


def read_verifikasi(instansi: Instansi, tahun: int) -> Bahan:
    semua = _list_capaian(instansi, tahun, ~Q(periksa=""))
    baris: list[Sequence[Nilai]] = [
        [
            c.formulir.triwulan,
            c.formulir.unit.nama,
            c.nama or c.indikator.nama,
            c.get_periksa_display(),
            c.catatan_pemeriksa,
            c.diperiksa_oleh.nama if c.diperiksa_oleh else "",
        ]
        for c in semua
    ]
    kolom = (_("Triwulan"), _("Unit"), _("Indikator"), _("Putusan"), _("Catatan"), _("Pemeriksa"))
    return Bahan(kolom, baris, pada=last_hari(instansi, [c.formulir.diputus_pada for c in semua]))


def read_tindak_lanjut(instansi: Instansi, tahun: int) -> Bahan:
    semua = _list_capaian(instansi, tahun, ~Q(rencana="") | ~Q(rtl_lalu_status=""))
    baris: list[Sequence[Nilai]] = [
        [
            c.formulir.triwulan,
            c.formulir.unit.nama,
            c.nama or c.indikator.nama,
            c.kendala,
            c.solusi,
            c.rencana,
            c.get_rtl_lalu_status_display(),
        ]
        for c in semua
    ]
    kolom = (
        _("Triwulan"),
        _("Unit"),
        _("Indikator"),
        _("Kendala"),
        _("Solusi"),
        _("RTL"),
        _("RTL periode lalu"),
    )
    return Bahan(kolom, baris, pada=last_hari(instansi, [c.formulir.diajukan_pada for c in semua]))


def read_bukti_dukung(instansi: Instansi, tahun: int) -> Bahan:
    daftar = list(
        Bukti.objects.filter(
            capaian__formulir__unit__instansi=instansi, capaian__formulir__tahun=tahun
        )
        .select_related("capaian__formulir__unit", "capaian__indikator")
        .order_by("capaian__formulir__triwulan", "pk")
    )
    baris: list[Sequence[Nilai]] = [
        [
            b.capaian.formulir.triwulan,
            b.capaian.formulir.unit.nama,
            b.capaian.indikator.nama,
            b.nama_asli,
            b.tautan,
            b.sha256,
            hari_di(instansi, b.diunggah_pada),
        ]
        for b in daftar
    ]
    berkas = [
        BerkasBukti(
            f"tw{b.capaian.formulir.triwulan} {b.capaian.indikator.kode} {b.nama_asli}",
            str(b.berkas.name),
            b.sha256,
            b.ukuran,
            b.diunggah_pada,
        )
        for b in daftar
        if b.berkas
    ]
    kolom = (
        _("Triwulan"),
        _("Unit"),
        _("Indikator"),
        _("Berkas"),
        _("Tautan"),
        _("SHA-256"),
        _("Diunggah"),
    )
    return Bahan(kolom, baris, berkas, last_hari(instansi, [b.diunggah_pada for b in daftar]))
