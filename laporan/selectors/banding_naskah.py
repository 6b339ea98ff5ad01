"""Versions of a text beside each other: which there are, and what changed between two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.utils.safestring import mark_safe

from laporan.models import Draf, Kunjungan, VersiNaskah
from laporan.rules.beda_angka import BedaAngka, compare_angka
from laporan.rules.beda_naskah import BedaBab, BedaBlok, compare_naskah
from sakip.common.teks_kaya import bersihkan


@dataclass(frozen=True)
class VersiRingkas:
    """One version in a list. kembali: when it was sent back for rework, if it was."""

    nomor: int
    oleh: str
    pada: datetime
    kembali: datetime | None


@dataclass(frozen=True)
class BandingNaskah:
    """Two versions and everything that changed from `lama` to `baru`."""

    lama: VersiNaskah
    baru: VersiNaskah
    bab: list[BedaBab]
    angka: list[BedaAngka]

    @property
    def banyak(self) -> int:
        """Changed blocks."""
        return sum(b.banyak for b in self.bab)

    @property
    def banyak_bab(self) -> int:
        """Chapters in which something changed."""
        return sum(b.banyak > 0 for b in self.bab)

    @property
    def ruas(self) -> list[tuple[bool, list[BedaBab]]]:
        """Runs of chapters that stayed (False), to be folded, and that changed (True)."""
        return [(ubah, list(bab)) for ubah, bab in groupby(self.bab, lambda b: b.banyak > 0)]


def list_versi(draf: Draf) -> list[VersiRingkas]:
    """Versions of a draft, newest first, without their text. Two queries."""
    versi = list(
        VersiNaskah.objects.filter(draf=draf)
        .order_by("nomor")
        .values_list("nomor", "dibuat_oleh__nama", "dibuat_pada")
    )
    kembali = list(
        Kunjungan.objects.filter(draf=draf, hasil="tidak")
        .order_by("keluar")
        .values_list("keluar", flat=True)
    )
    batas = [pada for _n, _o, pada in versi[1:]]
    hasil = [
        VersiRingkas(nomor, oleh, pada, _find_kembali(kembali, pada, sampai))
        for (nomor, oleh, pada), sampai in zip(versi, [*batas, None], strict=True)
    ]
    return hasil[::-1]


def _find_kembali(
    kembali: Sequence[datetime | None], dari: datetime, sampai: datetime | None
) -> datetime | None:
    """The first return while that version was the newest."""
    milik = (k for k in kembali if k and k > dari and (sampai is None or k <= sampai))
    return next(milik, None)


def get_versi(draf: Draf, nomor: int) -> VersiNaskah | None:
    """The version of that number."""
    return VersiNaskah.objects.filter(draf=draf, nomor=nomor).first()


def compare_versi_naskah(lama: VersiNaskah, baru: VersiNaskah) -> BandingNaskah:
    """What changed from one version to another, ready to be shown. No query."""
    bab = compare_naskah(_clean(lama.isi), _clean(baru.isi))
    return BandingNaskah(
        lama,
        baru,
        [replace(b, blok=[_show(blok) for blok in b.blok]) for b in bab],
        compare_angka(lama.tabel, baru.tabel),
    )


def _clean(isi: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{**bab, "html": bersihkan(bab["html"])} for bab in isi]


def _show(blok: BedaBlok) -> BedaBlok:
    return replace(blok, html=mark_safe(blok.html))  # noqa: S308 - cleaned above, marked by us since
