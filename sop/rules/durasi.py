"""Reading the Waktu column as it is printed. What cannot be read is refused, never repaired."""

import re
from dataclasses import dataclass

from sakip.common.waktu import Durasi, SatuanWaktu

_SATUAN = {
    "menit": SatuanWaktu.MENIT,
    "jam": SatuanWaktu.JAM,
    "hari": SatuanWaktu.HARI_KERJA,
    "hari kerja": SatuanWaktu.HARI_KERJA,
    "hari kalender": SatuanWaktu.HARI_KALENDER,
}
_POLA = re.compile(
    r"(?P<nilai>\d{1,5})\s*(?P<satuan>hari kerja|hari kalender|hari|jam|menit)?"
    r"(?P<unit>\s*(?:/|per\s)\s*(?:unit|bidang|seksi|subbagian))?"
)
_CONTOH = "Tulis satu angka dan satuannya, misalnya 30 menit, 4 jam, 2 hari, atau 1 jam/bidang."


class WaktuTidakTerbaca(ValueError):
    """The cell is no duration; the message says what to write instead."""


@dataclass(frozen=True)
class WaktuBaku:
    """A standard time as read. durasi None: without limit. per_unit: per unit in scope."""

    durasi: Durasi | None = None
    per_unit: bool = False


def parse_waktu(teks: str, bawaan: SatuanWaktu | None = None) -> WaktuBaku:
    """Read one cell of the Waktu column.

    bawaan: unit of a bare number, from a heading such as "Waktu (menit)"; None refuses one.
    "hari" means working days. An empty cell and "-" mean without limit.

    Raises:
        WaktuTidakTerbaca: anything else, for example "3 - 5 hari", "segera" or "0 jam".
    """
    bersih = " ".join(teks.lower().split())
    if bersih in ("", "-"):
        return WaktuBaku()
    cocok = _POLA.fullmatch(bersih)
    if cocok is None:
        raise WaktuTidakTerbaca(f"Waktu “{teks.strip()}” tidak dapat dibaca. {_CONTOH}")
    satuan = _SATUAN[cocok["satuan"]] if cocok["satuan"] else bawaan
    if satuan is None:
        raise WaktuTidakTerbaca(f"Waktu “{teks.strip()}” tidak menyebut satuan. {_CONTOH}")
    nilai = int(cocok["nilai"])
    if nilai == 0:
        raise WaktuTidakTerbaca(
            "Waktu tidak boleh nol. Kosongkan bila langkah ini tanpa batas waktu."
        )
    return WaktuBaku(Durasi(nilai, satuan), bool(cocok["unit"]))
