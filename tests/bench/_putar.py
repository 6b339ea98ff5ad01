"""People in front of browsers who keep to a plan: each step falls due when it was planned, or when
the page before it has come, whichever is later. How long it took counts from then, not from when a
free line was found; a slow server makes people wait, not fewer of them come.
"""

import heapq
import http.client
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

BATAS_DETIK = 90
_UTAS = 160
_PEMISAH = "batas-bagian-uji"
_BOLEH_ULANG = 6


@dataclass
class Jawaban:
    """What came back: status, where it leads, the page."""

    status: int
    ke: str
    isi: str
    tunggu: float


@dataclass
class Orang:
    """One browser. mulai: seconds after the start of the run at which the person opens it."""

    nama: str
    mulai: float
    langkah: list["Langkah"]
    kue: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Langkah:
    """One request. jeda: seconds of thought after the page before; harap: statuses that are right.

    berkas: name and bytes of one file that is uploaded.
    """

    nama: str
    alamat: str
    jeda: float
    isian: Mapping[str, str] | None = None
    berkas: tuple[str, bytes] | None = None
    harap: tuple[int, ...] = (200,)


@dataclass
class Catatan:
    """How long each kind of step took, and what was wrong."""

    detik: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    salah: list[str] = field(default_factory=list)
    diminta_menunggu: int = 0
    _kunci: threading.Lock = field(default_factory=threading.Lock)

    def note(self, langkah: Langkah, lama: float, jawaban: Jawaban | str) -> None:
        """One step that is over."""
        with self._kunci:
            self.detik[langkah.nama].append(lama)
            if isinstance(jawaban, str):
                self.salah.append(f"{langkah.nama}: {jawaban}")
            elif jawaban.status not in langkah.harap:
                pesan = re.sub(r"<[^>]+>|\s+", " ", jawaban.isi)[-300:]
                self.salah.append(f"{langkah.nama}: {jawaban.status} {jawaban.ke} {pesan}")

    def note_tunggu(self) -> None:
        """Too many signed in at once: the person was asked to try again in some seconds."""
        with self._kunci:
            self.diminta_menunggu += 1


class Putaran:
    """Plays what people do against one server."""

    def __init__(self, porta: int) -> None:
        self._porta = porta
        self.catatan = Catatan()

    def play(self, orang: Iterable[Orang]) -> float:
        """Everybody, to the end; seconds it took."""
        antre = [(o.mulai, n, o, 0) for n, o in enumerate(orang)]
        heapq.heapify(antre)
        kunci, mulai, jalan = threading.Condition(), time.monotonic(), 0

        def work(o: Orang, ke: int, jatuh: float, nomor: int) -> None:
            nonlocal jalan
            selesai = self._do(o, o.langkah[ke], mulai + jatuh) - mulai
            with kunci:
                jalan -= 1
                if ke + 1 < len(o.langkah):
                    berikut = max(jatuh, selesai) + o.langkah[ke + 1].jeda
                    heapq.heappush(antre, (berikut, nomor, o, ke + 1))
                kunci.notify()

        with ThreadPoolExecutor(_UTAS) as utas:
            while True:
                with kunci:
                    while not antre and jalan:
                        kunci.wait()
                    if not antre:
                        break
                    sisa = antre[0][0] - (time.monotonic() - mulai)
                    if sisa > 0:
                        kunci.wait(min(sisa, 0.05))
                        continue
                    jatuh, nomor, o, ke = heapq.heappop(antre)
                    jalan += 1
                utas.submit(work, o, ke, jatuh, nomor)
        return time.monotonic() - mulai

    def _do(self, orang: Orang, langkah: Langkah, jatuh: float) -> float:
        """One step, again where the person is asked to wait a moment; when it was over."""
        jawaban: Jawaban | str = "tidak dijawab"
        for _ in range(_BOLEH_ULANG):
            try:
                jawaban = self._ask(orang, langkah)
            except (OSError, http.client.HTTPException) as putus:
                jawaban = repr(putus)
                break
            if jawaban.status != 503 or not jawaban.tunggu:
                break
            self.catatan.note_tunggu()
            time.sleep(jawaban.tunggu)
        kini = time.monotonic()
        self.catatan.note(langkah, kini - jatuh, jawaban)
        return kini

    def _ask(self, orang: Orang, langkah: Langkah) -> Jawaban:
        kepala = {"Cookie": "; ".join(f"{n}={v}" for n, v in orang.kue.items())}
        isi: bytes | None = None
        if langkah.isian is not None:
            token = {"csrfmiddlewaretoken": orang.kue.get("csrftoken", "")}
            isi, kepala["Content-Type"] = _encode({**token, **langkah.isian}, langkah.berkas)
        sambungan = http.client.HTTPConnection("127.0.0.1", self._porta, timeout=BATAS_DETIK)
        try:
            sambungan.request("GET" if isi is None else "POST", langkah.alamat, isi, kepala)
            jawaban = sambungan.getresponse()
            teks = jawaban.read().decode(errors="replace")
            for nilai in jawaban.headers.get_all("Set-Cookie") or ():
                nama, _, lain = nilai.partition("=")
                orang.kue[nama] = lain.partition(";")[0]
            tunggu = float(jawaban.headers.get("Retry-After", 0))
            return Jawaban(jawaban.status, jawaban.headers.get("Location", ""), teks, tunggu)
        finally:
            sambungan.close()


def _encode(isian: Mapping[str, str], berkas: tuple[str, bytes] | None) -> tuple[bytes, str]:
    """A posted form as a browser sends it, and its type."""
    if berkas is None:
        return urlencode(isian).encode(), "application/x-www-form-urlencoded"
    kepala = 'Content-Disposition: form-data; name="{}"'
    bagian = [f"{kepala.format(n)}\r\n\r\n{v}".encode() for n, v in isian.items()]
    nama, isi = berkas
    judul = f'{kepala.format("bukti")}; filename="{nama}"\r\nContent-Type: application/pdf\r\n\r\n'
    bagian.append(judul.encode() + isi)
    garis = f"--{_PEMISAH}\r\n".encode()
    badan = b"".join(garis + b + b"\r\n" for b in bagian) + f"--{_PEMISAH}--\r\n".encode()
    return badan, f"multipart/form-data; boundary={_PEMISAH}"
