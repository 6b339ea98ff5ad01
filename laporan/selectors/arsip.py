"""The archive of an office: what lies in it, found again by number, period, kind and words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from laporan.models import ArsipDokumen, CatatanArsip, KelasArsip, SuratPengantar, VersiNaskah
from laporan.rules.periode import name_periode_dokumen
from laporan.rules.retensi import Masa, find_masa
from laporan.selectors.cari import list_kata, search_teks, split_kata
from organisasi.models import Instansi
from sakip.common.teks_kaya import teks_polos


@dataclass(frozen=True)
class SaringanArsip:
    """What of the archive is shown; empty means everything."""

    cari: str = ""
    tahun: int | None = None
    jenis: str = ""


@dataclass(frozen=True)
class BarisArsip:
    """One document as the archive shows it. masa None: no retention class was chosen."""

    arsip: ArsipDokumen
    nomor: str
    periode: str
    catatan: CatatanArsip | None
    surat: SuratPengantar | None
    masa: Masa | None


def build_teks(versi: VersiNaskah) -> str:
    """Words a document is looked for by: title, numbers, subject of its letter, chapters."""
    draf = versi.draf
    periode = name_periode_dokumen(draf.menghasilkan, draf.jenis, draf.periode_ke, draf.tahun)
    bagian = [draf.judul, draf.instansi.nama, periode]
    nomor = getattr(draf, "nomor_laporan", None)
    if nomor is not None:
        bagian.append(nomor.nomor.nomor)
    for surat in SuratPengantar.objects.filter(draf=draf, is_berlaku=True):
        bagian += [surat.nomor, surat.perihal]
    for catatan in CatatanArsip.objects.filter(draf=draf):
        bagian += [catatan.klasifikasi, catatan.uraian, catatan.lokasi]
    bagian += [f"{b['judul']}\n{teks_polos(b['html'])}" for b in versi.isi]
    return list_kata("\n".join(bagian))


def list_arsip(instansi: Instansi, saringan: SaringanArsip) -> QuerySet[ArsipDokumen]:
    """Documents of the office's archive, newest first whatever was searched.

    Each word must begin a word of the document, in PostgreSQL's full-text index as on SQLite.
    """
    daftar = ArsipDokumen.objects.filter(dokumen__draf__instansi=instansi)
    if saringan.tahun:
        daftar = daftar.filter(dokumen__draf__tahun=saringan.tahun)
    if saringan.jenis:
        daftar = daftar.filter(dokumen__draf__jenis=saringan.jenis)
    daftar = search_teks(daftar, split_kata(saringan.cari))
    return daftar.select_related("dokumen__draf__nomor_laporan__nomor").order_by(
        "-diarsipkan_pada", "-pk"
    )


def list_tahun(instansi: Instansi) -> Sequence[int]:
    """Years of its documents, newest first."""
    daftar = ArsipDokumen.objects.filter(dokumen__draf__instansi=instansi)
    tahun = daftar.order_by("-dokumen__draf__tahun").values_list("dokumen__draf__tahun", flat=True)
    return list(dict.fromkeys(tahun))


def show_arsip(daftar: Iterable[ArsipDokumen], hari: date) -> Iterator[BarisArsip]:
    """Rows for the page, with what was noted at the step and the letter. Two queries more."""
    semua = list(daftar)
    draf = [a.dokumen.draf_id for a in semua]
    catatan = {c.draf_id: c for c in CatatanArsip.objects.filter(draf__in=draf).order_by("pk")}
    berlaku = SuratPengantar.objects.filter(draf__in=draf, is_berlaku=True).order_by("pk")
    surat = {s.draf_id: s for s in berlaku}
    for arsip in semua:
        d = arsip.dokumen.draf
        nomor = getattr(d, "nomor_laporan", None)
        catat = catatan.get(d.pk)
        yield BarisArsip(
            arsip,
            nomor.nomor.nomor if nomor else "",
            name_periode_dokumen(d.menghasilkan, d.jenis, d.periode_ke, d.tahun),
            catat,
            surat.get(d.pk),
            _masa(catat, hari),
        )


def _masa(catatan: CatatanArsip | None, hari: date) -> Masa | None:
    if catatan is None or catatan.aktif_sampai is None or catatan.inaktif_sampai is None:
        return None
    return find_masa(hari, aktif_sampai=catatan.aktif_sampai, inaktif_sampai=catatan.inaktif_sampai)


def list_kelas(instansi: Instansi, *, dipakai: bool = False) -> Sequence[KelasArsip]:
    """Retention classes of the office; `dipakai` leaves out those given up."""
    daftar = KelasArsip.objects.filter(instansi=instansi)
    return list(daftar.filter(is_aktif=True) if dipakai else daftar.order_by("-is_aktif", "kode"))
