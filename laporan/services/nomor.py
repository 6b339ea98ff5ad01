"""Numbers of the documents of a draft: taken from the office's registers, kept, used, given up.

Everything here runs inside the caller's transaction with the draft locked.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from laporan.models import Draf, NomorLaporan, SuratPengantar
from organisasi.models import NomorRegister, Pengguna, Register
from organisasi.selectors_register import get_register_aktif
from organisasi.services.jejak import record_jejak
from organisasi.services.register import Pesanan, cancel_nomor, take_nomor, use_nomor
from sakip.common.errors import IsianTidakSah
from sakip.common.waktu import tanggal_angka
from sop.models import SOP

# What a draft makes, and the register that numbers it. Others carry no number of their own.
_REGISTER: Mapping[str, str] = {
    SOP.Menghasilkan.LAPORAN_KINERJA: Register.Untuk.LAPORAN,
    SOP.Menghasilkan.PERJANJIAN_KINERJA: Register.Untuk.PERJANJIAN,
}


def reserve_nomor_laporan(draf: Draf, *, now: datetime) -> NomorRegister | None:
    """The number of the document itself, the same however often it is frozen or signed.

    None where the office has no register for it. A number that somebody cancelled is replaced.
    """
    milik = NomorLaporan.objects.select_related("nomor").filter(draf=draf).first()
    if milik and milik.nomor.status != NomorRegister.Status.BATAL:
        return milik.nomor
    untuk = _REGISTER.get(draf.menghasilkan)
    register = get_register_aktif(draf.instansi, untuk) if untuk else None
    if register is None:
        return None
    hari = now.astimezone(draf.instansi.zona_waktu).date()
    pesanan = Pesanan(hari, draf.judul)
    nomor = take_nomor(register_id=register.pk, pesanan=pesanan, aktor=None, now=now)
    NomorLaporan.objects.update_or_create(draf=draf, defaults={"nomor": nomor})
    record_jejak(
        draf,
        aksi="laporan.nomor.pesan",
        aktor=None,
        now=now,
        status=draf.status,
        nomor=nomor.nomor,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    return nomor


def number_surat(
    surat: SuratPengantar, *, tujuan: str, alasan: str, aktor: Pengguna, now: datetime
) -> None:
    """Give a letter its number from the register of the office; it keeps the one it has.

    Raises:
        NomorMundur, IsianTidakSah, TransisiDitolak: as `take_nomor`.
    """
    register = get_register_aktif(surat.instansi, Register.Untuk.SURAT)
    if register is None or surat.nomor_register is not None:
        return
    pesanan = Pesanan(surat.tanggal, surat.perihal, tujuan, alasan)
    nomor = take_nomor(register_id=register.pk, pesanan=pesanan, aktor=aktor, now=now)
    surat.nomor_register, surat.nomor = nomor, nomor.nomor


def keep_nomor(surat: SuratPengantar, lama: SuratPengantar | None) -> None:
    """A letter goes on with its number, or with that of the round before; a cancelled one is lost.

    Raises:
        IsianTidakSah: its day is not the one the register has for the number (422).
    """
    nomor = surat.nomor_register or (lama.nomor_register if lama else None)
    if nomor is None:
        return
    if nomor.status == NomorRegister.Status.BATAL:
        surat.nomor_register, surat.nomor = None, ""
        return
    if nomor.tanggal != surat.tanggal:
        raise IsianTidakSah(
            _(
                "Nomor %(nomor)s diambil untuk tanggal %(tanggal)s. Kembalikan tanggal surat, atau "
                "batalkan nomor itu pada register."
            )
            % {"nomor": nomor.nomor, "tanggal": tanggal_angka(nomor.tanggal)}
        )
    surat.nomor_register, surat.nomor = nomor, nomor.nomor


def use_nomor_surat(kunjungan_id: int, *, now: datetime) -> None:
    """The letter of a visit that has ended is out."""
    surat = SuratPengantar.objects.filter(kunjungan=kunjungan_id).exclude(nomor_register=None)
    for nomor in _list_dipesan(Q(pk__in=surat.values("nomor_register"))):
        use_nomor(nomor, now=now)


def use_nomor_laporan(draf: Draf, *, now: datetime) -> None:
    """The document is out."""
    for nomor in _list_dipesan(Q(pk__in=NomorLaporan.objects.filter(draf=draf).values("nomor"))):
        use_nomor(nomor, now=now)


def cancel_nomor_draf(draf: Draf, *, alasan: str, now: datetime) -> None:
    """A draft given up leaves its reserved numbers in the book, with the reason."""
    laporan = NomorLaporan.objects.filter(draf=draf).values("nomor")
    surat = SuratPengantar.objects.filter(draf=draf).exclude(nomor_register=None)
    for nomor in _list_dipesan(Q(pk__in=laporan) | Q(pk__in=surat.values("nomor_register"))):
        cancel_nomor(nomor, alasan=_("Dibatalkan: %(alasan)s") % {"alasan": alasan}, now=now)


def _list_dipesan(syarat: Q) -> list[NomorRegister]:
    daftar = NomorRegister.objects.select_for_update().filter(
        syarat, status=NomorRegister.Status.DIPESAN
    )
    return list(daftar.order_by("pk"))
