"""By what a signing service knows its people. The NIK is stored encrypted and never shown whole."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import IdentitasTanda
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah
from sakip.common.rahasia import SELAMANYA, Rahasia, RahasiaTidakTerbuka, reseal, seal, unseal
from sakip.common.tte import Penandatangan

_PANJANG_NIK = 16


def make_penandatangan(sebagai: Penugasan) -> Penandatangan:
    """Who signs, under that mandate, with everything a signing service may ask for."""
    orang = sebagai.pengguna
    return Penandatangan(
        nip=orang.nip,
        nama=orang.nama,
        jabatan=sebagai.sebutan,
        pangkat=orang.pangkat,
        nik=get_nik(orang),
        surel=orang.surel,
    )


def get_nik(orang: Pengguna) -> Rahasia | None:
    """The NIK that person filled in, or None; also where the key of the application has changed."""
    baris = IdentitasTanda.objects.filter(pengguna=orang).first()
    if baris is None:
        return None
    try:
        return unseal(bytes(baris.nik), tujuan=_tujuan(orang), now=baris.diisi_pada)
    except RahasiaTidakTerbuka:
        return None


def get_diisi(sebagai: Penugasan) -> str:
    """When the NIK of that person was filled in; empty where it was not."""
    baris = IdentitasTanda.objects.filter(pengguna=sebagai.pengguna_id).first()
    return f"{baris.diisi_pada.timestamp():.0f}" if baris else ""


@transaction.atomic
def save_nik(*, sebagai: Penugasan, nik: str, now: datetime) -> None:
    """Keep the NIK of the holder of that mandate, given by himself; what was there is replaced.

    The trail of the office says that he gave or changed it, never what it is.

    Raises:
        IsianTidakSah: it does not have sixteen digits.
    """
    orang, angka = sebagai.pengguna, "".join(nik.split())
    if len(angka) != _PANJANG_NIK or not (angka.isascii() and angka.isdigit()):
        raise IsianTidakSah(_("NIK terdiri atas 16 angka."))
    instansi = Instansi.objects.select_for_update().get(pk=sebagai.jabatan.instansi_id)
    isi = seal(Rahasia(angka), tujuan=_tujuan(orang), kedaluwarsa=SELAMANYA)
    _baris, baru = IdentitasTanda.objects.update_or_create(
        pengguna=orang, defaults={"nik": isi, "diisi_pada": now}
    )
    record_jejak(
        instansi,
        aksi="laporan.identitas.nik",
        aktor=orang,
        now=now,
        sebagai=sebagai,
        baru=baru,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])


@transaction.atomic
def reseal_nik() -> tuple[int, int]:
    """Close every NIK with the present key of the application: how many, how many not."""
    tertutup = 0
    semua = list(IdentitasTanda.objects.select_for_update(of=("self",)).select_related("pengguna"))
    for baris in semua:
        try:
            baris.nik = reseal(bytes(baris.nik), tujuan=_tujuan(baris.pengguna))
        except RahasiaTidakTerbuka:
            tertutup += 1
        else:
            baris.save(update_fields=["nik"])
    return len(semua) - tertutup, tertutup


def _tujuan(orang: Pengguna) -> str:
    return f"nik:{orang.pk}"
