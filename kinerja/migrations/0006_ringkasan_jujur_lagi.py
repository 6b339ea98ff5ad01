"""The triggers of kept sums again: on SQLite the migration before this rebuilt their table."""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_PEMICU = import_module("kinerja.migrations.0004_ringkasan_jujur")


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what is left of them, and create all."""
    _PEMICU.lepas(apps, schema_editor)
    _PEMICU.pasang(apps, schema_editor)


class Migration(migrations.Migration):
    """A kept sum can be missing, it cannot be wrong."""

    dependencies = [("kinerja", "0005_perbaikan_menyusul")]

    operations = [migrations.RunPython(pasang, migrations.RunPython.noop)]
