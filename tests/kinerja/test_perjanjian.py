"""A Perjanjian Kinerja: what the plan makes it say, what changed, and that it stays as signed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from kinerja.models import (
    AnggaranPerjanjian,
    BarisPerjanjian,
    Capaian,
    Indikator,
    PerjanjianKinerja,
    Program,
    Target,
)
from kinerja.rules.perjanjian import (
    ButirAnggaran,
    ButirKinerja,
    IsiPerjanjian,
    Keadaan,
    Pihak,
    compare,
    list_kurang,
)
from kinerja.selectors.perjanjian import (
    build_isi,
    find_pihak,
    find_sebelum,
    get_perjanjian_berlaku,
    get_pihak,
    list_beda_janji,
    list_perjanjian,
    read_isi,
)
from kinerja.selectors.pohon import get_pohon
from kinerja.services.formulir import open_formulir
from kinerja.services.perjanjian import (
    PerjanjianBaru,
    SedangDisusun,
    drop_perjanjian,
    open_perjanjian,
    save_pihak,
    seal_perjanjian,
)
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory
from tests.factories.perjanjian import make_rencana
from tests.kinerja.conftest import Bidang

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]

KEPALA = Pihak("dr. Kepala", "Kepala Dinas")
BUPATI = Pihak("Nama Bupati", "Bupati Contoh")
FEBRUARI = datetime(2026, 2, 2, 2, tzinfo=UTC)


def butir(**isi: object) -> ButirKinerja:
    """A row that promises 90 percent."""
    bawaan: dict[str, object] = {
        "indikator_id": 1,
        "sasaran_kode": "1",
        "sasaran": "Sehat",
        "kode": "1.1",
        "nama": "Cakupan",
        "satuan": "persen",
        "target": Decimal(90),
        "target_atas": None,
        "target_teks": "90",
    }
    return ButirKinerja(**{**bawaan, **isi})  # type: ignore[arg-type]  # test shorthand


def uang(kode: str, anggaran: str | None, program_id: int = 1) -> ButirAnggaran:
    """A row of money."""
    return ButirAnggaran(
        program_id, "program", kode, "Program", None if anggaran is None else Decimal(anggaran)
    )


def make_perjanjian(bidang: Bidang, **isi: object) -> PerjanjianKinerja:
    """An agreement of the office under way."""
    jabatan = JabatanFactory.create(instansi=bidang.instansi, tingkat="kepala")
    bawaan: dict[str, object] = {
        "tahun": 2026,
        "pertama_jabatan_id": jabatan.pk,
        "kedua": BUPATI,
    }
    baru = PerjanjianBaru(**{**bawaan, **isi})  # type: ignore[arg-type]  # test shorthand
    return open_perjanjian(instansi=bidang.instansi, baru=baru, now=FEBRUARI)


def seal(perjanjian: PerjanjianKinerja, pada: datetime = FEBRUARI) -> PerjanjianKinerja:
    """Sign it with what the plan says now."""
    isi = build_isi(perjanjian.instansi, perjanjian.tahun, perjanjian.unit_id)
    return seal_perjanjian(perjanjian_id=perjanjian.pk, isi=isi, pihak=(KEPALA, BUPATI), pada=pada)


# --- rows, money, differences ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anggaran", "jumlah"),
    [
        ((("1.02.02", "100.50"), ("1.02.02.2.01", "40")), Decimal("100.50")),
        ((("1.02.02", "100"), ("1.02.03", "1")), Decimal(101)),
        ((("1.02.02", "100"), ("1.02.03", None)), None),
        ((("1.02.02.2.01", "40"), ("1.02.02.2.02", "2")), Decimal(42)),
        ((("1.02.02", "0"),), Decimal(0)),
        ((), None),
    ],
)
def test_money_is_added_once_and_never_guessed(
    anggaran: tuple[tuple[str, str | None], ...], jumlah: Decimal | None
) -> None:
    isi = IsiPerjanjian((), tuple(uang(k, a, n) for n, (k, a) in enumerate(anggaran)))
    assert isi.jumlah == jumlah


def test_an_agreement_survives_the_way_through_json() -> None:
    isi = IsiPerjanjian(
        (butir(), butir(indikator_id=2, target=None, target_atas=Decimal("9.5"))),
        (uang("1.02", None), uang("1.03", "7.25", 2)),
    )
    assert IsiPerjanjian.from_json(isi.to_json()) == isi
    assert isi.to_json()["anggaran"][0]["anggaran_teks"] == "–"


def test_two_versions_are_compared_row_by_row() -> None:
    lama = (butir(), butir(indikator_id=2), butir(indikator_id=3))
    baru = (butir(indikator_id=2, target=Decimal(95)), butir(), butir(indikator_id=4))
    beda = compare(lama, baru)
    assert [b.keadaan for b in beda] == [
        Keadaan.BERUBAH,
        Keadaan.TETAP,
        Keadaan.BARU,
        Keadaan.HILANG,
    ]
    uang_beda = compare((uang("1.02", "5"),), (uang("1.02", "6"),))
    assert [b.keadaan for b in uang_beda] == [Keadaan.BERUBAH]


@pytest.mark.parametrize(
    ("isi", "pihak", "kata"),
    [
        (IsiPerjanjian((butir(),), ()), (Pihak("", ""), BUPATI), "Pihak pertama"),
        (IsiPerjanjian((butir(),), ()), (KEPALA, Pihak("Nama", "")), "Pihak kedua"),
        (IsiPerjanjian((), ()), (KEPALA, BUPATI), "Belum ada indikator"),
        (IsiPerjanjian((butir(target=None),), ()), (KEPALA, BUPATI), "belum ada target"),
    ],
)
def test_what_cannot_be_signed_says_why(
    isi: IsiPerjanjian, pihak: tuple[Pihak, Pihak], kata: str
) -> None:
    (pesan,) = list_kurang(isi, *pihak)
    assert kata in pesan
    assert list_kurang(IsiPerjanjian((butir(),), ()), KEPALA, BUPATI) == []


# --- from the plan --------------------------------------------------------------------------------


def test_the_plan_of_the_year_makes_its_rows(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    indikator = make_rencana(bidang.unit)
    make_rencana_lain(bidang)
    with django_assert_num_queries(3):
        isi = build_isi(bidang.instansi, 2026)
    assert [(b.kode, b.target, b.target_teks) for b in isi.kinerja] == [
        (indikator.kode, Decimal(90), "90")
    ]
    assert [a.kode for a in isi.anggaran] == ["1.02.02", "1.02.02.2.01"]
    assert build_isi(bidang.instansi, 2019) == IsiPerjanjian((), ())


def make_rencana_lain(bidang: Bidang) -> None:
    """A retired indikator and a sub kegiatan: neither belongs to the head's agreement."""
    indikator = Indikator.objects.get()
    Indikator.objects.create(
        sasaran=indikator.sasaran, unit=bidang.unit, kode="lama", nama="Lama", is_aktif=False
    )
    Program.objects.create(
        instansi=bidang.instansi,
        tahun=2026,
        jenis="subkegiatan",
        induk=Program.objects.get(jenis="kegiatan"),
        kode="1.02.02.2.01.0001",
        nama="Sub",
    )


