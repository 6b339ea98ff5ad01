"""What a form keeps of its opening: later changes of plan and office never reach it."""

from datetime import datetime
from decimal import Decimal

import pytest

from kinerja.models import (
    Capaian,
    FormulirCapaian,
    Indikator,
    PengaturanKinerja,
    SkalaKategori,
    Target,
)
from kinerja.rules.kategori import PENGATURAN_BAKU, Pengaturan
from kinerja.selectors import get_kisi, list_tabel_capaian
from kinerja.services.formulir import open_formulir, submit_formulir
from tests.factories.kinerja import IndikatorFactory, TargetFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """One indikator with targets for a year, in an office with its own scale."""
    i = IndikatorFactory(
        unit=bidang.unit, nama="Nama lama", satuan="persen", definisi_operasional="Lama.", desimal=1
    )
    for tw, nilai in enumerate((20, 40, 60, 80), 1):
        TargetFactory(indikator=i, triwulan=tw, nilai=Decimal(nilai))
    for batas, label in ((Decimal(90), "Istimewa"), (Decimal(0), "Kurang")):
        SkalaKategori.objects.create(
            instansi=bidang.instansi, batas=batas, label=label, warna="daun"
        )
    return i


def ubah_semua(bidang: Bidang, i: Indikator) -> None:
    """Everything a Perencana can change afterwards."""
    Indikator.objects.filter(pk=i.pk).update(
        nama="Nama baru",
        satuan="orang",
        definisi_operasional="Baru.",
        polaritas="turun",
        rumus="cermin",
        batas=100,
        lantai=50,
        agregasi="jumlah",
        desimal=3,
        is_dapat_negatif=True,
        nilai_maks=1,
        jenis_nilai="rupiah",
    )
    Target.objects.filter(indikator=i).update(nilai=1, nilai_atas=2)
    SkalaKategori.objects.filter(instansi=bidang.instansi).update(label="Lain", warna="bata")
    PengaturanKinerja.objects.create(
        instansi=bidang.instansi, batas_penjelasan=100, batas_periksa=100
    )


def potret(formulir: FormulirCapaian) -> object:
    """All the grid shows of the form's rows."""
    kisi = get_kisi(FormulirCapaian.objects.get(pk=formulir.pk), bisa_isi=True)
    return [k.baris for k in kisi.kelompok], kisi.penilaian, kisi.rerata_teks


def test_an_opened_form_shows_the_same_after_every_change(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    Capaian.objects.update(realisasi=57)
    sebelum = potret(formulir)
    ubah_semua(bidang, indikator)
    assert potret(formulir) == sebelum
    c = Capaian.objects.get()
    assert (c.nama, c.satuan, c.target_nilai, c.target_tahun) == ("Nama lama", "persen", 60, 80)
    baris = get_kisi(c.formulir, bisa_isi=True).kelompok[0].baris[0]
    assert (baris.kategori, baris.target_teks, baris.ingat) == ("Istimewa", "60,0", "")


def test_a_closed_period_prints_the_same_after_every_change(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    Capaian.objects.update(realisasi=57)
    submit_formulir(formulir_id=formulir.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    (sebelum,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    ubah_semua(bidang, indikator)
    (sesudah,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    assert sesudah == sebelum
    assert sesudah.baris[0].kategori == "Istimewa"


def test_a_new_round_of_the_period_keeps_what_the_first_was_opened_with(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    Capaian.objects.update(realisasi=57)
    submit_formulir(formulir_id=formulir.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    ubah_semua(bidang, indikator)
    dua = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert dua.putaran == 2
    c = dua.capaian.get()
    assert (c.nama, c.rumus, c.target_nilai, c.target_tahun) == ("Nama lama", "per_target", 60, 80)
    assert Pengaturan.from_json(dua.pengaturan).skala[0].label == "Istimewa"


def test_the_next_period_takes_what_holds_then(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    ubah_semua(bidang, indikator)
    empat = open_formulir(unit=bidang.unit, tahun=2026, triwulan=4, now=now)
    c = empat.capaian.get()
    assert (c.nama, c.target_nilai, c.target_atas, c.target_tahun) == ("Nama baru", 1, 2, 4)
    assert Pengaturan.from_json(empat.pengaturan).skala[0].label == "Lain"


def test_a_sum_of_the_year_needs_every_triwulan(bidang: Bidang, now: datetime) -> None:
    i = IndikatorFactory(unit=bidang.unit, agregasi="jumlah")
    TargetFactory(indikator=i, triwulan=3)
    assert (
        open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now).capaian.get().target_tahun
        is None
    )


def test_settings_survive_the_way_through_json() -> None:
    assert Pengaturan.from_json(PENGATURAN_BAKU.to_json()) == PENGATURAN_BAKU
