"""Which back end an office has, and what the environment may not ask for."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import tsp
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from sakip.common.rahasia import Rahasia
from sakip.common.tte_bsre import BsreV1, BsreV2
from sakip.common.tte_lokal import LokalPkcs12
from sakip.common.tte_pilih import TsaHttp, build_penanda, check_tte, list_akar
from tests.tte import FRASA, akar_pem, dokumen_beruas, folder_ca, make_tsa, permintaan


def setel(settings: Settings, **ganti: Any) -> None:
    """Change what all offices share."""
    settings.TTE = {**settings.TTE, **ganti}


def test_files_on_this_machine_are_the_default() -> None:
    assert isinstance(build_penanda("dinkes"), LokalPkcs12)
    assert check_tte() == []


def test_an_office_may_differ(settings: Settings) -> None:
    setel(settings, layanan="bsre_v2", url="https://esign.contoh.go.id")
    settings.TTE_KANTOR = {"kecamatan": {"layanan": "lokal"}, "badan": {"layanan": "bsre_v1"}}
    assert isinstance(build_penanda("dinkes"), BsreV2)
    assert isinstance(build_penanda("kecamatan"), LokalPkcs12)
    assert isinstance(build_penanda("badan"), BsreV1)
    assert check_tte() == []


@pytest.mark.parametrize(
    "ganti",
    [
        {"layanan": "entah"},
        {"layanan": "bsre_v1", "url": ""},
        {"layanan": "bsre_v2", "url": "http://esign.contoh.go.id"},
        {"layanan": "bsre_v2", "url": "ftp://esign.contoh.go.id", "polos": True},
        {"layanan": "bsre_v2", "url": "https://esign.contoh.go.id", "sumbu": "samping"},
    ],
    ids=["jenis", "tanpa_alamat", "polos", "ftp", "sumbu"],
)
def test_settings_that_cannot_work_are_refused_at_start(
    settings: Settings, ganti: dict[str, Any]
) -> None:
    setel(settings, **ganti)
    with pytest.raises(ImproperlyConfigured):
        build_penanda("dinkes")
    assert [g.id for g in check_tte()] == ["sakip.E003"]


@pytest.mark.parametrize("alamat", ["http://127.0.0.1:8080", "http://10.1.2.3/esign"])
def test_open_address_needs_a_network_that_is_vouched_for(settings: Settings, alamat: str) -> None:
    setel(settings, layanan="bsre_v1", url=alamat, polos=True)
    assert build_penanda("dinkes").is_jauh


def test_missing_file_of_roots_is_told_at_start(settings: Settings) -> None:
    setel(settings, akar="/tidak/ada.pem")
    assert len(check_tte()) == 1


def test_bundle_of_roots_is_read_one_by_one(settings: Settings, tmp_path: Path) -> None:
    settings.TTE_DIR = tmp_path
    berkas = tmp_path / "akar.pem"
    berkas.write_bytes(b"# akar satu\n" + akar_pem() + b"\n" + akar_pem())
    setel(settings, akar=str(berkas))
    assert len(list_akar()) == 2
    assert all(b"BEGIN CERTIFICATE" in a for a in list_akar())


class _Tsa(BaseHTTPRequestHandler):
    """A time-stamp authority; `rusak` answers 500."""

    rusak = False

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """One stamp."""
        minta = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        isi = asyncio.run(make_tsa().async_request_tsa_response(minta)).dump()
        self.send_response(500 if self.rusak else 200)
        self.send_header("Content-Length", str(len(isi)))
        self.end_headers()
        self.wfile.write(isi)


@contextmanager
def run_tsa(*, rusak: bool = False) -> Iterator[str]:
    """The authority on a free port."""
    peladen = HTTPServer(("127.0.0.1", 0), type("Tsa", (_Tsa,), {"rusak": rusak}))
    utas = threading.Thread(target=peladen.serve_forever, kwargs={"poll_interval": 0.05})
    utas.start()
    try:
        yield f"http://127.0.0.1:{peladen.server_port}/tsa"
    finally:
        peladen.shutdown()
        peladen.server_close()
        utas.join()


def test_time_stamps_come_from_the_authority_of_the_settings(settings: Settings) -> None:
    settings.TTE_DIR = folder_ca()
    with run_tsa() as alamat:
        setel(settings, tsa=alamat)
        penanda = build_penanda("dinkes")
        hasil = penanda.sign(dokumen_beruas(), permintaan(), Rahasia(FRASA), datetime.now(UTC))
    (periksa,) = penanda.verify(hasil.isi)
    assert periksa.sah
    assert periksa.perubahan == "LTA_UPDATES"


def test_authority_that_fails_is_an_error_of_input_and_output() -> None:
    with run_tsa(rusak=True) as alamat, pytest.raises(OSError, match="time-stamp"):
        asyncio.run(TsaHttp(alamat).async_request_tsa_response(make_minta()))
    with pytest.raises(OSError, match="does not answer"):
        asyncio.run(TsaHttp("http://127.0.0.1:9").async_request_tsa_response(make_minta()))


def make_minta() -> tsp.TimeStampReq:
    """A request as pyHanko makes it."""
    minta: tsp.TimeStampReq = make_tsa().request_cms(b"0" * 32, "sha256")[1]
    return minta
