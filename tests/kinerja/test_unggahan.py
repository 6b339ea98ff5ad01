"""Excel there and back: what a workbook would change, and that nothing is half applied."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError
from openpyxl import load_workbook
from pytest_django import DjangoCaptureOnCommitCallbacks

from kinerja.models import Capaian, FormulirCapaian, UnggahanCapaian
from kinerja.services import antrean, lembar_baca
from kinerja.services.antrean import sweep
from kinerja.services.lembar_capaian import write_lembar
from kinerja.services.unggahan import (
    apply_unggahan,
    check_unggahan,
    receive_unggahan,
)
from kinerja.tasks import edarkan_unggahan, periksa_unggahan
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.lembar import Buku, Jenis, LembarTidakTerbaca, Sel, read_buku
from sakip.common.perantara import PERANTARA
from tests.factories.kinerja import IndikatorFactory, make_baris
from tests.factories.organisasi import UnitKerjaFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
Ubah = dict[str, object]


@pytest.fixture
def baris(bidang: Bidang) -> list[Capaian]:
    """Four rows of a form that can be filled in."""
    return make_baris(bidang.unit, ("90", "88"), ("90", None), ("90", None), ("90", None))


@pytest.fixture(autouse=True)
def terkirim(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids handed to the broker, which is not there."""
    pk: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda _n, args, **_k: pk.extend(args))
    return pk


def buku(formulir: FormulirCapaian, **sel: Any) -> bytes:
    """The workbook of the form with some cells changed: F5="91,4"; x_B1 is of the identity."""
    isi = load_workbook(io.BytesIO(write_lembar(formulir)))
    for alamat, nilai in sel.items():
        lembar = isi["Identitas"] if alamat.startswith("x_") else isi["Capaian"]
        lembar[alamat.removeprefix("x_")] = nilai
    keluar = io.BytesIO()
    isi.save(keluar)
    return keluar.getvalue()


@pytest.fixture
def unggah(bidang: Bidang, now: datetime) -> Callable[[FormulirCapaian, bytes], UnggahanCapaian]:
    """Upload bytes for a form and check them."""

    def kirim(formulir: FormulirCapaian, isi: bytes) -> UnggahanCapaian:
        unggahan = receive_unggahan(
            formulir_id=formulir.pk,
            berkas=SimpleUploadedFile("isian.xlsx", isi),
            aktor=bidang.aktor,
            sebagai=bidang.pengisi,
            now=now,
        )
        check_unggahan(unggahan_id=unggahan.pk)
        return UnggahanCapaian.objects.get(pk=unggahan.pk)

    return kirim


@pytest.fixture
def kirim(baris: list[Capaian], bidang: Bidang, now: datetime) -> Callable[[], UnggahanCapaian]:
    """Upload the workbook of the form as it is, and leave it unchecked."""

    def lakukan() -> UnggahanCapaian:
        return receive_unggahan(
            formulir_id=baris[0].formulir_id,
            berkas=SimpleUploadedFile("isian.xlsx", buku(baris[0].formulir)),
            aktor=bidang.aktor,
            sebagai=bidang.pengisi,
            now=now,
        )

    return lakukan


Unggah = Callable[[FormulirCapaian, bytes], UnggahanCapaian]
Kirim = Callable[[], UnggahanCapaian]


def terapkan(u: UnggahanCapaian, bidang: Bidang, now: datetime, *, hanya_sah: bool = False) -> int:
    return apply_unggahan(
        unggahan_id=u.pk,
        hanya_sah=hanya_sah,
        aktor=bidang.aktor,
        sebagai=bidang.pengisi,
        now=now,
    )


def test_the_workbook_is_locked_but_for_the_cells_to_fill_in(baris: list[Capaian]) -> None:
    Capaian.objects.filter(pk=baris[1].pk).update(catatan_pemeriksa="Cocokkan.")
    Capaian.objects.filter(pk=baris[2].pk).update(periksa="sesuai")
    isi = load_workbook(io.BytesIO(write_lembar(baris[0].formulir)))
    lembar = isi["Capaian"]
    assert lembar.protection.sheet
    assert isi["Identitas"].sheet_state == "hidden"
    assert lembar.column_dimensions["I"].hidden
    terbuka = {
        sel.coordinate
        for larik in lembar.iter_rows(min_row=5)
        for sel in larik
        if not sel.protection.locked
    }
    assert terbuka == {f"{k}{b}" for b in (5, 6, 8) for k in "FGJKL"} | {"H6"}


