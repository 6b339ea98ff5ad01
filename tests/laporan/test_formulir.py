"""The capaian form as the turn of a unit, through its page."""

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kinerja.models import Bukti, Capaian, FormulirCapaian
from laporan.models import Draf, Tugas
from laporan.services.draf import LaporanBaru
from organisasi.models import Pengguna
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif, nomor_kini

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> KantorContoh:
    """Dinas Kesehatan Kabupaten Mojokerto."""
    return load_kantor("dinkes-mojokerto", now)


@pytest.fixture
def draf(kantor: KantorContoh) -> Draf:
    """A draft that waits for the figures of five units."""
    draf = kantor.start(LaporanBaru("triwulan", 2026, 3))
    while nomor_kini(draf) != 5:
        for tugas in aktif(draf):
            draf = kantor.work(tugas)
    return draf


def giliran(kantor: KantorContoh, draf: Draf, unit: str) -> tuple[Tugas, Pengguna, str]:
    """Turn of a unit, its holder, its page."""
    tugas = next(t for t in aktif(draf) if t.unit and t.unit.kode == unit)
    return tugas, kantor.mandat(tugas).pengguna, reverse("laporan:work-tugas", args=[tugas.pk])


def isian(tugas: Tugas, angka: str, **lain: str) -> dict[str, object]:
    """The whole grid as a browser posts it."""
    baris = Capaian.objects.filter(formulir=tugas.formulir)
    data: dict[str, object] = {f"realisasi-{c.pk}": angka for c in baris}
    ruas = ("penjelasan", "kendala", "solusi", "rencana")
    data |= {f"{n}-{c.pk}": "Sebab." for c in baris for n in ruas}
    data |= {f"versi-{c.pk}": str(c.versi) for c in baris}
    return data | lain


def test_units_see_their_own_indicators_only(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    _tugas, orang, alamat = giliran(kantor, draf, "P2P")
    client.force_login(orang)
    isi = client.get(alamat).content.decode()
    assert "Keberhasilan pengobatan tuberkulosis" in isi
    assert "Prevalensi stunting" not in isi


def test_unreadable_figures_are_named_and_the_rest_is_kept(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, orang, alamat = giliran(kantor, draf, "P2P")
    client.force_login(orang)
    data = isian(tugas, "1.234,5", aksi="teruskan")
    salah = next(n for n in data if n.startswith("realisasi-"))
    jawab = client.post(alamat, data | {salah: "sembilan"})
    isi = jawab.content.decode()
    assert jawab.status_code == 422
    assert 'value="sembilan"' in isi
    assert "Isi dengan angka, contoh 91,4." in isi
    pk = salah.partition("-")[2]
    assert re.search(rf'<li>\s*<a href="#galat-{pk}">[^<]*Isi dengan angka', isi)
    assert f'id="galat-{pk}"' in isi
    terisi = Capaian.objects.filter(formulir=tugas.formulir, realisasi="1234.5").count()
    assert terisi == Capaian.objects.filter(formulir=tugas.formulir).count() - 1


def test_incomplete_form_lists_what_is_missing(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, orang, alamat = giliran(kantor, draf, "KESMAS")
    client.force_login(orang)
    kosong = {n: "" for n in isian(tugas, "") if not n.startswith("versi")}
    jawab = client.post(alamat, kosong | {"aksi": "teruskan"})
    assert jawab.status_code == 422
    assert "Belum dapat dikirim" in jawab.content.decode()
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"


def test_saving_keeps_the_turn_and_sending_closes_it_once(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, orang, alamat = giliran(kantor, draf, "YANKES")
    client.force_login(orang)
    assert client.post(alamat, isian(tugas, "91.4", aksi="simpan"))["Location"] == alamat
    assert Tugas.objects.get(pk=tugas.pk).status == "aktif"
    kirim = isian(tugas, "91.4", aksi="teruskan", kunci="klik-ganda-77", hasil="lanjut")
    assert client.post(alamat, kirim).status_code == 302
    assert client.post(alamat, kirim).status_code == 302  # double click
    assert Tugas.objects.get(pk=tugas.pk).status == "selesai"
    assert tugas.formulir_id
    assert FormulirCapaian.objects.get(pk=tugas.formulir_id).status == "diajukan"


def test_wrong_evidence_is_refused_and_figures_stay(
    client: Client, kantor: KantorContoh, draf: Draf
) -> None:
    tugas, orang, alamat = giliran(kantor, draf, "SET")
    client.force_login(orang)
    baris = Capaian.objects.filter(formulir=tugas.formulir).first()
    assert baris is not None
    palsu = SimpleUploadedFile("laporan.pdf", b"MZ\x90\x00 bukan pdf")
    jawab = client.post(
        alamat, isian(tugas, "80") | {"aksi": "teruskan", f"bukti-{baris.pk}": palsu}
    )
    assert jawab.status_code == 422
    assert "laporan.pdf" in jawab.content.decode()
    assert not Bukti.objects.exists()
    assert Capaian.objects.get(pk=baris.pk).realisasi == 80
