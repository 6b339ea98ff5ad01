"""Pemantauan as tables to download."""

from django.utils.translation import gettext as _

from laporan.selectors.pantau import Pantau
from sakip.common.unduhan import Tabel


def list_tabel_pantau(pantau: Pantau) -> list[Tabel]:
    """Every step of one SOP in one period, as the page shows it; times in minutes beside words."""
    baris = [
        (s.nama, s.pelaksana, s.baku, s.median_kata, s.sebaran.median, s.p90_kata, s.sebaran.p90,
         s.tepat.tepat, s.tepat.jumlah, s.lewat_kata, s.singgah.ulang, s.singgah.kembali,
         s.sebaran.n)
        for s in pantau.langkah
    ]  # fmt: skip
    kolom = [
        (_("Langkah"), 48), (_("Pelaksana"), 32), (_("Waktu baku"), 14), (_("Median"), 20),
        (_("Median (menit)"), 12), (_("9 dari 10 selesai dalam"), 20), (_("9 dari 10 (menit)"), 12),
        (_("Tepat waktu"), 12), (_("Bertenggat"), 12), (_("Lewat seluruhnya"), 20),
        (_("Diulang"), 10), (_("Mengembalikan"), 12), (_("n"), 8),
    ]  # fmt: skip
    return [Tabel(_("Per langkah"), kolom, baris)]
