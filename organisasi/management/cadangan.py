"""A backup of the installation: database, stored files, notes of the audit chains, a manifest.

The database is dumped before the files are read. What is stored afterwards does no harm; a file
that a person throws away meanwhile is in neither. Keys are named with their fingerprints, so that
whoever restores knows which ones he needs; they are kept elsewhere.
"""

import hashlib
import platform
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.db import connection

from organisasi.models import Jejak
from organisasi.selectors_jejak import Kepala, list_berjejak
from organisasi.services.kepala_jejak import compute_sidik, list_berkas
from sakip.common.berkas import sha256_hex
from sakip.common.cadangan_arsip import BASIS_DATA, Manifes, PenulisArsip, write_arsip
from sakip.common.cadangan_basis import Baca, count_baris, dump_basis
from sakip.common.penyimpanan import get_penyimpanan

_POLA = "sakip-*Z.tar"


@dataclass(frozen=True)
class Cadangan:
    """One finished backup: where it is, its manifest, and what was removed for it."""

    berkas: Path
    manifes: Manifes
    dibuang: list[Path]


def make_cadangan(folder: Path, *, now: datetime, simpan: int | None = None) -> Cadangan:
    """Write one backup into `folder`; then, with `simpan`, delete all but that many of the newest.

    Raises:
        OSError: the disk is full or refuses; nothing new is left there.
        BasisGagal: the database could not be dumped.
        ValueError: the folder lies among the files that are backed up.
    """
    akar = Path(settings.MEDIA_ROOT).resolve()
    if folder.resolve().is_relative_to(akar):
        raise ValueError(f"{folder} berada di dalam folder berkas {akar}")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tujuan = folder / f"sakip-{now:%Y%m%dT%H%M%S}Z.tar"
    catatan = list_berkas(Path(settings.JEJAK_DIR))
    with TemporaryDirectory(prefix=".cadangan-", dir=folder) as sementara:
        basis = Path(sementara) / BASIS_DATA
        with dump_basis(basis) as baca:
            potret = describe(baca)
        with write_arsip(tujuan) as penulis:
            penulis.add(BASIS_DATA, basis)
            for berkas in catatan:
                penulis.add(f"jejak/{berkas.name}", berkas)
            add_tersimpan(penulis)
            manifes = {"waktu": now.isoformat(), **potret, "kunci": list_kunci()}
            penulis.close(manifes)
    return Cadangan(tujuan, {**manifes, "isi": penulis.isi}, _prune(folder, simpan))


def describe(baca: Baca) -> Manifes:
    """What the database held at that moment, as the manifest names it."""
    kepala = list(_read_kepala(baca))
    return {
        "basis_data": connection.vendor,
        "versi": {
            "python": platform.python_version(),
            "django": django.get_version(),
            "basis_data": _read_versi(baca),
        },
        "migrasi": sorted(f"{a}.{n}" for a, n in baca("SELECT app, name FROM django_migrations")),
        "tabel": count_baris(baca),
        "jejak": {"rantai": len(kepala), "sidik": compute_sidik(kepala)},
    }


def add_tersimpan(penulis: PenulisArsip) -> None:
    """Every stored file, out of whatever store; without those thrown away meanwhile."""
    penyimpanan = get_penyimpanan()
    for nama in penyimpanan.list_nama():
        try:
            sumber, ukuran = penyimpanan.open_alir(nama)
        except FileNotFoundError:
            continue
        with closing(sumber):
            penulis.add_alir(f"berkas/{nama}", sumber, ukuran)


def list_kunci() -> dict[str, str]:
    """Keys without which the data is worth less: name and fingerprint, never the key.

    Passwords are not among them: from the fingerprint of a short one it can be guessed.
    """
    tte = Path(settings.TTE_DIR)
    berkas = sorted(b for b in tte.rglob("*") if b.is_file())
    return {
        "SAKIP_SECRET_KEY": _take_sidik([b"sakip.kunci:", settings.SECRET_KEY.encode()]),
        **{f"tte/{b.relative_to(tte)}": sha256_hex(b.read_bytes()) for b in berkas},
    }


def _take_sidik(bagian: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(bagian)).hexdigest()


def _read_kepala(baca: Baca) -> Iterator[Kepala]:
    """As `list_kepala`, from the dumped state."""
    kutip = connection.ops.quote_name
    for model in list_berjejak():
        pk = kutip(model._meta.pk.attname)
        dari = kutip(model._meta.db_table)
        sql = ["SELECT", pk, ", jejak_urut, jejak_sidik FROM", dari]
        sql += ["WHERE jejak_urut > 0 ORDER BY", pk]
        for nomor, urut, sidik in baca(" ".join(sql)):
            yield Kepala((model._meta.label_lower, nomor), urut, sidik)


def _read_versi(baca: Baca) -> str:
    tanya = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}
    return str(baca(tanya[connection.vendor])[0][0])


def _prune(folder: Path, simpan: int | None) -> list[Path]:
    if simpan is None:
        return []
    lama = sorted(folder.glob(_POLA))[:-simpan]
    for berkas in lama:
        berkas.unlink(missing_ok=True)
    return lama


def count_jejak(manifes: Manifes) -> int:
    """Rows of the audit trail in a backup."""
    return int(manifes["tabel"][Jejak._meta.db_table])
