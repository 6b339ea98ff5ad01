"""HTML to PDF: tagged PDF/A-3a, the same bytes for the same HTML, and nothing fetched from
outside.

WeasyPrint costs half a second and 60 MB to import, so it is imported inside functions only.
"""

import ctypes
import gc
import io
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pikepdf
from django.core import checks
from django.utils.translation import gettext as _

from sakip.common.errors import DomainError
from sakip.common.pdf_isi import Kotak, Lampiran, attach, claim_ua, save_pdf
from sakip.common.ruas import Ruas, place_ruas
from sakip.env import BASE_DIR

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.urls import URLFetcher

VARIAN = "pdf/a-3a"
# 96 CSS pixels and 72 points make an inch.
_PT_PER_PX = 0.75

# Everything a document may use. A template writes url(aset:...); nothing else is ever opened.
ASET: dict[str, tuple[str, str]] = {
    "f4.css": ("templates/pdf/f4.css", "text/css"),
    "kamus.css": ("templates/pdf/kamus.css", "text/css"),
    "laporan.css": ("templates/pdf/laporan.css", "text/css"),
    "penilaian.css": ("templates/pdf/penilaian.css", "text/css"),
    "perjanjian.css": ("templates/pdf/perjanjian.css", "text/css"),
    "pohon.css": ("templates/pdf/pohon.css", "text/css"),
    "sop.css": ("templates/pdf/sop.css", "text/css"),
    "surat.css": ("templates/pdf/surat.css", "text/css"),
    "stempel.css": ("templates/pdf/stempel.css", "text/css"),
    "meja-regular.woff2": ("static/fonts/meja-sans-regular.woff2", "font/woff2"),
    "meja-semibold.woff2": ("static/fonts/meja-sans-semibold.woff2", "font/woff2"),
    "bonum-regular.woff2": ("static/fonts/tex-gyre-bonum-regular.woff2", "font/woff2"),
    "bonum-bold.woff2": ("static/fonts/tex-gyre-bonum-bold.woff2", "font/woff2"),
}
_DATA_BOLEH = ("data:image/png", "data:image/jpeg", "data:image/svg+xml")
_MAKS_DATA = 3 * 1024 * 1024

BARIS_APT = (
    "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
)
_PUSTAKA = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")

_LOG_KEMAJUAN = "weasyprint.progress"
_HALAMAN = re.compile(r"Step 5 - Creating layout - Page (\d+)")

Gambar = tuple[bytes, str]


@dataclass(frozen=True)
class BahanPdf:
    """What a document carries besides its pages.

    gambar: stored pictures (bytes, kind) by the address the HTML names them by, "gambar:…".
    ruas: the places to sign, once the layout says where its boxes lie. is_ua: state PDF/UA-1 too;
    never of a document with places to sign (ADR 0013).
    """

    gambar: Mapping[str, Gambar] = field(default_factory=dict)
    lampiran: Sequence[Lampiran] = ()
    ruas: Callable[[Mapping[str, Kotak]], Sequence[Ruas]] | None = None
    is_ua: bool = False


class PdfGagal(DomainError):
    """The document could not be made; `pesan` tells the person what to look at."""


@dataclass(frozen=True)
class HasilPdf:
    """A PDF and where its named elements lie.

    kotak: id of the element to (page from 1, x1, y1, x2, y2) in points from the lower left corner.
    """

    isi: bytes
    halaman: int
    kotak: dict[str, Kotak]


