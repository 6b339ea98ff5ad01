"""How an SOP fares in practice: figures over closed turns, in whole working minutes.

Nothing here grades performance: the figures say how the procedure runs, not how well the office
does its task. Missing is not zero: without a closed turn there is no median and no share.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Below this many turns the single times say more than any statistic.
MIN_SEBARAN = 3


@dataclass(frozen=True)
class Giliran:
    """One closed turn. menit: from its beginning to its end, suspended time left out.

    tersedia: minutes from its beginning to its deadline. tepat: closed not after the deadline.
    Both are None without a deadline. lewat: minutes past it. tunggu: minutes until its holder first
    opened it, None where that is not known.
    Turns of one `kunjungan` and `urutan` ran side by side.
    """

    langkah_id: int
    kunjungan_id: int
    urutan: int
    menit: int
    tersedia: int | None = None
    tepat: bool | None = None
    lewat: int = 0
    tunggu: int | None = None


@dataclass(frozen=True)
class Sebaran:
    """How times spread. tunggal: every time, while there are fewer than three; p90 None then."""

    n: int
    median: int | None
    p90: int | None
    tunggal: tuple[int, ...]
    terlama: int | None


@dataclass(frozen=True)
class TepatWaktu:
    """Closed turns that had a deadline, and how many of them kept it."""

    tepat: int
    jumlah: int

    @property
    def persen(self) -> int | None:
        """0 to 100, rounded down, so that 100 means all of them; None where none had a deadline."""
        return self.tepat * 100 // self.jumlah if self.jumlah else None

    @property
    def lewat(self) -> int:
        """How many came after their deadline."""
        return self.jumlah - self.tepat


def summarize(menit: Iterable[int]) -> Sebaran:
    """Median (middle value, or the mean of the two middle ones rounded half up) and p90.

    p90 is the nearest rank: the smallest time that at least nine of ten turns did not exceed.
    """
    urut = sorted(menit)
    n = len(urut)
    if not n:
        return Sebaran(0, None, None, (), None)
    median = (urut[(n - 1) // 2] + urut[n // 2] + 1) // 2
    cukup = n >= MIN_SEBARAN
    p90 = urut[-(-9 * n // 10) - 1] if cukup else None
    return Sebaran(n, median, p90, () if cukup else tuple(urut), urut[-1])


def count_tepat(giliran: Iterable[Giliran]) -> TepatWaktu:
    """Punctuality over turns with a deadline; open turns are counted elsewhere."""
    hasil = [g.tepat for g in giliran if g.tepat is not None]
    return TepatWaktu(sum(hasil), len(hasil))


def split_tunggu(giliran: Iterable[Giliran]) -> tuple[Sebaran, Sebaran]:
    """How long turns waited to be opened, and how long they were handled after that.

    Over turns whose first opening is known. The two medians need not add up to that of the whole.
    """
    dibuka = [(g.tunggu, g.menit) for g in giliran if g.tunggu is not None]
    return summarize(t for t, _m in dibuka), summarize(max(m - t, 0) for t, m in dibuka)


def sum_lewat(giliran: Iterable[Giliran]) -> int:
    """Minutes by which a step held the reports up beyond its standard time.

    Of turns that ran side by side the latest counts, once; hand-overs inside a step add up.
    """
    terlama: dict[tuple[int, int, int], int] = defaultdict(int)
    for g in giliran:
        kunci = (g.langkah_id, g.kunjungan_id, g.urutan)
        terlama[kunci] = max(terlama[kunci], g.lewat)
    return sum(terlama.values())


def find_hambatan(lewat: Mapping[int, int]) -> int | None:
    """The bottleneck among steps by number: most minutes beyond the standard time in all.

    The earlier step where two are equal; None where no step ever ran over.
    """
    if not any(lewat.values()):
        return None
    return min(lewat, key=lambda nomor: (-lewat[nomor], nomor))


def rate_pakai(giliran: Iterable[Giliran]) -> Decimal | None:
    """Median time used as percent of the median time available, over turns with a deadline.

    None without such a turn, and where the deadlines left no working time at all.
    """
    bertenggat = [(g.menit, g.tersedia) for g in giliran if g.tersedia is not None]
    pakai = summarize(m for m, _t in bertenggat).median
    ada = summarize(t for _m, t in bertenggat).median
    return Decimal(pakai * 100) / ada if pakai is not None and ada else None


def count_sebab(catatan: Iterable[str], dikenal: Sequence[str]) -> list[tuple[str, int]]:
    """How often each known reason was ticked, most frequent first; other notes count nothing.

    Reasons stand before the first full stop of a note, divided by commas.
    """
    hitung: Counter[str] = Counter()
    for teks in catatan:
        awal = [bagian.strip() for bagian in teks.partition(".")[0].split(",")]
        if all(a in dikenal for a in awal):
            hitung.update(set(awal))
    return sorted(hitung.items(), key=lambda pasangan: (-pasangan[1], pasangan[0]))
