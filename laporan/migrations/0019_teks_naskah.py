"""Words of drafts to look them up by, with a full-text index where the database is PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def pasang(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create it; the expression is the one `laporan.selectors.cari` asks with."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX laporan_teks_naskah_kata ON laporan_teksnaskah "
            "USING gin (to_tsvector('simple'::regconfig, COALESCE(teks, '')))"
        )


def lepas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS laporan_teks_naskah_kata")


class Migration(migrations.Migration):
    dependencies = [
        ("laporan", "0018_izin_baca"),
    ]

    operations = [
        migrations.CreateModel(
            name="TeksNaskah",
            fields=[
                (
                    "draf",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="teks_naskah",
                        serialize=False,
                        to="laporan.draf",
                    ),
                ),
                (
                    "isi",
                    models.TextField(
                        help_text="Teks tanpa tanda, untuk cuplikan.", verbose_name="isi"
                    ),
                ),
                (
                    "teks",
                    models.TextField(
                        help_text="Kata-katanya saja, untuk dicari.", verbose_name="kata"
                    ),
                ),
            ],
            options={
                "verbose_name": "teks naskah",
                "verbose_name_plural": "teks naskah",
            },
        ),
        migrations.RunPython(pasang, lepas),
    ]
