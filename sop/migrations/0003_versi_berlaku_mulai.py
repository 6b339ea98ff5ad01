"""A version says from which day it is in force."""

from importlib import import_module

from django.db import migrations, models

kekal = import_module("sop.migrations.0002_rute_kekal")


class Migration(migrations.Migration):
    """Add the column. Backwards, SQLite rebuilds the table, so the triggers step aside."""

    dependencies = [("sop", "0002_rute_kekal")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, kekal.pasang),
        migrations.AddField(
            model_name="versisop",
            name="berlaku_mulai",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="Laporan baru dimulai pada versi ini sejak tanggal itu.",
                null=True,
                verbose_name="berlaku dari tanggal",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, kekal.lepas),
    ]
