"""Triggers that make extensions append-only, against `QuerySet.update`, the admin and plain SQL.

On SQLite a later migration that rebuilds the table drops them: such a migration calls `pasang` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "perpanjangan tenggat hanya dapat ditambah"

_FUNGSI = f"""
CREATE FUNCTION laporan_perpanjangan_kekal() RETURNS trigger LANGUAGE plpgsql AS $$
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
        "FOR EACH ROW EXECUTE FUNCTION laporan_perpanjangan_kekal()"
        if pg
        else f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
    )
    for peristiwa in ("update", "delete"):
        schema_editor.execute(
            f"CREATE TRIGGER laporan_perpanjangan_kekal_{peristiwa} "
            f"BEFORE {peristiwa.upper()} ON laporan_perpanjangan {aksi}"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    for peristiwa in ("update", "delete"):
        pada = " ON laporan_perpanjangan" if pg else ""
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS laporan_perpanjangan_kekal_{peristiwa}{pada}"
        )
    if pg:
        schema_editor.execute("DROP FUNCTION IF EXISTS laporan_perpanjangan_kekal()")


class Migration(migrations.Migration):
    """Freeze extensions in the database."""

    dependencies = [("laporan", "0001_initial")]

    operations = [migrations.RunPython(pasang, lepas)]
