"""Triggers that make the audit trail append-only, against `QuerySet.update`, the admin and plain SQL.

On SQLite a later migration that rebuilds the table drops them: such a migration calls `pasang` again
(a test fails otherwise).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "jejak audit hanya dapat ditambah"

_FUNGSI = f"""
CREATE FUNCTION organisasi_jejak_kekal() RETURNS trigger LANGUAGE plpgsql AS $$
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
        "FOR EACH ROW EXECUTE FUNCTION organisasi_jejak_kekal()"
        if pg
        else f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
    )
    for peristiwa in ("update", "delete"):
        schema_editor.execute(
            f"CREATE TRIGGER organisasi_jejak_kekal_{peristiwa} "
            f"BEFORE {peristiwa.upper()} ON organisasi_jejak {aksi}"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    for peristiwa in ("update", "delete"):
        pada = " ON organisasi_jejak" if pg else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS organisasi_jejak_kekal_{peristiwa}{pada}")
    if pg:
        schema_editor.execute("DROP FUNCTION IF EXISTS organisasi_jejak_kekal()")


class Migration(migrations.Migration):
    """Freeze the trail in the database."""

    dependencies = [("organisasi", "0001_initial")]

    operations = [migrations.RunPython(pasang, lepas)]
