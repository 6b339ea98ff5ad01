"""Making and revoking keys of the read-only interface."""

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import KunciApi, Pengguna
from organisasi.services.kelola import open_kelola
from sakip.common.errors import IsianTidakSah, TransisiDitolak

# A key that nobody renews ends by itself.
MAKS_HARI = 366
_AWALAN = "sakip"


@transaction.atomic
def create_kunci(
    *, instansi_id: int, nama: str, berlaku_sampai: date, aktor: Pengguna, now: datetime
) -> tuple[KunciApi, str]:
    """Make a key; the second value is the key itself, which is never seen again.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        IsianTidakSah: the last day is past, or more than a year away (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    hari = now.astimezone(kelola.instansi.zona_waktu).date()
    if not hari <= berlaku_sampai <= hari + timedelta(days=MAKS_HARI):
        raise IsianTidakSah(_("Pilih tanggal akhir antara hari ini dan satu tahun ke depan."))
    awalan, rahasia = secrets.token_hex(4), secrets.token_urlsafe(32)
    kunci = KunciApi.objects.create(
        instansi=kelola.instansi,
        nama=nama,
        awalan=awalan,
        sidik=_hash(rahasia),
        dibuat_oleh=aktor,
        dibuat_pada=now,
        berlaku_sampai=berlaku_sampai,
    )
    kelola.record("organisasi.kunci_api.create", nama=kunci.nama, awalan=kunci.awalan)
    return kunci, f"{_AWALAN}_{awalan}_{rahasia}"


@transaction.atomic
def revoke_kunci(*, kunci_id: int, instansi_id: int, aktor: Pengguna, now: datetime) -> KunciApi:
    """End a key at once.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        KunciApi.DoesNotExist: the office has no such key.
        TransisiDitolak: it was revoked before (HTTP 409).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    kunci = KunciApi.objects.get(pk=kunci_id, instansi=kelola.instansi)
    if kunci.dicabut_pada is not None:
        raise TransisiDitolak(_("Kunci ini sudah dicabut. Muat ulang halaman ini."))
    kunci.dicabut_pada = now
    kunci.save(update_fields=["dicabut_pada"])
    kelola.record("organisasi.kunci_api.revoke", nama=kunci.nama, awalan=kunci.awalan)
    return kunci


def find_kunci(token: str, *, now: datetime) -> KunciApi | None:
    """The key in force that `token` is; None for anything else. One query."""
    bagian = token.split("_", 2)
    if len(bagian) != 3 or bagian[0] != _AWALAN:
        return None
    kunci = KunciApi.objects.select_related("instansi").filter(awalan=bagian[1]).first()
    if kunci is None or not hmac.compare_digest(kunci.sidik, _hash(bagian[2])):
        return None
    return kunci if kunci.is_berlaku(now) else None


def _hash(rahasia: str) -> str:
    """Plain SHA-256 is enough: the secret has 256 bits, there is nothing to guess."""
    return hashlib.sha256(rahasia.encode()).hexdigest()
