"""Make up the data of a whole government, for measurements and shows."""

from argparse import ArgumentParser
from datetime import timedelta
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinerja.rules.periode import find_periode, step_periode
from kinerja.services.buat_data import SELESAI, Takaran, fill_kantor
from organisasi.models import Instansi
from organisasi.services.buat_kantor import MIN_PENGGUNA, make_kantor, next_nomor

_BAKU = {"opd": 60, "pengguna": 40, "indikator": 500, "triwulan": 8}
_PALING = {"opd": (1, 1000), "pengguna": (MIN_PENGGUNA, 1000), "indikator": (1, 5000)}
_PALING |= {"triwulan": (1, 40)}
_LIMA_TAHUN = timedelta(days=5 * 365)


class Command(BaseCommand):
    """manage.py buat_data"""

    help = (
        "Membuat kantor, pengguna, rencana, dan capaian buatan untuk pengukuran dan peragaan. "
        "Benih yang sama membuat data yang sama. Akun buatan tidak dapat masuk sebelum diberi "
        "sandi (manage.py tautan_sandi)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--opd", type=int, help="Banyaknya kantor (60).")
        parser.add_argument("--pengguna", type=int, help="Banyaknya orang tiap kantor (40).")
        parser.add_argument("--indikator", type=int, help="Banyaknya indikator tiap kantor (500).")
        parser.add_argument("--triwulan", type=int, help="Banyaknya triwulan yang berisi (8).")
        parser.set_defaults(**_BAKU)
        parser.add_argument("--benih", type=int, default=2026, help="Benih bilangan acak (2026).")
        parser.add_argument("--pemerintah", default="Pemerintah Kabupaten Contoh")
        parser.add_argument(
            "--tambah", action="store_true", help="Tambahkan walau basis data sudah berisi kantor."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them office by office, each in one transaction, and say how many."""
        for nama, (bawah, atas) in _PALING.items():
            if not bawah <= options[nama] <= atas:
                raise CommandError(f"--{nama} antara {bawah} dan {atas}.")
        if Instansi.objects.exists() and not options["tambah"]:
            raise CommandError(
                "Basis data ini sudah berisi kantor. Data buatan tidak dicampurkan dengan data "
                "sungguhan; pakai basis data lain, atau --tambah bila memang dimaksudkan."
            )
        kini, awal = timezone.now(), next_nomor()
        akhir = step_periode(find_periode((kini - SELESAI).date()), -1)
        takaran = Takaran(options["indikator"], options["triwulan"], akhir)
        capaian = 0
        for nomor in range(awal, awal + options["opd"]):
            acak = Random(f"{options['benih']}-{nomor}")  # noqa: S311 - made-up figures, no secret
            kantor = make_kantor(
                nomor,
                pengguna=options["pengguna"],
                pemerintah=options["pemerintah"],
                mulai=kini - _LIMA_TAHUN,
                acak=acak,
            )
            capaian += fill_kantor(kantor, takaran, acak=acak)
        opd, orang = options["opd"], options["opd"] * options["pengguna"]
        self.stdout.write(
            f"{opd} kantor, {orang} pengguna, {opd * options['indikator']} indikator, "
            f"{capaian} capaian dalam {options['triwulan']} triwulan sampai {akhir.nama}."
        )
