"""Who asked for a signature, from the key of the job where it stood until now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill_sebagai(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """tanda_tangan:<tugas>:<percobaan>:<penugasan>"""
    Efek = apps.get_model("laporan", "Efek")
    Penugasan = apps.get_model("organisasi", "Penugasan")
    ada = set(Penugasan.objects.values_list("pk", flat=True))
    for efek in Efek.objects.filter(jenis="tanda_tangan", sebagai=None).iterator():
        pk = int(efek.kunci.rpartition(":")[2])
        if pk in ada:
            Efek.objects.filter(pk=efek.pk).update(sebagai_id=pk)


class Migration(migrations.Migration):
    dependencies = [("laporan", "0008_tanda_tangan_jauh")]

    operations = [migrations.RunPython(fill_sebagai, migrations.RunPython.noop)]
