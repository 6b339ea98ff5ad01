"""manage.py migrate, on a PostgreSQL that people are using."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Who waits for a table makes everybody behind him wait. Shorter than deadlock_timeout (1 s): where
# the migration and a request hold what the other wants, it is the migration that lets go.
_SETELAN = {
    "lock_timeout": "800ms",
    # Those of a request: a table with a million rows may take longer.
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
# lock_not_available, deadlock_detected
_TERKUNCI = {"55P03", "40P01"}
_KALI = 60
_JEDA_DETIK = 1.0


class Command(Migrate):
    """Django's own, which waits for no table longer than people may be kept waiting.

    A migration that does not get its table is undone as a whole and tried again: others work on
    meanwhile. How a migration is written so that this holds: CONTRIBUTING.md.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; again and again where a table is in use."""
        koneksi = connections[options["database"]]
        if koneksi.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with _limit(koneksi):
            for sisa in reversed(range(_KALI)):
                try:
                    super().handle(*args, **options)
                    return
                except OperationalError as galat:
                    if _read_kode(galat) not in _TERKUNCI or not sisa:
                        raise
                if options["verbosity"]:
                    self.stdout.write("  Tabelnya sedang dipakai; dicoba lagi.")
                time.sleep(_JEDA_DETIK)


def _read_kode(galat: OperationalError) -> str:
    """What PostgreSQL calls it."""
    return str(getattr(galat.__cause__, "pgcode", ""))


@contextmanager
def _limit(koneksi: BaseDatabaseWrapper) -> Iterator[None]:
    """Limits of a migration instead of those of a request; the tests go on with this connection."""
    with koneksi.cursor() as kursor:
        for nama, nilai in _SETELAN.items():
            kursor.execute(f"SET {nama} = '{nilai}'")
    try:
        yield
    finally:
        with koneksi.cursor() as kursor:
            for nama in _SETELAN:
                kursor.execute(f"RESET {nama}")
