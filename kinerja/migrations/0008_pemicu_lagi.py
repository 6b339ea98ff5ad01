"""Triggers again: what an examiner found is part of a kept sum, and on SQLite the migration before
this rebuilt the tables they stood on.
"""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_RINGKASAN = import_module("kinerja.migrations.0004_ringkasan_jujur")
_PERJANJIAN = import_module("kinerja.migrations.0002_perjanjian_kekal")


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what is left of them, and create all."""
    _RINGKASAN.lepas(apps, schema_editor)
    _RINGKASAN.pasang_atas(schema_editor, (*_RINGKASAN.KOLOM, "penilaian"))
    _PERJANJIAN.lepas(apps, schema_editor)
    _PERJANJIAN.pasang(apps, schema_editor)


def kembalikan(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As before, when capaian had no finding: PostgreSQL's function would ask for its column."""
    _RINGKASAN.lepas(apps, schema_editor)
    _RINGKASAN.pasang(apps, schema_editor)


class Migration(migrations.Migration):
    """A kept sum cannot be wrong, and a signed agreement stays as it was signed."""

    dependencies = [("kinerja", "0007_target_uraian")]

    operations = [migrations.RunPython(pasang, kembalikan)]
