"""The gateway against a stand-in server of our own: taken, refused, late, or nonsense."""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from sakip.common.gerbang import (
    GerbangHttp,
    GerbangKonsol,
    GerbangSurel,
    Hasil,
    Nasib,
    build_gerbang,
    mask_tujuan,
)

ISI = {"to": "{tujuan}", "body": {"text": "{teks}", "urut": 1}, "tag": ["ref {kunci}", "{kunci}"]}
NOMOR = "+6281234567890"


class Tiruan(ThreadingHTTPServer):
    """A stand-in gateway: answers `status`, remembers what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Penjawab)
        self.status, self.jeda = 200, 0.0
        self.tajuk: dict[str, str] = {}
        self.datang: list[tuple[str, dict[str, str], object]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is no error."""

    @property
    def alamat(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/kirim?v=1"


class _Penjawab(BaseHTTPRequestHandler):
    server: Tiruan

    def do_POST(self) -> None:
        """Remember and answer."""
        isi = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.datang.append((self.path, dict(self.headers), json.loads(isi)))
        time.sleep(self.server.jeda)
        self.send_response(self.server.status)
        for nama, nilai in self.server.tajuk.items():
            self.send_header(nama, nilai)
        self.end_headers()
        self.wfile.write(b"<html>apa saja")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def tiruan() -> Iterator[Tiruan]:
    """The stand-in, running."""
    server = Tiruan()
    utas = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    utas.start()
    yield server
    server.shutdown()
    utas.join()
    server.server_close()


def kirim(alamat: str, batas: int = 5) -> Hasil:
    """One message to that address."""
    return GerbangHttp(alamat, "rahasia", ISI, batas).kirim(NOMOR, 'Halo "{tujuan}"\n', "k:1")


def test_message_arrives_with_key_token_and_untouched_text(tiruan: Tiruan) -> None:
    assert kirim(tiruan.alamat) == Hasil(Nasib.TERKIRIM)
    ((jalur, tajuk, isi),) = tiruan.datang
    assert jalur == "/kirim?v=1"
    assert (tajuk["Idempotency-Key"], tajuk["Authorization"]) == ("k:1", "Bearer rahasia")
    assert isi == {
        "to": NOMOR,
        "body": {"text": 'Halo "{tujuan}"\n', "urut": 1},
        "tag": ["ref k:1", "k:1"],
    }


@pytest.mark.parametrize(
    ("status", "nasib"),
    [
        (202, Nasib.TERKIRIM),
        (302, Nasib.DITOLAK),
        (400, Nasib.DITOLAK),
        (401, Nasib.DITOLAK),
        (408, Nasib.COBA_LAGI),
        (429, Nasib.COBA_LAGI),
        (500, Nasib.COBA_LAGI),
        (503, Nasib.COBA_LAGI),
    ],
)
def test_answers_are_taken_for_what_they_are(tiruan: Tiruan, status: int, nasib: Nasib) -> None:
    tiruan.status, tiruan.tajuk = status, {"Location": "/lain"}
    assert kirim(tiruan.alamat).nasib == nasib
    assert len(tiruan.datang) == 1  # no redirect is followed


@pytest.mark.parametrize(
    ("tajuk", "detik"), [("120", 120), ("999999999", 86400), ("Wed, 21 Oct 2026", 0), ("-5", 0)]
)
def test_wish_to_wait_is_heard(tiruan: Tiruan, tajuk: str, detik: int) -> None:
    tiruan.status, tiruan.tajuk = 429, {"Retry-After": tajuk}
    assert kirim(tiruan.alamat).tunggu == detik


def test_slow_gateway_is_left_in_time(tiruan: Tiruan) -> None:
    tiruan.jeda = 1.5
    assert kirim(tiruan.alamat, batas=1).nasib == Nasib.COBA_LAGI


def test_gateway_that_is_not_there_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as kosong:
        kosong.bind(("127.0.0.1", 0))
        alamat = f"http://127.0.0.1:{kosong.getsockname()[1]}/"
    with caplog.at_level(logging.INFO):
        assert kirim(alamat).nasib == Nasib.COBA_LAGI
    assert NOMOR not in caplog.text


@pytest.mark.parametrize("jawab", [b"apa ini\r\n\r\n", b"", b"HTTP/1.1 abc OK\r\n\r\n"])
def test_nonsense_is_tried_again(jawab: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            sambungan, _dari = server.accept()
            with sambungan:
                sambungan.recv(65536)
                sambungan.sendall(jawab)

        utas = threading.Thread(target=answer)
        utas.start()
        hasil = kirim(f"http://127.0.0.1:{server.getsockname()[1]}/")
        utas.join()
    assert hasil.nasib == Nasib.COBA_LAGI


def test_server_without_a_known_certificate_gets_nothing(tiruan: Tiruan) -> None:
    assert kirim(tiruan.alamat.replace("http:", "https:")).nasib == Nasib.COBA_LAGI
    assert tiruan.datang == []


def test_no_token_no_header(tiruan: Tiruan) -> None:
    GerbangHttp(tiruan.alamat, "", {"a": None}).kirim(NOMOR, "x", "k")
    assert "Authorization" not in tiruan.datang[0][1]


@pytest.mark.parametrize(
    "alamat", ["", "http://gerbang.contoh.id/", "ftp://127.0.0.1/", "https:///"]
)
def test_address_without_tls_is_refused_at_once(alamat: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        GerbangHttp(alamat, "", {})


@pytest.mark.parametrize(
    ("tujuan", "tampak"),
    [(NOMOR, "+62•••90"), ("budi@contoh.go.id", "bu•••@contoh.go.id"), ("12345", "•••")],
)
def test_addresses_are_masked(tujuan: str, tampak: str) -> None:
    assert mask_tujuan(tujuan) == tampak


def test_console_shows_the_text_and_no_whole_number(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert GerbangKonsol().kirim(NOMOR, "Ada pekerjaan.", "k").nasib == Nasib.TERKIRIM
    assert "Ada pekerjaan." in caplog.text
    assert NOMOR not in caplog.text


def test_mail_carries_the_key_as_its_id() -> None:
    assert GerbangSurel("contoh.id").kirim("a@contoh.id", "Judul\nIsi", "k:1") == Hasil(
        Nasib.TERKIRIM
    )
    (surat,) = mail.outbox
    assert (surat.subject, surat.body, surat.to) == ("Judul", "Judul\nIsi", ["a@contoh.id"])
    assert surat.extra_headers["Message-ID"] == "<k.1@contoh.id>"


@pytest.mark.parametrize(
    ("galat", "nasib"),
    [
        (SMTPRecipientsRefused({}), Nasib.DITOLAK),
        (SMTPServerDisconnected(), Nasib.COBA_LAGI),
        (TimeoutError(), Nasib.COBA_LAGI),
    ],
    ids=["refused", "disconnected", "timeout"],
)
def test_mail_server_that_fails(
    monkeypatch: pytest.MonkeyPatch, galat: Exception, nasib: Nasib
) -> None:
    def send(_surat: EmailMessage) -> int:
        raise galat

    monkeypatch.setattr(EmailMessage, "send", send)
    assert GerbangSurel("contoh.id").kirim("a@contoh.id", "x", "k").nasib == nasib


def test_what_is_no_address_is_refused_and_stops_nothing() -> None:
    hasil = GerbangSurel("contoh.id").kirim("a@contoh.id\nBcc: b@contoh.id", "x", "k")
    assert hasil.nasib == Nasib.DITOLAK


def test_ways_out_follow_the_settings() -> None:
    assert build_gerbang(SimpleNamespace()) == {}
    lengkap = SimpleNamespace(
        SUREL_AKTIF=True,
        ALAMAT_PUBLIK="https://sakip.contoh.go.id",
        GERBANG_PESAN="http",
        GERBANG_URL="https://wa.contoh.id/kirim",
        GERBANG_TOKEN="t",
        GERBANG_ISI=ISI,
        GERBANG_BATAS_DETIK=3,
    )
    gerbang = build_gerbang(lengkap)
    assert isinstance(gerbang["surel"], GerbangSurel)
    assert gerbang["pesan"] == GerbangHttp("https://wa.contoh.id/kirim", "t", ISI, 3)
    konsol = build_gerbang(SimpleNamespace(GERBANG_PESAN="konsol"))
    assert isinstance(konsol["pesan"], GerbangKonsol)
    with pytest.raises(ImproperlyConfigured, match="tidak dikenal"):
        build_gerbang(SimpleNamespace(GERBANG_PESAN="merpati"))