@pytest.mark.parametrize(
    ("agregasi", "hasil"), [("jumlah", "96"), ("rerata", "24"), ("tertinggi", "90")]
)
def test_the_target_of_a_year_follows_how_its_triwulan_are_put_together(
    bidang: Bidang, agregasi: str, hasil: str
) -> None:
    indikator = make_rencana(bidang.unit)
    indikator.agregasi = agregasi
    indikator.save(update_fields=["agregasi"])
    assert build_isi(bidang.instansi, 2026).kinerja[0].target == Decimal(hasil)


def test_a_range_is_promised_as_a_range(bidang: Bidang) -> None:
    make_rencana(bidang.unit)
    Target.objects.filter(triwulan=4).update(nilai_atas=Decimal(95))
    (baris,) = build_isi(bidang.instansi, 2026).kinerja
    assert (baris.target_atas, baris.target_teks) == (Decimal(95), "90–95")
    assert seal(make_perjanjian(bidang)).baris.get().target_atas == Decimal(95)


# --- versions -------------------------------------------------------------------------------------


def test_a_perubahan_begins_on_its_day_and_the_murni_covers_the_year(bidang: Bidang) -> None:
    make_rencana(bidang.unit)
    murni = seal(make_perjanjian(bidang))
    september = datetime(2026, 9, 1, 2, tzinfo=UTC)
    ubah = seal(make_perjanjian(bidang, alasan=" P-APBD "), september)
    kantor = bidang.instansi.pk
    assert (ubah.nomor, ubah.alasan, find_sebelum(ubah)) == (1, "P-APBD", murni)
    assert find_sebelum(murni) is None
    assert get_perjanjian_berlaku(kantor, 2026, date(2026, 1, 1)) == murni
    assert get_perjanjian_berlaku(kantor, 2026, date(2026, 8, 31)) == murni
    assert get_perjanjian_berlaku(kantor, 2026, date(2026, 9, 1)) == ubah
    assert get_perjanjian_berlaku(kantor, 2026, date(2026, 9, 1), bidang.unit.pk) is None
    assert [p.nomor for p in list_perjanjian(bidang.instansi, 2026)] == [1, 0]
    assert str(ubah) == "Perjanjian Kinerja Perubahan ke-1 Tahun 2026"


