"""What a row of the grid measures and how, as it was when its form was opened."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from kinerja.models import Capaian
from kinerja.rules.capaian import ARAH_KATA, RUMUS_KATA, Polaritas, Rumus
from kinerja.rules.nilai import JenisNilai
from kinerja.selectors.baris import is_tersusun
from kinerja.selectors.teks import format_target

# Formulas that the page can show while a figure is typed; the server reckons every one.
_PERAMBAN = (Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN, Rumus.STABIL)


def build_definisi(c: Capaian) -> dict[str, Any]:
    """What the row measures and how, as it was when the form was opened."""
    rumus = Rumus(c.rumus)
    return {
        "indikator": c.nama,
        "satuan": c.satuan,
        "definisi": c.definisi,
        "arah": rumus.polaritas.value,
        "arah_kata": ARAH_KATA[Polaritas(rumus.polaritas)],
        "rumus": rumus.value,
        "rumus_kata": RUMUS_KATA[rumus],
        "target": polos(c.target_nilai),
        "target_teks": format_target(c.target, c),
        "atas": polos(c.target_atas),
        "batas": polos(c.batas),
        "lantai": polos(c.lantai),
        "toleransi": polos(c.toleransi),
        "is_kata": c.is_kata,
        "is_dihitung_peramban": rumus in _PERAMBAN and c.jenis_nilai != JenisNilai.TANGGAL,
        "susunan": c.susunan,
        "susunan_kata": str(c.get_susunan_display()) if is_tersusun(c) else "",
        "pengali": polos(c.pengali),
        "maks": polos(c.nilai_maks),
        "maks_bukti": settings.MAKS_BUKTI_BYTES,
        "dapat_negatif": c.is_dapat_negatif,
    }


def polos(nilai: Decimal | None) -> str:
    """A plain decimal for a script, "" where there is none."""
    return "" if nilai is None else f"{nilai.normalize():f}"
