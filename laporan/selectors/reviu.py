"""The review of a report: the one this step goes on with, and the statement it ends in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from laporan.models import ButirReviu, Draf, Lampiran, ReviuAPIP, Tugas
from laporan.rules.periode import name_periode_dokumen
from laporan.rules.reviu import BUTIR, Jawaban


@dataclass(frozen=True)
class PernyataanReviu:
    """The page "Pernyataan Telah Direviu" as printed; every word comes from the closed step."""

    judul: str
    instansi: str
    periode: str
    pereviu: str
    nomor: str
    tanggal: date
    tempat: str
    nama: str
    jabatan: str
    pangkat: str
    nip: str
    bersih: bool
    catatan: str
    berkas_sidik: Sequence[str]


def get_reviu(tugas: Tugas) -> ReviuAPIP | None:
    """The review of this visit, else that of the round before."""
    daftar = ReviuAPIP.objects.filter(
        draf=tugas.draf_id, kunjungan__langkah=tugas.kunjungan.langkah_id
    )
    return daftar.prefetch_related("butir").order_by("-kunjungan").first()


def list_jawaban(reviu: ReviuAPIP | None) -> list[Jawaban]:
    """Answers in the order of the checklist; empty ones where nothing was written."""
    ada: dict[str, ButirReviu] = {b.kode: b for b in reviu.butir.all()} if reviu else {}
    return [
        Jawaban(kode, ada[kode].jawaban, ada[kode].catatan, ada[kode].tanggapan)
        if kode in ada
        else Jawaban(kode)
        for kode, _kelompok, _teks in BUTIR
    ]


def get_pernyataan(draf: Draf) -> PernyataanReviu | None:
    """The statement of the last closed review; None while there is none. Three queries at most.

    For the optional part of the report that says it has been reviewed.
    """
    reviu = (
        ReviuAPIP.objects.filter(draf=draf, ditutup_pada__isnull=False)
        .exclude(kunjungan__hasil__in=["tidak", "batal"])
        .order_by("-kunjungan")
        .first()
    )
    if reviu is None:
        return None
    sidik = Lampiran.objects.filter(tugas__kunjungan=reviu.kunjungan_id, untuk=Lampiran.Untuk.REVIU)
    return PernyataanReviu(
        judul=draf.judul,
        instansi=draf.instansi.nama,
        periode=name_periode_dokumen(draf.menghasilkan, draf.jenis, draf.periode_ke, draf.tahun),
        pereviu=reviu.pereviu,
        nomor=reviu.nomor,
        tanggal=reviu.tanggal,
        tempat=draf.instansi.kota,
        nama=reviu.nama,
        jabatan=reviu.jabatan,
        pangkat=reviu.pangkat,
        nip=reviu.nip,
        bersih=reviu.simpulan == ReviuAPIP.Simpulan.TANPA,
        catatan=reviu.catatan,
        berkas_sidik=list(sidik.order_by("pk").values_list("sha256", flat=True)),
    )