def render_pdf(
    html: str,
    *,
    varian: str = VARIAN,
    gaya: str = "",
    bahan: BahanPdf | None = None,
    on_page: Callable[[int], None] | None = None,
) -> HasilPdf:
    """Lay out and write one document. Equal HTML gives equal bytes, also on another machine.

    gaya: CSS that only the caller can know, such as the size of the page.
    bahan: what else it carries: pictures, files, places to sign, the claim of PDF/UA.
    on_page: called with the number of each page laid out; a document is laid out more than once
    when its
    page numbers settle, so numbers may start again from 1.

    Raises:
        PdfGagal: the HTML asks for something outside of the document, or is nested too deep.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError

    bahan = bahan or BahanPdf()
    try:
        with _paused_gc(), _watched_pages(on_page), _quiet_profile():
            pengambil = _fetcher_class()(bahan.gambar)
            lembar = [CSS(string=gaya, url_fetcher=pengambil)]
            sumber = HTML(string=html, url_fetcher=pengambil)
            # presentational_hints: <ol start> and <li value> count as they do on the screen.
            dokumen = sumber.render(
                stylesheets=lembar, pdf_variant=varian, presentational_hints=True
            )
            isi = dokumen.write_pdf(pdf_variant=varian)
    except FatalURLFetchingError as galat:  # a BaseException: `except Exception` would miss it
        raise PdfGagal(
            _("Naskah memuat gambar atau tautan yang tidak diizinkan. Hapus, lalu coba lagi.")
        ) from galat
    except RecursionError as galat:
        raise PdfGagal(
            _("Susunan naskah terlalu dalam (daftar atau tabel bertumpuk). Sederhanakan dahulu.")
        ) from galat
    kotak = _read_kotak(dokumen)
    return HasilPdf(repack(isi, bahan, kotak), len(dokumen.pages), kotak)


def repack(isi: bytes, bahan: BahanPdf, kotak: Mapping[str, Kotak]) -> bytes:
    """The same document with small object streams and what it carries; before the first signature.

    Validating a tagged file as WeasyPrint writes it, in one large stream, takes time by the square
    of its size. The result depends on the input alone.
    """
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        for satu in bahan.lampiran:
            attach(pdf, satu)
        if bahan.is_ua:
            claim_ua(pdf)
        if bahan.ruas:
            place_ruas(pdf, bahan.ruas(kotak))
        return save_pdf(pdf)


def _read_kotak(dokumen: "Document") -> dict[str, Kotak]:
    kotak: dict[str, Kotak] = {}
    for nomor, halaman in enumerate(dokumen.pages, start=1):
        for nama, (x1, y1, x2, y2) in halaman.anchors.items():
            sudut = (x1, halaman.height - y2, x2, halaman.height - y1)
            a, b, c, d = (round(float(v) * _PT_PER_PX, 2) for v in sudut)
            kotak.setdefault(nama, (nomor, a, b, c, d))
    return kotak


@lru_cache(maxsize=1)
def _fetcher_class() -> type["URLFetcher"]:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Pengambil(URLFetcher):  # type: ignore[misc]  # WeasyPrint comes without types
        """Opens the fixed table and small embedded images; whatever else stops the job."""

        def __init__(self, gambar: Mapping[str, Gambar] = MappingProxyType({})) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
            self._gambar = gambar

        def fetch(self, url: str, headers: object = None) -> object:
            if url.startswith("aset:"):
                berkas, jenis = ASET[url.removeprefix("aset:")]
                isi = (BASE_DIR / berkas).read_bytes()
                return URLFetcherResponse(url, isi, {"Content-Type": jenis})
            if url.startswith("gambar:"):
                isi, jenis = self._gambar[url]
                return URLFetcherResponse(url, isi, {"Content-Type": jenis})
            if not url.startswith(_DATA_BOLEH) or len(url) > _MAKS_DATA:
                raise ValueError("not an embedded image")
            return super().fetch(url, headers)

    return Pengambil


@contextmanager
def _paused_gc() -> Iterator[None]:
    """Collecting while millions of boxes live is a quarter of the rendering time."""
    hidup = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if hidup:
            gc.enable()
            # All that was made meanwhile is young: the old heap, Django and all, need not be read.
            gc.collect(1)


@contextmanager
def _quiet_profile() -> Iterator[None]:
    """WeasyPrint leaves its colour profile to the collector to close, which Python remarks on."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r".*sRGB2014\.icc", ResourceWarning)
        yield


class _Pengamat(logging.Handler):
    """Turns WeasyPrint's progress lines of one thread into page numbers."""

    def __init__(self, on_page: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self._on_page = on_page
        self._utas = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        cocok = _HALAMAN.match(record.getMessage())
        if cocok and record.thread == self._utas:
            self._on_page(int(cocok[1]))


@contextmanager
def _watched_pages(on_page: Callable[[int], None] | None) -> Iterator[None]:
    if on_page is None:
        yield
        return
    pencatat, pengamat = logging.getLogger(_LOG_KEMAJUAN), _Pengamat(on_page)
    # For good, not per call: another thread may be rendering too. The lines are of no use in a log.
    pencatat.setLevel(logging.INFO)
    pencatat.propagate = False
    pencatat.addHandler(pengamat)
    try:
        yield
    finally:
        pencatat.removeHandler(pengamat)


def check_pustaka(
    app_configs: Sequence[Any] | None = None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """System check: the libraries that WeasyPrint opens at run time are there (Linux)."""
    if sys.platform != "linux":
        return []
    kurang = [nama for nama in _PUSTAKA if not _can_load(nama)]
    if not kurang:
        return []
    return [
        checks.Error(
            f"Pustaka untuk membuat PDF belum terpasang: {', '.join(kurang)}.",
            hint=f"Jalankan sebagai root: {BARIS_APT}",
            id="sakip.E001",
        )
    ]


def _can_load(nama: str) -> bool:
    try:
        ctypes.CDLL(nama)
    except OSError:
        return False
    return True
