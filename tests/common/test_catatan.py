"""The log: one line of JSON each, one id for all that belongs together, nothing personal."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import shared_task, signals
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from sakip import pekerja
from sakip.common.catatan import (
    FormatJson,
    RequestIdFilter,
    build_logging,
    current_request_id,
    ikat,
    mask,
    read_request_id,
)
from sakip.urls import urlpatterns as semua_url
from tests.factories.organisasi import PenggunaFactory

NIP = "198001012005011001"
SANDI = "rahasia-sekali-77"
Baris = Callable[[], list[dict[str, Any]]]


@login_not_required
def fail_menyimpan(request: HttpRequest, kunci: str) -> HttpResponse:
    """A view that breaks as a database does: by quoting what it was given."""
    try:
        raise ValueError(request.POST["sandi"])
    except ValueError as sebab:
        raise IntegrityError(f"Key (nip)=({request.POST['nip']}) already exists.") from sebab


urlpatterns = [path("rusak/<str:kunci>/", fail_menyimpan, name="rusak"), *semua_url]


@pytest.fixture
def baris() -> Iterator[Baris]:
    """Everything that is logged, as production writes it, by any logger it lets through."""
    keluaran = io.StringIO()
    penulis = logging.StreamHandler(keluaran)
    penulis.setFormatter(FormatJson())
    penulis.addFilter(RequestIdFilter())
    akar = logging.getLogger()
    semula = akar.level
    akar.addHandler(penulis)
    akar.setLevel(logging.INFO)
    yield lambda: [json.loads(b) for b in keluaran.getvalue().splitlines()]
    akar.removeHandler(penulis)
    akar.setLevel(semula)


@pytest.mark.django_db
def test_what_is_typed_at_the_door_stays_out_of_the_log(client: Client, baris: Baris) -> None:
    orang = PenggunaFactory(nip=NIP)
    isi = {"username": NIP, "password": SANDI}
    jawab = client.post(f"{reverse('organisasi:sign-in')}?next=/?cari={NIP}", isi)
    client.force_login(orang)
    client.get("/", {"cari": f"{NIP} {orang.nama}"})
    masuk, meja = (b for b in baris() if b["peristiwa"] == "permintaan")
    assert masuk["tampilan"] == "organisasi:sign-in"
    assert (masuk["metode"], masuk["status"], masuk["pengguna"]) == (
        "POST",
        jawab.status_code,
        None,
    )
    assert (meja["tampilan"], meja["pengguna"]) == ("laporan:meja-kerja", orang.pk)
    assert isinstance(meja["ms"], int)
    teks = json.dumps(baris(), ensure_ascii=False)
    assert [r for r in (NIP, SANDI, orang.nama, orang.surel) if r in teks] == []


@pytest.mark.urls(__name__)
def test_failure_shows_its_places_and_quotes_nothing(baris: Baris) -> None:
    client = Client(raise_request_exception=False)
    kunci = "kunci-sekali-pakai"
    jawab = client.post(f"/rusak/{kunci}/", {"nip": NIP, "sandi": SANDI})
    galat, permintaan = baris()
    assert galat["galat"] == ["django.db.utils.IntegrityError", "builtins.ValueError"]
    assert "fail_menyimpan" in galat["tumpukan"][-1]
    assert galat["tumpukan"][-1].startswith("tests/common/test_catatan.py:")
    assert (permintaan["tampilan"], permintaan["status"]) == ("rusak", 500)
    assert galat["permintaan"] == permintaan["permintaan"] == jawab["X-Request-Id"]
    teks = json.dumps(baris())
    assert [r for r in (NIP, SANDI, kunci) if r in teks] == []


@pytest.mark.urls(__name__)
def test_address_that_is_not_there_is_no_line_of_its_own(client: Client, baris: Baris) -> None:
    client.get("/sandi-saya/rahasia/")
    (satu,) = baris()
    assert (satu["peristiwa"], satu["tampilan"], satu["status"]) == ("permintaan", "-", 404)


@pytest.mark.parametrize(
    ("dari_luar", "dipakai"),
    [
        ("0a1b2c3d4e5f6071", "0a1b2c3d4e5f6071"),
        ("6F9619FF-8B86-D011-B42D-00C04FC964FF", "6f9619ff8b86d011b42d00c04fc964ff"),
        ("", None),
        ("pendek", None),
        ("a" * 33, None),
        ('x"}\r\n{"palsu":1', None),
    ],
)
def test_id_of_a_proxy_is_taken_when_it_is_one(dari_luar: str, dipakai: str | None) -> None:
    hasil = read_request_id(dari_luar)
    assert hasil == dipakai if dipakai else (hasil != dari_luar and len(hasil) == 16)


def test_id_is_answered_back(client: Client) -> None:
    jawab = client.get("/tak/ada/", headers={"X-Request-ID": "0a1b2c3d4e5f6071"})
    assert jawab["X-Request-Id"] == "0a1b2c3d4e5f6071"
    assert current_request_id() == "-"


def test_own_events_become_fields(baris: Baris) -> None:
    pencatat = logging.getLogger("laporan.services.efek")
    pencatat.warning("efek_gagal efek=%s jenis=%s ke=%s", 7, "arsip", "budi@contoh.go.id")
    (satu,) = baris()
    assert (satu["peristiwa"], satu["efek"], satu["jenis"]) == ("efek_gagal", 7, "arsip")
    assert satu["ke"] == "•••"


@pytest.mark.parametrize(
    ("teks", "samar"),
    [
        (f"nip {NIP}!", "nip •••!"),
        ("19800101 200501 1 001", "•••"),
        ("3171.0101.8001.0001", "•••"),
        ("+62 812-3456-7890", "•••"),
        ("ke siti.m+1@dinkes.go.id.", "ke •••."),
        ("selesai dalam 12.345 ms, 400 baris", "selesai dalam 12.345 ms, 400 baris"),
    ],
)
def test_long_numbers_and_addresses_are_masked(teks: str, samar: str) -> None:
    assert mask(teks) == samar


def test_foreign_loggers_keep_their_words_and_lose_people(baris: Baris) -> None:
    logging.getLogger("gunicorn.error").info("Worker (pid:%s) exiting for %s", 71, NIP)
    logging.getLogger("django.security").warning("Bad %s", NIP)
    assert [b["peristiwa"] for b in baris()] == ["Worker (pid:71) exiting for •••", "Bad %s"]


def test_a_line_break_in_a_value_begins_no_line(baris: Baris) -> None:
    palsu = 'x\r\n{"peristiwa": "masuk_berhasil"}\u2028\x1b[2J'
    logging.getLogger("organisasi.uji").warning("masuk_gagal nama=%s", palsu)
    logging.getLogger("gunicorn.error").warning("aneh: %s", palsu)
    assert [b["peristiwa"].partition(":")[0] for b in baris()] == ["masuk_gagal", "aneh"]


def test_configuration_is_one_that_logging_takes() -> None:
    susunan = build_logging("json")
    assert susunan["handlers"]["konsol"]["formatter"] == "json"
    berkas = logging.config.DictConfigurator(susunan).configure_formatter(
        susunan["formatters"]["json"]
    )
    assert isinstance(berkas, FormatJson)


@shared_task(name="uji.catat", bind=True)
def catat(self: Any, gagal: str = "") -> str:  # noqa: ANN401 - what Celery hands in
    """Tells whose request it belongs to."""
    if gagal:
        raise ValueError(gagal)
    return current_request_id()


def test_job_belongs_to_the_request_that_asked_for_it(baris: Baris) -> None:
    kepala: dict[str, Any] = {}
    with ikat("0a1b2c3d4e5f6071"):
        signals.before_task_publish.send(sender="uji.catat", headers=kepala)
    assert catat.apply(headers=kepala).result == "0a1b2c3d4e5f6071"
    catat.apply(headers=kepala, kwargs={"gagal": NIP})
    beres, galat, gagal = baris()
    assert (beres["tugas"], beres["hasil"]) == ("uji.catat", "success")
    assert {b["permintaan"] for b in baris()} == {"0a1b2c3d4e5f6071"}
    assert galat["galat"] == ["builtins.ValueError"]
    assert gagal["hasil"] == "failure"
    assert NIP not in json.dumps(baris())
    assert not pekerja._sekarang


def test_round_of_the_clock_that_goes_well_is_silent(baris: Baris) -> None:
    hasil = catat.apply()
    assert hasil.result == hasil.id.replace("-", "")
    assert baris() == []
