"""Realisasi made of parts: the rules, what is stored, what a new round takes over."""

import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kinerja.models import Capaian, Indikator, KomponenIndikator
from kinerja.rules.isian import IsianBaris
from kinerja.rules.komposit import (
    Komponen,
    KomponenBaca,
    KomponenTidakTerbaca,
    Peran,
    Susunan,
    check_susunan,
    compose,
    describe_susunan,
    read_komponen,
    write_komponen,
)
from kinerja.selectors import get_kisi
from kinerja.selectors.csv_capaian import make_tabel
from kinerja.services.formulir import open_formulir, submit_formulir
from kinerja.services.isian import BarisBerubah, BarisTidakSah, Kiriman, save_baris, save_formulir
from kinerja.services.lembar_baca import read_lembar
from kinerja.services.lembar_capaian import write_lembar
from organisasi.models import Jejak
from sakip.common.lembar import read_buku
from sakip.common.unduhan import write_csv
from tests.factories.kinerja import IndikatorFactory, TargetFactory
from tests.kinerja.conftest import Bidang

DUA = Decimal(2)
BAGI = (Peran.PEMBILANG, Peran.PENYEBUT)


def bagian(*nilai: str | None, peran: tuple[Peran, ...] = ()) -> list[Komponen]:
    """Parts of weight two."""
    urut = peran or (Peran.BAGIAN,) * len(nilai)
    return [
        Komponen(p, DUA, None if n is None else Decimal(n))
        for p, n in zip(urut, nilai, strict=True)
    ]


def test_each_way_of_composing_explains_itself() -> None:
    bagi = compose(Susunan.BAGI, bagian("45", "50", peran=BAGI), kali=Decimal(100))
    assert (bagi.nilai, bagi.alasan) == (90, "45 ÷ 50 × 100")
    permil = compose(Susunan.BAGI, bagian("3", "1500", peran=BAGI), kali=Decimal(1000))
    assert permil.nilai == 2
    jumlah = compose(Susunan.JUMLAH, bagian("1,5".replace(",", "."), "2"), kali=DUA)
    assert (jumlah.nilai, jumlah.alasan) == (Decimal("3.5"), "1,5 + 2")
    assert compose(Susunan.TERTIMBANG, bagian("80", "90"), kali=DUA).nilai == 85
    with pytest.raises(ValueError, match="diisi langsung"):
        compose(Susunan.LANGSUNG, [], kali=DUA)


def test_a_missing_part_or_a_zero_denominator_makes_nothing() -> None:
    for isi in (("45", None), (None, "50")):
        assert compose(Susunan.BAGI, bagian(*isi, peran=BAGI), kali=DUA).nilai is None
    nol = compose(Susunan.BAGI, bagian("45", "0", peran=BAGI), kali=DUA)
    assert (nol.nilai, nol.alasan) == (None, "Tidak dapat dihitung: penyebut nol.")


@pytest.mark.parametrize(
    ("susunan", "peran", "kata"),
    [
        (Susunan.LANGSUNG, (), ""),
        (Susunan.LANGSUNG, BAGI, "Hapus komponennya"),
        (Susunan.BAGI, BAGI, ""),
        (Susunan.BAGI, (Peran.PEMBILANG,), "pembilang dan penyebutnya"),
        (Susunan.BAGI, (*BAGI, Peran.BAGIAN), "pembilang dan penyebutnya"),
        (Susunan.JUMLAH, (Peran.BAGIAN,), "paling sedikit dua"),
        (Susunan.JUMLAH, (Peran.BAGIAN, Peran.BAGIAN), ""),
        (Susunan.TERTIMBANG, BAGI, "paling sedikit dua"),
    ],
)
def test_roles_must_fit_the_way_of_composing(
    susunan: Susunan, peran: tuple[Peran, ...], kata: str
) -> None:
    assert kata in check_susunan(susunan, peran)
    assert bool(kata) is bool(check_susunan(susunan, peran))


@pytest.mark.parametrize(
    ("susunan", "teks"),
    [
        (Susunan.LANGSUNG, ""),
        (Susunan.BAGI, "Pembilang: Bayi sehat\nPembilang: Balita sehat\nPenyebut: Semua anak"),
        (Susunan.JUMLAH, "Bidang A\nBidang B"),
        (Susunan.TERTIMBANG, "Perencanaan = 30\nPelaporan = 12,5"),
    ],
)
def test_parts_are_written_as_they_are_read(susunan: Susunan, teks: str) -> None:
    assert write_komponen(read_komponen(teks, susunan), susunan) == teks


