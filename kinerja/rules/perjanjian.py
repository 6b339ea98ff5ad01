"""What a Perjanjian Kinerja promises: rows, what they lack, what changed from one to the next."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, Protocol, Self, TypeVar

from sakip.common.angka import format_angka

# A target printed in figures only, a bound or a range; everything else says itself what it is.
_ANGKA = re.compile(r"[≤≥ ]*-?[\d.,]+(–-?[\d.,]+)?")


class Keadaan(StrEnum):
    """What became of one row."""

    TETAP = "tetap"
    BERUBAH = "berubah"
    BARU = "baru"
    HILANG = "hilang"


class _Butir(Protocol):
    @property
    def kunci(self) -> int: ...
    @property
    def janji(self) -> tuple[object, ...]: ...


@dataclass(frozen=True)
class Pihak:
    """One party as printed. Empty texts are not known yet."""

    nama: str
    jabatan: str
    pangkat: str = ""
    nip: str = ""

    @property
    def is_lengkap(self) -> bool:
        """Whether the agreement can name it."""
        return bool(self.nama and self.jabatan)


@dataclass(frozen=True)
class ButirKinerja:
    """One indikator and what is promised for the end of the year. target None and no `uraian`:
    there is no target. uraian: of one that is judged in words.
    """

    indikator_id: int
    sasaran_kode: str
    sasaran: str
    kode: str
    nama: str
    satuan: str
    target: Decimal | None
    target_atas: Decimal | None
    target_teks: str
    uraian: str = ""

    @property
    def is_bertarget(self) -> bool:
        """Whether anything is promised."""
        return self.target is not None or bool(self.uraian)

    @property
    def target_bersatuan(self) -> str:
        """With the unit of measure; a level, a day or words stand without one."""
        is_angka = _ANGKA.fullmatch(self.target_teks)
        return f"{self.target_teks} {self.satuan}" if is_angka else self.target_teks

    @property
    def kunci(self) -> int:
        """What makes it the same row in another version."""
        return self.indikator_id

    @property
    def janji(self) -> tuple[object, ...]:
        """What has to be equal for nothing to have changed."""
        angka = (self.target, self.target_atas)
        return (self.sasaran, self.nama, self.satuan, *angka, self.uraian)


@dataclass(frozen=True)
class ButirAnggaran:
    """One program, kegiatan or sub kegiatan and its money; None: not known, which is not zero."""

    program_id: int
    jenis: str
    kode: str
    nama: str
    anggaran: Decimal | None

    @property
    def kunci(self) -> int:
        """What makes it the same row in another version."""
        return self.program_id

    @property
    def janji(self) -> tuple[object, ...]:
        """What has to be equal for nothing to have changed."""
        return (self.nama, self.anggaran)

    @property
    def anggaran_teks(self) -> str:
        """As printed: "1.250.000.000"; a dash where it is not known."""
        return "–" if self.anggaran is None else format_angka(self.anggaran)


@dataclass(frozen=True)
class IsiPerjanjian:
    """The lampiran of one Perjanjian Kinerja."""

    kinerja: tuple[ButirKinerja, ...]
    anggaran: tuple[ButirAnggaran, ...]

    @property
    def jumlah(self) -> Decimal | None:
        """Money of the rows that are part of no other row; None while one of them is unknown."""
        atas = [a.anggaran for a in self.anggaran if not self._is_dalam(a)]
        if not atas or None in atas:
            return None
        return sum((a for a in atas if a is not None), Decimal(0))

    def _is_dalam(self, butir: ButirAnggaran) -> bool:
        return any(butir.kode.startswith(f"{a.kode}.") for a in self.anggaran)

    def to_json(self) -> dict[str, Any]:
        """JSON values; figures as strings, which keep every digit."""
        jumlah = self.jumlah
        return {
            "baris": [_plain(asdict(b)) for b in self.kinerja],
            "anggaran": [
                _plain(asdict(a)) | {"anggaran_teks": a.anggaran_teks} for a in self.anggaran
            ],
            "jumlah_teks": "" if jumlah is None else format_angka(jumlah),
        }

    @classmethod
    def from_json(cls, isi: dict[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(
            tuple(_read(ButirKinerja, b, ("target", "target_atas")) for b in isi["baris"]),
            tuple(_read(ButirAnggaran, a, ("anggaran",)) for a in isi["anggaran"]),
        )


_B = TypeVar("_B", ButirKinerja, ButirAnggaran)


def _plain(isi: dict[str, Any]) -> dict[str, Any]:
    return {n: str(v) if isinstance(v, Decimal) else v for n, v in isi.items()}


def _read(jenis: type[_B], isi: dict[str, Any], angka: Sequence[str]) -> _B:
    nilai = {f.name: isi[f.name] for f in fields(jenis) if f.name in isi}
    return jenis(**nilai | {n: None if isi[n] is None else Decimal(isi[n]) for n in angka})


def list_kurang(isi: IsiPerjanjian, pertama: Pihak, kedua: Pihak) -> list[str]:
    """Why it cannot be signed yet, as sentences."""
    masalah = []
    if not pertama.is_lengkap:
        masalah.append("Pihak pertama belum mempunyai pejabat. Tetapkan penugasannya lebih dahulu.")
    if not kedua.is_lengkap:
        masalah.append("Pihak kedua: isi nama dan jabatan atasan yang menyetujui.")
    if not isi.kinerja:
        masalah.append("Belum ada indikator pada rencana kinerja tahun ini.")
    masalah += [
        f"{b.kode} {b.nama}: belum ada target setahun pada rencana kinerja."
        for b in isi.kinerja
        if not b.is_bertarget
    ]
    return masalah


_K = TypeVar("_K", bound=_Butir)


@dataclass(frozen=True)
class Beda(Generic[_K]):
    """One row in two versions; on one side None where the version lacks it."""

    lama: _K | None
    baru: _K | None

    @property
    def keadaan(self) -> Keadaan:
        """What became of it."""
        if self.lama is None:
            return Keadaan.BARU
        if self.baru is None:
            return Keadaan.HILANG
        return Keadaan.TETAP if self.lama.janji == self.baru.janji else Keadaan.BERUBAH


def compare(lama: Sequence[_K], baru: Sequence[_K]) -> list[Beda[_K]]:
    """Row by row in the order of the newer one; rows that are gone come last."""
    dahulu = {b.kunci: b for b in lama}
    hasil = [Beda(dahulu.pop(b.kunci, None), b) for b in baru]
    return [*hasil, *(Beda(b, None) for b in dahulu.values())]
