"""The catalogue of an office and the history of one SOP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from organisasi.models import Instansi, Jejak
from organisasi.selectors import list_jejak
from sop.models import SOP, VersiSOP
from sop.rules.berlaku import Keadaan, Terbitan, name_keadaan
from sop.selectors.graf import list_sop
from sop.selectors.pemakaian import count_berjalan


@dataclass(frozen=True)
class BarisVersi:
    """One version in a list. berjalan: documents under way on it."""

    versi: VersiSOP
    keadaan: Keadaan
    berjalan: int


@dataclass(frozen=True)
class BarisSOP:
    """One SOP of the catalogue, its versions newest first."""

    sop: SOP
    versi: tuple[BarisVersi, ...]

    def _first(self, keadaan: Keadaan) -> BarisVersi | None:
        return next((b for b in self.versi if b.keadaan == keadaan), None)

    @property
    def berlaku(self) -> BarisVersi | None:
        """The version on which drafts start today."""
        return self._first(Keadaan.BERLAKU)

    @property
    def terjadwal(self) -> BarisVersi | None:
        """The newest one that waits for its day."""
        return self._first(Keadaan.TERJADWAL)

    @property
    def konsep(self) -> BarisVersi | None:
        """The newest one that is being written."""
        return self._first(Keadaan.KONSEP)

    @property
    def lain(self) -> tuple[BarisVersi, ...]:
        """All others."""
        tampil = (self.berlaku, self.terjadwal, self.konsep)
        return tuple(b for b in self.versi if b not in tampil)

    @property
    def asal(self) -> BarisVersi | None:
        """What the next version is copied from."""
        return self.terjadwal or self.berlaku or next(iter(self.versi), None)


def list_katalog(instansi: Instansi, *, pada: date) -> list[BarisSOP]:
    """SOPs of the office as they stand on that day. Two queries, and the counting."""
    daftar = list(list_sop(instansi))
    berjalan = count_berjalan([v.pk for sop in daftar for v in sop.versi.all()])
    return [BarisSOP(sop, _rows(list(sop.versi.all()), berjalan, pada)) for sop in daftar]


def list_versi(sop: SOP, *, pada: date) -> BarisSOP:
    """The versions of one SOP as they stand on that day. One query, and the counting."""
    versi = VersiSOP.objects.filter(sop=sop).annotate(banyak_langkah=Count("langkah"))
    daftar = list(versi.select_related("sop__instansi").order_by("-nomor"))
    return BarisSOP(sop, _rows(daftar, count_berjalan([v.pk for v in daftar]), pada))


def _rows(
    versi: Sequence[VersiSOP], berjalan: dict[int, int], pada: date
) -> tuple[BarisVersi, ...]:
    keadaan = name_keadaan([Terbitan(v.pk, v.status, v.berlaku_mulai) for v in versi], pada)
    return tuple(BarisVersi(v, keadaan[v.pk], berjalan[v.pk]) for v in versi)


def get_alasan_cabut(versi: VersiSOP) -> Jejak | None:
    """The act that withdrew a version, with its reason. One query."""
    daftar = list_jejak(versi).filter(aksi="sop.versi.withdraw")
    return daftar.order_by("-urut").first()
