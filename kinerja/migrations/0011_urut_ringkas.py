"""Parts stand in the order of their parent's key: its own order cost up to seven joins a query."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kinerja", "0010_capaian_ditulis_setempat")]

    operations = [
        migrations.AlterModelOptions(
            name="bukti",
            options={
                "ordering": ["capaian_id", "pk"],
                "verbose_name": "bukti",
                "verbose_name_plural": "bukti",
            },
        ),
        migrations.AlterModelOptions(
            name="komponencapaian",
            options={
                "ordering": ["capaian_id", "urutan"],
                "verbose_name": "komponen capaian",
                "verbose_name_plural": "komponen capaian",
            },
        ),
        migrations.AlterModelOptions(
            name="komponenindikator",
            options={
                "ordering": ["indikator_id", "urutan"],
                "verbose_name": "komponen indikator",
                "verbose_name_plural": "komponen indikator",
            },
        ),
        migrations.AlterModelOptions(
            name="realisasianggaran",
            options={
                "ordering": ["program_id", "triwulan"],
                "verbose_name": "realisasi anggaran",
                "verbose_name_plural": "realisasi anggaran",
            },
        ),
        migrations.AlterModelOptions(
            name="target",
            options={
                "ordering": ["indikator_id", "tahun", "triwulan"],
                "verbose_name": "target",
                "verbose_name_plural": "target",
            },
        ),
        migrations.AlterModelOptions(
            name="targetrenstra",
            options={
                "ordering": ["indikator_id", "tahun"],
                "verbose_name": "target Renstra",
                "verbose_name_plural": "target Renstra",
            },
        ),
    ]
