"""A version may be published ahead of its day: one per SOP and day instead of one per SOP.

The new column is frozen with the others, and SQLite rebuilds the table, so the triggers are made anew.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

kekal = import_module("sop.migrations.0002_rute_kekal")


class Migration(migrations.Migration):
    """Exchange the constraints between taking the triggers off and putting them on."""

    dependencies = [("sop", "0004_isi_berlaku_mulai")]

    operations = [
        migrations.RunPython(kekal.lepas, kekal.pasang),
        migrations.RemoveConstraint(model_name="versisop", name="sop_versi_satu_terbit"),
        migrations.AddConstraint(
            model_name="versisop",
            constraint=models.UniqueConstraint(
                condition=Q(status="terbit"),
                fields=("sop", "berlaku_mulai"),
                name="sop_versi_satu_terbit_per_tanggal",
            ),
        ),
        migrations.AddConstraint(
            model_name="versisop",
            constraint=models.CheckConstraint(
                condition=Q(berlaku_mulai=None, status="konsep")
                | (~Q(status="konsep") & Q(berlaku_mulai__isnull=False)),
                name="sop_versi_terbit_bermulai",
            ),
        ),
        migrations.RunPython(kekal.pasang, kekal.lepas),
    ]
