"""Working time: deadlines, minutes worked, and words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.waktu import (
    Durasi,
    Kalender,
    KalenderKosong,
    Keadaan,
    SatuanWaktu,
    add_durasi,
    hitung_tempo,
    jam_menit,
    kata_menit,
    menit_kerja,
    menit_sehari,
    tanggal_angka,
    tanggal_panjang,
    tanggal_pendek,
)

WIB = ZoneInfo("Asia/Jakarta")
BIASA = Kalender(WIB)
HARI_LIBUR = Kalender(WIB, libur=frozenset({date(2026, 10, 19)}))


def wib(hari: int, jam: int, menit: int = 0) -> datetime:
    """A moment in October 2026; the 12th is a Monday."""
    return datetime(2026, 10, hari, jam, menit, tzinfo=WIB)


@pytest.mark.parametrize(
    ("mulai", "durasi", "kalender", "tenggat"),
    [
        (wib(12, 9), Durasi(10, SatuanWaktu.MENIT), BIASA, wib(12, 9, 10)),
        (wib(12, 11, 55), Durasi(10, SatuanWaktu.MENIT), BIASA, wib(12, 13, 5)),
        (wib(16, 16, 25), Durasi(10, SatuanWaktu.MENIT), BIASA, wib(19, 7, 35)),
        (wib(16, 16, 25), Durasi(10, SatuanWaktu.MENIT), HARI_LIBUR, wib(20, 7, 35)),
        (wib(12, 7, 30), Durasi(14, SatuanWaktu.JAM), BIASA, wib(13, 15)),
        (wib(16, 9), Durasi(1, SatuanWaktu.HARI_KERJA), BIASA, wib(19, 16)),
        (wib(16, 9), Durasi(1, SatuanWaktu.HARI_KERJA), HARI_LIBUR, wib(20, 16)),
        (wib(15, 9), Durasi(3, SatuanWaktu.HARI_KALENDER), BIASA, wib(19, 16)),
        (wib(15, 9), Durasi(1, SatuanWaktu.HARI_KALENDER), BIASA, wib(16, 16, 30)),
        (wib(17, 22), Durasi(1, SatuanWaktu.JAM), BIASA, wib(19, 8, 30)),
    ],
)
def test_deadline(mulai: datetime, durasi: Durasi, kalender: Kalender, tenggat: datetime) -> None:
    assert add_durasi(mulai, durasi, kalender) == tenggat


@pytest.mark.parametrize("satuan", [SatuanWaktu.MENIT, SatuanWaktu.HARI_KERJA])
def test_calendar_without_working_days_is_refused(satuan: SatuanWaktu) -> None:
    with pytest.raises(KalenderKosong, match="tidak memuat satu jam kerja pun"):
        add_durasi(wib(12, 9), Durasi(1, satuan), Kalender(WIB, jam={}))


def test_free_weekend_counts_no_minutes() -> None:
    assert menit_kerja(wib(16, 16, 30), wib(19, 7, 30), BIASA) == 0
    assert menit_kerja(wib(12, 9), wib(12, 8), BIASA) == 0
    assert menit_kerja(wib(12, 0), wib(12, 23), BIASA) == 450


@given(menit=st.integers(1, 20_000), geser=st.integers(0, 10_000))
def test_deadline_is_exactly_that_many_working_minutes_away(menit: int, geser: int) -> None:
    mulai = wib(12, 7, 30) + timedelta(minutes=geser)
    tenggat = add_durasi(mulai, Durasi(menit, SatuanWaktu.MENIT), HARI_LIBUR)
    assert menit_kerja(mulai, tenggat, HARI_LIBUR) == menit


@pytest.mark.parametrize(
    ("menit", "kata"),
    [
        (0, "kurang dari 1 menit"),
        (1, "1 menit"),
        (60, "1 jam"),
        (270, "4 jam 30 menit"),
        (450, "1 hari kerja"),
        (470, "1 hari kerja"),
        (1260, "2 hari 6 jam"),
    ],
)
def test_minutes_in_words(menit: int, kata: str) -> None:
    assert kata_menit(menit) == kata


def test_day_of_an_empty_calendar_still_has_a_length() -> None:
    assert menit_sehari(BIASA) == 450
    assert menit_sehari(Kalender(WIB, jam={})) == 450


@pytest.mark.parametrize(
    ("kini", "keadaan", "kata", "persen"),
    [
        (wib(12, 9), Keadaan.BIASA, "Sisa 1 jam", 0),
        (wib(12, 9, 44), Keadaan.BIASA, "Sisa 16 menit", 73),
        (wib(12, 9, 45), Keadaan.SEGERA, "Sisa 15 menit", 75),
        (wib(12, 10), Keadaan.SEGERA, "Sisa kurang dari 1 menit", 100),
        (wib(12, 11, 5), Keadaan.LEWAT, "Lewat 1 jam 5 menit", 100),
    ],
)
def test_clock(kini: datetime, keadaan: Keadaan, kata: str, persen: int) -> None:
    tempo = hitung_tempo(
        mulai=wib(12, 9),
        tenggat=wib(12, 10),
        waktu_baku="Waktu baku 1 jam",
        kini=kini,
        kalender=BIASA,
    )
    assert (tempo.keadaan, tempo.kata, tempo.persen) == (keadaan, kata, persen)


def test_empty_limit_is_no_limit_and_not_zero() -> None:
    tempo = hitung_tempo(
        mulai=wib(12, 9), tenggat=None, waktu_baku="", kini=wib(30, 9), kalender=BIASA
    )
    assert (tempo.keadaan, tempo.kata, tempo.waktu_baku) == (
        Keadaan.TANPA,
        "Tanpa batas waktu",
        "Tanpa waktu baku",
    )


def test_durations_multiply_and_read_as_the_sop_writes_them() -> None:
    assert Durasi(1, SatuanWaktu.JAM).kali(5) == Durasi(5, SatuanWaktu.JAM)
    assert str(Durasi(4, SatuanWaktu.HARI_KERJA)) == "4 hari kerja"


def test_dates_in_words() -> None:
    assert tanggal_angka(date(2026, 10, 7)) == "7 Oktober 2026"
    assert tanggal_panjang(date(2026, 10, 7)) == "Rabu, 7 Oktober 2026"
    assert tanggal_pendek(date(2026, 8, 17)) == "Senin 17 Agu"
    assert jam_menit(datetime(2026, 10, 7, 7, 10, tzinfo=UTC).astimezone(WIB)) == "14.10"
