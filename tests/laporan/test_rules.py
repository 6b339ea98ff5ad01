"""Pure rules of the report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laporan.rules.awal import find_awal, list_jenis
from laporan.rules.periode import BANYAK, last_triwulan, name_bagian, name_periode
from laporan.rules.perjanjian import find_pihak_rute
from laporan.rules.putusan import Giliran, Lanjutan, decide_hasil, decide_lanjutan, decide_lingkup
from laporan.rules.tindakan import (
    TINDAKAN,
    Halaman,
    can_edit_naskah,
    can_examine,
    choose_laku,
)
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.istilah import Tindakan


@pytest.mark.parametrize(
    ("jenis", "ke", "bagian", "nama"),
    [
        ("bulanan", 9, "Bulan September", "Bulan September Tahun 2026"),
        ("triwulan", 3, "Triwulan III", "Triwulan III Tahun 2026"),
        ("semester", 2, "Semester II", "Semester II Tahun 2026"),
        ("tahunan", 0, "Setahun penuh", "Tahun 2026"),
    ],
)
def test_periods_are_named_as_people_say_them(jenis: str, ke: int, bagian: str, nama: str) -> None:
    assert (name_bagian(jenis, ke), name_periode(jenis, ke, 2026)) == (bagian, nama)


def test_parties_of_an_agreement_sign_on_the_steps_of_a_year() -> None:
    def langkah(nomor: int, kode: str, periode: str) -> SimpulLangkah:
        satu = SimpulPelaksana(nomor, nomor, kode, kode, kode, 1)
        return SimpulLangkah(nomor, nomor, "", "proses", "tanda_tangan", (satu,), periode=periode)

    graf = Graf((langkah(1, "sekretaris", ""), langkah(2, "kepala", "triwulan")))
    rute = find_pihak_rute(graf)
    assert rute
    assert rute.pertama.jabatan_kode == "sekretaris"
    assert find_pihak_rute(Graf((langkah(1, "kepala", "bulanan"),))) is None


@pytest.mark.parametrize(
    ("jenis", "ke"), [("bulanan", 13), ("triwulan", 0), ("tahunan", 1), ("x", 1)]
)
def test_other_periods_do_not_exist(jenis: str, ke: int) -> None:
    with pytest.raises(ValueError, match="tidak ada"):
        name_periode(jenis, ke, 2026)


@given(st.sampled_from(sorted(set(BANYAK) - {"tahunan"})), st.data())
def test_every_period_ends_in_a_triwulan_of_the_year(jenis: str, data: st.DataObject) -> None:
    ke = data.draw(st.integers(1, BANYAK[jenis]))
    triwulan = last_triwulan(jenis, ke)
    assert 1 <= triwulan <= 4
    assert last_triwulan(jenis, BANYAK[jenis]) == 4
    assert last_triwulan("tahunan", 0) == 4
    if ke > 1:
        assert last_triwulan(jenis, ke - 1) <= triwulan


def turns(*status: str) -> list[Giliran]:
    """Turns of one row, each of the next unit."""
    return [Giliran(s, 1, n) for n, s in enumerate(status)]


@pytest.mark.parametrize(
    ("status", "per_unit", "lanjutan"),
    [
        (("selesai", "aktif"), True, Lanjutan.TUNGGU),
        (("selesai", "diproses"), False, Lanjutan.TUNGGU),
        (("dikembalikan", "aktif"), True, Lanjutan.TUNGGU),
        (("dikembalikan", "aktif"), False, Lanjutan.TUTUP),
        (("selesai", "selesai"), True, Lanjutan.TUTUP),
    ],
)
def test_a_row_waits_until_it_is_decided(
    status: tuple[str, ...], *, per_unit: bool, lanjutan: Lanjutan
) -> None:
    assert decide_lanjutan(turns(*status), per_unit=per_unit) == (lanjutan, 0)


def test_hand_over_goes_to_the_next_turn() -> None:
    giliran = [
        Giliran("selesai", 1, None),
        Giliran("menunggu", 3, None),
        Giliran("menunggu", 2, None),
    ]
    assert decide_lanjutan(giliran, per_unit=False) == (Lanjutan.GILIR, 2)


def test_any_tidak_wins() -> None:
    assert decide_hasil(turns("selesai", "dikembalikan"), simbol="keputusan") == "tidak"
    assert decide_hasil(turns("selesai"), simbol="keputusan") == "ya"
    assert decide_hasil(turns("selesai"), simbol="proses") == "lanjut"


def test_a_return_is_for_the_units_that_said_tidak_else_for_the_named_ones() -> None:
    gagal = turns("selesai", "dikembalikan", "dikembalikan")
    assert decide_lingkup(gagal, dipilih=[9], lingkup=None) == [1, 2]
    assert decide_lingkup(turns("selesai"), dipilih=[9, 4], lingkup=None) == [4, 9]
    assert decide_lingkup(turns("selesai"), dipilih=[], lingkup=[5]) == [5]
    assert decide_lingkup([Giliran("dikembalikan", 1, None)], dipilih=[], lingkup=None) is None


def test_every_kind_of_step_has_its_page() -> None:
    assert set(TINDAKAN) == {t.value for t in Tindakan}
    semua = {laku.halaman for laku in TINDAKAN.values()}
    himpun = choose_laku("kumpul", berformulir=False).halaman
    cermati = choose_laku("kumpul", berformulir=False, menghasilkan="rencana_aksi").halaman
    assert semua | {himpun, cermati} == set(Halaman)
    assert [t for t, laku in TINDAKAN.items() if laku.bekukan] == ["paraf", "tanda_tangan"]


def test_a_decision_judges_text_and_does_not_change_it() -> None:
    assert can_edit_naskah("koreksi", "proses")
    assert not can_edit_naskah("koreksi", "keputusan")
    assert not can_edit_naskah("verifikasi", "proses")


@pytest.mark.parametrize("tindakan", TINDAKAN)
def test_whoever_decides_over_a_text_can_say_that_he_read_it(tindakan: str) -> None:
    """Approving asks for that statement, so a decision without it could never end."""
    if TINDAKAN[tindakan].halaman == Halaman.NASKAH:
        assert can_examine(tindakan, "keputusan")
        assert not can_examine(tindakan, "proses")
    else:
        menandai = tindakan in ("verifikasi", "paraf", "tanda_tangan")
        assert can_examine(tindakan, "proses") is menandai


def make_graf(*periode: str) -> Graf:
    """A route whose steps are of those periods."""
    return Graf(tuple(SimpulLangkah(n, n, "x", periode=p) for n, p in enumerate(periode, 1)))


@pytest.mark.parametrize(
    ("periode", "jenis"),
    [
        (("", ""), ["bulanan", "triwulan", "semester", "tahunan"]),
        (("triwulan", "semester", "tahunan"), ["triwulan", "semester", "tahunan"]),
        (("triwulan",), ["triwulan"]),
    ],
)
def test_a_route_is_about_the_kinds_its_steps_name(
    periode: tuple[str, ...], jenis: list[str]
) -> None:
    graf = make_graf(*periode)
    assert list_jenis(graf, ["bulanan", "triwulan", "semester", "tahunan"]) == jenis
    for j in jenis:
        awal = find_awal(graf, j)
        assert awal is not None
        assert awal.periode in ("", j)
