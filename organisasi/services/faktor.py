"""The second factor of an account: put on, checked, taken off, and codes for when it is lost.

Here are the authenticator app and what all factors share; passkeys: `services.kunci_sandi`.
"""

import secrets
from datetime import datetime
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from organisasi.models import Faktor, KodePulih, KunciSandi, Pengguna, SuratAkun
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
    """Put the authenticator app with that key on the account; recovery codes, shown once, if it is
    the first factor.

    `kode` proves that the app has the key. Every session but the one with the key `sesi` ends.

    Raises:
        IsianTidakSah: that is not the code of now (HTTP 422).
        TransisiDitolak: the account has an app already (HTTP 409).
    """
    lock_akun(pengguna)
    langkah = find_langkah(kunci.reveal(), kode, now=now, sesudah=0)
    if langkah is None:
        raise IsianTidakSah(
            _("Kode tidak cocok. Periksa jam ponsel Anda, lalu ketik kode yang sedang tampil.")
        )
    if Faktor.objects.filter(pengguna=pengguna).exists():
        raise TransisiDitolak(_("Aplikasi autentikator sudah terpasang. Muat ulang halaman ini."))
    kode_pulih = start_faktor(pengguna)
    Faktor.objects.create(
        pengguna=pengguna,
        kunci=seal(kunci, tujuan=_tujuan(pengguna), kedaluwarsa=SELAMANYA),
        langkah=langkah,
        dibuat_pada=now,
    )
    close_perubahan(pengguna, "faktor.pasang", now=now, sesi=sesi)
    return kode_pulih


@transaction.atomic
def remove_faktor(*, pengguna: Pengguna, now: datetime, sesi: str | None) -> None:
    """Take the app off the account; with the last factor go the recovery codes. Every session but
    the one with that key ends.

    Whose post asks for a factor and has none left puts one on again before anything else.

    Raises:
        TransisiDitolak: there is no app (HTTP 409).
    """
    lock_akun(pengguna)
    if not Faktor.objects.filter(pengguna=pengguna).delete()[0]:
        raise TransisiDitolak(_("Aplikasi autentikator sudah dilepas. Muat ulang halaman ini."))
    drop_kode(pengguna)
    close_perubahan(pengguna, "faktor.lepas", now=now, sesi=sesi)


@transaction.atomic
def reset_faktor(*, pengguna: Pengguna, now: datetime) -> None:
    """Take everything off an account whose owner lost it all: by an operator. All sessions end.

    Raises:
        TransisiDitolak: there is nothing to take off (HTTP 409).
    """
    lock_akun(pengguna)
    if not has_faktor_akun(pengguna):
        raise TransisiDitolak(_("Akun itu tidak memakai faktor kedua."))
    for milik in (Faktor, KunciSandi, KodePulih):
        milik._default_manager.filter(pengguna=pengguna).delete()
    close_perubahan(pengguna, "faktor.lepas", now=now, sesi=None, oleh_server=True)


@transaction.atomic
def renew_kode(*, pengguna: Pengguna, now: datetime, sesi: str | None) -> list[str]:
    """Ten new recovery codes, shown once; the old ones open nothing any more.

    Raises:
        TransisiDitolak: the account has no factor that they could stand in for (HTTP 409).
    """
    lock_akun(pengguna)
    if not has_faktor_akun(pengguna):
        raise TransisiDitolak(_("Pasang faktor kedua lebih dahulu."))
    end_sesi_lain(pengguna=pengguna, kecuali=sesi, now=now)
    record_akun(pengguna, "faktor.kode_baru", now=now)
    return _make_kode(pengguna)


@transaction.atomic
def use_kode(*, pengguna: Pengguna, kode: str, now: datetime) -> bool:
    """Whether that is the code of the app now, or a recovery code not used yet; used up with it."""
    lock_akun(pengguna)
    faktor = Faktor.objects.filter(pengguna=pengguna).first()
    langkah = _find_langkah(faktor, kode, now) if faktor else None
    if faktor and langkah is not None:
        faktor.langkah, faktor.dipakai_pada = langkah, now
        faktor.save(update_fields=["langkah", "dipakai_pada"])
        return True
    belum = KodePulih.objects.filter(pengguna=pengguna, dipakai_pada=None)
    if not belum.filter(sidik__in=_hash(pengguna, kode)).update(dipakai_pada=now):
        return False
    record_akun(pengguna, "faktor.kode_pulih", now=now, sisa=belum.count())
    return True


def has_faktor_akun(pengguna: Pengguna) -> bool:
    """Whether the account has an app or a passkey."""
    return any(
        milik._default_manager.filter(pengguna=pengguna).exists() for milik in (Faktor, KunciSandi)
    )


def start_faktor(pengguna: Pengguna) -> list[str]:
    """Recovery codes, before the first factor is put on; the codes there are stay good."""
    return [] if has_faktor_akun(pengguna) else _make_kode(pengguna)


def drop_kode(pengguna: Pengguna) -> None:
    """Without a factor there is nothing that recovery codes could stand in for."""
    if not has_faktor_akun(pengguna):
        KodePulih.objects.filter(pengguna=pengguna).delete()


def close_perubahan(
    pengguna: Pengguna, aksi: str, *, now: datetime, sesi: str | None, **data: Any
) -> None:
    """What follows every change of a factor: other sessions end, the trail, a letter."""
    end_sesi_lain(pengguna=pengguna, kecuali=sesi, now=now)
    record_akun(pengguna, aksi, now=now, **data)
    queue_surat(pengguna, SuratAkun.Jenis.FAKTOR, now=now)


def lock_akun(pengguna: Pengguna) -> None:
    """One act on a second factor at a time: a code opens once, however often it is sent."""
    Pengguna.objects.select_for_update().get(pk=pengguna.pk)


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
