"""Heads of all audit chains, noted day by day in files that the database cannot reach.

Each file names the one before it by its SHA-256, so that these are a chain as well. Copies belong
on another machine: who owns database and folder both could write both anew.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from organisasi.selectors_jejak import Kepala, list_kepala
from sakip.common.berkas import sha256_hex
from sakip.common.cakram import write_whole

_POLA = "kepala-jejak-*.jsonl.gz"


@dataclass(frozen=True)
class Catatan:
    """One file: how many chains it holds, and one fingerprint over all of them."""

    berkas: Path
    rantai: int
    sidik: str


class CatatanRusak(ValueError):
    """A file is missing, or is not the one that the next names."""


def note_kepala(folder: Path, *, now: datetime) -> Catatan:
    """Write the head of every chain into a new file that nobody may write to.

    Raises:
        OSError: the folder cannot be written to.
    """
    with transaction.atomic():
        kepala = list(list_kepala())
    baris = [_write_baris(k) for k in kepala]
    sidik = compute_sidik(kepala)
    lama = list_berkas(folder)
    judul = {
        "waktu": now.isoformat(),
        "rantai": len(baris),
        "sidik": sidik,
        "sebelum": [lama[-1].name, sha256_hex(lama[-1].read_bytes())] if lama else None,
    }
    isi = gzip.compress("\n".join([json.dumps(judul), *baris]).encode(), mtime=0)
    berkas = folder / f"kepala-jejak-{now:%Y%m%dT%H%M%S%f}Z.jsonl.gz"
    write_whole(berkas, [isi], mode=0o444)
    return Catatan(berkas, len(baris), sidik)


def read_kepala(folder: Path) -> Iterator[Kepala]:
    """Every head ever noted there, oldest file first.

    Raises:
        CatatanRusak: a file is missing, altered or unreadable.
    """
    lama: list[str] | None = None
    for berkas in list_berkas(folder):
        isi = berkas.read_bytes()
        try:
            judul, *baris = gzip.decompress(isi).decode().split("\n")
            sebelum = json.loads(judul)["sebelum"]
            kepala = [json.loads(b) for b in baris]
        except (OSError, EOFError, ValueError, KeyError) as galat:
            raise CatatanRusak(f"{berkas.name} tidak terbaca") from galat
        if sebelum != lama:
            raise CatatanRusak(f"berkas sebelum {berkas.name} hilang atau berubah")
        lama = [berkas.name, sha256_hex(isi)]
        for jenis, pk, urut, sidik in kepala:
            yield Kepala((jenis, pk), urut, sidik)


def compute_sidik(kepala: Iterable[Kepala]) -> str:
    """One fingerprint over many heads, as a note names it."""
    return hashlib.sha256("\n".join(map(_write_baris, kepala)).encode()).hexdigest()


def list_berkas(folder: Path) -> list[Path]:
    """The notes, oldest first."""
    return sorted(folder.glob(_POLA))


def _write_baris(kepala: Kepala) -> str:
    return json.dumps([*kepala.kunci, kepala.urut, kepala.sidik])
