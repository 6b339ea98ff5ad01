"""The file of a backup: one tar, its manifest last, every member named there with its SHA-256.

A tar that was cut off anywhere has no manifest, or one that names more than is there. So whatever
passes `check_arsip` is whole.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from sakip.common.cakram import open_whole, read_potongan

BENTUK = 1
BASIS_DATA = "basisdata"
MANIFES = "manifes.json"
_FOLDER = ("berkas", "jejak")
_SIDIK = re.compile(r"[0-9a-f]{64}")

Manifes = dict[str, Any]
_Bagian = dict[str, str | int]


class ArsipRusak(ValueError):
    """The file is no whole backup of this product."""


class _Penghitung:
    """Reads on while it takes the fingerprint of what goes through."""

    def __init__(self, sumber: IO[bytes]) -> None:
        self._sumber = sumber
        self._sidik = hashlib.sha256()

    def read(self, banyak: int = -1) -> bytes:
        """The next bytes."""
        isi = self._sumber.read(banyak)
        self._sidik.update(isi)
        return isi

    def hexdigest(self) -> str:
        """SHA-256 of what was read so far."""
        return self._sidik.hexdigest()


class PenulisArsip:
    """Adds members to a backup that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.isi: dict[str, _Bagian] = {}

    def add(self, nama: str, berkas: Path) -> None:
        """One file of the disk. Raises FileNotFoundError before anything of it is written."""
        with berkas.open("rb") as sumber:
            self.add_alir(nama, sumber, berkas.stat().st_size)

    def add_alir(self, nama: str, sumber: IO[bytes], ukuran: int) -> None:
        """A stream of that many bytes.

        Raises:
            OSError: it ends earlier or cannot be read; the whole archive is then worth nothing.
        """
        info = tarfile.TarInfo(nama)
        info.size, info.mode = ukuran, 0o600
        penghitung = _Penghitung(sumber)
        self._tar.addfile(info, penghitung)
        self.isi[nama] = {"bytes": info.size, "sha256": penghitung.hexdigest()}

    def close(self, manifes: Manifes) -> None:
        """The manifest, which ends the file."""
        teks = json.dumps({"bentuk": BENTUK, **manifes, "isi": self.isi}, indent=1).encode()
        info = tarfile.TarInfo(MANIFES)
        info.size, info.mode = len(teks), 0o600
        self._tar.addfile(info, BytesIO(teks))


@contextmanager
def write_arsip(tujuan: Path) -> Iterator[PenulisArsip]:
    """A new backup, readable by its owner alone; whole under its name, or not there.

    Raises:
        OSError: the disk is full or refuses.
    """
    with (
        open_whole(tujuan, mode=0o600) as keluaran,
        tarfile.open(fileobj=keluaran, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield PenulisArsip(tar)


def check_arsip(arsip: Path) -> Manifes:
    """Read the whole file, and give its manifest when every member is what it names.

    Raises:
        ArsipRusak: it is cut off, altered, or no backup.
        OSError: it cannot be read.
    """
    try:
        manifes, terbaca = _read_semua(arsip)
    except (tarfile.TarError, EOFError) as galat:
        raise ArsipRusak(f"tidak terbaca: {galat}") from galat
    if manifes is None:
        raise ArsipRusak("manifesnya tidak ada; berkas ini terpotong atau bukan cadangan")
    if manifes["isi"] != terbaca:
        beda = [n for n in manifes["isi"] | terbaca if manifes["isi"].get(n) != terbaca.get(n)]
        raise ArsipRusak(f"{len(beda)} bagian tidak cocok dengan sidiknya, pertama: {beda[0]}")
    return manifes


def _read_semua(arsip: Path) -> tuple[Manifes | None, dict[str, _Bagian]]:
    manifes: Manifes | None = None
    terbaca: dict[str, _Bagian] = {}
    for info, sumber in _walk(arsip):
        if manifes is not None or info.name in terbaca:
            raise ArsipRusak(f"bagian {info.name} berlebih")
        if info.name == MANIFES:
            manifes = _parse(sumber.read())
            continue
        terbaca[info.name] = {"bytes": info.size, "sha256": _drain(sumber)}
    return manifes, terbaca


def read_bagian(arsip: Path) -> Iterator[tuple[str, BinaryIO]]:
    """Every member but the manifest, in the order of the file. Check the archive first."""
    for info, sumber in _walk(arsip):
        if info.name != MANIFES:
            yield info.name, sumber


def _walk(arsip: Path) -> Iterator[tuple[tarfile.TarInfo, Any]]:
    with tarfile.open(arsip, "r:") as tar:
        for info in tar:
            sumber = tar.extractfile(info) if info.isreg() else None
            if sumber is None or not _is_nama_sah(info.name):
                raise ArsipRusak(f"bagian {info.name!r} bukan milik cadangan")
            yield info, sumber


def _is_nama_sah(nama: str) -> bool:
    if nama in (BASIS_DATA, MANIFES):
        return True
    bagian = PurePosixPath(nama).parts
    return len(bagian) > 1 and bagian[0] in _FOLDER and ".." not in bagian


def _drain(sumber: IO[bytes]) -> str:
    sidik = hashlib.sha256()
    for isi in read_potongan(sumber):
        sidik.update(isi)
    return sidik.hexdigest()


def _parse(teks: bytes) -> Manifes:
    try:
        manifes = json.loads(teks)
        bentuk, isi = manifes["bentuk"], manifes["isi"]
        sah = BASIS_DATA in isi and all(_SIDIK.fullmatch(i["sha256"]) for i in isi.values())
    except (ValueError, KeyError, TypeError, AttributeError) as galat:
        raise ArsipRusak("manifesnya tidak terbaca") from galat
    if bentuk != BENTUK:
        raise ArsipRusak(f"bentuk {bentuk} tidak dikenal versi aplikasi ini")
    if not sah:
        raise ArsipRusak("manifesnya tidak menyebut basis data beserta sidiknya")
    return dict(manifes)
