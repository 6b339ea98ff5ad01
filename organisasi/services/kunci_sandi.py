"""Passkeys of an account: put on, checked, taken off."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import KunciSandi, Pengguna
from organisasi.services.faktor import close_perubahan, drop_kode, lock_akun, start_faktor
from organisasi.services.jejak_akun import record_akun
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.kunci_sandi import (
    Jawaban,
    Kredensial,
    KunciTidakSah,
    Pemilik,
    finish_buat,
    finish_pakai,
    read_jawaban,
)

logger = logging.getLogger(__name__)

MAKS_KUNCI = 10


def make_pemilik(pengguna: Pengguna) -> Pemilik:
    """What a passkey keeps of its owner; its handle names nobody and is the same for all of his."""
    return Pemilik(f"sakip:{pengguna.pk}".encode(), pengguna.nip, pengguna.nama)


def read_kunci_baru(tantangan: dict[str, str], jawaban: str) -> Kredensial:
    """The passkey that was made for `tantangan`.

    Raises:
        IsianTidakSah: the answer of the device is not right (HTTP 422).
    """
    try:
        return finish_buat(tantangan, jawaban)
    except KunciTidakSah as salah:
        logger.info("kunci_sandi_ditolak sebab=%s", salah)
        pesan = _("Kunci sandi itu tidak dapat dipastikan. Coba sekali lagi.")
        raise IsianTidakSah(pesan) from salah


@transaction.atomic
def add_kunci_sandi(
    *, pengguna: Pengguna, nama: str, kredensial: Kredensial, now: datetime, sesi: str | None
) -> list[str]:
    """Put a passkey on the account; recovery codes, shown once, if it is the first factor.

    Every session but the one with the key `sesi` ends.

    Raises:
        IsianTidakSah: it is somebody's already, or there are ten (HTTP 422).
    """
    lock_akun(pengguna)
    if KunciSandi.objects.filter(pengenal=kredensial.pengenal).exists():
        raise IsianTidakSah(_("Kunci sandi itu sudah terpasang."))
    if KunciSandi.objects.filter(pengguna=pengguna).count() >= MAKS_KUNCI:
        raise IsianTidakSah(
            _("Paling banyak %(n)s kunci sandi. Lepas yang tidak dipakai lagi.") % {"n": MAKS_KUNCI}
        )
    kode = start_faktor(pengguna)
    KunciSandi.objects.create(
        pengguna=pengguna,
        nama=nama,
        pengenal=kredensial.pengenal,
        data=kredensial.data,
        hitungan=kredensial.hitungan,
        dibuat_pada=now,
    )
    close_perubahan(pengguna, "faktor.kunci_pasang", now=now, sesi=sesi, nama=nama)
    return kode


@transaction.atomic
def remove_kunci_sandi(
    *, pengguna: Pengguna, kunci_id: int, now: datetime, sesi: str | None
) -> None:
    """Take one passkey off; with the last factor go the recovery codes. Other sessions end.

    Raises:
        TransisiDitolak: the account has no such passkey any more (HTTP 409).
    """
    lock_akun(pengguna)
    kunci = KunciSandi.objects.filter(pengguna=pengguna, pk=kunci_id).first()
    if kunci is None:
        raise TransisiDitolak(_("Kunci sandi itu sudah dilepas. Muat ulang halaman ini."))
    kunci.delete()
    drop_kode(pengguna)
    close_perubahan(pengguna, "faktor.kunci_lepas", now=now, sesi=sesi, nama=kunci.nama)


@transaction.atomic
def use_kunci_sandi(
    *, tantangan: dict[str, str], jawaban: str, now: datetime, pengguna: Pengguna | None
) -> Pengguna | None:
    """Whose passkey answers `tantangan` rightly; None for nobody's, or not one of `pengguna`.

    pengguna: None where the passkey itself says who signs in.
    """
    try:
        isi = read_jawaban(jawaban)
        kunci = _find(isi, pengguna)
        hitungan = finish_pakai(tantangan, isi, bytes(kunci.data)) if kunci else 0
    except KunciTidakSah as salah:
        logger.info("kunci_sandi_ditolak sebab=%s", salah)
        return None
    if kunci is None:
        return None
    if (hitungan or kunci.hitungan) and hitungan <= kunci.hitungan:
        # A device never counts backwards: there is a copy of it, and this may be the copy.
        logger.warning("kunci_sandi_mundur pengguna=%s", kunci.pengguna_id)
        record_akun(kunci.pengguna, "faktor.kunci_mundur", now=now, nama=kunci.nama)
        return None
    kunci.hitungan, kunci.dipakai_pada = hitungan, now
    kunci.save(update_fields=["hitungan", "dipakai_pada"])
    return kunci.pengguna


def _find(isi: Jawaban, pengguna: Pengguna | None) -> KunciSandi | None:
    """The row of the passkey, locked, where it is that of an active account and of no other's.

    A passkey that says itself who signs in must say so rightly; one that was asked for may keep
    silent.
    """
    semua = KunciSandi.objects.select_for_update(of=("self",)).select_related("pengguna")
    kunci = semua.filter(pengenal=isi.pengenal, pengguna__is_active=True).first()
    if kunci is None or pengguna not in (None, kunci.pengguna):
        return None
    diam = isi.pegangan is None and pengguna is not None
    return kunci if diam or isi.pegangan == make_pemilik(kunci.pengguna).pegangan else None
