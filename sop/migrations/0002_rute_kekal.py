"""Triggers that freeze a version which is not konsep: its route and its own content.

Code refuses first; these hold against `QuerySet.update`, the admin and plain SQL. On SQLite a later migration
that rebuilds one of these tables drops its triggers: such a migration calls `pasang` again (a test fails otherwise).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PESAN = "versi SOP sudah terbit: tidak dapat diubah"
RUTE = ("sop_langkah", "sop_pelaksana", "sop_alur")
# The only columns of a published version that may move: its withdrawal and the head of its trail.
BEBAS = ("status", "dicabut_pada", "jejak_urut", "jejak_sidik")


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers for this database."""
    kolom = [
        f.column
        for f in apps.get_model("sop", "VersiSOP")._meta.local_fields
        if f.column not in BEBAS
    ]
    vendor = schema_editor.connection.vendor
    for perintah in _postgresql(kolom) if vendor == "postgresql" else _sqlite(kolom):
        schema_editor.execute(perintah)


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    pg = schema_editor.connection.vendor == "postgresql"
    for tabel in (*RUTE, "sop_versisop"):
        for peristiwa in ("insert", "update", "delete"):
            nama = f"{tabel}_kekal_{peristiwa}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {nama}{f' ON {tabel}' if pg else ''}")
    if pg:
        for fungsi in ("sop_rute_kekal", "sop_versi_kekal"):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {fungsi}()")


_VERSI_DARI = {
    "sop_langkah": "{baris}.versi_id",
    "sop_pelaksana": "(SELECT versi_id FROM sop_langkah WHERE id = {baris}.langkah_id)",
    "sop_alur": "(SELECT versi_id FROM sop_langkah WHERE id = {baris}.langkah_id)",
}
_BUKAN_KONSEP = "(SELECT status FROM sop_versisop WHERE id = {versi}) <> 'konsep'"


def _sqlite(kolom: list[str]) -> list[str]:
    tolak = f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
    hasil = []
    for tabel in RUTE:
        for peristiwa, baris in (
            ("insert", ("NEW",)),
            ("update", ("OLD", "NEW")),
            ("delete", ("OLD",)),
        ):
            syarat = " OR ".join(
                _BUKAN_KONSEP.replace("{versi}", _VERSI_DARI[tabel].replace("{baris}", b))
                for b in baris
            )
            nama = f"{tabel}_kekal_{peristiwa}"
            hasil.append(
                f"CREATE TRIGGER {nama} BEFORE {peristiwa.upper()} ON {tabel} WHEN {syarat} {tolak}"
            )
    beda = " OR ".join(f"NEW.{k} IS NOT OLD.{k}" for k in kolom)
    status = "(NEW.status <> OLD.status AND NOT (OLD.status = 'terbit' AND NEW.status = 'dicabut'))"
    hasil.append(
        f"CREATE TRIGGER sop_versisop_kekal_update BEFORE UPDATE ON sop_versisop "
        f"WHEN OLD.status <> 'konsep' AND ({beda} OR {status}) {tolak}"
    )
    hasil.append(
        f"CREATE TRIGGER sop_versisop_kekal_delete BEFORE DELETE ON sop_versisop "
        f"WHEN OLD.status <> 'konsep' {tolak}"
    )
    return hasil


# FOR SHARE makes a writer wait for a publication under way and then see its outcome.
_FUNGSI_RUTE = """
CREATE FUNCTION sop_rute_kekal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    baris jsonb;
    versi bigint;
    keadaan text;
BEGIN
    FOREACH baris IN ARRAY
        CASE TG_OP
            WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)]
            WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)]
            ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)]
        END
    LOOP
        IF TG_TABLE_NAME = 'sop_langkah' THEN
            versi := (baris ->> 'versi_id')::bigint;
        ELSE
            SELECT versi_id INTO versi FROM sop_langkah WHERE id = (baris ->> 'langkah_id')::bigint;
        END IF;
        SELECT status INTO keadaan FROM sop_versisop WHERE id = versi FOR SHARE;
        IF keadaan <> 'konsep' THEN
            RAISE EXCEPTION '{pesan}' USING ERRCODE = '23514';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$
"""

_FUNGSI_VERSI = """
CREATE FUNCTION sop_versi_kekal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'konsep' THEN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION '{pesan}' USING ERRCODE = '23514';
        END IF;
        IF {beda} OR (NEW.status <> OLD.status AND NOT (OLD.status = 'terbit' AND NEW.status = 'dicabut')) THEN
            RAISE EXCEPTION '{pesan}' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$
"""


def _postgresql(kolom: list[str]) -> list[str]:
    beda = " OR ".join(f"NEW.{k} IS DISTINCT FROM OLD.{k}" for k in kolom)
    hasil = [
        _FUNGSI_RUTE.replace("{pesan}", PESAN),
        _FUNGSI_VERSI.replace("{pesan}", PESAN).replace("{beda}", beda),
    ]
    pasangan = [(t, p, "sop_rute_kekal") for t in RUTE for p in ("insert", "update", "delete")]
    pasangan += [("sop_versisop", p, "sop_versi_kekal") for p in ("update", "delete")]
    for tabel, peristiwa, fungsi in pasangan:
        hasil.append(
            f"CREATE TRIGGER {tabel}_kekal_{peristiwa} BEFORE {peristiwa.upper()} ON {tabel} "
            f"FOR EACH ROW EXECUTE FUNCTION {fungsi}()"
        )
    return hasil


class Migration(migrations.Migration):
    """Freeze published routes in the database."""

    dependencies = [("sop", "0001_initial")]

    operations = [migrations.RunPython(pasang, lepas)]
