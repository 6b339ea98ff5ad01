"""Rows of several triwulan put together: their value so far, and the target it stands against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import prefetch_related_objects

from kinerja.models import Capaian
from kinerja.rules.agregasi import AGREGASI_KATA, Agregasi, combine, combine_target
from kinerja.rules.capaian import Hasil, reckon_capaian
from kinerja.rules.komposit import Susunan, share_periode
from kinerja.selectors.baris import list_komponen
from sakip.common.angka import MAKS_DESIMAL, bulatkan, format_angka

RASIO_KATA = "jumlah pembilang ÷ jumlah penyebut"


@dataclass(frozen=True)
class Gabungan:
    """A value to date. kata: how it came about, "" where the aggregation alone says it."""

    nilai: Decimal | None
    target: Decimal | None
    kata: str = ""

    def reckon(self, target: Decimal | None, c: Capaian) -> Hasil:
        """Against a target, by the settings of a row. What an examiner found of the words of one
        triwulan says nothing of several.
        """
        hasil = reckon_capaian(target, self.nilai, replace(c.setelan, penilaian=""))
        if not self.kata:
            return hasil
        kata, asal = self.kata, hasil.kalimat
        return replace(hasil, kalimat=lambda: kata if self.nilai is None else f"{kata} {asal()}")


def is_rasio(c: Capaian) -> bool:
    """Whether its value to date is that of the sums of its parts: shares are never added up."""
    menjumlah = Agregasi(c.agregasi) in (Agregasi.JUMLAH, Agregasi.RERATA)
    return menjumlah and Susunan(c.susunan) is Susunan.BAGI


def name_cara(c: Capaian) -> str:
    """How its triwulan become one value, in words."""
    return RASIO_KATA if is_rasio(c) else AGREGASI_KATA[Agregasi(c.agregasi)]


def fetch_komponen(baris: Iterable[Capaian]) -> None:
    """Read the parts of those rows that need them. One query, none where no row is a share."""
    perlu = [c for c in baris if is_rasio(c)]
    if perlu:
        prefetch_related_objects(perlu, "komponen")


def combine_capaian(
    baris: Sequence[Capaian | None], target: Sequence[Decimal | None], acuan: Capaian
) -> Gabungan:
    """The rows of a year so far, oldest first, None where a triwulan has none.

    target: of each of those triwulan. acuan: the row whose settings count. Parts must have been
    fetched.
    """
    nilai = [None if c is None else c.realisasi for c in baris]
    if not is_rasio(acuan):
        cara = Agregasi(acuan.agregasi)
        return Gabungan(combine(nilai, cara), combine_target(target, nilai, cara))
    terisi = [c for c in baris if c is not None and c.realisasi is not None]
    # A share has one target, however many triwulan it is of: that of the year, else the last one.
    batas = acuan.target_tahun
    if batas is None:
        batas = combine_target(target, nilai, Agregasi.TERAKHIR)
    if not terisi:
        return Gabungan(None, batas)
    hasil = share_periode([list_komponen(c) for c in terisi], kali=acuan.pengali)
    if hasil.nilai is None:
        return Gabungan(None, batas, hasil.alasan)
    nilai_bulat = bulatkan(hasil.nilai, MAKS_DESIMAL)
    return Gabungan(nilai_bulat, batas, f"{hasil.alasan} = {format_angka(nilai_bulat)}.")
