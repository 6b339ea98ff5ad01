"""The text of a draft as people read it, and the figures that belong into it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from kinerja.models import Bukti
from kinerja.selectors.aksi import build_tabel_aksi, list_kelompok
from kinerja.selectors.tabel_laporan import gather_laporan
from laporan.models import BabNaskah, Draf, VersiNaskah
from laporan.rules.blok import CAPAIAN
from laporan.rules.kerangka import TEKS, find_kosong
from laporan.rules.periode import last_triwulan
from laporan.rules.uraian import fill_angka, list_angka
from laporan.selectors.blok.angka import list_nilai
from laporan.selectors.blok.bahan import Bahan
from laporan.selectors.blok.bentuk import Bentuk, Judul, read_isi
from laporan.selectors.blok.daftar import list_blok
from laporan.selectors.perjanjian import build_perjanjian, list_perjanjian_laporan
from sakip.common.teks_kaya import bersihkan


@dataclass(frozen=True)
class Sisipan:
    """One data block in its place: its code, and its tables as JSON values."""

    blok: str
    tabel: list[dict[str, Any]]

    @property
    def isi(self) -> list[Bentuk]:
        """What the block says, in the forms that every rendering knows; of others nothing."""
        return [b for t in self.tabel for b in read_isi(t)]


@dataclass(frozen=True)
class BabTampil:
    """One part as shown: cleaned text, and its data blocks before and after it.

    catatan: how many notes on it are open.
    """

    kode: str
    judul: str
    html: SafeString
    sebelum: tuple[Sisipan, ...] = ()
    sesudah: tuple[Sisipan, ...] = ()
    tingkat: int = 1
    is_kosong: bool = False
    catatan: int = 0

    @property
    def tanpa_uraian(self) -> bool:
        """Whether its last heading waits for a text that nobody wrote."""
        return not self.html and ends_in_judul(self.sebelum)

    @property
    def tabel(self) -> list[dict[str, Any]]:
        """The tables of all its blocks."""
        return [t for s in (*self.sebelum, *self.sesudah) for t in s.tabel]


def ends_in_judul(sisipan: Sequence[Sisipan]) -> bool:
    """Whether these blocks end in a heading: what comes next belongs below it."""
    isi = sisipan[-1].isi if sisipan else []
    return bool(isi) and isinstance(isi[-1], Judul)


def list_kosong(tampilan: list[BabTampil]) -> list[str]:
    """Titles of the parts that say nothing yet, and have nothing below that does."""
    return [b.judul for b in tampilan if b.is_kosong]


def build_tabel(draf: Draf, bab: Sequence[BabNaskah], *, pada: datetime) -> list[dict[str, Any]]:
    """Tables of the draft as JSON values, from the data as they stand now. bab: its parts.

    Of a report: the agreement in force at the end of its period, capaian with what each is compared
    with and what it cost, then the blocks its parts ask for. Of an agreement: what it promises, and
    both parties. Of a plan of actions: the actions of its year. A table without "blok" is one of
    capaian.
    """
    if not draf.is_laporan:
        return _tell_lain(draf, pada)
    return _tell_laporan(gather_bahan(draf, pada=pada), {b for satu in bab for b in satu.blok})


def _tell_lain(draf: Draf, pada: datetime) -> list[dict[str, Any]]:
    if draf.perjanjian is not None:
        return [build_perjanjian(draf.perjanjian, pada=pada)]
    return [build_tabel_aksi(list_kelompok(draf.instansi, draf.tahun), draf.judul)]


def _tell_laporan(bahan: Bahan, diminta: Collection[str]) -> list[dict[str, Any]]:
    return [
        *list_perjanjian_laporan(bahan.draf),
        *bahan.laporan.to_json(),
        *list_blok(bahan, diminta),
    ]


def gather_bahan(draf: Draf, *, pada: datetime) -> Bahan:
    """What a report is made of. Ten queries."""
    triwulan = last_triwulan(draf.jenis, draf.periode_ke)
    return Bahan(draf, gather_laporan(draf.instansi, draf.tahun, triwulan), pada)


def build_naskah(
    draf: Draf, *, pada: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Parts and tables as they stand now, the figures that sentences name written out.

    What both are made of is read once.
    """
    isi = build_isi(draf)
    if not draf.is_laporan:
        return isi, _tell_lain(draf, pada)
    bahan = gather_bahan(draf, pada=pada)
    tabel = _tell_laporan(bahan, {b for satu in isi for b in satu["blok"]})
    if any(list_angka(b["html"]) for b in isi):
        nilai = list_nilai(bahan)
        isi = [b | {"html": fill_angka(b["html"], nilai)} for b in isi]
    return isi, tabel


