"""Scale and limits of an office, kinds of value in the form, and the year so far."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from kinerja.models import Capaian, PengaturanKinerja, SkalaKategori
from kinerja.rules.isian import IsianBaris
from kinerja.rules.kategori import PENGATURAN_BAKU
from kinerja.selectors import get_kisi, list_tabel_capaian
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.selectors.teks import Pilihan
from kinerja.services.formulir import BelumLengkap, open_formulir, submit_formulir
from kinerja.services.isian import BarisTidakSah, save_baris
from tests.factories.kinerja import IndikatorFactory, TargetFactory, make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


def test_the_regulations_scale_holds_without_rows(bidang: Bidang) -> None:
    assert get_pengaturan(bidang.instansi.pk) == PENGATURAN_BAKU


def test_an_office_judges_by_its_own_scale_and_limits(bidang: Bidang, now: datetime) -> None:
    for batas, label, warna in ((90, "Istimewa", "daun"), (0, "Kurang", "bata")):
        SkalaKategori.objects.create(
            instansi=bidang.instansi, batas=batas, label=label, warna=warna
        )
    PengaturanKinerja.objects.create(
        instansi=bidang.instansi, batas_penjelasan=85, batas_periksa=110, is_wajib_rtl=False
    )
    tinggi, rendah, aneh = make_baris(bidang.unit, ("100", "95"), ("100", "80"), ("100", "120"))
    baris = {b.pk: b for b in get_kisi(tinggi.formulir, bisa_isi=True).kelompok[0].baris}
    assert baris[tinggi.pk].kategori == "Istimewa"
    assert baris[rendah.pk].kategori == "Kurang"
    assert baris[rendah.pk].ingat == "Capaian di bawah 85%, penjelasan wajib diisi."
    assert baris[aneh.pk].ingat == "Capaian di atas 110%. Periksa kembali angkanya."
    with pytest.raises(BelumLengkap, match="1 isian"):
        submit_formulir(
            formulir_id=tinggi.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
        )


def test_levels_are_chosen_by_name(bidang: Bidang, now: datetime, client: Client) -> None:
    i = IndikatorFactory(unit=bidang.unit, jenis_nilai="ordinal", tingkatan="WTP = 4\nWDP = 3")
    TargetFactory(indikator=i, nilai=4)
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    c = Capaian.objects.get(formulir=formulir)
    oleh = {"aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}
    with pytest.raises(BarisTidakSah, match="WTP, WDP"):
        save_baris(capaian_id=c.pk, isian=IsianBaris("baik", "", 0), **oleh)  # type: ignore[arg-type]  # test shorthand
    c = save_baris(capaian_id=c.pk, isian=IsianBaris("wdp", "", 0), **oleh)  # type: ignore[arg-type]  # test shorthand
    assert (c.realisasi, c.hasil.persen) == (3, 75)
    (baris,) = get_kisi(formulir, bisa_isi=True).kelompok[0].baris
    assert (baris.target_teks, baris.realisasi_teks) == ("WTP", "WDP")
    assert (baris.pilihan, baris.is_dihitung_peramban) == (
        [Pilihan("WTP", "4"), Pilihan("WDP", "3")],
        True,
    )
    client.force_login(bidang.aktor)
    assert (
        '<option data-skor="3" selected>WDP</option>'
        in client.get(formulir.get_absolute_url()).content.decode()
    )


def test_ranges_and_dates_are_snapshotted(bidang: Bidang, now: datetime) -> None:
    rentang = IndikatorFactory(unit=bidang.unit, urutan=1)
    TargetFactory(indikator=rentang, nilai=80, nilai_atas=90)
    tanggal = IndikatorFactory(
        unit=bidang.unit,
        urutan=2,
        jenis_nilai="tanggal",
        polaritas="turun",
        rumus="tanggal",
        tingkatan="7 = 90",
    )
    TargetFactory(indikator=tanggal, nilai=739000)
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    a, b = Capaian.objects.filter(formulir=formulir).order_by("indikator__urutan")
    Capaian.objects.filter(pk=a.pk).update(realisasi=85)
    Capaian.objects.filter(pk=b.pk).update(realisasi=739003)
    satu, dua = (r for k in get_kisi(formulir, bisa_isi=True).kelompok for r in k.baris)
    assert (satu.target_teks, satu.capaian_teks, satu.is_dihitung_peramban) == (
        "80–90",
        "100,00%",
        True,
    )
    assert (satu.target, satu.atas, satu.lantai) == ("80", "90", "0")
    assert (dua.tanggal, dua.is_dihitung_peramban) == ("2024-04-27", False)
    assert dua.capaian_teks == "90,00%"
    assert "terlambat 3 hari" in dua.alasan
    assert dua.pilihan == []


def test_yes_or_no_and_words(bidang: Bidang, now: datetime) -> None:
    IndikatorFactory(unit=bidang.unit, urutan=1, jenis_nilai="ya_tidak")
    IndikatorFactory(unit=bidang.unit, urutan=2, jenis_nilai="kualitatif", rumus="kata")
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    ya, kata = (r for k in get_kisi(formulir, bisa_isi=True).kelompok for r in k.baris)
    assert [p.teks for p in ya.pilihan] == ["Ya", "Tidak"]
    assert (ya.is_kata, kata.is_kata) == (False, True)
    assert kata.ingat == "Indikator ini dinilai dengan kata. Tulis pada penjelasan."


def test_the_year_so_far_is_of_sums_where_the_indikator_says_so(
    bidang: Bidang, now: datetime
) -> None:
    i = IndikatorFactory(unit=bidang.unit, agregasi="jumlah")
    for triwulan, nilai in ((1, 10), (2, 20), (3, 30), (4, 40)):
        TargetFactory(indikator=i, triwulan=triwulan, nilai=nilai)
    for triwulan, nilai in ((1, 12), (2, 18), (3, 25)):
        formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=triwulan, now=now)
        Capaian.objects.filter(formulir=formulir).update(realisasi=nilai)
        if triwulan < 3:
            submit_formulir(
                formulir_id=formulir.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
            )
    (baris,) = get_kisi(formulir, bisa_isi=True).kelompok[0].baris
    assert baris.setahun
    assert baris.setahun.sampai_kini.alasan == "55 ÷ 60 × 100 = 91,67%."
    assert baris.setahun.terhadap_tahun.persen == Decimal(55)


def test_the_report_prints_ranges(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("80", "95"), diajukan=True)
    Capaian.objects.filter(pk=c.pk).update(target_atas=90)
    (tabel,) = list_tabel_capaian(bidang.instansi, 2026, 3)
    assert tabel.baris[0].target_teks == "80–90"
    assert tabel.baris[0].kategori == "Sangat Tinggi"
