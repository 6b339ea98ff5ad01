"""People who read, through HTTP alone: their pages over and over, so many a second."""

import http.client
import http.cookiejar
import itertools
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from lxml import html

from tests.faults._landasan import compute_p95

_BUKAN_HALAMAN = re.compile(r"/(keluar|masuk|berkas|unduh|excel|csv|cetak|pdf|word|faktor|sandi)\b")
_AWAL = ("/", "/capaian/", "/laporan/", "/capaian/rekap/", "/capaian/rencana-aksi/")
_MAKS_HALAMAN = 20
_BATAS_DETIK = 40


@dataclass(frozen=True)
class Jawaban:
    """One request: when, how long, and why it failed, if it did."""

    mulai: float
    detik: float
    apa: str
    galat: str = ""


@dataclass
class Orang:
    """One person with a browser. alamat: where the next request goes, as a balancer decides."""

    nip: str
    sandi: str
    alamat: Callable[[], str]
    halaman: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._kue = http.cookiejar.CookieJar()
        self._peramban = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._kue))

    def sign_in(self) -> None:
        """Through the door, as everybody."""
        masuk = self.fetch("/masuk/")
        isi = _read_form(masuk)
        self.fetch("/masuk/", isi | {"username": self.nip, "password": self.sandi})

    def fetch(self, jalur: str, isi: dict[str, str] | None = None) -> str:
        """The page at the end of all redirects.

        Raises:
            OSError: no answer, an answer that is no page, or the door: signed out.
        """
        alamat = self.alamat() + jalur
        data = urllib.parse.urlencode(isi).encode() if isi is not None else None
        permintaan = urllib.request.Request(alamat, data=data)  # noqa: S310 - our own server
        with self._peramban.open(permintaan, timeout=_BATAS_DETIK) as jawaban:
            teks: str = jawaban.read().decode()
            akhir = urllib.parse.urlsplit(jawaban.url).path
        if akhir.startswith("/masuk/") and jalur != "/masuk/":
            raise OSError("keluar dengan sendirinya")
        return teks

    def explore(self) -> None:
        """Find the pages that answer now."""
        antre, lihat = list(_AWAL), set(_AWAL)
        while antre and len(self.halaman) < _MAKS_HALAMAN:
            jalur = antre.pop(0)
            try:
                teks = self.fetch(jalur)
            except OSError:
                continue
            self.halaman.append(jalur)
            pohon = html.document_fromstring(teks)
            tautan = (a.get("href", "") for a in pohon.iter("a"))
            baru = [a for a in tautan if _is_halaman(a)]
            antre += [a for a in dict.fromkeys(baru) if a not in lihat]
            lihat.update(baru)


def _is_halaman(tautan: str) -> bool:
    bersih = urllib.parse.urlsplit(tautan)
    return (
        bersih.netloc == ""
        and bersih.path.startswith("/")
        and bersih.path.endswith("/")
        and not _BUKAN_HALAMAN.search(bersih.path)
    )


def _read_form(teks: str) -> dict[str, str]:
    """Fields of the form that asks for a password, as a browser would send them."""
    semua = html.document_fromstring(teks).iter("form")
    formulir = [f for f in semua if isinstance(f, html.FormElement) and "password" in f.fields]
    return {str(nama): str(isi) for nama, isi in formulir[0].form_values()}


@dataclass
class Beban:
    """All of them at once, so many requests a second."""

    orang: Sequence[Orang]
    per_detik: float
    jawaban: list[Jawaban] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._berhenti = threading.Event()
        self._kunci = threading.Lock()
        self._giliran = 0.0
        self._utas = [threading.Thread(target=self._work, args=(o,)) for o in self.orang]

    def __enter__(self) -> "Beban":
        for utas in self._utas:
            utas.start()
        return self

    def __exit__(self, *_galat: object) -> None:
        self._berhenti.set()
        for utas in self._utas:
            utas.join()

    def since(self, mulai: float) -> list[Jawaban]:
        """What was answered to requests since then, those still open at that moment included."""
        return [j for j in list(self.jawaban) if j.mulai + j.detik >= mulai]

    def _work(self, orang: Orang) -> None:
        for ke in itertools.count():
            self._wait()
            if self._berhenti.is_set():
                return
            jalur = orang.halaman[ke % len(orang.halaman)]
            self._note(f"buka {jalur}", partial(orang.fetch, jalur))

    def _wait(self) -> None:
        """Until the next request is due; all share one clock."""
        with self._kunci:
            kini = time.monotonic()
            self._giliran = max(self._giliran + 1 / self.per_detik, kini)
            jeda = self._giliran - kini
        self._berhenti.wait(jeda)

    def _note(self, apa: str, kerja: Callable[[], object]) -> None:
        mulai, galat = time.monotonic(), ""
        try:
            kerja()
        except (OSError, http.client.HTTPException) as sebab:
            galat = f"{type(sebab).__name__}: {sebab}"
        self.jawaban.append(Jawaban(mulai, time.monotonic() - mulai, apa, galat))


def describe(jawaban: Sequence[Jawaban], detik: float) -> str:
    """A line of figures."""
    lama = [j.detik for j in jawaban] or [0.0]
    gagal = sum(bool(j.galat) for j in jawaban)
    return (
        f"{len(jawaban)} permintaan ({len(jawaban) / max(detik, 0.001):.0f}/s), {gagal} gagal, "
        f"p95 {compute_p95(lama):.1f} s, terlama {max(lama):.1f} s"
    )


def list_gagal(jawaban: Sequence[Jawaban]) -> list[str]:
    """Each kind of failure once, with how often."""
    hitung = Counter(f"{re.sub(r'[0-9]+', 'N', j.apa)}: {j.galat}" for j in jawaban if j.galat)
    return [f"{n}x {kata}" for kata, n in hitung.most_common(5)]
