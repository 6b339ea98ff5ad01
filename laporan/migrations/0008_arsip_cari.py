"""Full-text index of the archive, where the database is PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create it; the expression is the one `laporan.selectors.arsip` asks with."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX laporan_arsip_teks ON laporan_arsipdokumen "
            "USING gin (to_tsvector('simple'::regconfig, COALESCE(teks, '')))"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS laporan_arsip_teks")


class Migration(migrations.Migration):
    """Search the archive by words."""

    dependencies = [("laporan", "0007_catatan_kekal")]

    operations = [migrations.RunPython(pasang, lepas)]
