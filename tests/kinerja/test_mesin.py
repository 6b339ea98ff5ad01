"""The engine beyond its three plain formulas: every setting by example and by property."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.agregasi import Agregasi, combine, combine_target
from kinerja.rules.capaian import Aturan, Rumus, Setelan, reckon_capaian
from kinerja.rules.efisiensi import (
    Keluaran,
    compare_serapan,
    efisiensi_keluaran,
    nilai_efisiensi,
)
from kinerja.rules.komposit import add, share, weigh
from kinerja.rules.nilai import (
    JenisNilai,
    Tingkat,
    TingkatTidakTerbaca,
    check_tingkatan,
    parse_nilai,
    read_tingkat,
    write_nilai,
)
from sakip.common.angka import AngkaTidakTerbaca

D = Decimal
angka = st.decimals(min_value=0, max_value=10**6, places=2)
positif = st.decimals(min_value=D("0.01"), max_value=10**6, places=2)
OPINI = "WTP = 4\nWDP = 3\nTW = 2"


def persen(t: str, r: str, **setelan: object) -> str:
    """Percentage to two decimals."""
    hasil = reckon_capaian(D(t), D(r), Setelan(**setelan))  # type: ignore[arg-type]  # test shorthand
    assert hasil.persen is not None
    return f"{hasil.persen:.2f}"


@pytest.mark.parametrize(
    ("rumus", "realisasi", "hasil"),
    [
        (Rumus.PER_TARGET, "92", "102.22"),
        (Rumus.PER_TARGET, "85", "100.00"),
        (Rumus.PER_TARGET, "70", "87.50"),
        (Rumus.STABIL, "99", "90.00"),
    ],
)
def test_a_range_counts_its_nearest_bound(rumus: Rumus, realisasi: str, hasil: str) -> None:
    assert persen("80", realisasi, rumus=rumus, atas=D(90)) == hasil


def test_a_falling_range_of_months() -> None:
    assert persen("7", "6.5", rumus=Rumus.CERMIN, atas=D(8)) == "107.14"
    assert persen("7", "9", rumus=Rumus.CERMIN, atas=D(8)) == "87.50"
    hasil = reckon_capaian(D(7), D(9), Setelan(Rumus.CERMIN, atas=D(8)))
    assert hasil.alasan.startswith("Target rentang 7 sampai 8, dipakai batas atas.")


def test_a_stable_target_is_met_within_its_tolerance() -> None:
    assert persen("50", "52", rumus=Rumus.STABIL, toleransi=D(2)) == "100.00"
    assert persen("50", "45", rumus=Rumus.STABIL) == "90.00"
    assert persen("0", "3", rumus=Rumus.STABIL) == "0.00"
    assert persen("50", "150", rumus=Rumus.STABIL) == "0.00"


def test_dates_are_looked_up_in_the_table_of_days_late() -> None:
    tenggat, tabel = D(739000), ((14, D(80)), (7, D(90)))
    for hari, hasil in ((-3, "100.00"), (5, "90.00"), (8, "80.00"), (15, "0.00")):
        akhir = str(tenggat + hari)
        assert persen(str(tenggat), akhir, rumus=Rumus.TANGGAL, tabel=tabel) == hasil


def test_floor_and_cap_are_settings_and_the_raw_value_stays() -> None:
    rumus = Setelan(Rumus.CERMIN, lantai=None)
    assert reckon_capaian(D(10), D(25), rumus).persen == -50
    lantai = reckon_capaian(D(10), D(25), Setelan(Rumus.CERMIN, lantai=D(10)))
    assert (lantai.persen, lantai.mentah, lantai.aturan) == (10, -50, Aturan.LANTAI)
    batas = reckon_capaian(D(10), D(25), Setelan(Rumus.PER_TARGET, batas=D(120)))
    assert (batas.persen, batas.mentah, batas.aturan) == (120, 250, Aturan.BATAS)


def test_words_give_no_percentage() -> None:
    hasil = reckon_capaian(None, None, Setelan(Rumus.KATA))
    assert (hasil.persen, hasil.aturan) == (None, Aturan.TAK_TERHITUNG)


def test_levels_are_reckoned_by_their_scores_and_written_by_their_names() -> None:
    tingkat = read_tingkat(OPINI)
    setelan = Setelan(Rumus.PER_TARGET, tulis=lambda n: write_nilai(n, JenisNilai.ORDINAL, tingkat))
    hasil = reckon_capaian(D(4), D(3), setelan)
    assert hasil.persen == 75
    assert hasil.alasan == "WDP ÷ WTP × 100 = 75,00%."


@given(positif, angka, st.sampled_from([Rumus.PER_TARGET, Rumus.CERMIN, Rumus.STABIL]))
def test_a_range_of_no_width_is_a_plain_target(t: Decimal, r: Decimal, rumus: Rumus) -> None:
    polos = reckon_capaian(t, r, Setelan(rumus))
    rentang = reckon_capaian(t, r, Setelan(rumus, atas=t))
    assert (rentang.persen, rentang.mentah) == (polos.persen, polos.mentah)


@given(positif, angka)
def test_distance_either_way_costs_the_same(target: Decimal, jarak: Decimal) -> None:
    setelan = Setelan(Rumus.STABIL)
    atas, bawah = (reckon_capaian(target, target + j, setelan).persen for j in (jarak, -jarak))
    assert atas == bawah


@pytest.mark.parametrize(
    ("cara", "nilai", "hasil"),
    [
        (Agregasi.JUMLAH, ["12", "18", "25", None], "55"),
        (Agregasi.TERAKHIR, ["12", None, "25", None], "25"),
        (Agregasi.RERATA, ["10", "20", None, None], "15"),
        (Agregasi.TERTINGGI, ["10", "20", "5", None], "20"),
        (Agregasi.TERENDAH, ["10", "20", "5", None], "5"),
    ],
)
def test_values_to_date(cara: Agregasi, nilai: list[str | None], hasil: str) -> None:
    assert combine([None if n is None else D(n) for n in nilai], cara) == D(hasil)


def test_targets_to_date_are_of_the_periods_filled_in() -> None:
    target, realisasi = [D(10), D(20), D(30), D(40)], [D(12), D(18), D(25), None]
    assert combine_target(target, realisasi, Agregasi.JUMLAH) == 60
    assert combine_target(target, realisasi, Agregasi.TERAKHIR) == 30
    assert combine_target([None, *target[1:]], realisasi, Agregasi.JUMLAH) is None
    assert combine_target(target, [None] * 4, Agregasi.TERAKHIR) is None
    assert combine([None], Agregasi.JUMLAH) is None


@given(
    st.lists(angka, min_size=1, max_size=8).flatmap(
        lambda n: st.tuples(st.just(n), st.permutations(n))
    ),
    st.sampled_from(sorted(set(Agregasi) - {Agregasi.TERAKHIR})),
)
def test_the_order_of_periods_does_not_matter(
    nilai: tuple[list[Decimal], list[Decimal]], cara: Agregasi
) -> None:
    assert combine(nilai[0], cara) == combine(nilai[1], cara)


def test_a_share_is_of_the_sums_not_a_mean_of_shares() -> None:
    hasil = share([D(20), D(90)], [D(40), D(100)])
    assert f"{hasil.nilai:.2f}" == "78.57"
    assert hasil.alasan == "110 ÷ 140 × 100"
    assert share([D(1)], [D(0)]).alasan == "Tidak dapat dihitung: penyebut nol."
    assert share([D(1)], [None]).nilai is None
    assert share([], [D(1)]).nilai is None


def test_sums_and_weights() -> None:
    assert add([D(1), D(2)]).nilai == 3
    assert add([D(1), None]).nilai is None
    assert weigh([(D(80), D(3)), (D(60), D(1))]).nilai == 75
    assert weigh([(D(80), D(0))]).alasan == "Tidak dapat dihitung: jumlah bobot nol."
    assert weigh([(None, D(1))]).nilai is None


@given(st.lists(st.tuples(angka, positif), min_size=1, max_size=6))
def test_a_weighted_mean_lies_between_its_values(bagian: list[tuple[Decimal, Decimal]]) -> None:
    hasil = weigh([(n, b) for n, b in bagian]).nilai
    assert hasil is not None
    assert min(n for n, _b in bagian) <= hasil <= max(n for n, _b in bagian)


@pytest.mark.parametrize(
    ("capaian", "serapan", "sebutan"),
    [
        ("98.5", "91.2", "Efisien"),
        ("90", "88", "Cukup efisien"),
        ("80", "95", "Tidak efisien"),
        (None, "95", "Tidak dapat dihitung"),
    ],
)
def test_performance_beside_spending(capaian: str | None, serapan: str, sebutan: str) -> None:
    hasil = compare_serapan(None if capaian is None else D(capaian), D(serapan))
    assert hasil.sebutan == sebutan


@pytest.mark.parametrize(
    ("belanja", "volume", "e", "nilai"),
    [
        ("180", "100", "10", "75"),
        ("190", "95", "0", "50"),
        ("196", "80", "-22.5", "0"),
        ("120", "100", "40", "100"),
    ],
)
def test_efficiency_of_outputs(belanja: str, volume: str, e: str, nilai: str) -> None:
    keluaran = Keluaran(D(200), D(belanja), D(100), D(volume))
    assert efisiensi_keluaran(keluaran).nilai == D(e)
    assert nilai_efisiensi([keluaran, Keluaran(None, None, None, None)]).nilai == D(nilai)


def test_efficiency_without_figures_is_not_invented() -> None:
    assert efisiensi_keluaran(Keluaran(D(0), D(1), D(1), D(1))).nilai is None
    assert nilai_efisiensi([]).sebutan == "Tidak dapat dihitung"


@pytest.mark.parametrize(
    ("jenis", "teks", "nilai"),
    [
        (JenisNilai.ANGKA, "1.234,5", "1.234,5"),
        (JenisNilai.ORDINAL, " wtp ", "WTP"),
        (JenisNilai.TANGGAL, "5/10/2026", "5 Oktober 2026"),
        (JenisNilai.TANGGAL, "5 okt 2026", "5 Oktober 2026"),
        (JenisNilai.TANGGAL, "2026-10-05T00:00:00", "5 Oktober 2026"),
        (JenisNilai.YA_TIDAK, "Sudah", "Ya"),
    ],
)
def test_values_are_read_and_written_by_their_kind(
    jenis: JenisNilai, teks: str, nilai: str
) -> None:
    tingkat = read_tingkat(OPINI)
    assert write_nilai(parse_nilai(teks, jenis, tingkat), jenis, tingkat) == nilai


@pytest.mark.parametrize(
    ("jenis", "teks", "pesan"),
    [
        (JenisNilai.ORDINAL, "bagus", "Isi dengan salah satu: WTP, WDP, TW."),
        (JenisNilai.TANGGAL, "31/02/2026", "Isi dengan tanggal"),
        (JenisNilai.TANGGAL, "5 foo 2026", "Isi dengan tanggal"),
        (JenisNilai.TANGGAL, "kemarin", "Isi dengan tanggal"),
        (JenisNilai.YA_TIDAK, "mungkin", "Isi dengan ya atau tidak."),
        (JenisNilai.KUALITATIF, "baik", "dinilai dengan kata"),
        (JenisNilai.ANGKA, "1e308", "Isi dengan angka"),
    ],
)
def test_values_of_another_kind_are_named(jenis: JenisNilai, teks: str, pesan: str) -> None:
    with pytest.raises(AngkaTidakTerbaca, match=pesan):
        parse_nilai(teks, jenis, read_tingkat(OPINI))


def test_values_without_a_word_are_written_as_figures() -> None:
    assert write_nilai(D("2.5"), JenisNilai.ORDINAL, read_tingkat(OPINI)) == "2,5"
    assert write_nilai(D(0), JenisNilai.TANGGAL) == "0"
    assert write_nilai(D(3), JenisNilai.YA_TIDAK) == "3"


def test_levels_are_read_line_by_line() -> None:
    assert read_tingkat("") == ()
    assert read_tingkat("\nAA = 90,5\n")[0] == Tingkat("AA", D("90.5"))
    for salah in ("WTP", "WTP = x", "= 4", "A = 1\na = 2"):
        with pytest.raises(TingkatTidakTerbaca, match="Baris"):
            read_tingkat(salah)


def test_levels_fit_the_kind_of_value() -> None:
    check_tingkatan("7 = 90", "tanggal")
    check_tingkatan("", "angka")
    with pytest.raises(TingkatTidakTerbaca, match="WTP"):
        check_tingkatan("", "ordinal")
    with pytest.raises(TingkatTidakTerbaca, match="hari terlambat"):
        check_tingkatan("WTP = 4", "tanggal")
