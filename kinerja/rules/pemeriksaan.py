"""Examining figures row by row: what a verdict must say, and the reason a unit is given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kinerja.rules.capaian import Hasil
from kinerja.rules.isian import clean_teks
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan
from kinerja.rules.kelengkapan import UraianBaris, list_kekurangan, warn_baris

MAKS_CATATAN = 2000
# What is asked for most often, one touch each; every one of them says what to do.
SEBAB = (
    "Lampirkan bukti dukung yang terbaca",
    "Samakan angka dengan bukti dukung",
    "Sebutkan sumber datanya",
    "Jelaskan penyebab dan kendalanya",
    "Periksa satuan atau cara menghitungnya",
)
_PEMISAH = "; "


class Tanda(StrEnum):
    """What the examiner found of one row."""

    BELUM = ""
    SESUAI = "sesuai"
    PERBAIKI = "perbaiki"


@dataclass(frozen=True)
class TandaBaris:
    """The verdict on one row as posted. catatan: what is to be mended, only with PERBAIKI.
    penilaian: what was found of a target in words, only with SESUAI.

    versi: of the row the person saw; None where nobody saw a row, as at a return of a whole form.
    """

    tanda: Tanda
    catatan: str = ""
    versi: int | None = None
    penilaian: str = ""


@dataclass(frozen=True)
class Temuan:
    """One row that needs work, for the sentence a unit reads."""

    unit: str
    indikator: str
    catatan: str


def read_tanda(
    tanda: str,
    catatan: str,
    *,
    sebab: Collection[str] = (),
    versi: int | None = None,
    penilaian: str = "",
) -> TandaBaris:
    """A verdict from posted texts; an unknown word is no verdict, an unknown reason none."""
    dikenal = Tanda(tanda) if tanda in list(Tanda) else Tanda.BELUM
    kata = compose_catatan(sebab, catatan) if dikenal is Tanda.PERBAIKI else ""
    return TandaBaris(dikenal, kata, versi, penilaian if dikenal is Tanda.SESUAI else "")


def compose_catatan(sebab: Collection[str], kata: str) -> str:
    """One note from the reasons chosen, in the order of the list, and own words below them."""
    pilihan = _PEMISAH.join(s for s in SEBAB if s in sebab)
    return "\n".join(t for t in (f"{pilihan}." if pilihan else "", clean_teks(kata)) if t)


def split_catatan(catatan: str) -> tuple[list[str], str]:
    """The reasons and the own words of a note, as `compose_catatan` put them together."""
    pertama, _, sisa = catatan.partition("\n")
    sebab = pertama.removesuffix(".").split(_PEMISAH)
    if pertama.endswith(".") and all(s in SEBAB for s in sebab):
        return sebab, sisa
    return [], catatan


def explain_sendiri(
    hasil: Hasil, uraian: UraianBaris, pengaturan: Pengaturan = PENGATURAN_BAKU
) -> str:
    """Why a row must be judged by itself; "" where it may be found right along with others.

    Only what was computed, is complete and not out of the ordinary goes through in a bundle.
    """
    kurang = list_kekurangan(hasil, uraian, pengaturan)
    if kurang:
        return next(iter(kurang.values()))
    if hasil.persen is None:
        return hasil.alasan
    return warn_baris(hasil, uraian, pengaturan)


def explain_tanda(baris: TandaBaris) -> str:
    """Why the verdict cannot be kept, "" where it can."""
    if len(baris.catatan) > MAKS_CATATAN:
        return f"Catatan paling panjang {MAKS_CATATAN} huruf. Ringkaslah."
    return ""


def explain_kurang(baris: TandaBaris, pilihan: Collection[str] = ()) -> str:
    """What a verdict that is kept still lacks before anybody can act on it, "" where nothing.

    pilihan: the words of which one has to be found, of a target in words.
    """
    if baris.tanda is Tanda.PERBAIKI and not baris.catatan:
        return "Pilih atau tuliskan apa yang harus diperbaiki pada baris ini."
    if baris.tanda is Tanda.SESUAI and pilihan and baris.penilaian not in pilihan:
        return "Target baris ini berupa uraian: pilih penilaiannya."
    return ""


def compose_alasan(temuan: Sequence[Temuan]) -> str:
    """The reason of a return, unit by unit, from what was noted on the rows."""
    unit = dict.fromkeys(t.unit for t in temuan)
    return "\n".join(
        f"{u}: "
        + "; ".join(f"{t.indikator}: {' '.join(t.catatan.split())}" for t in temuan if t.unit == u)
        for u in unit
    )
