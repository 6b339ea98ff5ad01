"""Load one SOP data file into an office."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisasi.models import Instansi, Pengguna
from sakip.common.errors import DomainError
from sop.services.muat import HasilMuat, load_berkas


class Command(BaseCommand):
    """Reports every problem of the file with its line, or writes the SOP."""

    help = (
        "Memuat satu SOP dari berkas YAML ke satu instansi. Tidak menulis apa pun bila ada galat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "berkas", help="Berkas YAML satu SOP, misalnya sop/data/dinkes-mojokerto.yaml."
        )
        parser.add_argument(
            "--instansi", required=True, metavar="KODE", help="Kode instansi tujuan."
        )
        parser.add_argument("--terbitkan", action="store_true", help="Terbitkan bila tanpa galat.")
        parser.add_argument("--nip", metavar="NIP", help="Pegawai yang dicatat sebagai pelaku.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say what happened."""
        try:
            hasil = load_berkas(
                teks=self._read(options["berkas"]),
                instansi=self._find_instansi(options["instansi"]),
                aktor=self._find_aktor(options["nip"]),
                now=timezone.now(),
                terbitkan=options["terbitkan"],
            )
        except DomainError as galat:
            raise CommandError("\n".join([galat.pesan, *getattr(galat, "masalah", [])])) from galat
        self._report(hasil)

    def _read(self, berkas: str) -> str:
        try:
            return Path(berkas).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as galat:
            raise CommandError(
                f"Berkas {berkas} tidak dapat dibaca sebagai teks UTF-8: {galat}"
            ) from galat

    def _find_instansi(self, kode: str) -> Instansi:
        instansi = Instansi.objects.filter(kode=kode).first()
        if instansi is None:
            ada = (
                ", ".join(Instansi.objects.order_by("kode").values_list("kode", flat=True))
                or "belum ada"
            )
            raise CommandError(f"Instansi “{kode}” tidak ada. Kode yang ada: {ada}.")
        return instansi

    def _find_aktor(self, nip: str | None) -> Pengguna | None:
        if nip is None:
            return None
        aktor = Pengguna.objects.filter(nip="".join(nip.split())).first()
        if aktor is None:
            raise CommandError(f"Pegawai dengan NIP {nip} tidak ada.")
        return aktor

    def _report(self, hasil: HasilMuat) -> None:
        versi = hasil.versi
        langkah = versi.langkah
        keputusan = langkah.filter(simbol="keputusan").count()
        kejadian = "dimuat" if hasil.baru else "sudah ada dan sama isinya"
        self.stdout.write(f"{versi}: {kejadian}. {langkah.count()} langkah, {keputusan} keputusan.")
        for peringatan in hasil.peringatan:
            self.stdout.write(f"  peringatan: {peringatan}")
        keadaan = "Diterbitkan." if hasil.terbit else f"Status: {versi.get_status_display()}."
        self.stdout.write(keadaan)
