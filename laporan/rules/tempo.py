"""Time of a turn: its standard time in words, and the deadline that follows from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sakip.common.waktu import Durasi, Jeda, Kalender, add_durasi, saat, shift_tenggat

_PER = re.compile(r"(?P<waktu>.+?)\s*(?:/|\bper\b)\s*(?P<apa>\w+)")


@dataclass(frozen=True)
class WaktuTugas:
    """Standard time of one turn.

    teks: as printed. banyak_unit: units it is counted for, 0 where it is not per unit.
    """

    teks: str
    durasi: Durasi | None
    banyak_unit: int = 0

    @property
    def jumlah(self) -> Durasi | None:
        """All of it; None without limit."""
        return self.durasi.kali(max(self.banyak_unit, 1)) if self.durasi else None


def kata_waktu_baku(waktu: WaktuTugas) -> str:
    """ "Waktu baku 1 jam per bidang × 5 bidang = 5 jam"; empty without a printed time."""
    teks = " ".join(waktu.teks.split())
    if not teks:
        return ""
    cocok = _PER.fullmatch(teks)
    if not cocok or not waktu.banyak_unit:
        return f"Waktu baku {teks}"
    apa = cocok["apa"]
    satu = f"Waktu baku {cocok['waktu']} per {apa}"
    return f"{satu} × {waktu.banyak_unit} {apa} = {waktu.jumlah}"


def compute_tenggat(
    mulai: datetime, waktu: WaktuTugas, *, jeda: Iterable[Jeda], kalender: Kalender
) -> datetime | None:
    """The deadline of a turn that began at `mulai`, each halt since then given back; None without
    limit.
    """
    if waktu.jumlah is None:
        return None
    tenggat = add_durasi(mulai, waktu.jumlah, kalender)
    for berhenti, lanjut in jeda:
        if lanjut and berhenti >= mulai:
            tenggat = shift_tenggat(tenggat, (berhenti, lanjut), kalender)
    return tenggat


def explain_tenggat_baru(
    lama: datetime, baru: datetime, *, kini: datetime, kalender: Kalender
) -> str:
    """Why `baru` cannot replace the deadline `lama`, as a sentence; empty when it can."""
    setempat = baru.astimezone(kalender.zona)
    if baru <= lama:
        return (
            f"Tenggat baru harus sesudah tenggat sekarang, {saat(lama.astimezone(kalender.zona))}."
        )
    if baru <= kini:
        return "Tenggat baru harus di waktu yang akan datang."
    if any(a < setempat.time() <= b for a, b in kalender.sesi(setempat.date())):
        return ""
    buka = saat(kalender.mulai_kerja(baru))
    return f"{saat(setempat)} di luar jam kerja. Jam kerja sesudahnya mulai {buka}."