def test_one_under_way_refuses_another_and_a_unit_of_strangers_is_none(bidang: Bidang) -> None:
    perjanjian = make_perjanjian(bidang)
    with pytest.raises(SedangDisusun) as ada:
        make_perjanjian(bidang)
    assert ada.value.perjanjian == perjanjian
    with pytest.raises(IsianTidakSah, match="bukan unit instansi ini"):
        make_perjanjian(bidang, unit=UnitKerjaFactory.create())
    unit = make_perjanjian(bidang, unit=bidang.unit)
    assert unit.nama == "Perjanjian Kinerja Bidang P2P Tahun 2026"


def test_a_perubahan_needs_its_reason_at_the_start_and_later(bidang: Bidang) -> None:
    make_rencana(bidang.unit)
    seal(make_perjanjian(bidang))
    with pytest.raises(IsianTidakSah, match="alasan perubahannya"):
        make_perjanjian(bidang, alasan="  ")
    ubah = make_perjanjian(bidang, alasan="P-APBD")
    with pytest.raises(IsianTidakSah, match="alasan perubahannya"):
        save_pihak(perjanjian_id=ubah.pk, kedua=BUPATI)
    lain = Pihak("Pj. Bupati", "Penjabat Bupati")
    ubah = save_pihak(perjanjian_id=ubah.pk, kedua=lain, alasan=" Pergantian pejabat ")
    assert (ubah.kedua, ubah.alasan) == (lain, "Pergantian pejabat")


def test_a_superior_inside_the_office_is_never_typed(bidang: Bidang, now: datetime) -> None:
    atasan = PenugasanFactory.create(jabatan__instansi=bidang.instansi)
    perjanjian = make_perjanjian(bidang, kedua_jabatan_id=atasan.jabatan_id, kedua=Pihak("", ""))
    perjanjian = save_pihak(perjanjian_id=perjanjian.pk, kedua=BUPATI)
    assert perjanjian.kedua_nama == ""
    pertama, kedua = get_pihak(perjanjian, pada=now)
    assert (pertama.is_lengkap, kedua.nama) == (False, atasan.pengguna.nama)
    luar = make_perjanjian(bidang, tahun=2027)
    assert get_pihak(luar, pada=now)[1] == BUPATI


