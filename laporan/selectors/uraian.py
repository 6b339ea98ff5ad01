"""What the units wrote about an indikator, as the text its analysis begins with."""

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

from kinerja.models import Capaian
from laporan.models import BabNaskah, Draf
from laporan.rules.kerangka import INDIKATOR
from laporan.rules.periode import last_triwulan
from laporan.rules.uraian import join_uraian
from laporan.selectors.blok.bahan import list_setahun
from sakip.common.teks_kaya import bersihkan, mark_blok

_BAGIAN = (
    ("Penyebab keberhasilan atau kegagalan", "penjelasan"),
    ("Kendala", "kendala"),
    ("Alternatif solusi yang dilakukan", "solusi"),
    ("Rencana tindak lanjut", "rencana"),
)


def list_uraian(draf: Draf) -> dict[int, str]:
    """By indikator id the words of the last triwulan that has any. One query."""
    akhir = last_triwulan(draf.jenis, draf.periode_ke)
    setahun = list_setahun(draf, akhir)
    hasil: dict[int, str] = {}
    for (indikator, triwulan), c in sorted(setahun.items(), key=lambda p: -p[0][1]):
        if indikator not in hasil and (teks := _tell(c, lalu=triwulan != akhir)):
            hasil[indikator] = teks
    return hasil


def _tell(c: Capaian, *, lalu: bool) -> str:
    bagian = [(judul, str(getattr(c, ruas))) for judul, ruas in _BAGIAN]
    return mark_blok(join_uraian(bagian, c.formulir.periode.nama if lalu else ""))


def is_disunting(bab: BabNaskah) -> bool:
    """Whether somebody changed what was prepared."""
    return bab.isi != bab.asal


def list_berubah(bab: list[BabNaskah], uraian: Mapping[int, str]) -> list[BabNaskah]:
    """Analyses with typed words whose unit has written something else since."""
    return [
        b
        for b in bab
        if b.ulang == INDIKATOR and is_disunting(b) and uraian.get(b.acuan, "") not in ("", b.asal)
    ]


def show_uraian(bab: BabNaskah) -> dict[str, SafeString]:
    """The text as typed and what the unit wrote, for whoever chooses between them. One query."""
    uraian = list_uraian(bab.draf).get(bab.acuan, "") if bab.ulang == INDIKATOR else ""
    return {
        "teks": mark_safe(bersihkan(bab.isi)),  # noqa: S308 - cleaned on the line itself
        "uraian": mark_safe(bersihkan(uraian)),  # noqa: S308 - cleaned on the line itself
    }
