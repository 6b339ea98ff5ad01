"""Triggers that freeze settled assessments, against `QuerySet.update`, the admin and plain SQL.

On SQLite a later migration that rebuilds a table drops them: such a migration calls `pasang` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "penilaian SOP yang sudah ditetapkan tidak dapat diubah"
_INDUK = "laporan_penilaiansop"
_BUTIR = "laporan_butirpenilaian"
_FINAL = f"(SELECT status FROM {_INDUK} WHERE id = {{baris}}.penilaian_id) = 'final'"
# Table, event, and when it is refused. Settling itself changes a row that is not final yet.
PEMICU: tuple[tuple[str, str, str], ...] = (
    (_INDUK, "UPDATE", "OLD.status = 'final'"),
    (_INDUK, "DELETE", "OLD.status = 'final'"),
    (_BUTIR, "INSERT", _FINAL.format(baris="NEW")),
    (_BUTIR, "UPDATE", _FINAL.format(baris="OLD")),
    (_BUTIR, "DELETE", _FINAL.format(baris="OLD")),
)


def _name(tabel: str, peristiwa: str) -> str:
    return f"{tabel}_kekal_{peristiwa.lower()}"


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers for this database."""
    pg = schema_editor.connection.vendor == "postgresql"
    for tabel, peristiwa, syarat in PEMICU:
        nama = _name(tabel, peristiwa)
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
        nama = _name(tabel, peristiwa)
        pada = f" ON {tabel}" if pg else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {nama}{pada}")
        if pg:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {nama}()")


class Migration(migrations.Migration):
    """Freeze settled assessments in the database."""

    dependencies = [("laporan", "0002_perpanjangan_kekal")]

    operations = [migrations.RunPython(pasang, lepas)]
