"""Triggers that keep a signed Perjanjian Kinerja as it was signed, whoever writes and however.

On SQLite a later migration that rebuilds one of the tables drops its triggers: such a migration calls
`pasang` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "perjanjian kinerja yang sudah ditetapkan tidak dapat diubah"
TABEL = ("kinerja_perjanjiankinerja", "kinerja_barisperjanjian", "kinerja_anggaranperjanjian")

_FUNGSI = f"""
CREATE FUNCTION kinerja_perjanjian_kekal() RETURNS trigger LANGUAGE plpgsql AS $$
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
        "EXECUTE FUNCTION kinerja_perjanjian_kekal()"
        if pg
        else f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
    )
    for tabel in TABEL:
        # Rows are written at the moment of signing; their head only freezes then.
        syarat = "WHEN (OLD.status = 'ditetapkan')" if tabel == TABEL[0] else ""
        for peristiwa in ("update", "delete"):
            schema_editor.execute(
                f"CREATE TRIGGER {tabel}_kekal_{peristiwa} BEFORE {peristiwa.upper()} ON {tabel} "
                f"FOR EACH ROW {syarat} {aksi}"
            )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    for tabel in TABEL:
        for peristiwa in ("update", "delete"):
            pada = f" ON {tabel}" if pg else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {tabel}_kekal_{peristiwa}{pada}")
    if pg:
        schema_editor.execute("DROP FUNCTION IF EXISTS kinerja_perjanjian_kekal()")


class Migration(migrations.Migration):
    """Freeze signed agreements in the database."""

    dependencies = [("kinerja", "0001_initial")]

    operations = [migrations.RunPython(pasang, lepas)]