def select_tabel(tabel: list[dict[str, Any]], blok: str) -> list[dict[str, Any]]:
    """Those of the tables that belong where a chapter asks for that kind of data."""
    return [t for t in tabel if t.get("blok", CAPAIAN) == blok]


def place_sisipan(
    blok: Sequence[str], acuan: int, tabel: list[dict[str, Any]]
) -> tuple[tuple[Sisipan, ...], tuple[Sisipan, ...]]:
    """The blocks of a part before and after its text; those about something are its own only."""
    batas = blok.index(TEKS) if TEKS in blok else 0
    semua = [
        Sisipan(b, [t for t in select_tabel(tabel, b) if t.get("acuan", 0) in (0, acuan)])
        for b in blok
    ]
    return tuple(semua[:batas]), tuple(s for s in semua[batas:] if s.blok != TEKS)


def list_sisipan(bab: BabNaskah, tabel: list[dict[str, Any]]) -> list[Sisipan]:
    """All the data blocks of a part that is being written."""
    sebelum, sesudah = place_sisipan(bab.blok, bab.acuan, tabel)
    return [*sebelum, *sesudah]


def get_versi_terakhir(draf: Draf) -> VersiNaskah | None:
    """The version last handed over."""
    return VersiNaskah.objects.filter(draf=draf).order_by("-nomor").first()


def list_bab(draf: Draf) -> list[BabNaskah]:
    """Chapters on the writer's desk, in order."""
    return list(BabNaskah.objects.filter(draf=draf).order_by("urutan"))


def build_isi(draf: Draf) -> list[dict[str, Any]]:
    """Parts as JSON values, as they stand now."""
    return [
        {
            "kode": b.kode,
            "judul": b.judul,
            "html": b.isi,
            "tingkat": b.tingkat,
            "blok": b.blok,
            "acuan": b.acuan,
            "mendatar": b.is_mendatar,
            "lewati": b.is_lewati,
        }
        for b in BabNaskah.objects.filter(draf=draf).order_by("urutan")
    ]


def list_bukti_draf(draf: Draf) -> QuerySet[Bukti]:
    """Evidence of the figures that a report is about, of every round; none of other documents."""
    if not draf.is_laporan:
        return Bukti.objects.none()
    return Bukti.objects.filter(
        capaian__formulir__unit__instansi=draf.instansi_id,
        capaian__formulir__tahun=draf.tahun,
        capaian__formulir__triwulan=last_triwulan(draf.jenis, draf.periode_ke),
    ).select_related("capaian__indikator", "capaian__formulir")


def _add_bukti(draf: Draf, tabel: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tables with the evidence of the last round beside each row, for readers. One query."""
    if not draf.is_laporan:
        return tabel
    menurut: dict[str, list[Bukti]] = {}
    putaran: dict[str, int] = {}
    for b in list_bukti_draf(draf).order_by("capaian__formulir__putaran", "pk"):
        kode, ke = b.capaian.indikator.kode, b.capaian.formulir.putaran
        if putaran.get(kode) != ke:
            putaran[kode], menurut[kode] = ke, []
        menurut[kode].append(b)
    return [
        t
        if "blok" in t
        else t | {"baris": [b | {"bukti": menurut.get(b["kode"], [])} for b in t["baris"]]}
        for t in tabel
    ]


def build_tampilan(draf: Draf, versi: VersiNaskah | None, *, pada: datetime) -> list[BabTampil]:
    """Chapters to read: of that version, or as they stand now where nothing was handed over yet."""
    isi, tabel = (versi.isi, versi.tabel) if versi else build_naskah(draf, pada=pada)
    tabel = _add_bukti(draf, tabel)
    bab = [_show(b, tabel) for b in isi]
    kosong = find_kosong([(b.tingkat, bool(b.html or b.tabel)) for b in bab])
    return [replace(b, is_kosong=k) for b, k in zip(bab, kosong, strict=True)]


def _show(bab: dict[str, Any], tabel: list[dict[str, Any]]) -> BabTampil:
    sebelum, sesudah = place_sisipan(bab["blok"], bab["acuan"], tabel)
    return BabTampil(
        bab["kode"],
        bab["judul"],
        mark_safe(bersihkan(bab["html"])),  # noqa: S308 - cleaned on the line itself, whatever was stored
        sebelum,
        sesudah,
        bab["tingkat"],
    )
