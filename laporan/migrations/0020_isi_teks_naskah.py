"""The words of versions that were handed over before drafts could be searched."""

import re
from html import unescape

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from sakip.common.teks_kaya import teks_polos

_MAKS = 300_000
_KATA = re.compile(r"\w+")


def isi(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One draft after another: texts are long."""
    versi = apps.get_model("laporan", "VersiNaskah").objects.order_by("-nomor")
    teks_naskah = apps.get_model("laporan", "TeksNaskah").objects
    for draf in apps.get_model("laporan", "Draf").objects.values_list("pk", flat=True).iterator():
        terbaru = versi.filter(draf=draf).values_list("isi", flat=True).first()
        if terbaru is not None:
            bab = (unescape(teks_polos(b["html"])) for b in terbaru)
            teks = "\n".join(" ".join(b.split()) for b in bab)[:_MAKS]
            kata = " ".join(_KATA.findall(teks))
            teks_naskah.update_or_create(draf_id=draf, defaults={"isi": teks, "teks": kata})


class Migration(migrations.Migration):
    """Make them."""

    dependencies = [("laporan", "0019_teks_naskah")]

    operations = [migrations.RunPython(isi, migrations.RunPython.noop)]
