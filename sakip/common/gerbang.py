"""The gateway: one small interface through which a message leaves the house.

A message may be handed over more than once; `kunci` is the same each time, so that the other side
can tell a repeat. Numbers and addresses are personal: they are never logged whole.
"""

import json
import logging
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)

_MAKS_JAWAB = 64 * 1024
_MAKS_TUNGGU = 24 * 60 * 60
_NAMA = re.compile(r"\{(tujuan|teks|kunci)\}")
_RUMAH = frozenset({"127.0.0.1", "localhost", "::1"})


class Nasib(StrEnum):
    """What became of a message: taken, not now, or never."""

    TERKIRIM = "terkirim"
    COBA_LAGI = "coba_lagi"
    DITOLAK = "ditolak"


@dataclass(frozen=True)
class Hasil:
    """What became of a message. sebab: for people. tunggu: seconds the other side asked to wait."""

    nasib: Nasib
    sebab: str = ""
    tunggu: int = 0


class Gerbang(Protocol):
    """A way out. Never raises for what the other side does."""

    def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
        """Hand `teks` over for `tujuan`, an address or a number in E.164."""


def mask_tujuan(tujuan: str) -> str:
    """An address or number as a log or a page may show it: "+62•••89", "bu•••@contoh.go.id"."""
    nama, _at, ranah = tujuan.partition("@")
    if ranah:
        return f"{nama[:2]}•••@{ranah}"
    return f"{tujuan[:3]}•••{tujuan[-2:]}" if len(tujuan) > 6 else "•••"


class GerbangKonsol:
    """Writes messages into the log, for development."""

    def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
        """Always taken."""
        logger.info("pesan_konsol tujuan=%s kunci=%s teks=%s", mask_tujuan(tujuan), kunci, teks)
        return Hasil(Nasib.TERKIRIM)


class GerbangSurel:
    """E-mail by Django's own settings; the first sentence is the subject."""

    def __init__(self, ranah: str) -> None:
        self._ranah = ranah

    def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
        """Taken by the mail server, refused for this address, or to be tried again."""
        judul = " ".join(teks.split("\n")[0].split())[:150]
        surat = EmailMessage(
            subject=judul,
            body=teks,
            to=[tujuan],
            headers={"Message-ID": f"<{kunci.replace(':', '.')}@{self._ranah}>"},
        )
        try:
            surat.send()
        except (SMTPRecipientsRefused, ValueError):  # ValueError: no address at all, to Django
            return Hasil(Nasib.DITOLAK, "Alamat surel ini ditolak peladen surel.")
        except (SMTPException, OSError) as galat:
            logger.warning("surel_gagal kunci=%s galat=%s", kunci, type(galat).__name__)
            return Hasil(Nasib.COBA_LAGI, "Peladen surel tidak dapat dihubungi.")
        return Hasil(Nasib.TERKIRIM)


@dataclass(frozen=True)
class GerbangHttp:
    """POST of a JSON body to a gateway for WhatsApp or SMS. TLS; redirects are not followed.

    isi: the body; texts in it may hold {tujuan}, {teks} and {kunci}, which are put in as values,
    never as JSON.
    """

    alamat: str
    token: str
    isi: Mapping[str, object]
    batas_detik: int = 10

    def __post_init__(self) -> None:
        alamat = urlsplit(self.alamat)
        polos = alamat.scheme == "http" and alamat.hostname in _RUMAH
        if not alamat.hostname or not (alamat.scheme == "https" or polos):
            raise ImproperlyConfigured("SAKIP_GERBANG_URL harus beralamat https.")

    def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
        """2xx is taken, 429 and 5xx are tried again, every other answer is a refusal."""
        nilai = {"tujuan": tujuan, "teks": teks, "kunci": kunci}
        try:
            status, tunggu = self._post(json.dumps(_put(self.isi, nilai)).encode(), kunci)
        except (HTTPException, OSError) as galat:
            logger.warning("gerbang_gagal kunci=%s galat=%s", kunci, type(galat).__name__)
            return Hasil(Nasib.COBA_LAGI, "Gerbang pesan tidak dapat dihubungi.")
        if 200 <= status < 300:
            return Hasil(Nasib.TERKIRIM)
        logger.warning("gerbang_menolak kunci=%s status=%s", kunci, status)
        sebab = f"Gerbang pesan menjawab {status}."
        nanti = status in (408, 425, 429) or status >= 500
        return Hasil(Nasib.COBA_LAGI if nanti else Nasib.DITOLAK, sebab, tunggu)

    def _post(self, isi: bytes, kunci: str) -> tuple[int, int]:
        alamat = urlsplit(self.alamat)
        sambungan = self._connect(alamat)
        try:
            tajuk = {"Content-Type": "application/json", "Idempotency-Key": kunci}
            if self.token:
                tajuk["Authorization"] = f"Bearer {self.token}"
            jalur = (alamat.path or "/") + (f"?{alamat.query}" if alamat.query else "")
            sambungan.request("POST", jalur, isi, tajuk)
            jawab = sambungan.getresponse()
            jawab.read(_MAKS_JAWAB)
            return jawab.status, _read_tunggu(jawab.getheader("Retry-After", ""))
        finally:
            sambungan.close()

    def _connect(self, alamat: SplitResult) -> HTTPConnection:
        tuan = alamat.hostname or ""
        if alamat.scheme == "http":
            return HTTPConnection(tuan, alamat.port, timeout=self.batas_detik)
        return HTTPSConnection(
            tuan, alamat.port, timeout=self.batas_detik, context=ssl.create_default_context()
        )


def _put(isi: object, nilai: Mapping[str, str]) -> object:
    """The template with values in the place of {names}, in its texts only."""
    if isinstance(isi, Mapping):
        return {n: _put(v, nilai) for n, v in isi.items()}
    if isinstance(isi, list):
        return [_put(v, nilai) for v in isi]
    if isinstance(isi, str):
        return _NAMA.sub(lambda nama: nilai[nama[1]], isi)
    return isi


def _read_tunggu(teks: str) -> int:
    """Seconds of a Retry-After; 0 where it is missing or a date."""
    return min(int(teks), _MAKS_TUNGGU) if teks.isascii() and teks.isdigit() else 0


def build_gerbang(setelan: object) -> dict[str, Gerbang]:
    """The ways out this installation has, by channel: "surel", "pesan", both or none.

    setelan: Django's settings.

    Raises:
        ImproperlyConfigured: a name that is not known, or an address without TLS.
    """
    gerbang: dict[str, Gerbang] = {}
    if getattr(setelan, "SUREL_AKTIF", False):
        ranah = urlsplit(getattr(setelan, "ALAMAT_PUBLIK", "")).hostname or "sakip"
        gerbang["surel"] = GerbangSurel(ranah)
    jenis = getattr(setelan, "GERBANG_PESAN", "")
    if jenis == "konsol":
        gerbang["pesan"] = GerbangKonsol()
    elif jenis == "http":
        gerbang["pesan"] = GerbangHttp(
            getattr(setelan, "GERBANG_URL", ""),
            getattr(setelan, "GERBANG_TOKEN", ""),
            getattr(setelan, "GERBANG_ISI", {}),
            getattr(setelan, "GERBANG_BATAS_DETIK", 10),
        )
    elif jenis:
        raise ImproperlyConfigured(f"SAKIP_GERBANG_PESAN tidak dikenal: {jenis}")
    return gerbang
