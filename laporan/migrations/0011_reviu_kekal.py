"""Triggers that freeze a review of the internal auditor once its visit has ended, with its rows.

On SQLite a later migration that rebuilds one of these tables drops them: such a migration calls
`pasang` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "catatan langkah yang sudah ditutup tidak dapat diubah"
_INDUK, _BUTIR = "laporan_reviuapip", "laporan_butirreviu"
_TUTUP = f"(SELECT ditutup_pada FROM {_INDUK} WHERE id = {{baris}}.reviu_id) IS NOT NULL"
PEMICU: tuple[tuple[str, str, str], ...] = (
    (_INDUK, "UPDATE", "OLD.ditutup_pada IS NOT NULL"),
    (_INDUK, "DELETE", "OLD.ditutup_pada IS NOT NULL"),
    (_BUTIR, "INSERT", _TUTUP.format(baris="NEW")),
    (_BUTIR, "UPDATE", _TUTUP.format(baris="OLD")),
    (_BUTIR, "DELETE", _TUTUP.format(baris="OLD")),
)


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers for this database."""
    pg = schema_editor.connection.vendor == "postgresql"
    for tabel, peristiwa, syarat in PEMICU:
        nama = f"{tabel}_kekal_{peristiwa.lower()}"
        if not pg:
            schema_editor.execute(
                f"CREATE TRIGGER {nama} BEFORE {peristiwa} ON {tabel} WHEN {syarat} "
                f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
            )
            continue
        kembali = "OLD" if peristiwa == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {nama}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {syarat} THEN RAISE EXCEPTION '{PESAN}' USING ERRCODE = '23514'; END IF; "
            f"RETURN {kembali}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {nama} BEFORE {peristiwa} ON {tabel} "
            f"FOR EACH ROW EXECUTE FUNCTION {nama}()"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    for tabel, peristiwa, _syarat in PEMICU:
        nama = f"{tabel}_kekal_{peristiwa.lower()}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {nama}{f' ON {tabel}' if pg else ''}")
        if pg:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {nama}()")


class Migration(migrations.Migration):
    """Freeze closed reviews in the database."""

    dependencies = [("laporan", "0010_reviu")]

    operations = [migrations.RunPython(pasang, lepas)]
