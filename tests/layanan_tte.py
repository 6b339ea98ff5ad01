"""A stand-in for BSrE's Esign Client Service: both versions of the protocol, errors included.

A real HTTP server on a free port of this machine, that signs with the test authority. What it does
wrong is chosen by `ulah`, once or for good.
"""

import base64
import io
import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

from sakip.common.tte_periksa import validate_pdf
from tests.tte import FRASA, NIP, NIP_KEDALUWARSA, akar_pem, folder_ca

NIK = "3516015503720001"
NIK_KEDALUWARSA = "3516015503720002"
NIK_TANPA_SERTIFIKAT = "3516015503720003"
NIK_ASING = "3516015503729999"
SUREL = "ratna@contoh.go.id"
PENGGUNA, SANDI = "sakip", "sandi-layanan"
_HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass
class Keadaan:
    """What the service knows and did; tests read and change it."""

    ulah: str = ""
    permintaan: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    simpanan: dict[str, bytes] = field(default_factory=dict)
    banyak_tanda: int = 0
    alamat: str = ""


class Pelayan(BaseHTTPRequestHandler):
    """One request."""

    keadaan: Keadaan

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """State of a user, or a kept document."""
        if not self._kenal():
            return
        if self.path.startswith("/api/user/status/"):
            self._answer_status(self.path.rpartition("/")[2])
            return
        pdf = self.keadaan.simpanan.pop(self.path.rpartition("/")[2], None)
        if pdf is None:
            self._json(400, {"error": "File tidak ditemukan", "status_code": 4044})
        else:
            self._send(200, "application/pdf", pdf)

    def do_POST(self) -> None:
        """Sign, verify, or the state of a user."""
        isi = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._kenal():
            return
        laku: dict[str, Callable[[dict[str, Any]], None]] = {
            "/api/sign/pdf": self._sign_v1,
            "/api/sign/verify": self._verify_v1,
            "/api/v2/sign/pdf": self._sign_v2,
            "/api/v2/verify/pdf": self._verify_v2,
            "/api/v2/user/check/status": lambda b: self._answer_status(b.get("nik") or b["email"]),
        }
        bidang = self._read(isi)
        self.keadaan.permintaan.append((self.path, bidang))
        laku[self.path](bidang)

    def _read(self, isi: bytes) -> dict[str, Any]:
        jenis = self.headers["Content-Type"]
        if jenis == "application/json":
            hasil: dict[str, Any] = json.loads(isi)
            return hasil
        surat = message_from_bytes(f"Content-Type: {jenis}\r\n\r\n".encode() + isi)
        bidang: dict[str, Any] = {}
        for bagian in surat.get_payload():
            nama = bagian.get_param("name", header="content-disposition")  # type: ignore[union-attr]  # parts of a form
            bidang[str(nama)] = bagian.get_payload(decode=True)  # type: ignore[union-attr]  # as above
        return {n: v if v[:4] in (b"%PDF", b"\x89PNG") else v.decode() for n, v in bidang.items()}

    def _kenal(self) -> bool:
        harap = "Basic " + base64.b64encode(f"{PENGGUNA}:{SANDI}".encode()).decode()
        if self.headers.get("Authorization") == harap:
            return True
        self._json(401, {"error": "Unauthorized"})
        return False

    def _answer_status(self, siapa: str) -> None:
        if self.keadaan.ulah == "status_mati":
            self._send(500, "text/html", _HTML)
        elif siapa == NIK_ASING:
            self._json(400, {"error": "User tidak terdaftar", "status_code": 2011})
        else:
            teks = {NIK_TANPA_SERTIFIKAT: "NO_CERTIFICATE", NIK_KEDALUWARSA: "EXPIRED"}
            self._json(200, {"status_code": 1111, "status": teks.get(siapa, "ISSUE")})

    # --- signing --------------------------------------------------------------------------------

    def _sign_v1(self, bidang: dict[str, Any]) -> None:
        letak = tuple(int(bidang[n]) for n in ("page", "xAxis", "yAxis", "width", "height"))
        gambar = bidang["imageTTD"]
        self._sign(bidang["nik"], bidang["passphrase"], bidang["file"], letak, gambar, versi=1)

    def _sign_v2(self, bidang: dict[str, Any]) -> None:
        (sifat,) = bidang["signatureProperties"]
        letak = tuple(sifat[n] for n in ("page", "originX", "originY", "width", "height"))
        gambar, isi = base64.b64decode(sifat["imageBase64"]), base64.b64decode(bidang["file"][0])
        siapa = bidang.get("nik") or bidang["email"]
        self._sign(siapa, bidang["passphrase"], isi, letak, gambar, versi=2)

    def _sign(  # noqa: PLR0913 - one argument for each thing the protocol sends
        self,
        siapa: str,
        frasa: str,
        isi: bytes,
        letak: tuple[int, ...],
        gambar: bytes,
        *,
        versi: int,
    ) -> None:
        if self._misbehave_before() or self._refuse(siapa, frasa):
            return
        nip = NIP_KEDALUWARSA if self.keadaan.ulah == "sertifikat_lewat" else NIP
        pdf = sign_sebagai(isi, nip, letak, gambar)
        self.keadaan.banyak_tanda += 1
        nomor = uuid.uuid4().hex
        self.keadaan.simpanan[nomor] = pdf
        if not self._misbehave_after(pdf, nomor):
            self._deliver(pdf, nomor, versi)

    def _refuse(self, siapa: str, frasa: str) -> bool:
        kode = {NIK_ASING: 2011, NIK_TANPA_SERTIFIKAT: 2021, NIK_KEDALUWARSA: 2021}.get(siapa, 0)
        kode = kode or (0 if frasa == FRASA else 2031)
        if kode:
            kata = {2011: "User tidak terdaftar", 2021: "Sertifikat tidak ada"}
            self._json(400, {"error": kata.get(kode, "Passphrase anda salah"), "status_code": kode})
        return bool(kode)

    def _misbehave_before(self) -> bool:
        """Faults of a service that has signed nothing."""
        jawab: dict[str, Callable[[], None]] = {
            "sibuk": lambda: self._send(503, "text/html", b"busy"),
            "terlalu_sering": lambda: self._json(429, {"error": "Too many requests"}),
            "galat_500": lambda: self._json(
                500, {"timestamp": "x", "status": 500, "error": "Internal Server Error"}
            ),
            "gerbang_502": lambda: self._send(502, "text/html", _HTML),
            "html_500": lambda: self._send(500, "text/html", _HTML),
            "html_200": lambda: self._send(200, "text/html", _HTML),
            "diam_sebelum": self._hang,
            "putus_sebelum": self._hang_up,
        }
        laku = jawab.get(self.keadaan.ulah)
        if laku:
            laku()
        return laku is not None

    def _misbehave_after(self, pdf: bytes, nomor: str) -> bool:
        """Faults of a service that did sign."""
        jawab: dict[str, Callable[[], None]] = {
            "diam_sesudah": self._hang,
            "putus_sesudah": self._hang_up,
            "terpotong": lambda: self._send_part(pdf, nomor),
            "menetes": lambda: self._drip(pdf, nomor),
            "hanya_nomor": lambda: self._json(200, {"id_dokumen": nomor, "message": "ok"}),
            "rusak": lambda: self._send(200, "application/pdf", pdf[:500] + b"X" + pdf[501:]),
            "tanpa_tanda": lambda: self._send(200, "application/pdf", b"%PDF-1.7\nkosong"),
        }
        laku = jawab.get(self.keadaan.ulah)
        if laku:
            laku()
        return laku is not None

    def _deliver(self, pdf: bytes, nomor: str, versi: int) -> None:
        if versi == 2:
            self._json(200, {"time": 812, "file": [base64.b64encode(pdf).decode()]})
        elif self.keadaan.ulah == "base64":
            self._json(200, {"id_dokumen": nomor, "base64": base64.b64encode(pdf).decode()})
        else:
            self._send(200, "application/pdf", pdf, id_dokumen=nomor)

    # --- checking -------------------------------------------------------------------------------

    def _verify_v1(self, bidang: dict[str, Any]) -> None:
        hasil = validate_pdf(bidang["signed_file"], [akar_pem()])
        sah = all(h.sah for h in hasil)
        kata = "VALID" if sah else "INVALID"
        self._json(200, {"jumlah_signature": len(hasil), "summary": kata, "details": []})

    def _verify_v2(self, bidang: dict[str, Any]) -> None:
        if self.keadaan.ulah == "periksa_mati":
            self._hang_up()
            return
        hasil = validate_pdf(base64.b64decode(bidang["file"]), [akar_pem()])
        rinci = [
            {"signerName": h.nama, "integrityValid": h.utuh, "certificateTrusted": h.dipercaya}
            for h in hasil
        ]
        kata = "VALID" if all(h.sah for h in hasil) else "INVALID"
        self._json(
            200,
            {"conclusion": kata, "signatureCount": len(rinci), "signatureInformations": rinci},
        )

    # --- answering ------------------------------------------------------------------------------

    def _json(self, status: int, isi: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(isi).encode())

    def _send(self, status: int, jenis: str, isi: bytes, **tajuk: str) -> None:
        self._head(status, jenis, len(isi), **tajuk)
        self.wfile.write(isi)

    def _head(self, status: int, jenis: str, panjang: int, **tajuk: str) -> None:
        self.send_response(status)
        for nama, nilai in {"Content-Type": jenis, "Content-Length": str(panjang), **tajuk}.items():
            self.send_header(nama, nilai)
        self.end_headers()

    def _send_part(self, pdf: bytes, nomor: str) -> None:
        self._head(200, "application/pdf", len(pdf), id_dokumen=nomor)
        self.wfile.write(pdf[: len(pdf) // 2])

    def _drip(self, pdf: bytes, nomor: str) -> None:
        self._head(200, "application/pdf", len(pdf), id_dokumen=nomor)
        try:
            for n in range(200):
                self.wfile.write(pdf[n : n + 1])
                time.sleep(0.1)
        except OSError:
            return

    def _hang(self) -> None:
        time.sleep(4)

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)


def sign_sebagai(isi: bytes, nip: str, letak: tuple[int, ...], gambar: bytes) -> bytes:
    """`isi` with one more signature, in a field of its own where the picture goes."""
    halaman, x, y, lebar, tinggi = letak
    penanda = SimpleSigner.load_pkcs12(str(folder_ca() / f"{nip}.p12"), passphrase=FRASA.encode())
    penulis = IncrementalPdfFileWriter(io.BytesIO(isi))
    nama = f"Signature{uuid.uuid4().hex[:6]}"
    ruas = SigFieldSpec(nama, on_page=halaman - 1, box=(x, y, x + lebar, y + tinggi))
    with Image.open(io.BytesIO(gambar)) as terbuka:
        gaya = StaticStampStyle(background=PdfImage(terbuka.convert("RGB")), border_width=0)
    meta = PdfSignatureMetadata(
        field_name=nama, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    keluaran = PdfSigner(meta, penanda, stamp_style=gaya, new_field_spec=ruas).sign_pdf(penulis)
    hasil: bytes = keluaran.getvalue()
    return hasil


@contextmanager
def run_layanan() -> Iterator[Keadaan]:
    """The service on a free port, until the block ends."""
    keadaan = Keadaan()
    peladen = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("PelayanIni", (Pelayan,), {"keadaan": keadaan})
    )
    peladen.daemon_threads = True
    keadaan.alamat = f"http://127.0.0.1:{peladen.server_port}"
    utas = threading.Thread(
        target=peladen.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    utas.start()
    try:
        yield keadaan
    finally:
        peladen.shutdown()
        peladen.server_close()
        utas.join()
