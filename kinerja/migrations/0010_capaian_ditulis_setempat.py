"""Writing a figure leaves the indexes alone.

Three indexes of capaian served no query: one repeats the beginning of the unique constraint, two say
who filled in and who verified. Without them PostgreSQL writes a new version of a row beside the old
one (HOT) where its page has room, and pages written from now on leave that room: a form is often
written as a whole. On SQLite the table is rebuilt, so its triggers are made again.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_RINGKASAN = import_module("kinerja.migrations.0004_ringkasan_jujur")


def pasang_pemicu(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers of kept sums, as 0008 made them."""
    _RINGKASAN.lepas(apps, schema_editor)
    _RINGKASAN.pasang_atas(schema_editor, (*_RINGKASAN.KOLOM, "penilaian"))


def sisakan_ruang(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Half of every page, for the next version of its rows. Rows there stay where they are."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE kinerja_capaian SET (fillfactor = 50)")


def penuhkan(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As before."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE kinerja_capaian RESET (fillfactor)")


class Migration(migrations.Migration):
    """Fewer indexes and more room for capaian."""

    dependencies = [
        ("kinerja", "0009_target_aksi"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, pasang_pemicu),
        migrations.AlterField(
            model_name="capaian",
            name="formulir",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="capaian",
                to="kinerja.formulircapaian",
                verbose_name="formulir",
            ),
        ),
        migrations.AlterField(
            model_name="capaian",
            name="diisi_oleh",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diisi oleh",
            ),
        ),
        migrations.AlterField(
            model_name="capaian",
            name="diperiksa_oleh",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diperiksa oleh",
            ),
        ),
        migrations.RunPython(pasang_pemicu, migrations.RunPython.noop),
        migrations.RunPython(sisakan_ruang, penuhkan),
    ]
