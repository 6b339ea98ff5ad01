"""Targets as a cell holds them: a value of any kind, a range such as "80–90", or words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.rules.agregasi import Agregasi, combine_setahun
from kinerja.rules.kolom import write_angka
from kinerja.rules.nilai import ANGKA, JenisNilai, Tingkat, parse_nilai, write_nilai
from kinerja.rules.periode import TRIWULAN
from sakip.common.angka import AngkaTidakTerbaca, format_angka, parse_angka

_RENTANG = re.compile(
    r"(?P<bawah>[^–—]*[0-9][ %]*)(?:[–—]|(?<=[0-9 %])-|s\.?\s?/?\s?d\.?|sampai)(?P<atas>.*[0-9].*)",
    re.I | re.S,
)
_PEMISAH = ".."
_TANDA_KATA = ":"
MAKS_URAIAN = 300


@dataclass(frozen=True)
class IsiTarget:
    """A target of any kind. atas: upper end of a range. uraian: words, where nothing is counted."""

    nilai: Decimal | None = None
    atas: Decimal | None = None
    uraian: str = ""

    def __bool__(self) -> bool:
        """Whether there is one."""
        return self.nilai is not None or bool(self.uraian)

    def to_ruas(self) -> dict[str, Decimal | str | None]:
        """By the names of its fields in a row of targets."""
        return {"nilai": self.nilai, "nilai_atas": self.atas, "uraian": self.uraian}


class TargetTidakTerbaca(ValueError):
    """The cell holds no target of that indikator; the message is a sentence."""


def parse_target(
    teks: str, jenis: JenisNilai, tingkat: Sequence[Tingkat], *, negatif: bool, rentang: bool
) -> str:
    """The target in its one form: "" for none, "88.5", "80..90" for a range, ":…" for words.

    rentang: whether a range may stand there.

    Raises:
        TargetTidakTerbaca: it is none of that kind, below zero where that cannot be, or a range
            whose ends are the wrong way round; words too long.
    """
    if not teks or teks in ("-", "–"):
        return ""
    if jenis is JenisNilai.KUALITATIF:
        return _parse_uraian(teks)
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


def _parse_uraian(teks: str) -> str:
    rapi = " ".join(teks.split())
    if len(rapi) > MAKS_URAIAN:
        raise TargetTidakTerbaca(f"Target uraian paling panjang {MAKS_URAIAN} huruf. Ringkaslah.")
    return join_target(IsiTarget(uraian=rapi))


def _parse(
    teks: str, jenis: JenisNilai, tingkat: Sequence[Tingkat], *, rentang: bool
) -> tuple[Decimal, Decimal | None]:
    cocok = _RENTANG.fullmatch(teks) if rentang and jenis in ANGKA else None
    if cocok:
        return parse_angka(cocok["bawah"]), parse_angka(cocok["atas"])
    return parse_nilai(teks, jenis, tingkat), None


def combine_isi(target: Mapping[int, IsiTarget], cara: Agregasi) -> IsiTarget:
    """The year's target from those of its triwulan, by number: of words, or of positions that are
    a range, the last one; else what the figures come to.
    """
    akhir = target.get(TRIWULAN[-1], IsiTarget())
    if akhir.uraian or (cara is Agregasi.TERAKHIR and akhir.nilai is not None):
        return akhir
    angka = {tw: isi.nilai for tw, isi in target.items() if isi.nilai is not None}
    return IsiTarget(combine_setahun(angka, cara))


def split_target(target: str) -> IsiTarget:
    """What the one form of a target says."""
    if target.startswith(_TANDA_KATA):
        return IsiTarget(uraian=target.removeprefix(_TANDA_KATA))
    bawah, _tanda, atas = target.partition(_PEMISAH)
    return IsiTarget(Decimal(bawah) if bawah else None, Decimal(atas) if atas else None)


def join_target(isi: IsiTarget) -> str:
    """The one form of a target."""
    if isi.uraian:
        return f"{_TANDA_KATA}{isi.uraian}"
    ekor = "" if isi.atas is None else f"{_PEMISAH}{write_angka(isi.atas)}"
    return f"{write_angka(isi.nilai)}{ekor}"


def show_target(target: str, jenis: JenisNilai, tingkat: Sequence[Tingkat]) -> str:
    """The target as it is typed: every digit and no more."""
    isi = split_target(target)
    if isi.nilai is None:
        return isi.uraian
    if isi.atas is not None:
        return f"{format_angka(isi.nilai)}–{format_angka(isi.atas)}"
    return format_angka(isi.nilai) if jenis in ANGKA else write_nilai(isi.nilai, jenis, tingkat)