def test_the_holder_of_the_post_comes_before_who_stands_in(bidang: Bidang, now: datetime) -> None:
    jabatan = bidang.pengisi.jabatan
    PenugasanFactory.create(jabatan=jabatan, unit=bidang.unit, jenis="delegasi")
    assert find_pihak(jabatan.pk, bidang.unit.pk, pada=now).nama == bidang.aktor.nama


# --- as signed ------------------------------------------------------------------------------------


def test_signed_it_says_what_was_signed_whatever_the_plan_says(
    bidang: Bidang, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    indikator = make_rencana(bidang.unit)
    isi = build_isi(bidang.instansi, 2026)
    perjanjian = seal(make_perjanjian(bidang))
    Target.objects.update(nilai=Decimal(1))
    Indikator.objects.filter(pk=indikator.pk).update(nama="Nama lain")
    with django_assert_num_queries(2):
        assert read_isi(perjanjian) == isi
    assert get_pihak(perjanjian, pada=now) == (KEPALA, BUPATI)


def test_an_indikator_without_target_is_never_signed(bidang: Bidang) -> None:
    make_rencana(bidang.unit)
    perjanjian = make_perjanjian(bidang)
    isi = build_isi(bidang.instansi, 2026)
    kosong = replace(isi, kinerja=(replace(isi.kinerja[0], target=None),))
    with pytest.raises(IsianTidakSah, match="tanpa target"):
        seal_perjanjian(
            perjanjian_id=perjanjian.pk, isi=kosong, pihak=(KEPALA, BUPATI), pada=FEBRUARI
        )


def test_signed_or_given_up_it_is_over(bidang: Bidang) -> None:
    make_rencana(bidang.unit)
    batal = drop_perjanjian(perjanjian_id=make_perjanjian(bidang).pk)
    sah = seal(make_perjanjian(bidang))
    for p in (batal, sah):
        with pytest.raises(TransisiDitolak, match="tidak berubah lagi"):
            save_pihak(perjanjian_id=p.pk, kedua=BUPATI)
        with pytest.raises(TransisiDitolak):
            drop_perjanjian(perjanjian_id=p.pk)


@pytest.mark.parametrize("model", [PerjanjianKinerja, BarisPerjanjian, AnggaranPerjanjian])
def test_the_database_itself_refuses_to_change_what_was_signed(
    bidang: Bidang, model: type[BarisPerjanjian]
) -> None:
    make_rencana(bidang.unit)
    seal(make_perjanjian(bidang))
    kolom = "pertama_nama" if model.__name__ == "PerjanjianKinerja" else "nama"
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{kolom: "Diubah"})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete(using="default")
    assert model.objects.exists()


def test_under_way_it_may_still_change(bidang: Bidang) -> None:
    make_perjanjian(bidang)
    assert PerjanjianKinerja.objects.update(kedua_nama="Lain") == 1


# --- what others read of it -----------------------------------------------------------------------


def test_the_tree_marks_where_the_plan_has_left_the_agreement(bidang: Bidang) -> None:
    indikator = make_rencana(bidang.unit)
    assert list_beda_janji(bidang.instansi, 2026) == {}
    seal(make_perjanjian(bidang))
    assert list_beda_janji(bidang.instansi, 2026) == {}
    Target.objects.filter(triwulan=4).update(nilai=Decimal(80))
    assert list_beda_janji(bidang.instansi, 2026) == {indikator.pk: "90 persen"}
    celah = get_pohon(bidang.instansi, 2026).tujuan[0].sasaran[0].indikator[0].celah
    assert "Target berbeda dengan Perjanjian Kinerja (90 persen)" in celah


def test_a_form_opens_with_the_promised_target_of_the_year(bidang: Bidang, now: datetime) -> None:
    make_rencana(bidang.unit)
    seal(make_perjanjian(bidang))
    Target.objects.filter(triwulan=4).update(nilai=Decimal(80))
    open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert Capaian.objects.get().target_tahun == Decimal(90)
