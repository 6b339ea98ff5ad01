"""Targets as a cell holds them: a value of any kind, or a range of figures such as "80–90"."""

import re
from collections.abc import Sequence
from decimal import Decimal

from kinerja.rules.kolom import write_angka
from kinerja.rules.nilai import ANGKA, JenisNilai, Tingkat, parse_nilai, write_nilai
from sakip.common.angka import AngkaTidakTerbaca, format_angka, parse_angka

_RENTANG = re.compile(
    r"(?P<bawah>[^–—]*[0-9][ %]*)(?:[–—]|(?<=[0-9 %])-|s\.?\s?/?\s?d\.?|sampai)(?P<atas>.*[0-9].*)",
    re.I | re.S,
)
_PEMISAH = ".."


class TargetTidakTerbaca(ValueError):
    """The cell holds no target of that indikator; the message is a sentence."""


def parse_target(
    teks: str, jenis: JenisNilai, tingkat: Sequence[Tingkat], *, negatif: bool, rentang: bool
) -> str:
    """The target in its one form: "" for none, "88.5", or "80..90" for a range.

    rentang: whether a range may stand there.

    Raises:
        TargetTidakTerbaca: it is none of that kind, below zero where that cannot be, or a range
            whose ends are the wrong way round.
    """
    if not teks or teks in ("-", "–"):
        return ""
    try:
        bawah, atas = _parse(teks, jenis, tingkat, rentang=rentang)
    except AngkaTidakTerbaca as galat:
        raise TargetTidakTerbaca(str(galat)) from galat
    if bawah < 0 and not negatif:
        raise TargetTidakTerbaca("Target indikator ini tidak dapat kurang dari nol.")
    if atas is None:
        return write_angka(bawah)
    if atas <= bawah:
        raise TargetTidakTerbaca("Batas atas rentang harus lebih besar daripada batas bawahnya.")
    return f"{write_angka(bawah)}{_PEMISAH}{write_angka(atas)}"


def _parse(
    teks: str, jenis: JenisNilai, tingkat: Sequence[Tingkat], *, rentang: bool
) -> tuple[Decimal, Decimal | None]:
    cocok = _RENTANG.fullmatch(teks) if rentang and jenis in ANGKA else None
    if cocok:
        return parse_angka(cocok["bawah"]), parse_angka(cocok["atas"])
    return parse_nilai(teks, jenis, tingkat), None


def split_target(target: str) -> tuple[Decimal | None, Decimal | None]:
    """The target and, of a range, its upper end."""
    bawah, _tanda, atas = target.partition(_PEMISAH)
    return Decimal(bawah) if bawah else None, Decimal(atas) if atas else None


def join_target(bawah: Decimal | None, atas: Decimal | None) -> str:
    """The one form of a target."""
    ekor = "" if atas is None else f"{_PEMISAH}{write_angka(atas)}"
    return f"{write_angka(bawah)}{ekor}"


def show_target(target: str, jenis: JenisNilai, tingkat: Sequence[Tingkat]) -> str:
    """The target as it is typed: every digit and no more."""
    bawah, atas = split_target(target)
    if bawah is None:
        return ""
    if atas is not None:
        return f"{format_angka(bawah)}–{format_angka(atas)}"
    return format_angka(bawah) if jenis in ANGKA else write_nilai(bawah, jenis, tingkat)
