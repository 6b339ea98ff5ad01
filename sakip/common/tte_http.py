"""HTTP to a signing service, by the standard library.

A general client hides the one thing that matters here: whether a failure came before anything was
sent, so that nothing can have been signed, or after it. Nothing is retried, redirected or reused.
"""

import json
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from sakip.common.rahasia import Rahasia

_MAKS_JAWAB = 64 * 1024 * 1024
_BATAS_SAMBUNG = 10
_POTONGAN = 256 * 1024


class BelumTerkirim(Exception):
    """No connection: the other side knows nothing of the request."""


class TakTerjawab(Exception):
    """Sent, at least in part, and no whole answer came. tajuk: headers, if those did come."""

    def __init__(self, tajuk: Mapping[str, str] | None = None) -> None:
        super().__init__("no whole answer")
        self.tajuk = tajuk or {}


@dataclass(frozen=True)
class Jawaban:
    """A whole answer. tajuk: headers by lowercase name."""

    status: int
    tajuk: Mapping[str, str] = field(repr=False)
    isi: bytes = field(repr=False)

    def read_json(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is anything else."""
        try:
            isi = json.loads(self.isi)
        except ValueError:
            return {}
        return isi if isinstance(isi, dict) else {}


@dataclass(frozen=True)
class Layanan:
    """One address with its credentials. batas_detik: for a whole exchange, however it drips."""

    alamat: str
    pengguna: str
    sandi: Rahasia
    batas_detik: float = 60

    def get(self, jalur: str, *, batas_detik: float | None = None) -> Jawaban:
        """Ask for something."""
        return self._exchange("GET", jalur, b"", {}, batas_detik or self.batas_detik)

    def post_json(
        self, jalur: str, isi: Mapping[str, Any], *, batas_detik: float | None = None
    ) -> Jawaban:
        """Send a JSON object."""
        tajuk = {"Content-Type": "application/json"}
        badan = json.dumps(isi).encode()
        return self._exchange("POST", jalur, badan, tajuk, batas_detik or self.batas_detik)

    def post(self, jalur: str, isi: bytes, jenis: str) -> Jawaban:
        """Send a body of that type."""
        return self._exchange("POST", jalur, isi, {"Content-Type": jenis}, self.batas_detik)

    def _exchange(
        self, cara: str, jalur: str, isi: bytes, tajuk: dict[str, str], batas: float
    ) -> Jawaban:
        sambungan = self._connect(batas)
        # Time-outs of a socket begin anew with every byte; this one does not.
        jaga = threading.Timer(batas, _cut, [sambungan.sock])
        jaga.daemon = True
        jaga.start()
        try:
            return _ask(sambungan, cara, self._jalur(jalur), isi, {**tajuk, **self._kenal()})
        finally:
            jaga.cancel()
            sambungan.close()

    def _jalur(self, jalur: str) -> str:
        return urlsplit(self.alamat).path.rstrip("/") + jalur

    def _kenal(self) -> dict[str, str]:
        if not self.pengguna:
            return {"Accept": "*/*"}
        pasangan = f"{self.pengguna}:{self.sandi.reveal()}".encode()
        return {"Accept": "*/*", "Authorization": f"Basic {b64encode(pasangan).decode('ascii')}"}

    def _connect(self, batas: float) -> HTTPConnection:
        alamat = urlsplit(self.alamat)
        tuan, batas_sambung = alamat.hostname or "", min(batas, _BATAS_SAMBUNG)
        sambungan: HTTPConnection
        if alamat.scheme == "https":
            konteks = ssl.create_default_context()
            sambungan = HTTPSConnection(tuan, alamat.port, timeout=batas_sambung, context=konteks)
        else:
            sambungan = HTTPConnection(tuan, alamat.port, timeout=batas_sambung)
        try:
            sambungan.connect()
        except OSError as galat:
            sambungan.close()
            raise BelumTerkirim from galat
        sambungan.sock.settimeout(batas)
        return sambungan


def _cut(soket: socket.socket) -> None:
    try:
        soket.shutdown(socket.SHUT_RDWR)
    except OSError:  # closed already
        return


def _ask(
    sambungan: HTTPConnection, cara: str, jalur: str, isi: bytes, tajuk: dict[str, str]
) -> Jawaban:
    dijawab: dict[str, str] = {}
    try:
        sambungan.request(cara, jalur, isi or None, tajuk)
        jawab = sambungan.getresponse()
        dijawab.update((n.lower(), v) for n, v in jawab.getheaders())
        return Jawaban(jawab.status, dijawab, _read(jawab))
    except (HTTPException, OSError, ValueError) as galat:
        raise TakTerjawab(dijawab) from galat


def _read(jawab: HTTPResponse) -> bytes:
    """The whole body.

    Raises:
        HTTPException: it ended early, or is larger than any signed document.
    """
    potongan: list[bytes] = []
    banyak = 0
    while p := jawab.read(_POTONGAN):
        potongan.append(p)
        banyak += len(p)
        if banyak > _MAKS_JAWAB:
            raise HTTPException("too large")
    # read(n) hides a body that ended before its Content-Length; `length` is what is still owed.
    if jawab.length:
        raise HTTPException("ended early")
    return b"".join(potongan)
