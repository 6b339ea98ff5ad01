"""Changes marked on the paper itself: against which version, or none at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from laporan.models import Draf, VersiNaskah
from laporan.rules.beda_naskah import BedaBlok
from laporan.selectors.banding_naskah import (
    BandingNaskah,
    VersiRingkas,
    compare_versi_naskah,
    get_versi,
    list_versi,
)


@dataclass(frozen=True)
class Perubahan:
    """How the paper is shown. daftar: earlier versions, newest first, to be marked against.

    lawan: number of the one that is chosen; banding: what changed since, None on a clean paper.
    """

    daftar: list[VersiRingkas]
    lawan: int
    banding: BandingNaskah | None = None

    @property
    def per_bab(self) -> Mapping[str, list[BedaBlok]]:
        """Blocks by chapter with what changed marked; empty on a clean paper."""
        return {b.kode: b.blok for b in self.banding.bab if b.banyak} if self.banding else {}

    @property
    def awal(self) -> str:
        """Where on the page the first change stands; "" where there is none."""
        return next(
            (f"b-{bab}-{b.kode}" for bab, blok in self.per_bab.items() for b in blok if b.nomor),
            "",
        )


def get_perubahan(
    draf: Draf, versi: VersiNaskah | None, *, lawan: int, is_bersih: bool
) -> Perubahan | None:
    """The paper of `versi` beside an earlier one; None where there is no earlier one.

    lawan: number asked for; where there is no such earlier one, the version before. Three queries,
    two for a clean paper, none without an earlier version.
    """
    if versi is None or versi.nomor == 1:
        return None
    daftar = [v for v in list_versi(draf) if v.nomor < versi.nomor]
    pilih = lawan if 0 < lawan < versi.nomor else versi.nomor - 1
    lama = None if is_bersih else get_versi(draf, pilih)
    return Perubahan(daftar, pilih, compare_versi_naskah(lama, versi) if lama else None)
