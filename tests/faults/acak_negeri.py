"""Whom and where to send things to: forms of all pages by route, and what came of a request."""

import re
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.urls import get_resolver, resolve
from lxml import html

from tests.faults.acak_berkas import JENIS
from tests.faults.acak_kiriman import Kiriman
from tests.faults.acak_nilai import find_rumus
from tests.house.formulir import Formulir, read_formulir
from tests.house.isi_negeri import fill_negeri
from tests.house.isian_matriks import make_isian
from tests.house.matriks import Penanya, list_alamat, read_tabel, walk_urls
from tests.house.negeri import PERAN, make_negeri

_BERWENANG = ("302", "422", "200", "409")
# What a browser may run or draw as a page, unless it comes from a template of ours.
_AKTIF = ("text/html", "image/svg", "application/xhtml", "text/xml", "application/xml")
_AKHIRAN = {jenis: akhiran for akhiran, jenis in JENIS.items()}
_MAKS_CONTOH = 6
# They hand a file back to people as somebody uploaded it, byte by byte: evidence is not changed.
_MILIK_PENGUNGGAH = (
    *("kinerja:download-impor", "kinerja:download-galat", "kinerja:download-bukti"),
    "laporan:download-lampiran",
)


@dataclass(frozen=True)
class Sasaran:
    """One form in the hands of one person. rute: name of the URL that it goes to."""

    rute: str
    kolom: str
    formulir: Formulir


@dataclass(frozen=True)
class Jawaban:
    """One answer, read to its end."""

    status: int
    kepala: Mapping[str, str]
    isi: bytes
    mengalir: bool

    @property
    def jenis(self) -> str:
        """Its type, without what follows it."""
        return self.kepala.get("Content-Type", "").partition(";")[0]

    @property
    def is_halaman(self) -> bool:
        """Whether it is a page that was opened."""
        return self.status == HTTPStatus.OK and not self.mengalir and self.jenis == "text/html"


@dataclass
class Catatan:
    """What came of all requests."""

    jawaban: Counter[str] = field(default_factory=Counter)
    galat: list[str] = field(default_factory=list)
    aktif: list[str] = field(default_factory=list)
    rumus: list[str] = field(default_factory=list)
    lembar: int = 0
    terlama: tuple[float, str] = (0.0, "")
    unduhan: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))


