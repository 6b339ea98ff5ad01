"""Triggers that keep a number as it was given, against `QuerySet.update`, the admin and plain SQL.

What becomes of it (status, reason of a cancellation) may still change. On SQLite a later migration that
rebuilds the table drops them: such a migration calls `pasang` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABEL = "organisasi_nomorregister"
PESAN = "nomor register tidak dapat diubah atau dihapus"
_TETAP = "register_id, kurun, urut, sisipan, nomor, tanggal, alasan, diambil_oleh_id, diambil_pada"
_FUNGSI = f"""
CREATE FUNCTION {TABEL}_kekal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{PESAN}' USING ERRCODE = '23514';
END $$
"""


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers for this database."""
    pg = schema_editor.connection.vendor == "postgresql"
    if pg:
        schema_editor.execute(_FUNGSI)
    aksi = (
        f"FOR EACH ROW EXECUTE FUNCTION {TABEL}_kekal()"
        if pg
        else f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
    )
    for nama, peristiwa in (("ubah", f"UPDATE OF {_TETAP}"), ("hapus", "DELETE")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABEL}_kekal_{nama} BEFORE {peristiwa} ON {TABEL} {aksi}"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    pada = f" ON {TABEL}" if pg else ""
    for nama in ("ubah", "hapus"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABEL}_kekal_{nama}{pada}")
    if pg:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABEL}_kekal()")


class Migration(migrations.Migration):
    """Freeze given numbers in the database."""

    dependencies = [("organisasi", "0003_register")]

    operations = [migrations.RunPython(pasang, lepas)]
