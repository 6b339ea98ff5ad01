"""Versions published until now have been in force since the day of publishing, in their office's zone."""

from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def isi(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the new column of frozen rows, which their triggers do not know yet."""
    versi = apps.get_model("sop", "VersiSOP").objects.exclude(status="konsep")
    for baris in versi.select_related("sop__instansi").order_by("pk"):
        setempat = baris.terbit_pada.astimezone(ZoneInfo(baris.sop.instansi.zona))
        versi.filter(pk=baris.pk).update(berlaku_mulai=setempat.date())


class Migration(migrations.Migration):
    """Fill `berlaku_mulai`."""

    dependencies = [("sop", "0003_versi_berlaku_mulai"), ("organisasi", "0001_initial")]

    operations = [migrations.RunPython(isi, migrations.RunPython.noop)]
