"""Migrating a database that people are using: wait briefly, let go, try again."""

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate as milik_django
from django.db import OperationalError, connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.basisdata]

pg = connection.vendor == "postgresql"


class _Terkunci(Exception):
    def __init__(self, pgcode: str) -> None:
        super().__init__(pgcode)
        self.pgcode = pgcode


@pytest.fixture
def jeda(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited between two attempts; nobody really waits."""
    detik: list[float] = []
    monkeypatch.setattr("organisasi.management.commands.migrate.time.sleep", detik.append)
    return detik


def _make_gagal(monkeypatch: pytest.MonkeyPatch, kode: str, kali: int) -> list[str]:
    """Let Django's command fail so often; the limit on locks that it saw each time."""
    batas: list[str] = []

    def handle(_self: object, *_args: object, **_options: object) -> None:
        batas.append(_show("lock_timeout"))
        if len(batas) <= kali:
            raise OperationalError(kode) from _Terkunci(kode)

    monkeypatch.setattr(milik_django.Command, "handle", handle)
    return batas


def _show(nama: str) -> str:
    if not pg:
        return ""
    with connection.cursor() as kursor:
        kursor.execute(f"SHOW {nama}")
        return str(kursor.fetchone()[0])


@pytest.mark.parametrize("kode", ["55P03", "40P01"])
def test_a_table_in_use_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, jeda: list[float], kode: str
) -> None:
    batas = _make_gagal(monkeypatch, kode, 2 if pg else 0)
    call_command("migrate", verbosity=0)
    assert batas == (["800ms"] * 3 if pg else [""])
    assert len(jeda) == (2 if pg else 0)
    assert _show("lock_timeout") in {"0", ""}
    assert _show("statement_timeout") in {"30s", ""}


@pytest.mark.parametrize(("kode", "kali"), [("42P01", 1), ("55P03", 1000)])
def test_what_does_not_pass_is_told(
    monkeypatch: pytest.MonkeyPatch, jeda: list[float], kode: str, kali: int
) -> None:
    batas = _make_gagal(monkeypatch, kode, kali)
    with pytest.raises(OperationalError):
        call_command("migrate", verbosity=0)
    assert len(batas) == (60 if pg and kali > 1 else 1)
    assert _show("lock_timeout") in {"0", ""}
