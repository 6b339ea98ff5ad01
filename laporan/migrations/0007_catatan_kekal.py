"""Triggers that freeze what was recorded at a step once its visit has ended, with the rows below it.

They hold against `QuerySet.update`, the admin and plain SQL. Only whether a letter is still the one in
force may change after that: the letter of the next round takes its place. What was archived is never
taken out. On SQLite a later migration that rebuilds one of these tables drops its triggers: such a
migration calls `pasang` again (a test fails otherwise).
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "catatan langkah yang sudah ditutup tidak dapat diubah"
# Columns that stay free after the visit.
BEBAS = ("is_berlaku",)
INDUK = ("undangan", "rapat", "suratpengantar", "penggandaan", "catatanarsip")
# Rows below a record, and the column that names it.
ANAK = (
    ("peserta", "undangan", "undangan_id"),
    ("kehadiran", "rapat", "rapat_id"),
    ("tujuansurat", "suratpengantar", "surat_id"),
    ("salinan", "penggandaan", "penggandaan_id"),
)


def _list_pemicu(apps: StateApps) -> Iterator[tuple[str, str, str, str]]:
    """Table, short event, event with its columns, and when it is refused."""
    for nama in INDUK:
        model = apps.get_model("laporan", nama)
        kolom = ", ".join(f.column for f in model._meta.local_fields if f.column not in BEBAS)
        tabel, tutup = model._meta.db_table, "OLD.ditutup_pada IS NOT NULL"
        yield tabel, "update", f"UPDATE OF {kolom}", tutup
        yield tabel, "delete", "DELETE", tutup
    for nama, induk, kunci in ANAK:
        tutup = (
            f"(SELECT ditutup_pada FROM laporan_{induk} WHERE id = {{baris}}.{kunci}) IS NOT NULL"
        )
        for peristiwa, baris in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
            syarat = tutup.replace("{baris}", baris)
            yield f"laporan_{nama}", peristiwa, peristiwa.upper(), syarat
    yield "laporan_arsipdokumen", "delete", "DELETE", "TRUE"


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers for this database."""
    pg = schema_editor.connection.vendor == "postgresql"
    for tabel, pendek, peristiwa, syarat in _list_pemicu(apps):
        nama = f"{tabel}_kekal_{pendek}"
        if not pg:
            schema_editor.execute(
                f"CREATE TRIGGER {nama} BEFORE {peristiwa} ON {tabel} WHEN {syarat} "
                f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
            )
            continue
        kembali = "OLD" if pendek == "delete" else "NEW"
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
    for tabel, pendek, _peristiwa, _syarat in _list_pemicu(apps):
        nama = f"{tabel}_kekal_{pendek}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {nama}{f' ON {tabel}' if pg else ''}")
        if pg:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {nama}()")


class Migration(migrations.Migration):
    """Freeze closed records in the database."""

    dependencies = [("laporan", "0006_surat_arsip")]

    operations = [migrations.RunPython(pasang, lepas)]
