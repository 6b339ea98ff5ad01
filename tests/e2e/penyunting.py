"""The text editor by itself: the static files, a page around them, no application behind.

The policy is the one production sends, so a paste that breaks it is noticed.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

AKAR = Path(__file__).resolve().parents[2]
DIALOG = AKAR / "templates" / "laporan" / "tugas" / "_dialog_naskah.html"
_HALAMAN = """<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>Penyunting</title>
<link rel="stylesheet" href="/css/meja.css"></head><body><form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="x">
<div class="sunting-naskah" data-alat-bersama data-unggah-gambar="/unggah/">
<section><label for="isi-1">Bab I</label>
<textarea id="isi-1" name="isi-1" data-naskah></textarea></section>
<section><label for="isi-2">Bab II</label>
<textarea id="isi-2" name="isi-2" data-naskah></textarea></section>
</div></form>{dialog}<script type="module" src="/js/naskah.js"></script>
<script type="module" src="/js/dialog.js"></script></body></html>"""
SRC = "/laporan/gambar/0b0f2a3e-1111-4222-8333-123456789abc/"


def _kebijakan() -> str:
    atur: dict[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{nama} {' '.join(nilai)}" for nama, nilai in atur.items())


class _Peladen(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", _kebijakan())
        super().end_headers()

    def _jawab(self, isi: bytes, jenis: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", jenis)
        self.send_header("Content-Length", str(len(isi)))
        self.end_headers()
        self.wfile.write(isi)

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        dialog = "\n".join(
            baris for baris in DIALOG.read_text().splitlines() if not baris.startswith("{#")
        ).replace('{% ikon "unlink" %}', "")
        return self._jawab(_HALAMAN.replace("{dialog}", dialog).encode(), "text/html")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._jawab(json.dumps({"src": SRC, "lebar": 1, "tinggi": 1}).encode(), "application/json")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serve_static() -> Iterator[str]:
    """Address of the page, while it is served."""
    peladen = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Peladen, directory=str(AKAR / "static"))
    )
    threading.Thread(target=peladen.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{peladen.server_port}/"
    finally:
        peladen.shutdown()
        peladen.server_close()


def paste(halaman: Page, html: str, teks: str = "x") -> str:
    """Paste into the first text as the keyboard would; its HTML afterwards, without codes."""
    halaman.locator(".ProseMirror").first.click()
    halaman.keyboard.press("ControlOrMeta+a")
    halaman.evaluate(
        """([html, teks]) => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', teks);
            document.querySelector('.ProseMirror').dispatchEvent(
              new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [html, teks],
    )
    return read(halaman)


def read(halaman: Page) -> str:
    """What the form would send, without the codes of blocks."""
    return str(
        halaman.evaluate(
            "document.querySelector('#isi-1').value.replace(/ data-blok=\"[0-9a-f]{8}\"/g, '')"
        )
    )
