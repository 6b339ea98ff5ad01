"""Emptying tables that refuse to be emptied.

Triggers keep published routes and the audit trail from being deleted. On SQLite the flush between
tests with real transactions is a plain DELETE, which they refuse as well (PostgreSQL truncates,
past row triggers). Here the triggers step aside for that flush, and only for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from sop.selectors import get_graf


@contextmanager
def tanpa_pemicu() -> Iterator[None]:
    """Without the triggers of this SQLite database, which come back at the end."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        pemicu = kursor.fetchall()
        for nama, _sql in pemicu:
            kursor.execute(f"DROP TRIGGER {nama}")
    try:
        yield
    finally:
        with connection.cursor() as kursor:
            for _nama, sql in pemicu:
                kursor.execute(sql)


@pytest.fixture(autouse=True, scope="session")
def kosongkan_tabel_kekal() -> Iterator[None]:
    """Let the flush of Django's transactional tests empty frozen tables on SQLite."""
    if connection.vendor != "sqlite":
        yield
        return
    asli = type(connection.ops).execute_sql_flush

    def kosongkan(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with tanpa_pemicu():
            asli(self, sql_list)

    with pytest.MonkeyPatch.context() as tambal:
        tambal.setattr(type(connection.ops), "execute_sql_flush", kosongkan)
        yield


@pytest.fixture(autouse=True)
def lupakan_graf() -> None:
    """Forget cached routes: a rolled back test gives its ids to the next one."""
    get_graf.cache_clear()