def test_unchanged_workbook_changes_nothing(
    baris: list[Capaian], unggah: Unggah, bidang: Bidang, now: datetime
) -> None:
    u = unggah(baris[0].formulir, buku(baris[0].formulir))
    assert (u.status, {b["hasil"] for b in u.baris}) == ("siap", {"tetap"})
    halaman = render_to_string("kinerja/_unggahan.html", {"unggahan": u, "formulir": u.formulir})
    assert "Tidak ada yang perlu disimpan." in halaman
    assert terapkan(u, bidang, now) == 0


def test_changes_are_shown_old_beside_new_then_kept_once(
    baris: list[Capaian], unggah: Unggah, bidang: Bidang, now: datetime
) -> None:
    u = unggah(baris[0].formulir, buku(baris[0].formulir, F5=91.25, G6="Data\nmenyusul\xa0."))
    satu, dua = u.baris[:2]
    assert (satu["lama"], satu["baru"], satu["hasil"]) == ("88", "91,25", "ubah")
    assert dua["hasil"] == "ubah"
    assert terapkan(u, bidang, now) == 2
    assert Capaian.objects.get(pk=baris[0].pk).realisasi == Decimal("91.25")
    with pytest.raises(TransisiDitolak, match="sudah disimpan"):
        terapkan(u, bidang, now)


def test_five_kinds_of_fault_are_named_by_cell_and_only_valid_rows_kept(
    baris: list[Capaian], unggah: Unggah, bidang: Bidang, now: datetime
) -> None:
    formulir = baris[0].formulir
    lain = IndikatorFactory(
        unit=UnitKerjaFactory(instansi=bidang.instansi, nama="Bidang Kesmas"), kode="K-01"
    )
    assert lain.pk
    isi = buku(
        formulir,
        F5=91,
        F6="seratus",
        F7="=1+1",
        F8=-5,
        B9="K-01",
        F9=3,
        B10="P2P-99",
        F10=3,
        B11=baris[0].indikator.kode,
        F11=2,
    )
    u = unggah(formulir, isi)
    pesan = {b["baris"]: f"{b['alamat']}: {b['pesan']}" for b in u.baris if b["hasil"] == "galat"}
    assert sorted(pesan) == [6, 7, 8, 9, 10, 11]
    assert pesan[6] == "Capaian!F6: Isi dengan angka, contoh 91,4."
    assert "berisi rumus" in pesan[7]
    assert "tidak dapat kurang dari nol" in pesan[8]
    assert pesan[9] == "Capaian!B9: Kode K-01 milik Bidang Kesmas, bukan unit ini."
    assert "“P2P-99” tidak ada" in pesan[10]
    assert "ada dua kali, juga pada baris 5" in pesan[11]
    with pytest.raises(IsianTidakSah, match="6 baris bergalat"):
        terapkan(u, bidang, now)
    assert Capaian.objects.get(pk=baris[0].pk).realisasi == 88
    assert terapkan(u, bidang, now, hanya_sah=True) == 1
    assert Capaian.objects.get(pk=baris[0].pk).realisasi == 91
    assert Capaian.objects.filter(realisasi=None).count() == 3


def test_odd_cells_are_named(baris: list[Capaian], unggah: Unggah) -> None:
    formulir = baris[0].formulir
    isi = buku(formulir, F5=1e308, F6="#DIV/0!", F7=0.914, G8="x" * 6000)
    kerja = load_workbook(io.BytesIO(isi))
    kerja["Capaian"]["F7"].number_format = "0.0%"
    keluar = io.BytesIO()
    kerja.save(keluar)
    u = unggah(formulir, keluar.getvalue())
    satu, dua, tiga, empat = u.baris
    assert satu["pesan"] == "Angkanya terlalu besar."
    assert "#DIV/0!" in dua["pesan"]
    assert (tiga["hasil"], tiga["baru"]) == ("ubah", "91,4")
    assert (empat["alamat"], empat["hasil"]) == ("Capaian!G8", "galat")


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"x_B1": "lain"}, "dari bentuk lain"),
        ({"x_B2": "dinkes/SDK"}, "milik unit lain"),
        ({"x_B3": "2025-3"}, "periode lain"),
        ({"x_B4": "7"}, "basi"),
    ],
)
def test_workbooks_of_another_form_are_refused(
    baris: list[Capaian], unggah: Unggah, ubah: Ubah, pesan: str
) -> None:
    u = unggah(baris[0].formulir, buku(baris[0].formulir, F5=99, **ubah))
    assert u.status == "gagal"
    assert pesan in u.pesan


