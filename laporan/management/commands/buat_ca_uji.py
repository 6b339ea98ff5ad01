"""Make a local test authority and a certificate for each person who signs."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisasi.models import Jabatan, Pengguna, Penugasan
from sakip.common.ca_uji import ensure_akar, has_sertifikat, issue_sertifikat
from sakip.common.rahasia import Rahasia

_PENANDA = (Jabatan.Tingkat.KEPALA, Jabatan.Tingkat.SEKRETARIS)


class Command(BaseCommand):
    """manage.py buat_ca_uji [--nip NIP ...] [--frasa-sandi KATA]"""

    help = (
        "Membuat CA uji dan sertifikat uji (tidak berkekuatan hukum) bagi kepala dan sekretaris. "
        "Aman diulang: sertifikat yang masih berlaku dibiarkan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom to serve, and the passphrase."""
        parser.add_argument(
            "--nip",
            action="append",
            default=[],
            help="Hanya bagi NIP ini (boleh berulang), apa pun jabatannya.",
        )
        parser.add_argument(
            "--frasa-sandi",
            default=None,
            help="Tanpa ini dipakai SAKIP_FRASA_DEMO, atau dibuat acak dan ditampilkan sekali.",
        )

    def handle(self, *args: Any, nip: list[str], frasa_sandi: str | None, **options: Any) -> None:
        """Issue what is missing, has run out, or does not open with the passphrase given."""
        kini, folder = timezone.now(), settings.TTE_DIR
        teks = frasa_sandi or settings.DEMO_FRASA
        frasa = Rahasia(teks or secrets.token_urlsafe(12))
        ensure_akar(folder, now=kini)
        baru = [
            orang
            for orang in self._list_orang(nip)
            if not has_sertifikat(folder, orang.nip, frasa if teks else None, now=kini)
        ]
        for orang in baru:
            issue_sertifikat(folder, nip=orang.nip, nama=orang.nama, frasa=frasa, now=kini)
            self.stdout.write(f"Sertifikat uji: {orang.nama}")
        if baru and not teks:
            self.stdout.write(f"Frasa sandi, hanya ditampilkan sekali ini: {frasa.reveal()}")
        self.stdout.write(f"Selesai: {len(baru)} sertifikat uji dibuat.")

    def _list_orang(self, nip: list[str]) -> list[Pengguna]:
        if not nip:
            pemegang = Penugasan.objects.berlaku(timezone.now()).filter(
                jabatan__tingkat__in=_PENANDA
            )
            return list(Pengguna.objects.filter(penugasan__in=pemegang).distinct())
        orang = list(Pengguna.objects.filter(nip__in=nip))
        hilang = sorted(set(nip) - {o.nip for o in orang})
        if hilang:
            raise CommandError(f"NIP tidak dikenal: {', '.join(hilang)}.")
        return orang
