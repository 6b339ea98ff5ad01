"""Figures and categories as both the form and the report print them."""

from decimal import Decimal

from kinerja.models import Indikator
from kinerja.rules.capaian import Aturan, Hasil, Polaritas
from kinerja.rules.kategori import find_kategori
from sakip.common.angka import format_angka

BELUM_DIISI = "Belum diisi"
TAK_TERHITUNG = "Tidak dapat dihitung"


def format_nilai(nilai: Decimal | None, indikator: Indikator) -> str:
    """A figure with at least the decimals its indikator asks for and never fewer than it has."""
    if nilai is None:
        return ""
    ada = -int(nilai.normalize().as_tuple().exponent)
    return format_angka(nilai, max(indikator.desimal, ada, 0))


def format_target(target: Decimal | None, indikator: Indikator) -> str:
    """A target as a column shows it: an upper bound where lower is better ("≤ 45")."""
    if target is None:
        return "–"
    teks = format_nilai(target, indikator)
    return f"≤ {teks}" if indikator.polaritas == Polaritas.TURUN and target != 0 else teks


def describe_kategori(hasil: Hasil) -> tuple[str, str]:
    """Label and colour. What has no percentage has no colour: it is never shown as good."""
    if hasil.persen is not None:
        kategori = find_kategori(hasil.persen)
        return kategori.label, kategori.warna
    if hasil.aturan is Aturan.BELUM_DIISI:
        return BELUM_DIISI, ""
    return TAK_TERHITUNG, ""
