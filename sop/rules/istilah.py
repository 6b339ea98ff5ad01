"""The closed vocabularies of an SOP. Their stored values are what rows and data files hold."""

from collections.abc import Iterable
from enum import StrEnum
from itertools import chain, combinations


class Simbol(StrEnum):
    """Symbol of a step on the form."""

    MULAI = "mulai"
    PROSES = "proses"
    KEPUTUSAN = "keputusan"
    AKHIR = "akhir"


class Hasil(StrEnum):
    """What leaves a step: onward, or the answer to a decision."""

    LANJUT = "lanjut"
    YA = "ya"
    TIDAK = "tidak"


class Tindakan(StrEnum):
    """What a step asks of its actor; it chooses the page shown and the effect of finishing."""

    DISPOSISI = "disposisi"
    RAPAT = "rapat"
    KUMPUL = "kumpul"
    VERIFIKASI = "verifikasi"
    SUSUN = "susun"
    KETIK = "ketik"
    KOREKSI = "koreksi"
    SOSIALISASI = "sosialisasi"
    PARAF = "paraf"
    REVIU = "reviu"
    TANDA_TANGAN = "tanda_tangan"
    SURAT = "surat"
    PENGGANDAAN = "penggandaan"
    ARSIP = "arsip"


class Menghasilkan(StrEnum):
    """The document at the end of an SOP."""

    LAPORAN_KINERJA = "laporan_kinerja"
    PERJANJIAN_KINERJA = "perjanjian_kinerja"
    RENCANA_AKSI = "rencana_aksi"


class Periode(StrEnum):
    """Recurrence of a step whose SOP mixes several periods."""

    BULANAN = "bulanan"
    TRIWULAN = "triwulan"
    SEMESTER = "semester"
    TAHUNAN = "tahunan"


class JenisUnit(StrEnum):
    """Kinds of unit a row can fan out to; the same values as organisasi.UnitKerja.Jenis."""

    BIDANG = "bidang"
    SEKRETARIAT = "sekretariat"
    SEKSI = "seksi"
    SUBBAGIAN = "subbagian"


# What finishing a step may do besides what its tindakan does by itself.
EFEK_TAMBAHAN: tuple[str, ...] = (
    Tindakan.ARSIP.value,
    Tindakan.PENGGANDAAN.value,
    Tindakan.SURAT.value,
)

_PEMISAH = "+"


def join_per_unit(jenis: Iterable[str]) -> str:
    """Stored form of a set of unit kinds: alphabetical, joined by "+"; "" means no fan-out."""
    return _PEMISAH.join(sorted({str(j) for j in jenis}))


def split_per_unit(teks: str) -> tuple[str, ...]:
    """The kinds in a stored form, in its order."""
    return tuple(teks.split(_PEMISAH)) if teks else ()


def list_per_unit_sah() -> list[str]:
    """Every legal stored form, "" included."""
    nilai = [j.value for j in JenisUnit]
    pilihan = chain.from_iterable(combinations(nilai, n) for n in range(len(nilai) + 1))
    return [join_per_unit(p) for p in pilihan]
