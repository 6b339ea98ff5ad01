"""A plan from Excel: what the workbook would change, and that nothing is half applied."""

import io
from datetime import datetime
from decimal import Decimal
from functools import partial

import pytest
from celery import current_app
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from kinerja.models import (
    Indikator,
    Program,
    Sasaran,
    Target,
    TargetRenstra,
    Tujuan,
)
from kinerja.services.lembar_rencana import write_rencana
from organisasi.models import Instansi, Jejak
from organisasi.selectors import find_chain_break
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from tests.factories.kinerja import IndikatorFactory, TargetFactory, make_baris
from tests.kinerja._impor import Unggah, buku, galat, isi, kirim_rencana, pilih, terapkan
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terkirim(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker is not there."""
    monkeypatch.setattr(current_app, "send_task", lambda *_a, **_k: None)


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """The one indikator of the plan there is: A / 1 / 1.1, target 90 in triwulan III."""
    i = IndikatorFactory(
        unit=bidang.unit,
        kode="1.1",
        nama="Cakupan imunisasi",
        sasaran__kode="1",
        sasaran__tujuan__kode="A",
        sasaran__tujuan__instansi=bidang.instansi,
    )
    TargetFactory(indikator=i)
    return i


@pytest.fixture
def unggah(bidang: Bidang, now: datetime) -> Unggah:
    """Upload bytes as the Perencana, and check them."""
    return partial(kirim_rencana, bidang, now)


def test_the_format_holds_the_plan_and_changes_nothing_when_it_comes_back(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    IndikatorFactory(
        sasaran=indikator.sasaran,
        unit=bidang.unit,
        kode="1.2",
        jenis_nilai="ordinal",
        tingkatan="WTP = 4\nWDP = 3",
        batas=Decimal("120.5"),
        lantai=None,
    )
    dua = Indikator.objects.get(kode="1.2")
    Target.objects.create(indikator=dua, tahun=2026, triwulan=4, nilai=4)
    Target.objects.create(indikator=indikator, tahun=2026, triwulan=4, nilai=80, nilai_atas=90)
    TargetRenstra.objects.create(indikator=indikator, tahun=2029, nilai=Decimal("95.25"))
    Program.objects.create(
        instansi=bidang.instansi, tahun=2026, kode="1.02.02", nama="P", jenis="program",
        sasaran=indikator.sasaran, unit=bidang.unit, pagu=Decimal("1500.5"),
    )  # fmt: skip
    kerja = load_workbook(io.BytesIO(write_rencana(bidang.instansi, 2026)))
    assert [s.title for s in kerja.worksheets if s.sheet_state == "visible"] == [
        "Tujuan", "Sasaran", "Indikator", "Target", "Target Renstra", "Program", "Rencana Aksi"
    ]  # fmt: skip
    assert kerja["Identitas"].sheet_state == "hidden"
    assert [s.value for s in kerja["Target"][4]][:7] == [
        "1.1", None, None, 90, "80–90", "Cakupan imunisasi", "persen"
    ]  # fmt: skip
    assert kerja["Target"]["E5"].value == "WTP"
    assert kerja["Program"]["E4"].value == 1500.5
    u = unggah(buku(bidang.instansi))
    assert {b["hasil"] for b in u.baris} == {"tetap"}
    assert u.catatan == []
    assert terapkan(u, bidang, now) == 0


def test_the_format_costs_the_same_queries_for_any_plan(
    bidang: Bidang, indikator: Indikator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        IndikatorFactory(sasaran=indikator.sasaran, unit=bidang.unit, kode=f"2.{n}")
    with django_assert_num_queries(12):
        write_rencana(bidang.instansi, 2026)


def test_a_whole_new_plan_is_written_in_one_go(
    bidang: Bidang, unggah: Unggah, now: datetime
) -> None:
    def ubah(kerja: Workbook) -> None:
        kerja["Tujuan"].append(["A", "Derajat  kesehatan\xa0naik", 2025, 2029])
        kerja["Sasaran"].append([1, "A", "Kesakitan turun"])
        kerja["Indikator"].append(
            ["1.1", 1, "Cakupan", "persen", "P2P", "Realisasi dibagi target", "persen", None, 120]
        )
        kerja["Indikator"].append(
            ["1.2", "A/1", "Kasus", "kasus", "P2P", "cermin", None, "Jumlah triwulan"]
        )
        kerja["Target"].append(["1.1", "80", 85.5, None, 90])
        kerja["Target"].append(["1/1.2", None, None, None, "10-20"])
        kerja["Target Renstra"].append(["1.1", 91])
        kerja["Program"].append(["1.2.2.2.1", "Kegiatan", None, "P2P", "Rp 1.000"])
        kerja["Program"].append(["1.2.2", "Program", "1", None, 1500.25])

    u = unggah(buku(bidang.instansi, ubah))
    assert galat(u) == []
    assert {b["hasil"] for b in u.baris} == {"baru", "ubah"}
    assert terapkan(u, bidang, now) == 9
    tujuan = Tujuan.objects.get()
    assert (tujuan.uraian, tujuan.tahun_akhir) == ("Derajat kesehatan naik", 2029)
    satu, dua = Indikator.objects.order_by("kode")
    assert (satu.polaritas, satu.batas, satu.lantai) == ("naik", 120, None)
    assert (satu.agregasi, satu.jenis_nilai) == ("terakhir", "persen")
    assert (satu.is_aktif, satu.is_dapat_negatif, satu.urutan, dua.urutan) == (True, False, 1, 2)
    assert (dua.polaritas, dua.rumus, dua.agregasi) == ("turun", "cermin", "jumlah")
    assert dict(Target.objects.filter(indikator=satu).values_list("triwulan", "nilai")) == {
        1: 80, 2: Decimal("85.5"), 4: 90
    }  # fmt: skip
    assert Target.objects.get(indikator=dua).nilai_atas == 20
    assert TargetRenstra.objects.get().tahun == 2026
    kegiatan, program = Program.objects.order_by("-kode")
    assert (kegiatan.kode, kegiatan.induk, kegiatan.pagu) == ("1.02.02.2.01", program, 1000)
    assert (program.sasaran, program.pagu) == (satu.sasaran, Decimal("1500.25"))
    jejak = Jejak.objects.get(aksi="kinerja.rencana.import")
    assert jejak.data["ubah"][0]["isi"]["Uraian"] == ["–", "Derajat kesehatan naik"]
    assert find_chain_break(Instansi.objects.get(pk=bidang.instansi.pk)) is None
    with pytest.raises(TransisiDitolak, match="sudah disimpan"):
        terapkan(u, bidang, now)


def test_rows_without_code_or_parent_are_faults_and_empty_ones_none(
    bidang: Bidang, indikator: Indikator, unggah: Unggah
) -> None:
    def ubah(kerja: Workbook) -> None:
        akhir = kerja["Sasaran"].max_row
        for n, baris in ((2, [None, "A", "Tanpa kode"]), (3, ["9", None, "Tanpa tujuan"])):
            for kolom, nilai in enumerate(baris, 1):
                kerja["Sasaran"].cell(akhir + n, kolom, nilai)

    u = unggah(buku(bidang.instansi, ubah))
    assert len([b for b in pilih(u, "Sasaran") if b["hasil"] == "galat"]) == 2
    assert len(pilih(u, "Sasaran")) == 3


def test_old_stands_beside_new_and_open_forms_keep_their_target(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    (capaian,) = make_baris(bidang.unit, ("90", None))
    ubah = isi(Indikator_C4="Cakupan baru", Target_D4=95, Target_E4="7,5", Indikator_X4="Tidak")
    u = unggah(buku(bidang.instansi, ubah))
    satu, _lain = pilih(u, "Indikator")
    assert satu["ubah"][0] == ["Nama", "Indikator!C4", "Cakupan imunisasi", "Cakupan baru"]
    target, _lain = pilih(u, "Target")
    assert [v[2:] for v in target["ubah"]] == [["90", "95"], ["–", "7,5"]]
    assert terapkan(u, bidang, now) == 2
    indikator.refresh_from_db()
    assert (indikator.nama, indikator.is_aktif) == ("Cakupan baru", False)
    assert Target.objects.get(indikator=indikator, triwulan=3).nilai == 95
    capaian.refresh_from_db()
    assert capaian.target_nilai == 90


def test_an_emptied_target_goes_and_is_no_zero(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    TargetRenstra.objects.create(indikator=indikator, tahun=2029, nilai=1)
    u = unggah(buku(bidang.instansi, isi(Target_D4=None, TR_F4="-")))
    assert terapkan(u, bidang, now) == 2
    assert not Target.objects.exists()
    assert not TargetRenstra.objects.exists()


def test_every_fault_is_named_by_cell_and_rows_below_a_faulty_parent_wait(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    def ubah(kerja: Workbook) -> None:
        kerja["Tujuan"].append(["T2", None, 2029, 2025])
        kerja["Sasaran"].append(["9", "T2", "Menunggu"])
        kerja["Sasaran"].append(["8", "T7", "Induk asing"])
        kerja["Sasaran"].append(["1", "A", "Kembar"])
        kerja["Indikator"].append(["9.1", "9", "Ikut menunggu", "orang", "P2P"])
        salah = ["1.3", "1", "=A1", "#REF!", "ZZZ", "apa saja", "ordinal", None, 90, -1, 1e308]
        salah += [None, None, "mungkin", "tujuh", *[None] * 4, "bagi", 0, "Pembilang: A"]
        kerja["Indikator"].append(salah)
        kerja["Target"]["D4"] = -5
        kerja["Target"]["C4"] = "20-10"
        kerja["Target"]["E4"] = 1e15
        kerja["Target"].append(["1.9", 1])
        kerja["Program"].append(["1.02", "Bukan kode"])
        kerja["Program"].append(["1.02.03.2.01", "Tanpa induk", "1.7", None, -1])

    u = unggah(buku(bidang.instansi, ubah))
    ada = galat(u)
    harap = [
        "Tujuan!B5: Uraian belum diisi.",
        "Tujuan!D5: Tahun akhir lebih kecil",
        "Sasaran!A5: Menunggu Tujuan!A5 diperbaiki",
        "Sasaran!B6: Tujuan berkode “T7” tidak ada",
        "Sasaran!A7: Kode ini ada dua kali, juga pada baris 4.",
        "Indikator!A5: Menunggu Sasaran!A5 diperbaiki",
        "Indikator!C6: Sel berisi rumus",
        "Indikator!D6: Sel berisi galat Excel #REF!",
        "Indikator!E6: Unit “ZZZ” tidak ada di instansi ini",
        "Indikator!F6: Pilih salah satu: Realisasi dibagi target",
        "Indikator!I6: Batas capaian paling rendah 100.",
        "Indikator!J6: Tidak dapat kurang dari nol.",
        "Indikator!K6: Angkanya terlalu besar.",
        "Indikator!M6: Tulis tingkatnya",
        "Indikator!N6: Isi dengan Ya atau Tidak.",
        "Indikator!O6: Desimal harus bilangan bulat sampai 6.",
        "Indikator!T6: Realisasi dari komponen selalu angka",
        "Indikator!U6: Pengali harus lebih dari nol.",
        "Indikator!V6: ",
        "Target!D4: Target indikator ini tidak dapat kurang dari nol.",
        "Target!C4: Batas atas rentang harus lebih besar",
        "Target!E4: Angkanya terlalu panjang",
        "Target!A5: Indikator berkode “1.9” tidak ada",
        "Program!A4: Tulis seperti 1.02.02",
        "Program!E5: Pagu tidak dapat kurang dari nol.",
        "Program!C5: Sasaran berkode “1.7” tidak ada",
        "Program!A5: Belum ada 1.02.03 pada tahun 2026.",
    ]
    for kalimat in harap:
        assert any(g.startswith(kalimat) for g in ada), (kalimat, ada)
    assert len(ada) == len(harap), ada
    tahan = [b["hasil"] for b in u.baris if b["lembar"] in ("Sasaran", "Indikator")]
    assert tahan == ["tetap", "tahan", "galat", "galat", "tetap", "tahan", "galat"]
    with pytest.raises(IsianTidakSah, match="baris bergalat"):
        terapkan(u, bidang, now)
    assert terapkan(u, bidang, now, hanya_sah=True) == 0
    assert Sasaran.objects.count() == 1


def test_a_code_that_two_rows_share_is_asked_for_with_its_parent(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    IndikatorFactory(
        kode="1.1", unit=bidang.unit, sasaran__kode="2", sasaran__tujuan=indikator.sasaran.tujuan
    )
    format_ = load_workbook(io.BytesIO(write_rencana(bidang.instansi, 2026)))
    assert [format_["Target"][f"A{n}"].value for n in (4, 5)] == ["1/1.1", "2/1.1"]
    u = unggah(buku(bidang.instansi, isi(Target_A4="1.1")))
    assert galat(u)[0].endswith("lebih dari satu; tulis dengan induknya: 1/1.1, 2/1.1.")


def test_parts_and_labels_of_an_indikator_come_and_go(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    bagi = "Pembilang dibagi penyebut, dikali pengali"
    isian = {"T4": bagi, "U4": 1000, "V4": "pembilang:  Lulus\nPenyebut: Semua", "W4": "IKU; IKD"}
    sel = {f"Indikator_{alamat}": nilai for alamat, nilai in isian.items()}
    terapkan(unggah(buku(bidang.instansi, isi(**sel))), bidang, now)
    indikator.refresh_from_db()
    assert (indikator.susunan, indikator.pengali) == ("bagi", 1000)
    assert list(indikator.komponen.values_list("nama", flat=True)) == ["Lulus", "Semua"]
    assert set(indikator.label.values_list("nama", flat=True)) == {"IKU", "IKD"}
    assert {b["hasil"] for b in unggah(buku(bidang.instansi)).baris} == {"tetap"}
    tanpa = isi(Indikator_T4=None, Indikator_V4=None, Indikator_W4=None)
    terapkan(unggah(buku(bidang.instansi, tanpa)), bidang, now)
    assert not indikator.komponen.exists()
    assert not indikator.label.exists()