@pytest.mark.parametrize(
    ("susunan", "teks", "kata"),
    [
        (Susunan.BAGI, "Jumlah bayi", "Baris 1: tulis “Pembilang"),
        (Susunan.BAGI, "Atas: Jumlah bayi", "Baris 1: tulis “Pembilang"),
        (Susunan.BAGI, "Pembilang:\nPenyebut: b", "Baris 1: nama"),
        (Susunan.JUMLAH, "a\n" + "x" * 201, "Baris 2: nama paling panjang 200"),
        (Susunan.TERTIMBANG, "a = b", "Baris 1: tulis “nama = bobot”"),
        (Susunan.TERTIMBANG, "a = 1\nb = 0", "Baris 2: bobot lebih dari nol"),
        (Susunan.TERTIMBANG, "a = 1000000\nb = 1", "di bawah 1.000.000"),
        (Susunan.TERTIMBANG, "a = 0,12345\nb = 1", "empat desimal"),
        (Susunan.JUMLAH, "satu saja", "paling sedikit dua"),
    ],
    ids=range(9),
)
def test_a_line_that_cannot_be_read_is_named(susunan: Susunan, teks: str, kata: str) -> None:
    with pytest.raises(KomponenTidakTerbaca, match=kata):
        read_komponen(teks, susunan)


def test_the_kamus_writes_the_formula_in_words() -> None:
    a, b = KomponenBaca("A", Peran.PEMBILANG), KomponenBaca("B", Peran.PENYEBUT)
    assert describe_susunan(Susunan.BAGI, [a, b], Decimal(1000)) == "(A) ÷ (B) × 1.000"
    c, d = KomponenBaca("C", Peran.BAGIAN), KomponenBaca("D", Peran.BAGIAN, DUA)
    assert describe_susunan(Susunan.JUMLAH, [c, d], DUA) == "C + D"
    assert describe_susunan(Susunan.TERTIMBANG, [c, d], DUA) == "(C × 1 + D × 2) ÷ jumlah bobot"
    assert describe_susunan(Susunan.LANGSUNG, [], DUA) == ""


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5), st.randoms())
def test_a_sum_does_not_depend_on_the_order(nilai: list[int], acak: object) -> None:
    teks = [str(n) for n in nilai]
    balik = compose(Susunan.JUMLAH, bagian(*teks[::-1]), kali=DUA)
    assert compose(Susunan.JUMLAH, bagian(*teks), kali=DUA).nilai == balik.nilai == sum(nilai)


@pytest.fixture
def cakupan(bidang: Bidang, now: datetime) -> Capaian:
    """A row that is a share of two parts, of which no more than 100 is possible."""
    i = IndikatorFactory(unit=bidang.unit, susunan="bagi", nilai_maks=100, nama="Cakupan imunisasi")
    TargetFactory(indikator=i, nilai=Decimal(95))
    for n, (nama, peran) in enumerate((("Bayi diimunisasi", BAGI[0]), ("Semua bayi", BAGI[1])), 1):
        KomponenIndikator.objects.create(indikator=i, urutan=n, nama=nama, peran=peran)
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    return formulir.capaian.get()


def isi(
    bidang: Bidang, c: Capaian, now: datetime, *, komponen: Mapping[int, str], versi: int = 0
) -> Capaian:
    """Save the parts; a typed realisasi is sent along, as a page without script does."""
    isian = IsianBaris("77", "Sebab.", versi, komponen=komponen)
    return save_baris(
        capaian_id=c.pk, isian=isian, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )


