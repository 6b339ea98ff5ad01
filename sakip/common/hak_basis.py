"""What the account of the running application may do in PostgreSQL: work with rows, no more.

Tables, triggers and functions belong to another account, which only migrates. Whoever takes over
the application can then neither change the audit trail nor switch off what guards it.
"""

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

from django.db import connection, transaction
from psycopg2.extensions import encrypt_password
from psycopg2.sql import SQL, Composable, Identifier, Literal

# By table: what may be done with its rows, where that is less than everything.
HANYA: dict[str, tuple[str, ...]] = {
    "organisasi_jejak": ("SELECT", "INSERT"),
    "django_migrations": ("SELECT",),
}
BARIS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_BERLEBIH: dict[str, LiteralString] = {
    "berkuasa penuh (superuser)": "SELECT rolsuper FROM pg_roles WHERE rolname = %(peran)s",
    "boleh membuat akun, basis data, atau salinan": """
        SELECT rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
          FROM pg_roles WHERE rolname = %(peran)s""",
    "boleh membuat skema": "SELECT has_database_privilege(%(peran)s, current_database(), 'CREATE')",
    "boleh membuat tabel": "SELECT has_schema_privilege(%(peran)s, current_schema(), 'CREATE')",
    "pemilik basis data atau skema": """
        SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = current_database()
                          AND pg_has_role(%(peran)s, datdba, 'MEMBER'))
            OR EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = current_schema()
                          AND pg_has_role(%(peran)s, nspowner, 'MEMBER'))""",
    "pemilik tabel atau fungsi": """
        SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                          AND pg_has_role(%(peran)s, relowner, 'MEMBER'))
            OR EXISTS (SELECT 1 FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
                          AND pg_has_role(%(peran)s, proowner, 'MEMBER'))""",
    "boleh membaca, menulis, atau menjalankan berkas server": """
        SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname IN ('pg_read_server_files',
                   'pg_write_server_files', 'pg_execute_server_program')
                   AND pg_has_role(%(peran)s, oid, 'MEMBER'))""",
}
_TABEL: LiteralString = """
    SELECT relname FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
     ORDER BY relname"""
_HAK_TABEL: LiteralString = """
    SELECT h FROM unnest(%(hak)s) AS h
     WHERE has_table_privilege(%(peran)s, quote_ident(%(tabel)s), h)
        OR h = 'UPDATE' AND has_any_column_privilege(%(peran)s, quote_ident(%(tabel)s), h)"""
_SEMUA_HAK = [*BARIS, "TRUNCATE", "REFERENCES", "TRIGGER"]


class TerlaluBerkuasa(RuntimeError):
    """The account can do more than work with rows; the reasons."""


@transaction.atomic
def grant_hak(peran: str, sandi: str = "") -> None:
    """Let `peran` work with the rows of every table, of now and later; call as their owner.

    It is made, or its password renewed, where one is given.

    Raises:
        TerlaluBerkuasa: it could do more all the same, as an owner of tables can; nothing changed.
    """
    if sandi:
        _put_peran(peran, sandi)
    for perintah in _list_perintah(Identifier(peran)):
        _execute(perintah)
    lebih = list_lebih(peran)
    if lebih:
        raise TerlaluBerkuasa("; ".join(lebih))


def list_lebih(peran: str) -> list[str]:
    """What the account may do beyond its work."""
    umum = [
        apa for apa, tanya in _BERLEBIH.items() if any(b for (b,) in _ask(tanya, {"peran": peran}))
    ]
    return [*umum, *(f"{t}: {', '.join(hak)}" for t, hak in _compare_hak(peran, lebih=True))]


def list_kurang(peran: str) -> list[str]:
    """What its work needs and it may not."""
    return [f"{t}: {', '.join(hak)}" for t, hak in _compare_hak(peran, lebih=False)]


def get_peran_kini() -> str:
    """The account that this process works as."""
    ((peran,),) = _ask("SELECT current_user", {})
    return str(peran)


def _compare_hak(peran: str, *, lebih: bool) -> Iterator[tuple[str, list[str]]]:
    for (tabel,) in _ask(_TABEL, {}):
        isian = {"hak": _SEMUA_HAK, "peran": peran, "tabel": tabel}
        punya = {h for (h,) in _ask(_HAK_TABEL, isian)}
        perlu = set(HANYA.get(tabel, BARIS))
        if beda := sorted(punya - perlu if lebih else perlu - punya):
            yield tabel, beda


def _put_peran(peran: str, sandi: str) -> None:
    """The server gets, and might log, only what a password is checked with."""
    connection.ensure_connection()
    sidik = encrypt_password(sandi, peran, connection.connection, "scram-sha-256")
    ada = _ask("SELECT 1 FROM pg_roles WHERE rolname = %(peran)s", {"peran": peran})
    kata = SQL("ALTER ROLE") if ada else SQL("CREATE ROLE")
    _execute(SQL("{} {} LOGIN PASSWORD {}").format(kata, Identifier(peran), Literal(sidik)))


def _list_perintah(peran: Identifier) -> Iterator[Composable]:
    ((basis, skema),) = _ask("SELECT current_database(), current_schema()", {})
    isi = {"peran": peran, "basis": Identifier(basis), "skema": Identifier(skema)}
    semua: Sequence[LiteralString] = (
        "REVOKE CREATE ON SCHEMA {skema} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {basis} TO {peran}",
        "GRANT USAGE ON SCHEMA {skema} TO {peran}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA {skema} FROM {peran}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {skema} TO {peran}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {skema} TO {peran}",
        # Tables of a later migration at once, before this is called again.
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {skema}"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {peran}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA {skema} GRANT USAGE, SELECT ON SEQUENCES TO {peran}",
    )
    yield from (SQL(p).format(**isi) for p in semua)
    for tabel, hak in HANYA.items():
        dicabut = SQL(", ").join(SQL(h) for h in BARIS if h not in hak)
        yield SQL("REVOKE {} ON {} FROM {}").format(dicabut, Identifier(tabel), peran)


def _execute(perintah: Composable) -> None:
    with connection.cursor() as kursor:
        kursor.execute(perintah.as_string(kursor.cursor))


def _ask(tanya: LiteralString, isian: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as kursor:
        kursor.execute(tanya, isian)
        return list(kursor.fetchall())
