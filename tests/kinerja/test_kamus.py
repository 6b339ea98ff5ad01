"""The kamus: written in one form, read on page, paper and sheet, sorted by label."""

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Indikator, KomponenIndikator, Label, Target
from kinerja.rules.komposit import KomponenBaca, Peran
from kinerja.selectors.dataset import list_capaian_terbuka, list_indikator
from kinerja.selectors.kamus import list_kamus, list_label
from kinerja.services.kamus import RincianIndikator, save_indikator
from kinerja.services.lembar_kamus import write_kamus
from organisasi.models import Jejak
from sakip.common.errors import AksesDitolak
from tests.factories.kinerja import IndikatorFactory, SasaranFactory, TargetFactory, make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
BAGI = (KomponenBaca("Bayi sehat", Peran.PEMBILANG), KomponenBaca("Semua bayi", Peran.PENYEBUT))


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """One indikator with a definition and nothing else."""
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    return IndikatorFactory(
        sasaran=sasaran, unit=bidang.unit, kode="I.1", nama="Cakupan", definisi_operasional="Arti."
    )


def isian(i: Indikator, **ubah: Any) -> dict[str, Any]:
    """The posted form."""
    return {
        "sasaran": i.sasaran_id,
        "kode": i.kode,
        "nama": i.nama,
        "satuan": "persen",
        "unit": i.unit_id,
        "rumus": "per_target",
        "jenis_nilai": "persen",
        "lantai": "0",
        "desimal": "0",
        "urutan": "1",
        "is_aktif": "on",
        **ubah,
    }


def test_the_form_writes_labels_and_parts(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    client.force_login(bidang.perencana.pengguna)
    url = f"/capaian/pohon/indikator/{indikator.pk}/"
    html = client.get(url).content.decode()
    assert all(f'value="{n}"' in html for n in Label.BAKU)
    data = isian(
        indikator,
        label=["IKU", "IKD"],
        label_lain=" SPM ,, IKU",
        susunan="bagi",
        komponen="Pembilang: Bayi sehat\nPenyebut: Semua bayi",
        nilai_maks="100",
        cara_hitung="Bayi sehat dibagi semua bayi.",
    )
    assert client.post(url, data).status_code == 302
    i = Indikator.objects.get()
    assert sorted(i.label.values_list("nama", flat=True)) == ["IKD", "IKU", "SPM"]
    assert (i.susunan, i.pengali, i.nilai_maks) == ("bagi", 100, 100)
    assert [(k.urutan, k.peran, k.nama) for k in i.komponen.all()] == [
        (1, "pembilang", "Bayi sehat"),
        (2, "penyebut", "Semua bayi"),
    ]
    html = client.get(url).content.decode()
    assert "Pembilang: Bayi sehat\nPenyebut: Semua bayi</textarea>" in html
    assert 'value="SPM"' in html


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"susunan": "bagi", "komponen": "Bayi"}, "Baris 1: tulis “Pembilang"),
        ({"komponen": "Bayi\nBalita"}, "Hapus komponennya"),
        ({"susunan": "jumlah", "komponen": "a\nb", "jenis_nilai": "ya_tidak"}, "selalu angka"),
        ({"label_lain": "x" * 31}, "paling panjang 30"),
        ({"label": ["Karangan"]}, "pilihan"),
        ({"pengali": "0"}, "lebih dari nol"),
        ({"pengali": "1,23456"}, "empat desimal"),
    ],
    ids=range(7),
)
def test_a_faulty_form_says_what_to_mend_and_keeps_nothing(
    client: Client, bidang: Bidang, indikator: Indikator, ubah: dict[str, Any], kata: str
) -> None:
    client.force_login(bidang.perencana.pengguna)
    jawab = client.post(
        f"/capaian/pohon/indikator/{indikator.pk}/", isian(indikator, nama="Baru", **ubah)
    )
    assert jawab.status_code == 422
    assert kata in jawab.content.decode()
    assert Indikator.objects.get().nama == "Cakupan"


