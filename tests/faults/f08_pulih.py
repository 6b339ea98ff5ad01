"""F8: the written restore into an empty database, against the time that pg_restore itself takes."""

import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from kinerja.models import Capaian
from organisasi.models import Sesi
from sakip.common.cadangan_arsip import BASIS_DATA, read_bagian
from sakip.common.cadangan_basis import baca_kini, count_baris
from sakip.env import BASE_DIR
from tests.faults._isi import copy_tahun, list_pilihan
from tests.faults._landasan import MULAI, Hasil, Landasan, require_postgres
from tests.laporan.meja_tanda import TANDA_SATU, until_beku
from tests.laporan.rute import make_kantor

_MAKS_RASIO = 5.0
_KOSONG = "sakip_pulih"
# Of all rows in whatever order: how many, and the sums of both halves of each one's fingerprint.
_SIDIK = """
SELECT '{tabel}', concat_ws(' ', count(*), sum(('x' || left(md5_, 15))::bit(60)::bigint),
sum(('x' || right(md5_, 15))::bit(60)::bigint)) FROM {kutip} t, LATERAL md5(t::text) md5_
"""
# Ended on purpose: whoever was shut out since must not be signed in again.
_SESI = Sesi._meta.db_table


def run(landasan: Landasan) -> Hasil:
    """Back up, restore in another process, compare every row and every file.

    `kali`: thousands of figures, so that rows, not starting programs, are what takes the time.
    """
    require_postgres()
    hasil, folder = Hasil(), landasan.folder
    with override_settings(MEDIA_ROOT=folder / "berkas", JEJAK_DIR=folder / "jejak"):
        until_beku(make_kantor(TANDA_SATU, MULAI), 3, MULAI)
        call_command("buat_data", *list_pilihan(landasan.kali * 1000), stdout=StringIO())
        with connection.cursor() as kursor:
            copy_tahun(kursor, landasan.kali * 1000)
        mulai = time.monotonic()
        call_command("cadangkan", folder / "cadangan", stdout=StringIO())
    hasil.catatan.append(f"{_describe_isi()}; dicadangkan dalam {time.monotonic() - mulai:.1f} s")
    _drill(folder, hasil)
    hasil.kejadian = 1
    return hasil


def _describe_isi() -> str:
    """How much there is to bring back."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_database_size(current_database()) / 1000000")
        (megabita,) = kursor.fetchone()
    return f"{Capaian.objects.count():,} capaian, {megabita} MB"


def _drill(folder: Path, hasil: Hasil) -> None:
    (arsip,) = (folder / "cadangan").iterdir()
    lingkungan = _make_lingkungan(folder / "pulih")
    lantai = _time_pg_restore(arsip, folder)
    _recreate()
    awal = _time_perintah(lingkungan, "--help")
    lama = _time_perintah(lingkungan, str(arsip)) - awal
    dulu, kini = _read_sidik(connection.settings_dict["NAME"]), _read_sidik(_KOSONG)
    beda = [t for t in dulu.keys() | kini.keys() if dulu.get(t) != kini.get(t)]
    hasil.require(not beda, f"tabel berbeda: {beda}")
    berkas = _read_berkas(folder / "berkas"), _read_berkas(folder / "pulih/berkas")
    hasil.require(berkas[0] and berkas[0] == berkas[1], "berkas berbeda atau tidak ada")
    rasio = lama / lantai
    hasil.require(rasio <= _MAKS_RASIO, f"{rasio:.1f}x pg_restore")
    hasil.catatan.append(
        f"{len(dulu)} tabel dan {len(berkas[0])} berkas sama; {lama:.1f} s, "
        f"{rasio:.1f}x pg_restore ({lantai:.1f} s), di luar menyalakan Django {awal:.1f} s"
    )


def _recreate() -> None:
    with connection.cursor() as kursor:
        kursor.execute(f"DROP DATABASE IF EXISTS {_KOSONG}")
        kursor.execute(f"CREATE DATABASE {_KOSONG}")


def _make_lingkungan(folder: Path) -> dict[str, str]:
    isi = connection.settings_dict
    alamat = f"{isi['USER']}:{isi['PASSWORD']}@{isi['HOST']}:{isi['PORT']}/{_KOSONG}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sakip.settings.dev",
        "SAKIP_VAR_DIR": str(folder / "var"),
        "SAKIP_MEDIA_ROOT": str(folder / "berkas"),
        "SAKIP_JEJAK_DIR": str(folder / "jejak"),
        "SAKIP_DATABASE_URL": f"postgres://{alamat}",
    }


def _time_perintah(lingkungan: dict[str, str], *pilihan: str) -> float:
    mulai = time.monotonic()
    subprocess.run(
        [sys.executable, "manage.py", "pulihkan", *pilihan],
        cwd=BASE_DIR,
        env=lingkungan,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - mulai


def _time_pg_restore(arsip: Path, folder: Path) -> float:
    """The floor: the same dump by the database's own program."""
    dump = folder / BASIS_DATA
    (isi,) = [sumber.read() for nama, sumber in read_bagian(arsip) if nama == BASIS_DATA]
    dump.write_bytes(isi)
    _recreate()
    mulai = time.monotonic()
    _run_program("pg_restore", _KOSONG, "--no-owner", str(dump))
    return time.monotonic() - mulai


def _read_sidik(basis: str) -> dict[str, str]:
    """One fingerprint of all rows for each table."""
    tanya = " UNION ALL ".join(
        _SIDIK.format(tabel=tabel, kutip=connection.ops.quote_name(tabel))
        for tabel in count_baris(baca_kini)
        if tabel != _SESI
    )
    keluar = _run_program("psql", basis, "--no-align", "--tuples-only", f"--command={tanya}")
    return dict(baris.split("|") for baris in keluar.splitlines())


def _run_program(nama: str, basis: str, *pilihan: str) -> str:
    isi = connection.settings_dict
    alamat = ["-h", isi["HOST"], "-p", str(isi["PORT"]), "-U", isi["USER"], "-d", basis]
    hasil = subprocess.run(
        [nama, *alamat, *pilihan],
        env={**os.environ, "PGPASSWORD": isi["PASSWORD"]},
        check=True,
        capture_output=True,
        text=True,
    )
    return hasil.stdout


def _read_berkas(akar: Path) -> dict[str, bytes]:
    return {str(b.relative_to(akar)): b.read_bytes() for b in akar.rglob("*") if b.is_file()}
