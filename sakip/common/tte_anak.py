"""Judging a stranger's PDF in a process of its own, with little memory, little time and no secrets.

The parent sends one line of JSON (PEM roots) and the file; the child answers with JSON. Whatever a
hostile file does, it does there.
"""

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from sakip.common.tte import HasilPeriksa
from sakip.env import BASE_DIR, VAR_DIR

_MEMORI = 1024 * 1024 * 1024
_DETIK = 20
# At the same time on this machine; whoever comes then waits a little, and is asked to come again.
_SEREMPAK = 2
_TUNGGU = 5.0


class TakTerbaca(Exception):
    """The child found no PDF in it, or one that is broken."""


class TerlaluBerat(Exception):
    """The child ran into its limits."""


class SedangPenuh(Exception):
    """As many children as may run are running."""


def check_terpisah(isi: bytes, akar: Sequence[bytes]) -> list[HasilPeriksa]:
    """`validate_pdf` in a child of its own.

    Raises:
        TakTerbaca, TerlaluBerat, SedangPenuh: as they say.
    """
    kepala = json.dumps({"akar": [a.decode() for a in akar]}).encode() + b"\n"
    with _take_tempat():
        keluaran = _run_anak(kepala + isi)
    if keluaran.get("galat"):
        raise TakTerbaca
    return [_build_hasil(h) for h in keluaran["hasil"]]


def _run_anak(masukan: bytes) -> dict[str, Any]:
    try:
        anak = subprocess.run(
            [sys.executable, "-m", "sakip.common.tte_anak"],
            input=masukan,
            capture_output=True,
            timeout=_DETIK + 10,
            check=False,
            cwd=BASE_DIR,
            env={"PYTHONPATH": str(BASE_DIR), "SAKIP_VAR_DIR": str(VAR_DIR), "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as galat:
        raise TerlaluBerat from galat
    try:
        hasil: dict[str, Any] = json.loads(anak.stdout)
    except ValueError as galat:
        raise TerlaluBerat from galat
    return hasil


def _build_hasil(h: dict[str, Any]) -> HasilPeriksa:
    waktu = datetime.fromisoformat(h["waktu"]) if h["waktu"] else None
    return HasilPeriksa(**{**h, "waktu": waktu})


@contextmanager
def _take_tempat() -> Iterator[None]:
    """One of the places, or SedangPenuh."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    akhir = time.monotonic() + _TUNGGU
    while True:
        for n in range(_SEREMPAK):
            with (VAR_DIR / f".periksa-{n}").open("wb") as kunci:
                if _try_lock(kunci):
                    yield
                    return
        if time.monotonic() > akhir:
            raise SedangPenuh
        time.sleep(0.1)


def _try_lock(kunci: IO[bytes]) -> bool:
    try:
        fcntl.flock(kunci, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _main() -> None:
    import resource

    from django.conf import settings

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORI, _MEMORI))
    resource.setrlimit(resource.RLIMIT_CPU, (_DETIK, _DETIK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    settings.configure(USE_I18N=False)

    from sakip.common.tte import TandaGagal
    from sakip.common.tte_periksa import validate_pdf

    kepala, _baris, isi = sys.stdin.buffer.read().partition(b"\n")
    akar = [a.encode() for a in json.loads(kepala)["akar"]]
    try:
        hasil = [asdict(h) for h in validate_pdf(isi, akar)]
    except TandaGagal:
        print(json.dumps({"galat": "tak_terbaca"}))  # noqa: T201 - the answer to the parent
        return
    for h in hasil:
        h["waktu"] = h["waktu"].isoformat() if h["waktu"] else None
    print(json.dumps({"hasil": hasil}))  # noqa: T201 - the answer to the parent


if __name__ == "__main__":
    _main()