def test_other_files_are_refused_with_what_to_do(baris: list[Capaian], unggah: Unggah) -> None:
    kosong = load_workbook(io.BytesIO(write_lembar(baris[0].formulir)))
    kosong["Capaian"].delete_rows(5, 10)
    polos, tanpa = io.BytesIO(), io.BytesIO()
    kosong.save(tanpa)
    del kosong["Identitas"]
    kosong.save(polos)
    for isi, pesan in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel lama"),
        (b"bukan apa-apa", "bukan Excel"),
        (polos.getvalue(), "bukan format capaian"),
        (tanpa.getvalue(), "tidak berisi baris"),
    ):
        u = unggah(baris[0].formulir, isi)
        assert u.status == "gagal"
        assert pesan in u.pesan


def test_a_stale_row_is_a_fault_and_a_later_change_keeps_everything_out(
    baris: list[Capaian], unggah: Unggah, bidang: Bidang, now: datetime
) -> None:
    formulir = baris[0].formulir
    isi = buku(formulir, F5=91, F6=92)
    u = unggah(formulir, isi)
    Capaian.objects.filter(pk=baris[1].pk).update(realisasi=70, versi=1)
    with pytest.raises(TransisiDitolak, match="tidak ada yang disimpan"):
        terapkan(u, bidang, now)
    assert Capaian.objects.get(pk=baris[0].pk).realisasi == 88
    basi = unggah(formulir, isi)
    assert basi.baris[1]["pesan"] == "Sudah diubah orang lain sejak format diunduh."


def test_locked_rows_and_broken_versions_are_not_overwritten(
    baris: list[Capaian], unggah: Unggah
) -> None:
    formulir = baris[0].formulir
    isi = buku(formulir, F5=91, F6=92, I6="?")
    Capaian.objects.filter(pk=baris[0].pk).update(periksa="sesuai")
    u = unggah(formulir, isi)
    assert "Sudah diverifikasi" in u.baris[0]["pesan"]
    assert u.baris[1]["hasil"] == "galat"


def test_levels_are_chosen_from_a_list(bidang: Bidang, unggah: Unggah) -> None:
    (c,) = make_baris(bidang.unit, ("4", None))
    i = c.indikator
    i.jenis_nilai, i.tingkatan = "ordinal", "WTP = 4\nWDP = 3"
    i.save()
    Capaian.objects.filter(pk=c.pk).update(jenis_nilai="ordinal", tingkatan=i.tingkatan)
    isi = load_workbook(io.BytesIO(write_lembar(c.formulir)))
    assert isi["Capaian"].data_validations.dataValidation[0].formula1 == '"WTP,WDP"'
    u = unggah(c.formulir, buku(c.formulir, F5="wdp"))
    assert (u.baris[0]["baru"], u.baris[0]["hasil"]) == ("WDP", "ubah")


def test_only_the_unit_uploads_while_the_form_is_open(
    baris: list[Capaian], bidang: Bidang, now: datetime
) -> None:
    pk = baris[0].formulir_id
    satu = {"formulir_id": pk, "now": now}
    berkas = SimpleUploadedFile("a.xlsx", b"x")
    for p in (bidang.kolega, bidang.perencana):
        with pytest.raises(AksesDitolak):
            receive_unggahan(berkas=berkas, aktor=p.pengguna, sebagai=p, **satu)  # type: ignore[arg-type]  # test shorthand
    oleh = {"aktor": bidang.aktor, "sebagai": bidang.pengisi}
    with pytest.raises(IsianTidakSah, match="Pilih dahulu"):
        receive_unggahan(berkas=SimpleUploadedFile("a.xlsx", b""), **oleh, **satu)  # type: ignore[arg-type]  # test shorthand
    besar = SimpleUploadedFile("a.xlsx", bytes(5_000_001))
    with pytest.raises(IsianTidakSah, match="5 MB"):
        receive_unggahan(berkas=besar, **oleh, **satu)  # type: ignore[arg-type]  # test shorthand
    assert not UnggahanCapaian.objects.exists()