def test_labels_and_parts_are_written_once_with_their_trail(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    aktor = bidang.perencana.pengguna
    rincian = RincianIndikator(("IKU",), BAGI)
    save_indikator(indikator=indikator, rincian=rincian, aktor=aktor, now=now)
    pk = set(KomponenIndikator.objects.values_list("pk", flat=True))
    save_indikator(indikator=indikator, rincian=rincian, aktor=aktor, now=now)
    assert set(KomponenIndikator.objects.values_list("pk", flat=True)) == pk
    jejak = Jejak.objects.filter(aksi="kinerja.indikator.rincian")
    assert [j.data["ke"]["label"] for j in jejak] == [["IKU"]]
    save_indikator(indikator=indikator, rincian=RincianIndikator(), aktor=aktor, now=now)
    assert not KomponenIndikator.objects.exists()
    assert jejak.all().count() == 2
    with pytest.raises(AksesDitolak):
        save_indikator(indikator=indikator, rincian=rincian, aktor=bidang.aktor, now=now)


def test_the_kamus_says_everything_and_counts_what_is_missing(
    bidang: Bidang,
    indikator: Indikator,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Indikator.objects.update(batas=120, toleransi=2, cara_hitung="Menurut catatan.")
    indikator.refresh_from_db()
    save_indikator(
        indikator=Indikator.objects.get(),
        rincian=RincianIndikator(("IKU",), ()),
        aktor=bidang.perencana.pengguna,
        now=now,
    )
    Indikator.objects.update(susunan="bagi")
    for n, k in enumerate(BAGI, 1):
        KomponenIndikator.objects.create(
            indikator=indikator, urutan=n, nama=k.nama, peran=k.peran.value
        )
    IndikatorFactory(unit=bidang.unit, is_aktif=False, sasaran=indikator.sasaran)
    with django_assert_num_queries(3):
        (satu,) = list_kamus(bidang.instansi)
    isi = dict(satu.butir)
    assert isi["Rumus dengan kata"] == "Menurut catatan.\n(Bayi sehat) ÷ (Semua bayi) × 100"
    assert isi["Rumus capaian"].endswith("paling tinggi 120%; paling rendah 0%; toleransi 2")
    assert (isi["Alasan pemilihan"], isi["Label"], satu.kurang) == ("Belum ditulis", "IKU", 2)
    assert list_kamus(bidang.instansi, label="IKD") == []
    assert list_label(bidang.instansi) == ["IKU"]


def test_page_paper_and_sheet_hold_the_same(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    Indikator.objects.update(nama="=HYPERLINK(1)", definisi_operasional="Arti <b>luas</b>.")
    client.force_login(bidang.kolega.pengguna)
    html = client.get("/capaian/kamus/").content.decode()
    assert "Arti &lt;b&gt;luas&lt;/b&gt;." in html
    pdf = client.get("/capaian/kamus.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("inline")
    satu = client.get(f"/capaian/kamus.pdf?indikator={indikator.pk}")
    assert satu["Content-Disposition"] == 'inline; filename="kamus-indikator-i1.pdf"'
    lembar = load_workbook(
        io.BytesIO(client.get(f"/capaian/kamus.xlsx?indikator={indikator.pk}").content)
    )["Kamus Indikator"]
    assert (lembar["C4"].value, lembar["C4"].data_type) == ("=HYPERLINK(1)", "s")
    assert [c.value for c in lembar[3]][3:5] == ["Masa rencana", "Tujuan"]
    assert client.get(f"/capaian/indikator/{indikator.pk}/").status_code == 200


def test_an_empty_kamus_and_one_of_another_office(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    client.force_login(bidang.orang_luar.pengguna)
    assert "Belum ada indikator" in client.get("/capaian/kamus/").content.decode()
    for diminta in (indikator.pk, "x", "9" * 20):
        assert client.get(f"/capaian/kamus.pdf?indikator={diminta}").status_code == 404
    assert load_workbook(io.BytesIO(write_kamus(bidang.instansi, [])))


def test_a_label_narrows_tree_rekap_and_open_data(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    a, b = make_baris(bidang.unit, ("90", "88"), ("90", "80"), diverifikasi=True)
    a.indikator.label.set([Label.objects.create(instansi=bidang.instansi, nama="IKU")])
    Indikator.objects.filter(pk=a.indikator_id).update(nama="Pertama")
    Indikator.objects.filter(pk=b.indikator_id).update(nama="Kedua")
    assert [c.kode_indikator for c in list_capaian_terbuka(bidang.instansi, 2026, label="IKU")] == [
        a.indikator.kode
    ]
    assert [(i.nama, i.label) for i in list_indikator(bidang.instansi, label="IKU")] == [
        ("Pertama", "IKU")
    ]
    client.force_login(bidang.perencana.pengguna)
    pohon = client.get("/capaian/pohon/?tahun=2026&label=IKU").content.decode()
    assert "Pertama" in pohon
    assert "Kedua" not in pohon
    semua = client.get("/capaian/pohon/?tahun=2026").content.decode()
    assert "Kedua" in semua
    rekap = client.get("/capaian/rekap/?periode=2026-3&label=IKU").content.decode()
    assert "97,78%" in rekap
    assert "<option selected>IKU</option>" in rekap
    assert "?label=IKU" in client.get("/capaian/data/?label=IKU").content.decode()


def test_a_range_is_typed_with_the_targets(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    TargetFactory(indikator=indikator, nilai=Decimal(80), nilai_atas=Decimal(90))
    client.force_login(bidang.perencana.pengguna)
    url = f"/capaian/indikator/{indikator.pk}/target/?tahun=2026"
    assert 'name="atas-3" value="90"' in client.get(url).content.decode()
    assert client.post(url, {"tw-3": "70", "atas-3": "75", "tw-4": "9"}).status_code == 302
    assert Target.objects.get(triwulan=3).nilai_atas == 75
    salah = client.post(url, {"tw-3": "70", "atas-3": "75", "atas-4": "9"})
    assert "batas atas tanpa batas bawah" in salah.content.decode()
    assert client.post(url, {"tw-3": "70", "atas-3": ""}).status_code == 302
    assert Target.objects.get(triwulan=3).nilai_atas is None
