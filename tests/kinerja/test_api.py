"""The read-only interface: verified figures of one office, to whoever has its key."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian, Indikator
from organisasi.services.kunci_api import create_kunci
from tests.factories.kinerja import make_baris
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


@pytest.fixture
def tajuk(bidang: Bidang) -> dict[str, str]:
    """Header with a key of the office."""
    kini = datetime.now(tz=bidang.instansi.zona_waktu)
    pengelola = PenugasanFactory.create(
        jabatan=JabatanFactory(instansi=bidang.instansi, tingkat="pengelola")
    )
    _kunci, token = create_kunci(
        instansi_id=bidang.instansi.pk,
        nama="Portal",
        berlaku_sampai=kini.date() + timedelta(days=9),
        aktor=pengelola.pengguna,
        now=kini,
    )
    return {"Authorization": f"Bearer {token}"}


def ambil(client: Client, alamat: str, tajuk: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    """The answer, parsed."""
    jawab = client.get(f"/api/v1/{alamat}", headers=tajuk)
    assert jawab.status_code == 200, jawab.content
    return jawab.json()


def test_verified_figures_come_out_with_every_digit(
    client: Client, bidang: Bidang, tajuk: dict[str, str]
) -> None:
    make_baris(bidang.unit, ("90", "88.2"), ("3", "1"), ("5", None), diverifikasi=True)
    satu, dua, kosong = ambil(client, "capaian?tahun=2026&triwulan=3", tajuk)
    assert (satu["target"], satu["realisasi"], satu["capaian_persen"]) == ("90", "88.2", "98")
    assert dua["capaian_persen"] == "33.333333"
    assert (kosong["realisasi"], kosong["capaian_persen"]) == ("", "")
    assert satu["diverifikasi_pada"].endswith("+07:00")
    assert ambil(client, "instansi", tajuk)["tahun"] == [2026]


def test_what_is_not_verified_or_of_another_office_stays_inside(
    client: Client, bidang: Bidang, tajuk: dict[str, str]
) -> None:
    make_baris(bidang.unit, ("90", "88"), diajukan=True)
    make_baris(UnitKerjaFactory.create(), ("90", "88"), diverifikasi=True)
    assert ambil(client, "capaian?tahun=2026", tajuk) == []
    assert len(ambil(client, "indikator", tajuk)) == 1


@pytest.mark.parametrize("tajuk_salah", [{}, {"Authorization": "Bearer x"}], ids=["kosong", "x"])
def test_without_a_key_there_is_nothing(client: Client, tajuk_salah: dict[str, str]) -> None:
    jawab = client.get("/api/v1/capaian?tahun=2026", headers=tajuk_salah)
    assert jawab.status_code == 401
    assert "Kunci API" in jawab.json()["pesan"]


@pytest.mark.parametrize("tanya", ["", "?tahun=x", "?tahun=2026&triwulan=5", f"?tahun={'9' * 40}"])
def test_parameters_that_cannot_be_read_are_named(
    client: Client, tajuk: dict[str, str], tanya: str
) -> None:
    jawab = client.get(f"/api/v1/capaian{tanya}", headers=tajuk)
    assert jawab.status_code == 422
    assert "Parameter tidak terbaca" in jawab.json()["pesan"]


@pytest.mark.parametrize("metode", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, tajuk: dict[str, str], metode: str) -> None:
    jawab = getattr(client, metode)("/api/v1/capaian?tahun=2026", headers=tajuk)
    assert (jawab.status_code, jawab["Allow"]) == (405, "GET")
    assert jawab.json() == {"pesan": "Alamat ini hanya dibaca: pakai GET."}


@pytest.mark.parametrize("metode", ["get", "post"])
def test_an_address_that_is_none_is_refused_as_json(client: Client, metode: str) -> None:
    jawab = getattr(client, metode)("/api/v1/entah/apa")
    assert jawab.status_code == 404
    assert "Alamat ini tidak ada" in jawab.json()["pesan"]


def test_the_same_code_under_two_sasaran_keeps_two_keys(
    client: Client, bidang: Bidang, tajuk: dict[str, str]
) -> None:
    (satu,) = make_baris(bidang.unit, ("90", "88"), diverifikasi=True)
    (dua,) = make_baris(bidang.unit, ("90", "88"), triwulan=2, diverifikasi=True)
    Indikator.objects.filter(pk__in=(satu.indikator_id, dua.indikator_id)).update(kode="IKU-1")
    kunci = {b["kunci"] for b in ambil(client, "indikator", tajuk)}
    assert len(kunci) == 2
    assert {b["kunci_indikator"] for b in ambil(client, "capaian?tahun=2026", tajuk)} == kunci


def test_both_ends_of_a_target_go_out(
    client: Client, bidang: Bidang, tajuk: dict[str, str]
) -> None:
    (c,) = make_baris(bidang.unit, ("80", "85"), diverifikasi=True)
    Capaian.objects.filter(pk=c.pk).update(target_atas=90)
    (satu,) = ambil(client, "capaian?tahun=2026", tajuk)
    assert (satu["target"], satu["target_atas"], satu["capaian_persen"]) == ("80", "90", "100")


def test_document_describes_every_column(client: Client) -> None:
    skema = client.get("/api/v1/openapi.json").json()
    validate(skema)
    assert set(skema["paths"]) == {"/api/v1/instansi", "/api/v1/indikator", "/api/v1/capaian"}
    assert "capaian_persen" in skema["components"]["schemas"]["BarisCapaian"]["properties"]


def test_costs_two_queries_however_much_there_is(
    client: Client,
    bidang: Bidang,
    tajuk: dict[str, str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_baris(bidang.unit, *[("90", "88")] * 30, diverifikasi=True)
    with django_assert_num_queries(2):
        ambil(client, "capaian?tahun=2026", tajuk)