def test_uploads_are_queued_after_the_commit(
    kirim: Kirim,
    terkirim: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        u = kirim()
    assert terkirim == [u.pk]
    assert UnggahanCapaian.objects.get(pk=u.pk).dikirim_pada


def test_a_broker_that_is_down_loses_no_upload(
    kirim: Kirim, terkirim: list[int], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    def mati(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("down")

    u = kirim()
    with monkeypatch.context() as sebentar:
        sebentar.setattr(current_app, "send_task", mati)
        sweep(UnggahanCapaian, now=now)
    assert terkirim == []
    PERANTARA.reset()
    assert sweep(UnggahanCapaian, now=now) == 1
    assert sweep(UnggahanCapaian, now=now) == 0
    assert sweep(UnggahanCapaian, now=now + timedelta(minutes=2)) == 1
    assert terkirim == [u.pk, u.pk]
    edarkan_unggahan.run()
    for _kali in range(2):
        periksa_unggahan.run(u.pk)
    assert UnggahanCapaian.objects.get(pk=u.pk).status == "siap"


def test_a_check_that_comes_too_late_changes_nothing(
    kirim: Kirim, monkeypatch: pytest.MonkeyPatch
) -> None:
    u = kirim()
    asli = read_buku

    def lambat(isi: bytes) -> Buku:
        monkeypatch.setattr(antrean, "read_buku", asli)
        check_unggahan(unggahan_id=u.pk)  # another worker is faster
        raise LembarTidakTerbaca("rusak")

    monkeypatch.setattr(antrean, "read_buku", lambat)
    check_unggahan(unggahan_id=u.pk)
    assert UnggahanCapaian.objects.get(pk=u.pk).status == "siap"


def test_a_lost_file_is_named(kirim: Kirim) -> None:
    u = kirim()
    u.berkas.storage.delete(str(u.berkas.name))
    check_unggahan(unggahan_id=u.pk)
    u = UnggahanCapaian.objects.get(pk=u.pk)
    assert u.pesan == "Berkasnya tidak ada lagi. Unggah kembali."


def test_pages_lead_from_download_to_saved_rows(
    client: Client, baris: list[Capaian], bidang: Bidang
) -> None:
    formulir = baris[0].formulir
    client.force_login(bidang.aktor)
    unduh = client.get(reverse("kinerja:download-lembar", args=[formulir.pk]))
    assert "capaian-p2p-2026-tw3.xlsx" in unduh["Content-Disposition"]
    alamat = reverse("kinerja:upload-lembar", args=[formulir.pk])
    assert client.post(alamat)["Location"] == formulir.get_absolute_url()
    berkas = SimpleUploadedFile("isian.xlsx", buku(formulir, F5=91, F6="seratus"))
    halaman = client.post(alamat, {"berkas": berkas})["Location"]
    assert "Berkas sedang diperiksa" in client.get(halaman).content.decode()
    u = UnggahanCapaian.objects.get()
    check_unggahan(unggahan_id=u.pk)
    isi = client.get(halaman, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in isi
    assert "Ada 1 galat" in isi
    assert "Simpan 1 perubahan yang sah" in isi
    simpan = reverse("kinerja:apply-unggahan", args=[u.pk])
    assert client.post(simpan, {"pilihan": "sah"})["Location"] == formulir.get_absolute_url()
    assert "1 baris disimpan." in client.get(halaman).content.decode()


def test_colleagues_of_other_units_and_strangers_do_not_see_an_upload(
    client: Client, baris: list[Capaian], unggah: Unggah, bidang: Bidang
) -> None:
    u = unggah(baris[0].formulir, buku(baris[0].formulir))
    for p, status in ((bidang.kolega, 403), (bidang.orang_luar, 404)):
        client.force_login(p.pengguna)
        assert client.get(u.get_absolute_url()).status_code == status


def test_blank_rows_between_are_passed_over(baris: list[Capaian], unggah: Unggah) -> None:
    u = unggah(baris[0].formulir, buku(baris[0].formulir, B12="X-1"))
    assert [b["baris"] for b in u.baris] == [5, 6, 7, 8, 12]


def test_a_figure_that_is_none_is_named(baris: list[Capaian]) -> None:
    with pytest.raises(ValueError, match="Isi dengan angka"):
        lembar_baca._read_sel(Sel(Jenis.ANGKA, "1,2,3"))


def test_a_day_in_a_cell_is_read_as_the_day() -> None:
    assert lembar_baca._read_sel(Sel(Jenis.TANGGAL, "2026-06-30")) == "2026-06-30"