@pytest.mark.django_db
def test_realisasi_is_reckoned_from_its_parts_and_says_how(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    isi(bidang, cakupan, now, komponen={1: "91", 2: "104"})
    c = Capaian.objects.get()
    assert (c.realisasi, c.versi) == (Decimal("87.5"), 1)
    assert c.hasil.alasan.startswith("Realisasi 91 ÷ 104 × 100 = 87,5. 87,5 ÷ 95 × 100")
    assert Jejak.objects.get().data["baris"][0]["ke"]["komponen2"] == "104"
    sepertiga = isi(bidang, cakupan, now, komponen={2: "273"}, versi=1)
    assert sepertiga.realisasi == Decimal("33.333333")
    assert list(c.komponen.values_list("nilai", flat=True)) == [91, 273]


@pytest.mark.django_db
def test_a_missing_part_leaves_the_realisasi_empty(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    assert isi(bidang, cakupan, now, komponen={1: "91", 2: ""}).realisasi is None
    c = Capaian.objects.get()
    assert c.cara_realisasi == "Pembilang atau penyebut belum lengkap."
    nol = isi(bidang, cakupan, now, komponen={1: "0", 2: "0"}, versi=1)
    assert nol.realisasi is None
    assert "penyebut nol" in nol.hasil.alasan
    assert isi(bidang, cakupan, now, komponen={1: "", 2: ""}, versi=2).cara_realisasi == ""


@pytest.mark.django_db
def test_parts_that_make_an_impossible_figure_are_refused(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    with pytest.raises(BarisTidakSah) as galat:
        isi(bidang, cakupan, now, komponen={1: "105", 2: "104"})
    assert "nilai paling tinggi indikator ini 100" in galat.value.galat["realisasi"]
    Capaian.objects.update(nilai_maks=None, pengali=Decimal(10**9))
    with pytest.raises(BarisTidakSah, match="terlalu besar"):
        isi(bidang, cakupan, now, komponen={1: "9" * 14, 2: "1"})
    assert not Capaian.objects.get().komponen.filter(nilai__isnull=False).exists()


@pytest.mark.django_db
def test_parts_typed_by_two_people_show_both(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    isi(bidang, cakupan, now, komponen={1: "91", 2: "104"})
    with pytest.raises(BarisBerubah) as basi:
        isi(bidang, cakupan, now, komponen={1: "90", 2: "104"})
    assert (basi.value.versi, basi.value.kini["komponen1"]) == (1, "91")
    assert basi.value.kini["oleh"] == bidang.aktor.nama


@pytest.mark.django_db
def test_an_opened_form_keeps_its_parts_whatever_becomes_of_the_plan(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    KomponenIndikator.objects.all().delete()
    Indikator.objects.update(susunan="langsung", pengali=1)
    kiriman = Kiriman({cakupan.pk: IsianBaris("", "", 0, komponen={1: "52", 2: "104", 9: "1"})})
    hasil = save_formulir(
        formulir_id=cakupan.formulir_id,
        kiriman=kiriman,
        aktor=bidang.aktor,
        sebagai=bidang.pengisi,
        now=now,
    )
    assert (hasil.tersimpan, hasil.galat) == (1, {})
    assert Capaian.objects.get().realisasi == 50
    baris = get_kisi(cakupan.formulir, bisa_isi=True).kelompok[0].baris[0]
    assert [(k.nama, k.teks) for k in baris.komponen] == [
        ("Bayi diimunisasi", "52"),
        ("Semua bayi", "104"),
    ]


@pytest.mark.django_db
def test_the_workbook_carries_the_parts_there_and_back(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    isi(bidang, cakupan, now, komponen={1: "91", 2: "104"})
    c = Capaian.objects.select_related("formulir__unit__instansi").get()
    buku = load_workbook(io.BytesIO(write_lembar(c.formulir)))
    lembar = buku["Capaian"]
    kode = c.indikator.kode
    assert [lembar[f"B{n}"].value for n in (5, 6, 7)] == [kode, f"{kode} #1", f"{kode} #2"]
    assert lembar["C7"].value == "Penyebut: Semua bayi"
    assert (lembar["F5"].protection.locked, lembar["F7"].protection.locked) == (True, False)
    (tetap,) = read_lembar(read_buku(write_lembar(c.formulir)), c.formulir)
    assert (tetap.hasil, tetap.baru) == ("tetap", "87,5")
    lembar["F7"], lembar["F6"] = 182, "dua"
    keluar = io.BytesIO()
    buku.save(keluar)
    (salah,) = read_lembar(read_buku(keluar.getvalue()), c.formulir)
    assert salah.sel == {"Capaian!F6": "Komponen 1: Isi dengan angka, contoh 91,4."}
    lembar["F6"] = 91
    keluar = io.BytesIO()
    buku.save(keluar)
    (ubah,) = read_lembar(read_buku(keluar.getvalue()), c.formulir)
    assert (ubah.hasil, ubah.lama, ubah.baru) == ("ubah", "87,5", "50")
    isian = ubah.to_json()
    assert (isian["komponen"], "nilai" in isian) == ({1: "91", 2: "182"}, False)


@pytest.mark.django_db
def test_csv_lists_parts_below_their_indikator_and_defuses_text(
    bidang: Bidang, cakupan: Capaian, now: datetime
) -> None:
    isi(bidang, cakupan, now, komponen={1: "91", 2: "104"})
    Capaian.objects.update(kendala="=HYPERLINK(1)")
    c = Capaian.objects.select_related("formulir__unit__instansi").get()
    teks = write_csv(make_tabel(c.formulir)).decode("utf-8-sig").splitlines()
    assert teks[0].startswith("Kode,Indikator,Satuan,Target,Batas atas target,Realisasi")
    assert "'=HYPERLINK(1)" in teks[1]
    assert teks[2] == f"{c.indikator.kode} #1,Bayi diimunisasi,,,,91"


@pytest.mark.django_db
def test_a_new_round_takes_over_the_parts(bidang: Bidang, cakupan: Capaian, now: datetime) -> None:
    isi(bidang, cakupan, now, komponen={1: "91", 2: "104"})
    siapa: Any = {"aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}
    save_baris(
        capaian_id=cakupan.pk,
        isian=IsianBaris("", "Sebab.", 1, uraian=dict.fromkeys(("kendala", "solusi"), "a")),
        **siapa,
    )
    submit_formulir(formulir_id=cakupan.formulir_id, **siapa)
    dua = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now).capaian.get()
    assert (dua.formulir.putaran, dua.realisasi) == (2, Decimal("87.5"))
    assert [(k.nama, k.nilai) for k in dua.komponen.all()] == [
        ("Bayi diimunisasi", 91),
        ("Semua bayi", 104),
    ]
