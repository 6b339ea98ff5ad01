"""What each kind of step asks of its actor: the only seam between SOP data and code.

Adding a kind of step: see CONTRIBUTING.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Halaman(StrEnum):
    """Page on which a turn is done."""

    DISPOSISI = "disposisi"
    RAPAT = "rapat"
    FORMULIR = "formulir"
    NASKAH = "naskah"
    VERIFIKASI = "verifikasi"
    TANDA_TANGAN = "tanda_tangan"
    HIMPUN = "himpun"
    CERMATI = "cermati"
    SURAT = "surat"
    PENGGANDAAN = "penggandaan"
    ARSIP = "arsip"
    REVIU = "reviu"


@dataclass(frozen=True)
class Laku:
    """How one kind of step is worked on.

    kerja: what the inbox calls it. tombol: the button that finishes it. sunting: its actor writes
    the text
    (where the step is a decision, the actor only judges). bekukan: opening it freezes the PDF.
    paraf: what is signed here are initials, before the signature itself.
    """

    halaman: Halaman
    kerja: str
    tombol: str
    sunting: bool = False
    bekukan: bool = False
    paraf: bool = False


TINDAKAN: dict[str, Laku] = {
    "disposisi": Laku(Halaman.DISPOSISI, "Beri disposisi", "Kirim disposisi"),
    "rapat": Laku(Halaman.RAPAT, "Fasilitasi rapat", "Simpan hasil rapat dan teruskan"),
    "kumpul": Laku(Halaman.FORMULIR, "Isi capaian kinerja", "Kirim capaian"),
    "verifikasi": Laku(Halaman.VERIFIKASI, "Verifikasi data kinerja", "Setujui dan teruskan"),
    "susun": Laku(Halaman.NASKAH, "Susun konsep laporan", "Selesai dan teruskan", sunting=True),
    "ketik": Laku(Halaman.NASKAH, "Ketik draf laporan", "Selesai dan teruskan", sunting=True),
    "koreksi": Laku(Halaman.NASKAH, "Koreksi draf laporan", "Setujui dan teruskan", sunting=True),
    "sosialisasi": Laku(Halaman.RAPAT, "Sosialisasikan laporan", "Simpan hasil dan teruskan"),
    "paraf": Laku(
        Halaman.TANDA_TANGAN, "Paraf laporan", "Bubuhkan paraf", bekukan=True, paraf=True
    ),
    "tanda_tangan": Laku(
        Halaman.TANDA_TANGAN, "Tandatangani laporan", "Tandatangani", bekukan=True
    ),
    "reviu": Laku(Halaman.REVIU, "Catat hasil reviu APIP", "Simpan hasil reviu dan teruskan"),
    "surat": Laku(Halaman.SURAT, "Buat surat pengantar", "Simpan surat dan teruskan"),
    "penggandaan": Laku(Halaman.PENGGANDAAN, "Gandakan dokumen", "Catat dan teruskan"),
    "arsip": Laku(Halaman.ARSIP, "Arsipkan dokumen", "Catat dan selesaikan"),
}


# A step that collects figures, for an actor without a form of his own: he gathers what others send.
HIMPUN = Laku(Halaman.HIMPUN, "Himpun data kinerja", "Data lengkap, teruskan")
# The same step where the document promises or plans: units look at the rows that are theirs.
CERMATI = Laku(Halaman.CERMATI, "Cermati konsep laporan", "Sudah dicermati, teruskan")
# A letter that its writer or the next in the row signs electronically.
TANDA_SURAT = Laku(Halaman.TANDA_TANGAN, "Tandatangani surat pengantar", "Tandatangani")

# What people call the document while they work on it.
_SEBUTAN: Mapping[str, str] = {
    "perjanjian_kinerja": "perjanjian kinerja",
    "rencana_aksi": "rencana aksi",
}


def choose_laku(tindakan: str, *, berformulir: bool, menghasilkan: str = "laporan_kinerja") -> Laku:
    """How one turn is worked on. berformulir: whether it has a form of figures."""
    laku = TINDAKAN[tindakan]
    sebutan = _SEBUTAN.get(menghasilkan)
    if sebutan is None:
        himpun = laku.halaman == Halaman.FORMULIR and not berformulir
        return HIMPUN if himpun else laku
    if laku.halaman == Halaman.FORMULIR:
        laku = CERMATI
    kerja = laku.kerja.replace("data kinerja", sebutan).replace("laporan", sebutan)
    return replace(laku, kerja=kerja)


def kata_kerja(tindakan: str, menghasilkan: str) -> str:
    """What a step is called inside a sentence: "susun konsep perjanjian kinerja"."""
    return choose_laku(tindakan, berformulir=True, menghasilkan=menghasilkan).kerja.lower()


def can_edit_naskah(tindakan: str, simbol: str) -> bool:
    """Whether the actor of such a step writes the text; a decision judges text, it does not change
    it.
    """
    return TINDAKAN[tindakan].sunting and simbol != "keputusan"


# Steps that judge a text somebody else wrote; whoever does one of them may hang notes on it.
_MEMERIKSA = frozenset({"verifikasi", "paraf", "tanda_tangan"})


def can_examine(tindakan: str, simbol: str) -> bool:
    """Whether the actor of such a step examines the text and may note what to mend.

    Who writes mends it himself; a decision over a text examines it, whatever it is called.
    """
    if TINDAKAN[tindakan].sunting:
        return not can_edit_naskah(tindakan, simbol)
    return tindakan in _MEMERIKSA
