"""The second factor of an account: put on, checked, taken off, and codes for when it is lost."""

import secrets
from datetime import datetime
from textwrap import wrap

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from organisasi.models import Faktor, KodePulih, Pengguna, SuratAkun
from organisasi.services.jejak_akun import record_akun
from organisasi.services.sesi import end_sesi_lain
from organisasi.services.surat_akun import queue_surat
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import SELAMANYA, Rahasia, RahasiaTidakTerbuka, reseal, seal, unseal
from sakip.common.totp import find_langkah

BANYAK_KODE = 10
# Read aloud and typed on a phone: no letter looks like a figure. With 118 bits in a code a keyed
# hash is enough; nobody tries them all on a stolen database, with the key or without.
_HURUF = "abcdefghjkmnpqrstuvwxyz23456789"
_PANJANG, _KELOMPOK = 24, 6


@transaction.atomic
def add_faktor(
    *, pengguna: Pengguna, kunci: Rahasia, kode: str, now: datetime, sesi: str | None
) -> list[str]:
    """Put the authenticator app with that key on the account; its recovery codes, shown once.

    `kode` proves that the app has the key. Every session but the one with the key `sesi` ends.

    Raises:
        IsianTidakSah: that is not the code of now (HTTP 422).
        TransisiDitolak: the account has an app already (HTTP 409).
    """
    _lock(pengguna)
    langkah = find_langkah(kunci.reveal(), kode, now=now, sesudah=0)
    if langkah is None:
        raise IsianTidakSah(
            _("Kode tidak cocok. Periksa jam ponsel Anda, lalu ketik kode yang sedang tampil.")
        )
    if Faktor.objects.filter(pengguna=pengguna).exists():
        raise TransisiDitolak(_("Aplikasi autentikator sudah terpasang. Muat ulang halaman ini."))
    Faktor.objects.create(
        pengguna=pengguna,
        kunci=seal(kunci, tujuan=_tujuan(pengguna), kedaluwarsa=SELAMANYA),
        langkah=langkah,
        dibuat_pada=now,
    )
    end_sesi_lain(pengguna=pengguna, kecuali=sesi, now=now)
    record_akun(pengguna, "faktor.pasang", now=now)
    queue_surat(pengguna, SuratAkun.Jenis.FAKTOR, now=now)
    return _make_kode(pengguna)


@transaction.atomic
def remove_faktor(
    *, pengguna: Pengguna, now: datetime, sesi: str | None, oleh_server: bool = False
) -> None:
    """Take the app off the account, and its codes; every session but the one with that key ends.

    Whose post asks for one puts it on again before anything else.

    Raises:
        TransisiDitolak: there is none (HTTP 409).
    """
    _lock(pengguna)
    if not Faktor.objects.filter(pengguna=pengguna).delete()[0]:
        raise TransisiDitolak(_("Faktor kedua sudah dilepas. Muat ulang halaman ini."))
    KodePulih.objects.filter(pengguna=pengguna).delete()
    end_sesi_lain(pengguna=pengguna, kecuali=sesi, now=now)
    record_akun(pengguna, "faktor.lepas", now=now, oleh_server=oleh_server)
    queue_surat(pengguna, SuratAkun.Jenis.FAKTOR, now=now)


@transaction.atomic
def renew_kode(*, pengguna: Pengguna, now: datetime, sesi: str | None) -> list[str]:
    """Ten new recovery codes, shown once; the old ones open nothing any more.

    Raises:
        TransisiDitolak: the account has no app that they could stand in for (HTTP 409).
    """
    _lock(pengguna)
    if not Faktor.objects.filter(pengguna=pengguna).exists():
        raise TransisiDitolak(_("Pasang aplikasi autentikator lebih dahulu."))
    end_sesi_lain(pengguna=pengguna, kecuali=sesi, now=now)
    record_akun(pengguna, "faktor.kode_baru", now=now)
    return _make_kode(pengguna)


@transaction.atomic
def use_kode(*, pengguna: Pengguna, kode: str, now: datetime) -> bool:
    """Whether that is the code of the app now, or a recovery code not used yet; used up with it."""
    _lock(pengguna)
    faktor = Faktor.objects.filter(pengguna=pengguna).first()
    if faktor is None:
        return False
    langkah = _find_langkah(faktor, kode, now)
    if langkah is not None:
        faktor.langkah, faktor.dipakai_pada = langkah, now
        faktor.save(update_fields=["langkah", "dipakai_pada"])
        return True
    belum = KodePulih.objects.filter(pengguna=pengguna, dipakai_pada=None)
    if not belum.filter(sidik__in=_hash(pengguna, kode)).update(dipakai_pada=now):
        return False
    record_akun(pengguna, "faktor.kode_pulih", now=now, sisa=belum.count())
    return True


def _find_langkah(faktor: Faktor, kode: str, now: datetime) -> int | None:
    """None also where the key of the application has changed; a recovery code may still fit."""
    try:
        kunci = unseal(bytes(faktor.kunci), tujuan=_tujuan(faktor.pengguna), now=now)
    except RahasiaTidakTerbuka:
        return None
    return find_langkah(kunci.reveal(), kode, now=now, sesudah=faktor.langkah)


def _make_kode(pengguna: Pengguna) -> list[str]:
    """In place of all there were."""
    KodePulih.objects.filter(pengguna=pengguna).delete()
    semua = [_make_satu() for _kode in range(BANYAK_KODE)]
    KodePulih.objects.bulk_create(
        KodePulih(pengguna=pengguna, sidik=_hash(pengguna, kode)[0]) for kode in semua
    )
    return ["-".join(wrap(kode, _KELOMPOK)) for kode in semua]


def _make_satu() -> str:
    return "".join(secrets.choice(_HURUF) for _huruf in range(_PANJANG))


def _hash(pengguna: Pengguna, kode: str) -> list[str]:
    """Fingerprints under the key of the application, and under those it had before.

    Keyed: whoever has a copy of the database only cannot try codes on it.
    """
    isi = f"{pengguna.pk}:{kode.replace('-', '').replace(' ', '').lower()}"
    return [
        salted_hmac("organisasi.kode_pulih", isi, secret=kunci, algorithm="sha256").hexdigest()
        for kunci in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def _lock(pengguna: Pengguna) -> None:
    """One act on a second factor at a time: a code opens once, however often it is sent."""
    Pengguna.objects.select_for_update().get(pk=pengguna.pk)


def _tujuan(pengguna: Pengguna) -> str:
    return f"totp:{pengguna.pk}"


@transaction.atomic
def reseal_kunci() -> tuple[int, int]:
    """Close every key of an app with the present key of the application: how many, how many not."""
    tertutup = 0
    semua = list(Faktor.objects.select_for_update(of=("self",)).select_related("pengguna"))
    for faktor in semua:
        try:
            faktor.kunci = reseal(bytes(faktor.kunci), tujuan=_tujuan(faktor.pengguna))
        except RahasiaTidakTerbuka:
            tertutup += 1
        else:
            faktor.save(update_fields=["kunci"])
    return len(semua) - tertutup, tertutup
