"""Triggers that remove the kept sum of a form as soon as a figure behind it changes.

On SQLite a later migration that rebuilds the table of capaian drops its triggers: such a migration
calls `pasang` again (tests/kinerja/test_ringkasan.py catches it).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# What a percentage is made of; other columns leave the sum as it is.
KOLOM = (
    "formulir_id", "target_nilai", "target_atas", "realisasi", "rumus", "batas", "lantai",
    "toleransi", "tingkatan", "jenis_nilai",
)  # fmt: skip
_NAMA = "kinerja_ringkasan_jujur"
_PERISTIWA = ("insert", "update", "delete")
_UJUNG = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def _hapus(formulir: str) -> str:
    return f"DELETE FROM kinerja_ringkasancapaian WHERE formulir_id IN ({formulir})"


def _fungsi(semua: tuple[str, ...]) -> str:
    """PostgreSQL: once for a statement, whatever the number of rows."""
    kolom = ", ".join(["id", *semua])
    beda = " UNION ALL ".join(
        f"(SELECT {kolom} FROM {a} EXCEPT SELECT {kolom} FROM {b})"
        for a, b in (("lama", "baru"), ("baru", "lama"))
    )
    return f"""
    CREATE FUNCTION {_NAMA}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            {_hapus("SELECT formulir_id FROM baru")};
        ELSIF TG_OP = 'DELETE' THEN
            {_hapus("SELECT formulir_id FROM lama")};
        ELSIF EXISTS (
            SELECT 1 FROM kinerja_ringkasancapaian WHERE formulir_id IN
            (SELECT formulir_id FROM lama UNION SELECT formulir_id FROM baru)
        ) THEN
            {_hapus(f"SELECT formulir_id FROM ({beda}) AS beda")};
        END IF;
        RETURN NULL;
    END $$
    """


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers for this database."""
    pasang_atas(schema_editor, KOLOM)


def pasang_atas(schema_editor: BaseDatabaseSchemaEditor, kolom: tuple[str, ...]) -> None:
    """Create them for a table of capaian that has these columns."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_fungsi(kolom))
        tabel = {"NEW": "NEW TABLE AS baru", "OLD": "OLD TABLE AS lama"}
        for peristiwa in _PERISTIWA:
            ujung = " ".join(tabel[u] for u in _UJUNG[peristiwa])
            schema_editor.execute(
                f"CREATE TRIGGER {_NAMA}_{peristiwa} AFTER {peristiwa.upper()} ON kinerja_capaian "
                f"REFERENCING {ujung} FOR EACH STATEMENT EXECUTE FUNCTION {_NAMA}()"
            )
        return
    for peristiwa in _PERISTIWA:
        ujung = ", ".join(f"{u}.formulir_id" for u in _UJUNG[peristiwa])
        saat = f"UPDATE OF {', '.join(kolom)}" if peristiwa == "update" else peristiwa.upper()
        schema_editor.execute(
            f"CREATE TRIGGER {_NAMA}_{peristiwa} AFTER {saat} ON kinerja_capaian "
            f"FOR EACH ROW BEGIN {_hapus(ujung)}; END"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    for peristiwa in _PERISTIWA:
        pada = " ON kinerja_capaian" if pg else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {_NAMA}_{peristiwa}{pada}")
    if pg:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {_NAMA}()")


class Migration(migrations.Migration):
    """A kept sum can be missing, it cannot be wrong."""

    dependencies = [("kinerja", "0003_ringkasan_capaian")]

    operations = [migrations.RunPython(pasang, lepas)]
