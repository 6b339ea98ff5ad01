"""Until when a report must be with its receiver."""

import calendar
from datetime import date, timedelta

_BULAN_AKHIR = {"bulanan": 1, "triwulan": 3, "semester": 6}


def end_periode(jenis: str, periode_ke: int, tahun: int) -> date:
    """The last day a report is about."""
    bulan = 12 if jenis == "tahunan" else periode_ke * _BULAN_AKHIR[jenis]
    return date(tahun, bulan, calendar.monthrange(tahun, bulan)[1])


def find_batas(akhir: date, batas: int | None, satuan: str) -> date | None:
    """The last day in time: so many days after the period, or the end of the so-manieth month.

    "dua bulan setelah tahun anggaran berakhir" is the last day of February, also in a leap year.
    None where there is no limit.
    """
    if batas is None:
        return None
    if satuan == "hari":
        return akhir + timedelta(days=batas)
    tahun, bulan = divmod(akhir.year * 12 + akhir.month - 1 + batas, 12)
    return date(tahun, bulan + 1, calendar.monthrange(tahun, bulan + 1)[1])
