"""Working minutes of many spans at once: the calendar is laid out once, each span costs a search.

Equal to `sakip.common.waktu.menit_bersih` within the days laid out; tests prove it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sakip.common.waktu import Jeda, Kalender

_AWAL = datetime(1970, 1, 1, tzinfo=UTC)
_MIKRO = timedelta(microseconds=1)
_SEMENIT = 60_000_000


class MeterKerja:
    """Measures working time between two moments inside the days `dari` to `sampai`.

    What lies outside of these days counts as no working time.
    """

    def __init__(self, kalender: Kalender, dari: date, sampai: date) -> None:
        self._buka: list[int] = []
        self._tutup: list[int] = []
        self._sebelum: list[int] = []
        jumlah = 0
        for n in range((sampai - dari).days + 1):
            hari = dari + timedelta(days=n)
            for buka, tutup in kalender.sesi(hari):
                a = _mikro(datetime.combine(hari, buka, kalender.zona))
                b = _mikro(datetime.combine(hari, tutup, kalender.zona))
                self._buka.append(a)
                self._tutup.append(b)
                self._sebelum.append(jumlah)
                jumlah += b - a

    def menit(self, dari: datetime, sampai: datetime, jeda: Sequence[Jeda] = ()) -> int:
        """Whole working minutes, 0 when `sampai` is not after `dari`.

        Halts, which never overlap, are left out.
        """
        a, b = self._sampai(dari), self._sampai(sampai)
        diam = sum(self._diam(a, b, mulai, akhir) for mulai, akhir in jeda)
        return max(b - a - diam, 0) // _SEMENIT

    def _diam(self, a: int, b: int, mulai: datetime, akhir: datetime | None) -> int:
        berakhir = b if akhir is None else min(b, self._sampai(akhir))
        return max(berakhir - max(a, self._sampai(mulai)), 0)

    def _sampai(self, saat: datetime) -> int:
        """Working microseconds laid out before that moment."""
        t = _mikro(saat)
        n = bisect_right(self._buka, t) - 1
        if n < 0:
            return 0
        return self._sebelum[n] + min(t, self._tutup[n]) - self._buka[n]


def _mikro(saat: datetime) -> int:
    return (saat - _AWAL) // _MIKRO