class Dunia:
    """The regency of the matrix, with everybody at his browser."""

    def __init__(self) -> None:
        negeri = make_negeri()
        self.nilai = fill_negeri(negeri)
        self.catatan = Catatan()
        self._isian = make_isian(negeri, self.nilai)
        self._penanya = Penanya(negeri, {})
        self._tabel = read_tabel()
        semua = {str(v) for n in self.nilai.values() for v in n.values()}
        self.tetangga = (*sorted(semua), "0")

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is done inside leaves no trace in the database, and does not count as a visit."""
        cache.clear()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def send(self, kolom: str, kirim: Kiriman) -> Jawaban:
        """One request and its whole answer, judged and counted."""
        mulai = time.monotonic()
        asli = self._penanya.get_klien(kolom).generic(
            kirim.metode, kirim.alamat, kirim.badan, kirim.jenis, headers=dict(kirim.kepala)
        )
        jawab = Jawaban(asli.status_code, asli.headers, asli.getvalue(), asli.streaming)
        apa = f"{kolom} {kirim.metode} {kirim.alamat[:120]}"
        self.catatan.terlama = max(self.catatan.terlama, (time.monotonic() - mulai, apa))
        self.catatan.jawaban[str(jawab.status)] += 1
        if jawab.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            isi_kirim = f"{kirim.jenis} {kirim.badan[:300]!r}"
            self.catatan.galat.append(f"{apa}\n{isi_kirim}\n{_trace(asli)}")
        self._judge_berkas(apa, kirim, jawab)
        return jawab

    def _judge_berkas(self, apa: str, kirim: Kiriman, jawab: Jawaban) -> None:
        diunduh = jawab.kepala.get("Content-Disposition", "").startswith("attachment")
        if not (diunduh or jawab.mengalir):
            return
        if not diunduh and jawab.jenis.startswith(_AKTIF):
            self.catatan.aktif.append(f"{apa}: {jawab.jenis}")
        if jawab.kepala.get("X-Content-Type-Options") != "nosniff":
            self.catatan.aktif.append(f"{apa}: tanpa nosniff")
        akhiran = _AKHIRAN.get(jawab.jenis, "")
        if akhiran in ("xlsx", "csv") and find_rute(kirim.alamat) not in _MILIK_PENGUNGGAH:
            self.catatan.lembar += 1
            self.catatan.rumus += [f"{apa}: {r}" for r in find_rumus(jawab.isi, akhiran)]
        ada = self.catatan.unduhan[akhiran]
        if akhiran and jawab.isi not in ada and len(ada) < _MAKS_CONTOH:
            ada.append(jawab.isi)

    def list_sasaran(self, kolom: Iterable[str], *, tiap: int = 1) -> dict[str, list[Sasaran]]:
        """By route: every address, and the forms of all pages that these people may open.

        tiap: only one page of so many is opened.
        """
        hasil: dict[str, list[Sasaran]] = defaultdict(list)
        for ke, (nama, metode, keadaan, alamat) in enumerate(self._list_alamat()):
            jawaban = dict(zip(PERAN, self._tabel[nama, metode, keadaan or "-"], strict=True))
            isian = tuple(
                (n, v) for n, v in self._isian.get(nama, {}).items() if isinstance(v, str)
            )
            for k in [k for k in kolom if jawaban[k] in _BERWENANG] or ["tamu"]:
                hasil[nama].append(Sasaran(nama, k, Formulir(metode, alamat, isian)))
                if metode == "GET" and ke % tiap == 0:
                    for s in self._read_halaman(k, alamat):
                        hasil[s.rute].append(s)
        return {rute: list(dict.fromkeys(daftar)) for rute, daftar in sorted(hasil.items())}

    def list_halaman(self, kolom: str) -> list[str]:
        """Addresses that this person may open."""
        ke = list(PERAN).index(kolom)
        return [
            alamat
            for nama, metode, keadaan, alamat in self._list_alamat()
            if metode == "GET" and self._tabel[nama, metode, keadaan or "-"][ke] == "200"
        ]

    def list_tautan(self, jawab: Jawaban, alamat: str, pola: re.Pattern[str]) -> list[str]:
        """Links and pictures of a page whose address looks like that."""
        if not jawab.is_halaman:
            return []
        ruas = html.document_fromstring(jawab.isi).iter("a", "img", "object")
        return [
            t
            for t in (urljoin(alamat, r.get("href") or r.get("src") or "") for r in ruas)
            if pola.search(t)
        ]

    def _list_alamat(self) -> Iterator[tuple[str, str, str, str]]:
        for nama, pola in walk_urls(get_resolver()):
            for keadaan, alamat in list_alamat(nama, pola, self.nilai):
                for metode in ("GET", "POST"):
                    if (nama, metode, keadaan or "-") in self._tabel:
                        yield nama, metode, keadaan, alamat

    def _read_halaman(self, kolom: str, alamat: str) -> Iterator[Sasaran]:
        with self.undone():
            jawab = self.send(kolom, Kiriman("GET", alamat))
        yield from self.read_sasaran(kolom, jawab, alamat)

    def read_sasaran(self, kolom: str, jawab: Jawaban, alamat: str) -> Iterator[Sasaran]:
        """Forms of a page that was opened."""
        if jawab.is_halaman:
            for formulir in read_formulir(jawab.isi, alamat):
                rute = find_rute(formulir.alamat)
                if rute:
                    yield Sasaran(rute, kolom, formulir)


def find_rute(alamat: str) -> str:
    """Name of the URL behind an address; "" where there is none of ours."""
    try:
        return resolve(urlsplit(alamat).path).view_name
    except Http404:
        return ""


def _trace(jawab: object) -> str:
    galat = getattr(jawab, "exc_info", None)
    return "".join(traceback.format_exception(*galat)[-6:]) if galat else "tanpa jejak tumpukan"
