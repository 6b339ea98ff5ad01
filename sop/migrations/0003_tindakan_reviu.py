"""A kind of step for the review by the internal auditor.

On SQLite the constraint rebuilds the table of steps: the triggers step aside for it and come back.
"""

from importlib import import_module

from django.db import migrations, models

kekal = import_module("sop.migrations.0002_rute_kekal")


class Migration(migrations.Migration):
    """Let an SOP ask for the review of the internal auditor."""

    dependencies = [
        ("sop", "0002_rute_kekal"),
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
                    ("reviu", "Reviu APIP"),
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
                            "reviu",
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
