"""A whole database into one file and back, by the programs of its makers.

SQLite: its own backup interface, both ways; writers go on, a server that runs sees one state or the
other. PostgreSQL: pg_dump in its custom format from an exported snapshot, so that what is counted
is what is dumped; back through psql in one transaction, so that a failure changes nothing.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

# Answers a query about the state that was dumped.
Baca = Callable[[str], list[tuple[Any, ...]]]
_TUNGGU_DETIK = 20
_TABEL = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
# What a newer version added is gone too, or its migration could never run again.
_KOSONGKAN = """
SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE;', schemaname, tablename)
  FROM pg_tables WHERE schemaname = current_schema()
UNION ALL
SELECT format('DROP FUNCTION IF EXISTS %s CASCADE;', p.oid::regprocedure)
  FROM pg_proc p
 WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


class BasisGagal(RuntimeError):
    """The database's own program refused; what it said."""


def dump_basis(tujuan: Path) -> AbstractContextManager[Baca]:
    """Write the database as it is at one moment to `tujuan`; the block may ask about that moment.

    Call outside of any transaction.

    Raises:
        BasisGagal: the database is damaged, or its program is missing or refuses.
    """
    return _dump_sqlite(tujuan) if connection.vendor == "sqlite" else _dump_postgres(tujuan)


def restore_basis(sumber: Path) -> None:
    """Put the dumped state in place of whatever the database holds; all of it, or nothing.

    Raises:
        BasisGagal: the dump is damaged, or the database's program is missing or refuses.
    """
    connection.close()
    if connection.vendor == "sqlite":
        _restore_sqlite(sumber)
    else:
        _restore_postgres(sumber)


def baca_kini(sql: str) -> list[tuple[Any, ...]]:
    """A query to the database of this process."""
    with connection.cursor() as kursor:
        kursor.execute(sql)
        return list(kursor.fetchall())


def count_baris(baca: Baca) -> dict[str, int]:
    """How many rows each table has, by its name."""
    tabel = sorted(nama for (nama,) in baca(_TABEL[connection.vendor]))
    kutip = connection.ops.quote_name
    return {nama: baca(" ".join(["SELECT count(*) FROM", kutip(nama)]))[0][0] for nama in tabel}


# --- SQLite ---------------------------------------------------------------------------------------


def _open_sqlite(berkas: Path | str) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(berkas, timeout=_TUNGGU_DETIK))


@contextmanager
def _dump_sqlite(tujuan: Path) -> Iterator[Baca]:
    asal = connection.settings_dict["NAME"]
    try:
        with _open_sqlite(asal) as sumber, _open_sqlite(tujuan) as salinan:
            sumber.backup(salinan)
            salinan.execute("PRAGMA journal_mode = DELETE")
            _require_sehat(salinan)
            yield lambda sql: salinan.execute(sql).fetchall()
    except sqlite3.Error as galat:
        raise BasisGagal(f"SQLite: {galat}") from galat


def _restore_sqlite(sumber: Path) -> None:
    tujuan = Path(connection.settings_dict["NAME"])
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _open_sqlite(sumber) as salinan, _open_sqlite(tujuan) as basis:
            _require_sehat(salinan)
            salinan.backup(basis)
    except sqlite3.Error as galat:
        raise BasisGagal(f"SQLite: {galat}") from galat


def _require_sehat(basis: sqlite3.Connection) -> None:
    (hasil,) = basis.execute("PRAGMA quick_check(1)").fetchone()
    if hasil != "ok":
        raise BasisGagal(f"SQLite: basis data rusak: {hasil}")


# --- PostgreSQL -----------------------------------------------------------------------------------


def _find_program(nama: str) -> str:
    lengkap = shutil.which(nama)
    if lengkap is None:
        raise BasisGagal(f"program {nama} tidak terpasang (paket postgresql-client)")
    return lengkap


def _make_perintah(program: str, *pilihan: str) -> tuple[list[str], dict[str, str]]:
    """The command line of one of PostgreSQL's programs, and its environment with the password."""
    argumen, lingkungan = DatabaseClient.settings_to_cmd_args_env(
        connection.settings_dict, list(pilihan)
    )
    return [_find_program(program), *argumen[1:]], {**os.environ, **(lingkungan or {})}


@contextmanager
def _dump_postgres(tujuan: Path) -> Iterator[Baca]:
    with transaction.atomic():
        with connection.cursor() as kursor:
            kursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # Nobody waits for this transaction; it lasts as long as the dump.
            kursor.execute("SET LOCAL statement_timeout = 0")
            kursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            kursor.execute("SELECT pg_export_snapshot()")
            (potret,) = kursor.fetchone()
        perintah, lingkungan = _make_perintah(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={potret}",
            f"--file={tujuan}",
        )
        with TemporaryFile() as keluhan:
            hasil = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no text of a visitor
                perintah, env=lingkungan, stdin=subprocess.DEVNULL, stderr=keluhan, check=False
            )
            if hasil.returncode:
                raise _tell("pg_dump", keluhan)
        yield baca_kini


def _restore_postgres(sumber: Path) -> None:
    """pg_restore writes SQL, psql runs it; the COMMIT is sent only when the former ended well."""
    kosongkan = [sql for (sql,) in baca_kini(_KOSONGKAN)]
    connection.close()
    psql, lingkungan = _make_perintah(
        "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"
    )
    pilihan = ["--no-owner", "--no-privileges", "--exit-on-error", "--file=-", str(sumber)]
    with (
        TemporaryFile() as keluhan_baca,
        TemporaryFile() as keluhan_tulis,
        subprocess.Popen(  # noqa: S603 - as above
            [_find_program("pg_restore"), *pilihan], stdout=subprocess.PIPE, stderr=keluhan_baca
        ) as pembaca,
        subprocess.Popen(  # noqa: S603 - as above
            psql, env=lingkungan, stdin=subprocess.PIPE, stderr=keluhan_tulis
        ) as penulis,
    ):
        _pour(kosongkan, pembaca, penulis)
        # Once psql gave up, pg_restore only says that nobody listens.
        if penulis.wait():
            raise _tell("psql", keluhan_tulis)
        if pembaca.wait():
            raise _tell("pg_restore", keluhan_baca)


def _pour(
    awal: Iterable[str], pembaca: subprocess.Popen[bytes], penulis: subprocess.Popen[bytes]
) -> None:
    keluar, masuk = cast(IO[bytes], pembaca.stdout), cast(IO[bytes], penulis.stdin)
    with suppress(BrokenPipeError), masuk:
        masuk.write("\n".join(["BEGIN;", *awal, ""]).encode())
        shutil.copyfileobj(keluar, masuk)
        keluar.close()
        masuk.write(b"COMMIT;\n" if pembaca.wait() == 0 else b"ROLLBACK;\n")
    keluar.close()


def _tell(nama: str, keluhan: IO[bytes]) -> BasisGagal:
    keluhan.seek(0)
    baris = keluhan.read().decode(errors="replace").strip().splitlines()
    return BasisGagal(f"{nama}: {baris[0] if baris else 'berhenti tanpa pesan'}")
