"""Evidence from SOPs and documents, for the evaluation. Every query begins at the office."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models import (
    ArsipDokumen,
    Dokumen,
    Draf,
    Lampiran,
    PenilaianSOP,
    Penyampaian,
    Rapat,
    ReviuAPIP,
    TandaTangan,
    Tugas,
)
from laporan.rules.kirim import end_periode, find_batas
from laporan.selectors.bahan_lke import Bahan, BerkasBukti, hari_di, last_hari
from organisasi.models import Instansi
from sakip.common.unduhan import Nilai
from sop.models import SOP, VersiSOP
from sop.models.dokumen import DokumenSOP


def _laporan(instansi: Instansi, tahun: int, menghasilkan: str) -> Q:
    return Q(draf__instansi=instansi, draf__tahun=tahun, draf__menghasilkan=menghasilkan)


def _list_dokumen(instansi: Instansi, tahun: int, menghasilkan: str) -> Bahan:
    """Documents of finished drafts, in their final bytes, archived or not."""
    daftar = Dokumen.objects.filter(
        _laporan(instansi, tahun, menghasilkan), draf__status=Draf.Status.SELESAI
    )
    daftar = daftar.select_related("draf").prefetch_related("tanda_tangan").order_by("draf", "pk")
    akhir = {d.draf_id: d for d in daftar}
    arsip = {a.dokumen_id: a for a in ArsipDokumen.objects.filter(dokumen__in=akhir.values())}
    baris: list[Sequence[Nilai]] = []
    berkas = []
    for d in akhir.values():
        tanda = list(d.tanda_tangan.all())
        isi = tanda[-1] if tanda else d
        baris.append(
            [
                d.draf.judul,
                hari_di(instansi, d.draf.selesai_pada),
                "; ".join(f"{t.nama}, {t.jabatan}" for t in tanda),
                isi.sha256,
                _("Ya") if d.pk in arsip else _("Tidak"),
            ]
        )
        nama = f"{d.draf.judul}.pdf"
        berkas.append(BerkasBukti(nama, isi.berkas, isi.sha256, isi.ukuran, d.dibekukan_pada))
    kolom = (_("Dokumen"), _("Selesai"), _("Ditandatangani"), _("SHA-256"), _("Diarsipkan"))
    return Bahan(
        kolom, baris, berkas, last_hari(instansi, [d.dibekukan_pada for d in akhir.values()])
    )


def read_laporan(instansi: Instansi, tahun: int) -> Bahan:
    return _list_dokumen(instansi, tahun, SOP.Menghasilkan.LAPORAN_KINERJA)


def read_perjanjian(instansi: Instansi, tahun: int) -> Bahan:
    return _list_dokumen(instansi, tahun, SOP.Menghasilkan.PERJANJIAN_KINERJA)


def read_sop(instansi: Instansi, _tahun: int) -> Bahan:
    daftar = list(
        VersiSOP.objects.filter(sop__instansi=instansi, status=VersiSOP.Status.TERBIT)
        .select_related("sop")
        .order_by("sop", "nomor")
    )
    baris: list[Sequence[Nilai]] = [
        [v.sop.nama, v.nomor, v.nomor_sop, v.berlaku_mulai, v.disahkan_nama, v.sidik]
        for v in daftar
    ]
    cetak = DokumenSOP.objects.filter(versi__in=daftar).select_related("versi__sop")
    berkas = [
        BerkasBukti(
            f"{d.versi.sop.nama} versi {d.versi.nomor} {d.kertas}.pdf",
            d.berkas,
            d.sha256,
            d.ukuran,
            d.dibekukan_pada,
        )
        for d in cetak.order_by("pk")
    ]
    kolom = (_("SOP"), _("Versi"), _("Nomor"), _("Berlaku"), _("Disahkan"), _("Sidik"))
    return Bahan(kolom, baris, berkas, last_hari(instansi, [v.terbit_pada for v in daftar]))


def _list_tugas(instansi: Instansi, tahun: int) -> list[Tugas]:
    daftar = Tugas.objects.filter(
        draf__instansi=instansi, draf__tahun=tahun, pada__isnull=False
    ).select_related("draf", "kunjungan__langkah", "unit")
    return list(daftar.order_by("draf", "pada", "pk"))


_KOLOM_TUGAS = (
    _("Laporan"),
    _("Langkah"),
    _("Kegiatan"),
    _("Pelaku"),
    _("Jabatan"),
    _("Tanggal"),
    _("Hasil"),
)


def _baris_tugas(instansi: Instansi, tugas: Sequence[Tugas]) -> Bahan:
    baris: list[Sequence[Nilai]] = [
        [
            t.draf.judul,
            t.kunjungan.langkah.nomor,
            t.kunjungan.langkah.kegiatan,
            t.pelaku_nama,
            t.pelaku_sebutan,
            hari_di(instansi, t.pada),
            t.hasil,
        ]
        for t in tugas
    ]
    return Bahan(_KOLOM_TUGAS, baris, pada=last_hari(instansi, [t.pada for t in tugas]))


def read_langkah(instansi: Instansi, tahun: int) -> Bahan:
    return _baris_tugas(instansi, _list_tugas(instansi, tahun))


def read_keputusan(instansi: Instansi, tahun: int) -> Bahan:
    """Turns of the head and the secretary: who decided what and when."""
    semua = _list_tugas(instansi, tahun)
    pimpinan = set(
        instansi.jabatan.filter(tingkat__in=["kepala", "sekretaris"]).values_list("pk", flat=True)
    )
    return _baris_tugas(instansi, [t for t in semua if t.jabatan_id in pimpinan])


def read_rapat(instansi: Instansi, tahun: int) -> Bahan:
    daftar = list(
        Rapat.objects.filter(draf__instansi=instansi, draf__tahun=tahun)
        .select_related("draf", "undangan")
        .prefetch_related("kehadiran")
        .order_by("pk")
    )
    baris: list[Sequence[Nilai]] = [
        [
            r.draf.judul,
            r.undangan.acara,
            hari_di(instansi, r.undangan.mulai),
            r.pimpinan,
            sum(k.is_hadir for k in r.kehadiran.all()),
        ]
        for r in daftar
    ]
    kolom = (_("Laporan"), _("Acara"), _("Tanggal"), _("Pimpinan"), _("Hadir"))
    return Bahan(
        kolom,
        baris,
        _list_lampiran([r.kunjungan_id for r in daftar], Lampiran.Untuk.DAFTAR_HADIR),
        last_hari(instansi, [r.undangan.mulai for r in daftar]),
    )


def _list_lampiran(kunjungan: Sequence[int], untuk: str) -> list[BerkasBukti]:
    daftar = Lampiran.objects.filter(tugas__kunjungan__in=kunjungan, untuk=untuk).order_by("pk")
    return [
        BerkasBukti(la.nama_asli, str(la.berkas.name), la.sha256, la.ukuran, la.diunggah_pada)
        for la in daftar
    ]


def read_tanda_tangan(instansi: Instansi, tahun: int) -> Bahan:
    syarat = Q(dokumen__draf__instansi=instansi, dokumen__draf__tahun=tahun)
    daftar = list(TandaTangan.objects.filter(syarat).select_related("dokumen__draf").order_by("pk"))
    baris: list[Sequence[Nilai]] = [
        [
            t.dokumen.draf.judul,
            t.nama,
            t.jabatan,
            hari_di(instansi, t.ditandatangani_pada),
            t.sertifikat_penerbit,
            _("Ya") if t.is_uji else _("Tidak"),
            t.sha256,
        ]
        for t in daftar
    ]
    kolom = (
        _("Dokumen"),
        _("Nama"),
        _("Jabatan"),
        _("Tanggal"),
        _("Penerbit sertifikat"),
        _("Sertifikat uji"),
        _("SHA-256"),
    )
    return Bahan(kolom, baris, pada=last_hari(instansi, [t.ditandatangani_pada for t in daftar]))


def read_reviu(instansi: Instansi, tahun: int) -> Bahan:
    daftar = list(
        ReviuAPIP.objects.filter(
            draf__instansi=instansi, draf__tahun=tahun, ditutup_pada__isnull=False
        )
        .select_related("draf")
        .order_by("pk")
    )
    baris: list[Sequence[Nilai]] = [
        [r.draf.judul, r.pereviu, r.nomor, r.tanggal, r.get_simpulan_display(), r.catatan]
        for r in daftar
    ]
    kolom = (_("Laporan"), _("Pereviu"), _("Nomor"), _("Tanggal"), _("Simpulan"), _("Catatan"))
    return Bahan(
        kolom,
        baris,
        _list_lampiran([r.kunjungan_id for r in daftar], Lampiran.Untuk.REVIU),
        max((r.tanggal for r in daftar), default=None),
    )


def read_penyampaian(instansi: Instansi, tahun: int) -> Bahan:
    daftar = list(
        Penyampaian.objects.filter(draf__instansi=instansi, draf__tahun=tahun)
        .select_related("draf", "tujuan")
        .order_by("pk")
    )
    baris: list[Sequence[Nilai]] = [
        [
            p.draf.judul,
            p.tujuan.nama,
            p.disampaikan_pada,
            _find_batas(p),
            p.get_cara_display(),
            p.penerima,
            p.tautan,
        ]
        for p in daftar
    ]
    berkas = [
        BerkasBukti(p.nama_asli, str(p.berkas.name), p.sha256, p.ukuran, p.dicatat_pada)
        for p in daftar
        if p.berkas
    ]
    kolom = (
        _("Laporan"),
        _("Tujuan"),
        _("Tanggal"),
        _("Batas waktu"),
        _("Cara"),
        _("Penerima"),
        _("Tautan"),
    )
    akhir = max((p.disampaikan_pada for p in daftar), default=None)
    return Bahan(kolom, baris, berkas, akhir)


def _find_batas(p: Penyampaian) -> date | None:
    akhir = end_periode(p.draf.jenis, p.draf.periode_ke, p.draf.tahun)
    return find_batas(akhir, p.tujuan.batas, p.tujuan.satuan)


def read_penilaian(instansi: Instansi, tahun: int) -> Bahan:
    daftar = list(
        PenilaianSOP.objects.filter(
            versi__sop__instansi=instansi, sampai__year=tahun, status=PenilaianSOP.Status.FINAL
        )
        .select_related("versi__sop")
        .order_by("pk")
    )
    baris: list[Sequence[Nilai]] = [
        [
            p.versi.sop.nama,
            p.get_jenis_display(),
            p.dari,
            p.sampai,
            p.penilai_nama,
            hari_di(instansi, p.final_pada),
        ]
        for p in daftar
    ]
    kolom = (_("SOP"), _("Jenis"), _("Dari"), _("Sampai"), _("Penilai"), _("Ditetapkan"))
    return Bahan(kolom, baris, pada=last_hari(instansi, [p.final_pada for p in daftar]))
