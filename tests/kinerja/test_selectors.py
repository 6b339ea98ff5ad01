"""What pages and reports read."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.periode import Periode
from kinerja.selectors import (
    TabelCapaian,
    describe_baris,
    get_kisi,
    list_matriks,
    list_pemeriksaan,
    list_tabel_capaian,
    list_tahun,
    visible_formulir,
)
from tests.factories.kinerja import (
    BuktiFactory,
    CapaianFactory,
    FormulirFactory,
    IndikatorFactory,
    SasaranFactory,
    TargetFactory,
    make_baris,
)
from tests.factories.organisasi import UnitKerjaFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


def test_grid_shows_figures_as_indonesian_prints_them(bidang: Bidang) -> None:
    formulir = FormulirFactory(unit=bidang.unit)
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi, kode="2")
    c = CapaianFactory(
        formulir=formulir,
        indikator__sasaran=sasaran,
        indikator__desimal=1,
        target_nilai=Decimal("1250.5"),
        realisasi=Decimal("1234.25"),
    )
    (kelompok,) = get_kisi(formulir, bisa_isi=True).kelompok
    (baris,) = kelompok.baris
    assert kelompok.judul == "Sasaran 2. Menurunnya angka kesakitan"
    assert (baris.pk, baris.nomor) == (c.pk, 1)
    assert (baris.target, baris.target_teks) == ("1250.5", "1.250,5")
    assert (baris.realisasi_teks, baris.capaian_teks) == ("1.234,25", "98,70%")
    assert (baris.kategori, baris.kategori_warna) == ("Sangat Tinggi", "")
    assert (baris.arah, baris.arah_kata) == ("naik", "makin tinggi makin baik")
    assert baris.simpan_url == f"/capaian/baris/{c.pk}/"
    assert baris.unggah_url == f"/capaian/baris/{c.pk}/bukti/"
    assert (baris.galat, baris.ingat, baris.kembali) == ({}, "", False)


def test_grid_shows_an_upper_bound_where_lower_is_better(bidang: Bidang) -> None:
    formulir = FormulirFactory(unit=bidang.unit)
    satu = {"formulir": formulir, "indikator__sasaran": SasaranFactory()}
    CapaianFactory(**satu, indikator__turun=True, target_nilai=45)
    CapaianFactory(**satu, indikator__turun=True, target_nilai=0)
    CapaianFactory(**satu, target_nilai=None, terisi=True)
    kisi = get_kisi(formulir, bisa_isi=True)
    baris = [b for k in kisi.kelompok for b in k.baris]
    assert [b.target_teks for b in baris] == ["≤ 45", "0", "–"]
    assert [b.target for b in baris] == ["45", "0", ""]
    assert [b.arah for b in baris] == ["turun", "turun", "naik"]
    assert baris[2].kategori == "Tidak dapat dihitung"
    assert (baris[0].rumus, baris[2].rumus_kata) == ("cermin", "realisasi ÷ target × 100")


@pytest.mark.parametrize(
    ("status", "warna"), [("diajukan", ""), ("diverifikasi", "daun"), ("dikembalikan", "")]
)
def test_a_category_has_a_colour_only_where_the_figure_was_verified(
    bidang: Bidang, status: str, warna: str
) -> None:
    (c,) = make_baris(bidang.unit, ("90", "95"), **{status: True})
    isi = get_kisi(c.formulir, bisa_isi=False).kelompok[0].baris[0]
    periksa = list_pemeriksaan([c.formulir], aktor_id=None)[0].baris[0]
    assert [(b.kategori, b.kategori_warna) for b in (isi, periksa)] == [
        ("Sangat Tinggi", warna)
    ] * 2


def test_grid_never_colours_what_is_missing(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    baris = get_kisi(c.formulir, bisa_isi=True).kelompok[0].baris[0]
    assert (baris.capaian_teks, baris.kategori, baris.kategori_warna) == ("–", "Belum diisi", "")
    assert baris.realisasi_teks == ""


def test_grid_shows_again_what_was_typed_in_a_faulty_row(bidang: Bidang) -> None:
    a, b = make_baris(bidang.unit, ("90", "80"), ("90", "81"))
    isian = {
        a.pk: IsianBaris("sembilan", "Sebab.", 0),
        b.pk: IsianBaris("82", "", 0),
    }
    kisi = get_kisi(
        a.formulir, bisa_isi=True, galat={a.pk: {"realisasi": "Isi dengan angka."}}, isian=isian
    )
    satu, dua = kisi.kelompok[0].baris
    assert (satu.realisasi_teks, satu.penjelasan) == ("sembilan", "Sebab.")
    assert satu.galat == {"realisasi": "Isi dengan angka."}
    assert dua.realisasi_teks == "81"


def test_grid_points_at_returned_rows_and_counts(bidang: Bidang) -> None:
    a, b, _ = make_baris(bidang.unit, ("90", "45"), ("90", "90"), ("90", None))
    Capaian.objects.filter(pk=a.pk).update(catatan_pemeriksa="Sebutkan sumbernya.")
    bukti = BuktiFactory(capaian=b)
    kisi = get_kisi(a.formulir, bisa_isi=True)
    satu, dua, _tiga = kisi.kelompok[0].baris
    assert satu.kembali
    assert satu.catatan == "Sebutkan sumbernya."
    assert satu.ingat == "Capaian di bawah 76%: lengkapi penjelasan, kendala, solusi dan RTL."
    assert kisi.dikembalikan == [satu]
    assert dua.bukti[0].nama == "Laporan TW III.pdf"
    assert dua.bukti[0].url == f"/capaian/bukti/{bukti.pk}/"
    assert (kisi.banyak, kisi.terisi, kisi.berbukti, kisi.kembali) == (3, 2, 1, 1)
    assert kisi.rerata_teks == "75,00%"


def test_sent_form_is_never_editable(bidang: Bidang) -> None:
    kisi = get_kisi(FormulirFactory(unit=bidang.unit, diajukan=True), bisa_isi=True)
    assert not kisi.bisa_isi
    assert kisi.rerata_teks == "–"


def test_grid_costs_five_queries(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n, triwulan in ((1, 1), (20, 2)):
        baris = make_baris(bidang.unit, *[("90", "80")] * n, triwulan=triwulan)
        for c in baris:
            BuktiFactory(capaian=c)
        formulir = visible_formulir([bidang.pengisi]).get(pk=baris[0].formulir_id)
        with django_assert_num_queries(5):
            get_kisi(formulir, bisa_isi=True)


def test_saved_row_is_described_for_the_script(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    assert describe_baris(c) == {
        "versi": 0,
        "realisasi_teks": "45",
        "capaian_teks": "50,00%",
        "kategori": "Sangat Rendah",
        "alasan": "45 ÷ 90 × 100 = 50,00%.",
        "ingat": "Capaian di bawah 76%: lengkapi penjelasan, kendala, solusi dan RTL.",
    }
    c.realisasi = None
    assert describe_baris(c)["realisasi_teks"] == ""


def test_table_takes_the_latest_round_that_was_sent(bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit)
    for putaran, isi in enumerate(
        [{"dikembalikan": True}, {"diajukan": True}, {"diverifikasi": True}, {}], 1
    ):
        CapaianFactory(
            formulir=FormulirFactory(unit=bidang.unit, putaran=putaran, **isi),
            indikator=i,
            realisasi=putaran * 10,
        )
    (tabel,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    assert [b.realisasi_teks for b in tabel.baris] == ["30"]


def test_table_names_what_was_not_handed_in(bidang: Bidang) -> None:
    TargetFactory(indikator__unit=bidang.unit)
    CapaianFactory(formulir=FormulirFactory(unit=bidang.unit), terisi=True)
    tabel = list_tabel_capaian(bidang.instansi, 2026, 3)
    baris = [b for t in tabel for b in t.baris]
    assert [(b.realisasi_teks, b.capaian_teks, b.kategori) for b in baris] == [
        ("–", "–", "Belum diisi")
    ] * 2
    assert all(b.belum_diisi for b in baris)
    assert [b.target_teks for b in baris] == ["90", "–"]
    assert tabel[0].rerata_teks == "–"


def test_table_keeps_retired_indikator_of_its_period_and_the_old_target(bidang: Bidang) -> None:
    c = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit, diajukan=True), terisi=True)
    c.indikator.is_aktif = False
    c.indikator.save()
    TargetFactory(indikator=c.indikator, nilai=1000)
    IndikatorFactory(unit=bidang.unit, is_aktif=False)
    IndikatorFactory(unit=bidang.unit, sasaran__tujuan__tahun_akhir=2025)
    CapaianFactory(formulir=FormulirFactory(diajukan=True), terisi=True)
    (tabel,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    (baris,) = tabel.baris
    assert (baris.target_teks, baris.realisasi_teks, baris.capaian_teks) == ("90", "88,2", "98,00%")
    assert baris.alasan == "88,2 ÷ 90 × 100 = 98,00%."
    assert baris.unit == "Bidang P2P"


def test_table_means_skip_what_cannot_be_computed(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "90"), ("90", "45"), ("90", None), diajukan=True)
    (tabel,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    assert (tabel.rerata, tabel.rerata_teks) == (75, "75,00%")
    assert (tabel.banyak, tabel.tak_terhitung) == (2, 1)
    assert [b.nomor for b in tabel.baris] == [1, 2, 3]


def test_table_survives_json(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "31"), ("90", "0"), (None, None), diajukan=True)
    (tabel,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    teks = json.dumps(tabel.to_json())
    assert TabelCapaian.from_json(json.loads(teks)) == tabel
    kosong = replace(tabel, rerata=None)
    assert TabelCapaian.from_json(kosong.to_json()) == kosong
    assert json.loads(teks)["baris"][0]["persen"] == "34.44444444444444444444444444444444"


def test_table_costs_five_queries(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_baris(bidang.unit, ("90", "80"), diajukan=True)
    with django_assert_num_queries(5):
        list_tabel_capaian(bidang.instansi, 2026, 3)
    for unit in UnitKerjaFactory.create_batch(6, instansi=bidang.instansi):
        make_baris(unit, *[("90", "80")] * 4, diajukan=True)
    with django_assert_num_queries(5):
        assert sum(len(t.baris) for t in list_tabel_capaian(bidang.instansi, 2026, 3)) == 25


def test_matrix_shows_state_and_rounds_of_every_unit(bidang: Bidang, now: datetime) -> None:
    IndikatorFactory(unit=bidang.unit)
    FormulirFactory(unit=bidang.unit, triwulan=1, diverifikasi=True)
    FormulirFactory(unit=bidang.unit, triwulan=2, dikembalikan=True)
    dua = FormulirFactory(unit=bidang.unit, triwulan=2, putaran=2)
    make_baris(bidang.unit, ("90", "88"), ("90", None), triwulan=3, diajukan=True)
    FormulirFactory(unit=bidang.unit, triwulan=4, diverifikasi=True)
    FormulirFactory(unit=bidang.unit, triwulan=4, putaran=2, alasan_buka="Salah satuan.")
    FormulirFactory(diajukan=True)
    matriks = list_matriks(bidang.instansi, 2026)
    (baris,) = matriks.baris
    assert baris.unit == bidang.unit
    assert [(s.keadaan, s.warna, s.pengembalian) for s in baris.sel] == [
        ("Diverifikasi", "daun", 0),
        ("Dikembalikan", "bata", 1),
        ("Diajukan", "kunyit", 0),
        ("Dibuka kembali", "bata", 0),
    ]
    assert baris.sel[1].url == dua.get_absolute_url()
    assert [s.kemajuan for s in baris.sel] == [
        "",
        "0 dari 0 terisi",
        "0 dari 2 diperiksa",
        "0 dari 0 terisi",
    ]
    kolom = matriks.list_kolom(Periode(2026, 2))
    assert (kolom.terkirim, kolom.terverifikasi, kolom.belum) == (0, 0, [bidang.unit])
    assert kolom.terbuka == [bidang.unit]


def test_a_unit_without_a_form_is_missing_but_has_nothing_to_be_reminded_of(
    bidang: Bidang,
) -> None:
    IndikatorFactory(unit=bidang.unit)
    matriks = list_matriks(bidang.instansi, 2026)
    assert matriks.baris[0].sel[3].pada is None
    kolom = matriks.list_kolom(Periode(2026, 4))
    assert (kolom.semua, kolom.belum, kolom.terbuka) == (1, [bidang.unit], [])


def test_matrix_costs_two_queries(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for unit in UnitKerjaFactory.create_batch(6, instansi=bidang.instansi):
        IndikatorFactory.create_batch(2, unit=unit)
        FormulirFactory(unit=unit, diajukan=True)
    with django_assert_num_queries(2):
        assert len(list_matriks(bidang.instansi, 2026).baris) == 6


def test_years_hold_the_present_one(bidang: Bidang) -> None:
    FormulirFactory(unit=bidang.unit, tahun=2024)
    FormulirFactory(unit=bidang.unit, tahun=2024, triwulan=1)
    assert list_tahun(bidang.instansi, kini=2026) == [2026, 2024]


def test_forms_of_other_offices_are_not_visible(bidang: Bidang) -> None:
    formulir = FormulirFactory(unit=bidang.unit)
    assert list(visible_formulir([bidang.kolega])) == [formulir]
    assert not visible_formulir([bidang.orang_luar])
    assert not visible_formulir([])
