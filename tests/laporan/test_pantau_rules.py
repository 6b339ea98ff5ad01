"""Figures of monitoring: by example, whatever the order, and within their bounds."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laporan.rules.meter import MeterKerja
from laporan.rules.pantau import (
    Giliran,
    TepatWaktu,
    count_sebab,
    count_tepat,
    find_hambatan,
    rate_pakai,
    split_tunggu,
    sum_lewat,
    summarize,
)
from laporan.rules.rentang import (
    Rentang,
    RentangTidakSah,
    list_rentang,
    make_rentang,
    read_rentang,
    semester_of,
)
from sakip.common.waktu import Kalender, menit_bersih

MENIT = st.lists(st.integers(0, 100_000), max_size=40)


def test_nothing_closed_has_no_median() -> None:
    kosong = summarize([])
    assert (kosong.n, kosong.median, kosong.p90, kosong.tunggal, kosong.terlama) == (
        0,
        None,
        None,
        (),
        None,
    )


@pytest.mark.parametrize(
    ("menit", "median", "p90", "tunggal"),
    [
        ([30], 30, None, (30,)),
        ([41, 30], 36, None, (30, 41)),
        ([30, 10, 20], 20, 30, ()),
        ([*range(1, 11)], 6, 9, ()),
        ([*range(1, 12)], 6, 10, ()),
    ],
    ids=("one", "two", "three", "ten", "eleven"),
)
def test_few_turns_stand_singly(
    menit: list[int], median: int, p90: int | None, tunggal: tuple[int, ...]
) -> None:
    hasil = summarize(menit)
    assert (hasil.median, hasil.p90, hasil.tunggal) == (median, p90, tunggal)


@given(menit=MENIT, acak=st.randoms(use_true_random=False))
def test_order_of_turns_does_not_matter(menit: list[int], acak: object) -> None:
    diaduk = list(menit)
    acak.shuffle(diaduk)  # type: ignore[attr-defined]  # a random.Random
    assert summarize(diaduk) == summarize(menit)


@given(menit=MENIT)
def test_statistics_lie_among_the_times(menit: list[int]) -> None:
    hasil = summarize(menit)
    if not menit:
        return
    assert hasil.median is not None
    assert hasil.terlama == max(menit)
    assert min(menit) <= hasil.median <= max(menit)
    assert sum(m <= hasil.median for m in menit) * 2 >= len(menit)
    if hasil.p90 is not None:
        assert hasil.p90 in menit
        assert hasil.median <= hasil.p90
        assert sum(m <= hasil.p90 for m in menit) * 10 >= 9 * len(menit)


def test_punctuality_counts_closed_turns_with_a_deadline_and_rounds_down() -> None:
    giliran = [Giliran(1, n, 1, 5, tepat=n != 7) for n in range(200)]
    hasil = count_tepat([*giliran, Giliran(1, 900, 1, 5)])
    assert (hasil.tepat, hasil.jumlah, hasil.persen, hasil.lewat) == (199, 200, 99, 1)
    assert TepatWaktu(0, 0).persen is None


def test_of_turns_side_by_side_the_latest_counts_once() -> None:
    giliran = [
        Giliran(5, 1, 1, 10, lewat=60),
        Giliran(5, 1, 1, 10, lewat=90),
        Giliran(5, 1, 2, 10, lewat=5),
        Giliran(5, 2, 1, 10, lewat=7),
    ]
    assert sum_lewat(giliran) == 90 + 5 + 7
    assert sum_lewat([]) == 0


def test_bottleneck_is_the_step_most_beyond_its_time_the_earlier_of_two() -> None:
    assert find_hambatan({3: 10, 5: 20, 4: 20}) == 4
    assert find_hambatan({3: 0, 4: 0}) is None
    assert find_hambatan({}) is None


def test_share_of_time_used_needs_a_deadline() -> None:
    giliran = [
        Giliran(1, 1, 1, 60, tersedia=100),
        Giliran(1, 2, 1, 90, tersedia=120),
        Giliran(1, 3, 1, 900),
    ]
    assert rate_pakai(giliran) == Decimal(7500) / 110
    assert rate_pakai(giliran[2:]) is None
    assert rate_pakai([Giliran(1, 1, 1, 5, tersedia=0)]) is None


def test_reasons_are_those_ticked_not_those_typed() -> None:
    dikenal = ["Redaksi", "Data belum sesuai"]
    catatan = [
        "Redaksi. Perbaiki bab II.",
        "Data belum sesuai, Redaksi. Angka keliru.",
        "Redaksi bab III kurang baik.",
        "Perbaiki.",
    ]
    assert count_sebab(catatan, dikenal) == [("Redaksi", 2), ("Data belum sesuai", 1)]


def test_periods_have_codes_and_names() -> None:
    satu = read_rentang("2026-s1")
    assert (satu.dari, satu.sampai) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (satu.kode, satu.nama) == ("2026-s1", "Semester I Tahun 2026")
    assert read_rentang("2026-s2").nama == "Semester II Tahun 2026"
    assert (read_rentang("2026").kode, read_rentang("2026").nama) == ("2026", "Tahun 2026")
    bebas = make_rentang(date(2026, 5, 1), date(2026, 6, 3))
    assert (bebas.kode, bebas.nama) == ("bebas", "1 Mei 2026 sampai 3 Juni 2026")
    assert semester_of(date(2026, 6, 30)) == satu
    assert semester_of(date(2026, 7, 1)) == read_rentang("2026-s2")


@pytest.mark.parametrize("kode", ["", "2026-s3", "1999", "2101-s1", "٢٠٢٦", "2026-S1"])
def test_unknown_codes_are_refused(kode: str) -> None:
    with pytest.raises(RentangTidakSah):
        read_rentang(kode)


@pytest.mark.parametrize(
    ("dari", "sampai", "kata"),
    [
        (date(2026, 2, 1), date(2026, 1, 31), "mendahului"),
        (date(2026, 1, 1), date(2027, 1, 2), "satu tahun"),
        (date(1900, 1, 1), date(1900, 1, 2), "2000"),
        (date(2026, 1, 1), date(2200, 1, 2), "2000"),
    ],
    ids=("backwards", "long", "before", "after"),
)
def test_impossible_spans_are_refused_in_words(dari: date, sampai: date, kata: str) -> None:
    with pytest.raises(RentangTidakSah, match=kata):
        make_rentang(dari, sampai)


def test_periods_to_choose_end_with_the_present_one() -> None:
    kode = [r.kode for r in list_rentang(date(2026, 3, 1), 2025)]
    assert kode == ["2026-s1", "2026", "2025-s2", "2025-s1", "2025"]
    assert [r.kode for r in list_rentang(date(2026, 8, 1), 2030)] == ["2026-s2", "2026-s1", "2026"]
    assert Rentang(date(2026, 1, 1), date(2026, 6, 30)) in list_rentang(date(2026, 8, 1), 2026)


AWAL = datetime(2026, 9, 1, tzinfo=UTC)
SAAT = st.timedeltas(timedelta(0), timedelta(days=60)).map(lambda lama: AWAL + lama)


@given(saat=st.lists(SAAT, min_size=4, max_size=4), masih=st.booleans())
def test_meter_agrees_with_the_slow_reckoning(saat: list[datetime], masih: bool) -> None:  # noqa: FBT001 - given by Hypothesis
    libur = frozenset({date(2026, 10, 5)})
    jam = {n: ((time(7, 30), time(12)), (time(13), time(16))) for n in range(5)}
    kalender = Kalender(ZoneInfo("Asia/Makassar"), jam, libur)
    meter = MeterKerja(kalender, date(2026, 8, 1), date(2026, 11, 30))
    a, b, *henti = saat
    henti.sort()
    jeda = [(henti[0], None if masih else henti[1])]
    assert meter.menit(a, b) == menit_bersih(a, b, kalender)
    assert meter.menit(a, b, jeda) == menit_bersih(a, b, kalender, jeda)
    luar = datetime(2026, 1, 1, tzinfo=UTC)
    assert meter.menit(luar, luar + timedelta(days=30)) == 0


def test_waiting_and_handling_stand_apart_where_the_opening_is_known() -> None:
    giliran = [Giliran(1, n, 1, menit, tunggu=tunggu) for n, menit, tunggu in DIBUKA]
    tunggu, kerja = split_tunggu(giliran)
    assert (tunggu.n, tunggu.median) == (3, 60)
    assert (kerja.n, kerja.median, kerja.terlama) == (3, 30, 500)
    kosong, _kerja = split_tunggu([Giliran(1, 1, 1, 90)])
    assert (kosong.n, kosong.median) == (0, None)


DIBUKA = [(1, 90, 60), (2, 60, 60), (3, 500, 0), (4, 45, None)]
