"""An installation out of its backup: everything is verified first, and compared afterwards.

Files come first and the database last, in one transaction: where the disk is full, the database is
still what it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from organisasi.management.cadangan import list_kunci
from organisasi.models import Jejak, Pengguna, Sesi
from organisasi.selectors_jejak import find_putus, gather_tercatat, list_kepala
from organisasi.services.kepala_jejak import (
    CatatanRusak,
    compute_sidik,
    list_berkas,
    read_kepala,
)
from sakip.common.berkas import sha256_hex, store_berkas
from sakip.common.cadangan_arsip import BASIS_DATA, Manifes, read_bagian
from sakip.common.cadangan_basis import baca_kini, count_baris, restore_basis
from sakip.common.cakram import read_potongan, write_whole
from sakip.common.penyimpanan import get_penyimpanan


class TidakDipulihkan(RuntimeError):
    """Why nothing was touched."""


@dataclass
class Hasil:
    """What a restore did, and what is not as it was."""

    berkas: int = 0
    disisihkan: list[Path] = field(default_factory=list)
    dimigrasi: list[str] = field(default_factory=list)
    beda: list[str] = field(default_factory=list)
    kunci: list[str] = field(default_factory=list)


def require_cocok(manifes: Manifes) -> None:
    """Refuse a backup that this installation cannot take in.

    Raises:
        TidakDipulihkan: it is of another kind of database, or of a newer version.
    """
    if manifes["basis_data"] != connection.vendor:
        raise TidakDipulihkan(
            f"cadangan berasal dari {manifes['basis_data']}, instalasi ini memakai "
            f"{connection.vendor}"
        )
    asing = sorted(set(manifes["migrasi"]) - _list_migrasi_kode())
    if asing:
        raise TidakDipulihkan(
            f"cadangan dari versi yang lebih baru; kode ini belum mengenal {asing[0]}"
        )


def require_kosong() -> None:
    """Refuse where somebody already works.

    Raises:
        TidakDipulihkan: there are users, a trail, notes of it, or stored files.
    """
    isi = {
        "pengguna": _count(Pengguna),
        "catatan jejak": _count(Jejak),
        "berkas": sum(1 for _n in get_penyimpanan().list_nama()),
        "catatan kepala jejak": len(list_berkas(Path(settings.JEJAK_DIR))),
    }
    ada = [f"{banyak} {apa}" for apa, banyak in isi.items() if banyak]
    if ada:
        raise TidakDipulihkan(f"instalasi ini sudah berisi: {', '.join(ada)}")


def restore(arsip: Path, manifes: Manifes, *, now: datetime) -> Hasil:
    """Put files, notes and database of a verified backup in place, then compare.

    Raises:
        OSError: the disk is full or refuses; the database is untouched.
        BasisGagal: the database refused; it is what it was.
    """
    hasil = Hasil()
    with TemporaryDirectory(prefix="sakip-pulih-", dir=arsip.parent) as sementara:
        basis = Path(sementara) / BASIS_DATA
        hasil.disisihkan = _put_aside(manifes, now=now)
        for nama, sumber in read_bagian(arsip):
            hasil.berkas += place(nama, sumber, basis)
        restore_basis(basis)
    hasil.beda += _compare_tabel(manifes)
    hasil.dimigrasi = _migrate()
    if settings.PERAN_APLIKASI:
        # The tables are new, and so are the rights over them.
        call_command("hak_basisdata", verbosity=0)
    # Who signed out or was shut out since must not be signed in again.
    Sesi.objects.all().delete()
    cache.clear()
    hasil.beda += _compare_jejak(manifes)
    hasil.kunci = sorted(k for k, s in manifes["kunci"].items() if list_kunci().get(k) != s)
    return hasil


def _count(model: type[Pengguna] | type[Jejak]) -> int:
    try:
        return model._default_manager.count()
    except DatabaseError:
        return 0  # its table is not there yet


def _list_migrasi_kode() -> set[str]:
    pemuat = MigrationExecutor(connection).loader
    ganti = [k for m in pemuat.disk_migrations.values() for k in m.replaces]
    return {f"{a}.{n}" for a, n in [*pemuat.disk_migrations, *ganti]}


def place(nama: str, sumber: IO[bytes], basis: Path) -> bool:
    """Put a member where it belongs; whether it was a stored file."""
    folder, _garis, sisa = nama.partition("/")
    if folder == "berkas":
        store_berkas(sisa, sumber)
        return True
    tujuan = basis if nama == BASIS_DATA else Path(settings.JEJAK_DIR) / sisa
    write_whole(tujuan, read_potongan(sumber))
    return False


def _put_aside(manifes: Manifes, *, now: datetime) -> list[Path]:
    """Notes that the backup does not know speak of rows that it does not hold either."""
    folder = Path(settings.JEJAK_DIR)
    isi = manifes["isi"]
    lain = [
        b
        for b in list_berkas(folder)
        if isi.get(f"jejak/{b.name}", {}).get("sha256") != sha256_hex(b.read_bytes())
    ]
    sisih = folder / f"sebelum-pulih-{now:%Y%m%dT%H%M%S}Z"
    for berkas in lain:
        sisih.mkdir(exist_ok=True)
        move(berkas, sisih)
    return [sisih / b.name for b in lain]


def _compare_tabel(manifes: Manifes) -> Iterator[str]:
    kini, dulu = count_baris(baca_kini), manifes["tabel"]
    for nama in sorted(kini.keys() | dulu.keys()):
        if kini.get(nama) != dulu.get(nama):
            yield f"tabel {nama}: {dulu.get(nama)} baris di cadangan, {kini.get(nama)} di sini"


def _migrate() -> list[str]:
    """Steps that this code has and the backup had not."""
    pelaksana = MigrationExecutor(connection)
    rencana = pelaksana.migration_plan(pelaksana.loader.graph.leaf_nodes())
    if rencana:
        call_command("migrate", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    return [str(langkah) for langkah, _mundur in rencana]


def _compare_jejak(manifes: Manifes) -> Iterator[str]:
    sidik = compute_sidik(list_kepala())
    if sidik != manifes["jejak"]["sidik"]:
        yield f"sidik kepala jejak {sidik}, di cadangan {manifes['jejak']['sidik']}"
    try:
        tercatat = gather_tercatat(read_kepala(Path(settings.JEJAK_DIR)))
    except CatatanRusak as galat:
        yield f"catatan kepala rantai rusak: {galat}"
        return
    yield from (f"jejak putus: {p}" for p in find_putus(tercatat))
