"""Every main page beside its ceiling: the same rows and bytes by hand (`_pagu`).

Run: script/bench halaman, or .venv/bin/python -m tests.bench.halaman [NAME ...]
Both are called as a server calls them, by turns, in one process; what counts is the seconds of the
processor of this process and of the database's process that serves it. Figures are medians.
Target: lists at most 1.25 times, forms at most 1.5 times the ceiling.
"""

import logging
import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import (
    basis_data,
    cetak,
    count_cpu,
    is_cepat,
    note_hasil,
    siapkan,
)

siapkan()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import connection, reset_queries
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from organisasi.models import Pengguna
from tests.bench import _pagu
from tests.bench._halaman import list_halaman
from tests.bench._kantor import make_kantor_penuh

PUTARAN, SEKALI = (5, 2) if is_cepat() else (9, 4)
BATAS = {False: ("daftar", 1.25), True: ("formulir", 1.5)}


class Pelayan:
    """Calls an application as a server does, with the session of one person."""

    def __init__(self, aplikasi: WSGIHandler, pengguna: Pengguna) -> None:
        peramban = Client()
        peramban.force_login(pengguna)
        self._aplikasi = aplikasi
        nama = settings.SESSION_COOKIE_NAME
        self._kue = f"{nama}={peramban.cookies[nama].value}"

    def get(self, alamat: str, pengisi: int = 0) -> bytes:
        """The whole answer.

        Raises:
            RuntimeError: it is not a page.
        """
        lingkungan = RequestFactory().get(
            alamat, HTTP_COOKIE=self._kue, HTTP_X_PENGISI=str(pengisi)
        )
        status: list[str] = []

        def start(
            baris: str, _kepala: list[tuple[str, str]], _galat: object = None, /
        ) -> Callable[[bytes], object]:
            status.append(baris)
            return bytes

        jawaban = self._aplikasi(lingkungan.environ, start)
        isi = b"".join(jawaban)
        jawaban.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{alamat}: {status[0]}")
        return isi


@dataclass(frozen=True)
class Banding:
    """What one page and its ceiling cost in milliseconds of the processor."""

    nama: str
    byte: int
    kueri: int
    produk: float
    pagu: float

    @property
    def rasio(self) -> float:
        """How many times the ceiling."""
        return self.produk / self.pagu


def clock(kerja: Callable[[], object]) -> float:
    """Milliseconds of the processor of one call, of some in a row."""
    mulai = count_cpu()
    for _ in range(SEKALI):
        kerja()
    return (count_cpu() - mulai) * 1000 / SEKALI


def compare(
    nama: str, alamat: str, pengguna: Pengguna, aplikasi: tuple[WSGIHandler, ...]
) -> Banding:
    """One page beside its ceiling, by turns."""
    produk, pagu = (Pelayan(a, pengguna) for a in aplikasi)
    produk.get(alamat)
    with CaptureQueriesContext(connection) as terekam:
        byte = len(produk.get(alamat))
        kueri = len(terekam)
    tangan = f"/{nama}/"
    pengisi = max(byte - len(pagu.get(tangan)), 0)
    pasang = [
        (clock(lambda: produk.get(alamat)), clock(lambda: pagu.get(tangan, pengisi)))
        for _ in range(PUTARAN)
    ]
    kita, mereka = (statistics.median(p) for p in zip(*pasang, strict=True))
    return Banding(nama, byte, kueri, kita, mereka)


def note_terburuk(hasil: Mapping[bool, Sequence[Banding]]) -> None:
    """The worst page of each kind decides."""
    for is_formulir, daftar in hasil.items():
        jenis, batas = BATAS[is_formulir]
        if daftar:
            b = max(daftar, key=lambda b: b.rasio)
            note_hasil("P1", f"{jenis} yang terberat ({b.nama})", nilai=b.rasio, batas=batas)


def main() -> None:
    """Print the table; the goals count by the worst page of each kind."""
    logging.getLogger("sakip").setLevel(logging.WARNING)
    with basis_data():
        connection.settings_dict["CONN_MAX_AGE"] = None  # as in production: one connection a thread
        request_started.disconnect(reset_queries)
        aplikasi = (WSGIHandler(), _pagu.make_handler())
        hasil: dict[bool, list[Banding]] = {False: [], True: []}
        for h in list_halaman(make_kantor_penuh()):
            if sys.argv[1:] and h.nama not in sys.argv[1:]:
                continue
            _pagu.PAGU[h.nama] = h.pagu
            b = compare(h.nama, h.alamat, h.pengguna, aplikasi)
            hasil[h.is_formulir].append(b)
            cetak(
                f"{b.nama:<16} {b.byte / 1024:6.1f} kB {b.kueri:3} kueri {b.produk:7.2f} ms, pagu "
                f"{b.pagu:6.2f} ms  {b.rasio:5.2f}x"
            )
        note_terburuk(hasil)


if __name__ == "__main__":
    main()
