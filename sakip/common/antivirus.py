"""Files of people go past a scanner for viruses before they are stored, where there is one.

The scanner is clamd of ClamAV, at a socket of this machine or a port of another. No answer is no
permission: while it is down nothing is taken in.
"""

import logging
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from sakip.common.errors import IsianTidakSah

logger = logging.getLogger(__name__)

# For connecting, for each part sent, and for the verdict.
BATAS_DETIK = 20
_POTONGAN = 64 * 1024
_MAKS_JAWAB = 4096


def require_bersih(potongan: Iterable[bytes]) -> None:
    """Ask the scanner about a file; nothing is asked where SAKIP_ANTIVIRUS names none.

    Raises:
        IsianTidakSah: it found something, refused the file, or did not answer (HTTP 422).
    """
    if not settings.ANTIVIRUS:
        return
    try:
        putusan = _scan(potongan)
    except OSError as galat:
        logger.error("antivirus_tak_menjawab galat=%s", type(galat).__name__)
        putusan = ""
    if putusan.endswith(" OK"):
        return
    if putusan.endswith(" FOUND"):
        logger.warning("antivirus_menemukan nama=%s", putusan.removeprefix("stream: "))
        raise IsianTidakSah(
            _("Berkas ini ditolak pemindai virus. Bersihkan komputer Anda, lalu unggah yang baru.")
        )
    if putusan:
        logger.error("antivirus_galat jawab=%s", putusan)
    raise IsianTidakSah(
        _("Pemindai virus belum dapat memeriksa berkas ini. Coba lagi beberapa saat lagi.")
    )


def _scan(potongan: Iterable[bytes]) -> str:
    """The verdict on what is sent, as clamd words it: "stream: OK"."""
    with _connect() as sambungan:
        sambungan.sendall(b"zINSTREAM\0")
        for p in potongan:
            for letak in range(0, len(p), _POTONGAN):
                bagian = p[letak : letak + _POTONGAN]
                sambungan.sendall(len(bagian).to_bytes(4, "big") + bagian)
        sambungan.sendall(bytes(4))
        jawab = b""
        while not jawab.endswith(b"\0") and len(jawab) < _MAKS_JAWAB:
            lagi = sambungan.recv(_MAKS_JAWAB)
            if not lagi:
                break
            jawab += lagi
    return jawab.rstrip(b"\0").decode("utf-8", "replace")


def _connect() -> socket.socket:
    alamat = urlsplit(settings.ANTIVIRUS)
    if alamat.scheme == "tcp":
        return socket.create_connection((alamat.hostname or "", alamat.port or 3310), BATAS_DETIK)
    sambungan = socket.socket(socket.AF_UNIX)
    sambungan.settimeout(BATAS_DETIK)
    try:
        sambungan.connect(alamat.path)
    except OSError:
        sambungan.close()
        raise
    return sambungan
