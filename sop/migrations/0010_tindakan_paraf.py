"""A kind of step more: initials. SQLite rebuilds the table, so its triggers are made anew."""

from importlib import import_module

from django.db import migrations, models

kekal = import_module("sop.migrations.0002_rute_kekal")


class Migration(migrations.Migration):
    """Exchange the constraint between taking the triggers off and putting them on."""

    dependencies = [
        ("sop", "0009_sop_menghasilkan"),
    ]

    operations = [
        migrations.RunPython(kekal.lepas, kekal.pasang),
        migrations.RemoveConstraint(
            model_name="langkah",
            name="sop_langkah_tindakan_dikenal",
        ),
        migrations.AlterField(
            model_name="langkah",
            name="tindakan",
            field=models.CharField(
                choices=[
                    ("disposisi", "Disposisi"),
                    ("rapat", "Rapat"),
                    ("kumpul", "Mengumpulkan data"),
                    ("verifikasi", "Verifikasi"),
                    ("susun", "Menyusun"),
                    ("ketik", "Mengetik"),
                    ("koreksi", "Koreksi"),
                    ("sosialisasi", "Sosialisasi"),
                    ("paraf", "Paraf"),
                    ("tanda_tangan", "Tanda tangan"),
                    ("surat", "Surat pengantar dan nomor"),
                    ("penggandaan", "Penggandaan"),
                    ("arsip", "Pengarsipan"),
                ],
                help_text="Menentukan halaman kerja pelaksananya.",
                max_length=15,
                verbose_name="tindakan",
            ),
        ),
        migrations.AddConstraint(
            model_name="langkah",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "tindakan__in",
                        [
                            "disposisi",
                            "rapat",
                            "kumpul",
                            "verifikasi",
                            "susun",
                            "ketik",
                            "koreksi",
                            "sosialisasi",
                            "paraf",
                            "tanda_tangan",
                            "surat",
                            "penggandaan",
                            "arsip",
                        ],
                    )
                ),
                name="sop_langkah_tindakan_dikenal",
            ),
        ),
        migrations.RunPython(kekal.pasang, kekal.lepas),
    ]
