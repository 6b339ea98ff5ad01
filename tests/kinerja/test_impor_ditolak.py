"""A plan from Excel refused: stale, of something else, incomplete, by the wrong person."""

import io
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from kinerja.models import Indikator, Program, Sasaran, Tujuan, UnggahanRencana
from kinerja.selectors.tabel_rencana import get_keadaan
from kinerja.services.impor_rencana import apply_rencana, receive_rencana
from organisasi.models import Jejak, UnitKerja
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.kinerja import IndikatorFactory, TargetFactory, TujuanFactory
from tests.factories.organisasi import InstansiFactory, UnitKerjaFactory
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


def test_a_stale_row_is_refused_and_its_neighbours_are_not(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    IndikatorFactory(sasaran=indikator.sasaran, unit=bidang.unit, kode="1.2")

    def ubah(kerja: Workbook) -> None:
        kerja["Indikator"]["C4"] = "Nama dari berkas"
        kerja["Indikator"]["C5"] = "Nama lain"
        kerja["Indikator"].append(["1.3", "1", "Baru juga di sini", "orang", "P2P"])
        kerja["Indikator"].append(["1.4", "1", "Dihapus di sana", "orang", "P2P"])
        kerja["Identitas"].append(["Indikator", "0" * 16, "A", "1", "1.4"])

    berkas = buku(bidang.instansi, ubah)
    Indikator.objects.filter(kode="1.1").update(nama="Nama orang lain")
    IndikatorFactory(sasaran=indikator.sasaran, unit=bidang.unit, kode="1.3")
    u = unggah(berkas)
    assert galat(u) == [
        "Indikator!A4: Sudah diubah orang lain sejak format diunduh.",
        "Indikator!A6: Sudah ditambahkan orang lain sejak format diunduh.",
        "Indikator!A7: Sudah dihapus orang lain sejak format diunduh.",
    ]
    assert terapkan(u, bidang, now, hanya_sah=True) == 1
    assert Indikator.objects.get(kode="1.1").nama == "Nama orang lain"
    assert Indikator.objects.get(kode="1.2").nama == "Nama lain"


def test_what_changed_between_check_and_saving_refuses_the_whole(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    u = unggah(buku(bidang.instansi, isi(Tujuan_B4="Uraian baru", Indikator_C4="Baru")))
    Indikator.objects.filter(pk=indikator.pk).update(satuan="orang")
    with pytest.raises(TransisiDitolak, match=r"Indikator 1.1 berubah sejak berkas diperiksa"):
        terapkan(u, bidang, now)
    assert Tujuan.objects.get().uraian != "Uraian baru"
    assert not Jejak.objects.filter(aksi="kinerja.rencana.import").exists()


def test_a_code_of_another_period_refuses_the_whole(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    Tujuan.objects.create(
        instansi=bidang.instansi, kode="A", uraian="Lama", tahun_awal=2020, tahun_akhir=2024
    )
    u = unggah(buku(bidang.instansi, isi(Tujuan_C4=2020, Indikator_C4="Baru")))
    with pytest.raises(IsianTidakSah, match="di luar tahun 2026"):
        terapkan(u, bidang, now)
    assert Indikator.objects.get().nama == "Cakupan imunisasi"


def test_missing_sheets_columns_and_rows_are_told_and_left_alone(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    def ubah(kerja: Workbook) -> None:
        del kerja["Program"]
        kerja["Sasaran"].delete_rows(1, 4)
        kerja["Indikator"].delete_cols(6, 20)
        kerja["Indikator"].delete_cols(4)
        kerja["Indikator"].append(["1.9", "1", "Tanpa satuan", "P2P"])
        kerja["Target"].delete_rows(4)

    u = unggah(buku(bidang.instansi, ubah))
    assert [c.split(":")[0] for c in u.catatan[:2]] == [
        "Lembar Sasaran", "Lembar Indikator"
    ]  # fmt: skip
    assert "Lembar Program tidak ada dalam berkas, jadi tidak diimpor." in u.catatan
    assert "Target: 1 baris yang ada di aplikasi tidak ada dalam berkas; dibiarkan." in u.catatan
    assert galat(u) == ["Indikator: Baris baru perlu kolom Satuan."]
    assert pilih(u, "Indikator")[0]["hasil"] == "tetap"
    assert terapkan(u, bidang, now, hanya_sah=True) == 0


@pytest.mark.parametrize(
    ("sel", "kata"),
    [
        ({"Identitas_B1": "lain"}, "bentuk lain"),
        ({"Identitas_B2": "kota-lain"}, r"milik instansi lain \(kota-lain\)"),
        ({"Identitas_B3": None}, r"untuk tahun kosong"),
    ],
)
def test_a_workbook_of_something_else_is_refused(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, sel: dict[str, Any], kata: str
) -> None:
    u = unggah(buku(bidang.instansi, isi(**sel)))
    assert u.status == "gagal"
    with pytest.raises(AssertionError, match=kata):
        galat(u)


def test_a_workbook_without_its_sheets_or_rows_is_refused(bidang: Bidang, unggah: Unggah) -> None:
    polos = io.BytesIO()
    Workbook().save(polos)
    assert "lembar “Identitas” tidak ada" in unggah(polos.getvalue()).pesan
    assert "tidak berisi baris" in unggah(buku(bidang.instansi)).pesan
    assert "Excel lama (.xls)" in unggah(b"\xd0\xcf\x11\xe0 apa saja").pesan


def test_nobody_else_plans_for_the_office(
    bidang: Bidang, indikator: Indikator, unggah: Unggah, now: datetime
) -> None:
    u = unggah(buku(bidang.instansi, isi(Indikator_C4="Baru")))
    for orang in (bidang.pengisi, bidang.orang_luar):
        with pytest.raises(AksesDitolak):
            apply_rencana(unggahan_id=u.pk, hanya_sah=False, aktor=orang.pengguna, now=now)
        with pytest.raises(AksesDitolak):
            receive_rencana(
                unggahan=UnggahanRencana(instansi=bidang.instansi, jenis="rencana", tahun=2026),
                berkas=SimpleUploadedFile("rencana.xlsx", b"x"),
                aktor=orang.pengguna,
                now=now + timedelta(seconds=1),
            )
    assert UnggahanRencana.objects.count() == 1


def test_units_of_other_offices_are_strangers(
    bidang: Bidang, indikator: Indikator, unggah: Unggah
) -> None:
    UnitKerjaFactory(instansi=InstansiFactory(), kode="ASING")
    u = unggah(buku(bidang.instansi, isi(Indikator_E4="ASING")))
    assert galat(u) == ["Indikator!E4: Unit “ASING” tidak ada di instansi ini (ada: P2P, "
                        + f"{get_keadaan(bidang.instansi, 2026).unit[1]})."]  # fmt: skip


def test_what_would_not_fit_into_its_column_is_named_before_anything_is_saved(
    bidang: Bidang, indikator: Indikator, unggah: Unggah
) -> None:
    sel = isi(Tujuan_C4=202, Indikator_I4=12345, Indikator_J4=0.125, Indikator_U4=10**11)
    panjang = isi(Indikator_W4=f"IKU; {'x' * 31}")

    def ubah(kerja: Workbook) -> None:
        sel(kerja)
        panjang(kerja)

    assert galat(unggah(buku(bidang.instansi, ubah))) == [
        "Tujuan!C4: Tahun harus antara 2000 dan 2100.",
        "Indikator!I4: Paling banyak 4 angka di depan koma dan 2 di belakangnya.",
        "Indikator!J4: Paling banyak 4 angka di depan koma dan 2 di belakangnya.",
        "Indikator!U4: Paling banyak 10 angka di depan koma dan 4 di belakangnya.",
        "Indikator!W4: Satu label paling panjang 30 huruf.",
    ]


def test_a_parent_removed_between_check_and_saving_refuses_the_whole(
    bidang: Bidang, unggah: Unggah, now: datetime
) -> None:
    tujuan = TujuanFactory(instansi=bidang.instansi, kode="A")

    def ubah(kerja: Workbook) -> None:
        kerja["Sasaran"].append(["1", "A", "Sasaran baru"])

    u = unggah(buku(bidang.instansi, ubah))
    tujuan.delete()
    with pytest.raises(TransisiDitolak, match="A dihapus sejak berkas diperiksa"):
        terapkan(u, bidang, now)
    assert not Sasaran.objects.exists()


def test_a_unit_whose_code_changed_between_check_and_saving_refuses_the_whole(
    bidang: Bidang, unggah: Unggah, now: datetime
) -> None:
    TujuanFactory(instansi=bidang.instansi, kode="A")

    def ubah(kerja: Workbook) -> None:
        kerja["Program"].append(["1.02.02", "Program baru", None, bidang.unit.kode])

    u = unggah(buku(bidang.instansi, ubah))
    UnitKerja.objects.filter(pk=bidang.unit.pk).update(kode="LAIN")
    with pytest.raises(TransisiDitolak, match=f"{bidang.unit.kode} dihapus sejak"):
        terapkan(u, bidang, now)
    assert not Program.objects.exists()
