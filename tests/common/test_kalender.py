"""Properties of working calendars: any office's hours, any free days, dated sets of hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.waktu import (
    JAM_KERJA_BAKU,
    JAM_RAMADAN_BAKU,
    Durasi,
    JamBerlaku,
    Kalender,
    KalenderKosong,
    Keadaan,
    SatuanWaktu,
    Sesi,
    add_durasi,
    add_waktu_kerja,
    hitung_tempo,
    menit_bersih,
    menit_kerja,
    menit_sehari,
    shift_tenggat,
    waktu_kerja,
)

ZONA = [ZoneInfo(z) for z in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
WIB = ZONA[0]
AWAL = datetime(2026, 1, 1, tzinfo=UTC)
SAAT = st.integers(0, 500 * 24 * 60).map(lambda m: AWAL + timedelta(minutes=m))


@st.composite
def sesi_sehari(draw: st.DrawFn) -> tuple[Sesi, ...]:
    """One or two sessions, in order, apart, each at least an hour long."""
    batas = sorted(draw(st.sets(st.integers(1, 23), min_size=2, max_size=4)))
    jam = [time(h) for h in batas]
    return tuple(zip(jam[::2], jam[1::2], strict=False))


JAM = st.dictionaries(st.integers(0, 6), sesi_sehari(), min_size=1)


@st.composite
def kalender_apa_saja(draw: st.DrawFn) -> Kalender:
    """Any calendar with at least one working hour a week."""
    hari = st.integers(0, 600).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
    khusus = []
    if draw(st.booleans()):
        mulai = draw(hari)
        khusus.append(JamBerlaku(mulai, mulai + timedelta(days=29), draw(JAM)))
    if draw(st.booleans()):
        khusus.append(JamBerlaku(draw(hari), None, draw(JAM)))
    return Kalender(
        draw(st.sampled_from(ZONA)),
        jam=draw(JAM),
        libur=draw(st.frozensets(hari, max_size=40)),
        berlaku=tuple(khusus),
    )


DURASI = st.builds(
    Durasi,
    st.integers(1, 2_000),
    st.sampled_from([SatuanWaktu.MENIT, SatuanWaktu.HARI_KALENDER]),
) | st.builds(
    Durasi, st.integers(1, 60), st.sampled_from([SatuanWaktu.JAM, SatuanWaktu.HARI_KERJA])
)


def is_jam_kerja(saat: datetime, kalender: Kalender) -> bool:
    """Whether the moment lies in a session, both ends included."""
    lokal = saat.astimezone(kalender.zona)
    return any(a <= lokal.time() <= b for a, b in kalender.sesi(lokal.date()))


@given(kalender=kalender_apa_saja(), mulai=SAAT, menit=st.integers(0, 5_000))
def test_working_time_added_can_be_measured_back(
    kalender: Kalender, mulai: datetime, menit: int
) -> None:
    lama = timedelta(minutes=menit)
    akhir = add_waktu_kerja(mulai, lama, kalender)
    assert waktu_kerja(mulai, akhir, kalender) == lama
    assert menit_kerja(mulai, akhir, kalender) == menit


@given(kalender=kalender_apa_saja(), mulai=SAAT, durasi=DURASI)
def test_deadline_lies_ahead_and_inside_working_time(
    kalender: Kalender, mulai: datetime, durasi: Durasi
) -> None:
    tenggat = add_durasi(mulai, durasi, kalender)
    assert tenggat > mulai
    assert is_jam_kerja(tenggat, kalender)


@given(kalender=kalender_apa_saja(), mulai=SAAT, durasi=DURASI, geser=st.integers(0, 10_000))
def test_later_start_and_longer_duration_never_bring_the_deadline_forward(
    kalender: Kalender, mulai: datetime, durasi: Durasi, geser: int
) -> None:
    tenggat = add_durasi(mulai, durasi, kalender)
    assert add_durasi(mulai + timedelta(minutes=geser), durasi, kalender) >= tenggat
    assert add_durasi(mulai, Durasi(durasi.nilai + 1, durasi.satuan), kalender) >= tenggat


@given(kalender=kalender_apa_saja(), saat=st.tuples(SAAT, SAAT, SAAT).map(sorted))
def test_working_time_adds_up(kalender: Kalender, saat: list[datetime]) -> None:
    a, b, c = saat
    utuh = waktu_kerja(a, c, kalender)
    assert waktu_kerja(a, b, kalender) + waktu_kerja(b, c, kalender) == utuh
    assert waktu_kerja(c, a, kalender) == timedelta()


@given(kalender=kalender_apa_saja(), saat=st.tuples(SAAT, SAAT, SAAT, SAAT).map(sorted))
def test_halts_are_left_out_of_the_time_used(kalender: Kalender, saat: list[datetime]) -> None:
    dari, berhenti, lanjut, sampai = saat
    bersih = menit_bersih(dari, sampai, kalender, [(berhenti, lanjut)])
    kerja = waktu_kerja(dari, berhenti, kalender) + waktu_kerja(lanjut, sampai, kalender)
    assert bersih == int(kerja.total_seconds() // 60)
    sebelum = menit_kerja(dari, berhenti, kalender)
    assert menit_bersih(dari, sampai, kalender, [(berhenti, None)]) == sebelum
    assert menit_bersih(lanjut, sampai, kalender, [(dari, berhenti)]) == menit_kerja(
        lanjut, sampai, kalender
    )


@given(
    kalender=kalender_apa_saja(), tenggat=SAAT, jeda=st.tuples(SAAT, SAAT).map(lambda p: sorted(p))
)
def test_halt_leaves_as_much_time_as_there_was(
    kalender: Kalender, tenggat: datetime, jeda: list[datetime]
) -> None:
    berhenti, lanjut = jeda
    baru = shift_tenggat(tenggat, (berhenti, lanjut), kalender)
    sisa, lewat = (
        waktu_kerja(berhenti, tenggat, kalender),
        waktu_kerja(tenggat, berhenti, kalender),
    )
    assert waktu_kerja(lanjut, baru, kalender) == sisa
    assert waktu_kerja(baru, lanjut, kalender) == lewat
    assert not waktu_kerja(baru, tenggat, kalender)


def test_work_late_in_free_time_gets_no_time_by_a_halt() -> None:
    sabtu = Kalender(WIB, jam={5: ((time(1), time(2)), (time(3), time(4)))})
    jeda = datetime(2026, 3, 5, 9, tzinfo=WIB), datetime(2026, 3, 7, 0, tzinfo=WIB)
    baru = shift_tenggat(datetime(2026, 3, 5, 8, tzinfo=WIB), jeda, sabtu)
    assert waktu_kerja(jeda[1], baru, sabtu) == timedelta()


def test_only_a_calendar_without_lasting_hours_is_refused() -> None:
    sebulan = JamBerlaku(date(2026, 1, 1), date(2026, 1, 31), JAM_KERJA_BAKU)
    for kosong in (Kalender(WIB, jam={}), Kalender(WIB, jam={0: ()}, berlaku=(sebulan,))):
        for satuan in SatuanWaktu:
            with pytest.raises(KalenderKosong, match="tidak memuat satu jam kerja pun"):
                add_durasi(AWAL, Durasi(1, satuan), kosong)
    assert waktu_kerja(AWAL, AWAL + timedelta(days=9), Kalender(WIB, jam={})) == timedelta()


def test_long_work_in_one_hour_a_week_ends_in_its_own_time() -> None:
    sejam = Kalender(WIB, jam={2: ((time(9), time(10)),)})
    tenggat = add_durasi(AWAL, Durasi(999, SatuanWaktu.JAM), sejam)
    assert tenggat.astimezone(WIB) == datetime(2045, 2, 22, 10, tzinfo=WIB)


@pytest.mark.parametrize(
    ("jam", "seminggu"),
    [(JAM_KERJA_BAKU, 2250), (JAM_RAMADAN_BAKU, 1950)],
    ids=["biasa", "ramadan"],
)
def test_norms_hold_the_hours_of_the_regulation(
    jam: dict[int, tuple[Sesi, ...]], seminggu: int
) -> None:
    senin = datetime(2026, 10, 12, tzinfo=WIB)
    assert menit_kerja(senin, senin + timedelta(days=7), Kalender(WIB, jam=jam)) == seminggu


def test_first_set_of_hours_that_covers_a_day_wins() -> None:
    ramadan = JamBerlaku(date(2026, 2, 19), date(2026, 3, 19), JAM_RAMADAN_BAKU)
    kalender = Kalender(WIB, berlaku=(ramadan,))
    assert [menit_sehari(kalender, h) for h in (date(2026, 2, 18), date(2026, 3, 19))] == [450, 390]
    assert menit_sehari(kalender) == 450
    assert kalender.sesi(date(2026, 3, 20))[0] == (time(7, 30), time(11, 30))


MINGGU = datetime(2026, 11, 22, 9, tzinfo=WIB)


def tempo(kini: datetime, berhenti: datetime | None = None) -> tuple[Keadaan, str, str]:
    """Clock of ten minutes given on a Sunday."""
    kalender = Kalender(WIB)
    hasil = hitung_tempo(
        mulai=MINGGU,
        tenggat=add_durasi(MINGGU, Durasi(10, SatuanWaktu.MENIT), kalender),
        waktu_baku="Waktu baku 10 menit",
        kini=kini,
        kalender=kalender,
        berhenti=berhenti,
    )
    return hasil.keadaan, hasil.kata, hasil.batas


def test_work_given_on_a_free_day_says_when_its_time_begins() -> None:
    batas = "Batas Senin 23 Nov pukul 07.40"
    assert tempo(MINGGU) == (Keadaan.BIASA, "Mulai dihitung Senin 23 Nov pukul 07.30", batas)
    senin = datetime(2026, 11, 23, 7, 30, tzinfo=WIB)
    assert tempo(senin) == (Keadaan.BIASA, "Sisa 10 menit", batas)
    assert tempo(senin + timedelta(minutes=8)) == (Keadaan.SEGERA, "Sisa 2 menit", batas)


def test_night_after_some_work_does_not_hide_what_is_left() -> None:
    kalender = Kalender(WIB)
    mulai = datetime(2026, 10, 12, 15, tzinfo=WIB)
    hasil = hitung_tempo(
        mulai=mulai,
        tenggat=add_durasi(mulai, Durasi(2, SatuanWaktu.JAM), kalender),
        waktu_baku="",
        kini=mulai.replace(hour=20),
        kalender=kalender,
    )
    assert hasil.kata == "Sisa 1 jam"


def test_clock_of_halted_work_stands_still() -> None:
    senin = datetime(2026, 11, 23, 7, 30, tzinfo=WIB)
    sela = senin + timedelta(minutes=4)
    kini = senin + timedelta(days=9)
    assert tempo(kini, sela) == (Keadaan.HENTI, "Waktu berhenti, sisa 6 menit", "")
    lewat = senin + timedelta(minutes=40)
    assert tempo(kini, lewat) == (Keadaan.HENTI, "Waktu berhenti, lewat 30 menit", "")


def test_deadline_left_behind_by_a_new_free_day_is_not_said_to_begin_after_itself() -> None:
    senin = datetime(2026, 11, 23, 7, 40, tzinfo=WIB)
    hasil = hitung_tempo(
        mulai=MINGGU,
        tenggat=senin,
        waktu_baku="",
        kini=MINGGU,
        kalender=Kalender(WIB, libur=frozenset({senin.date()})),
    )
    assert hasil.kata == "Sisa kurang dari 1 menit"
