"""The number of an SOP, from the register of the office where it keeps one."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from organisasi.models import Pengguna, Register
from organisasi.selectors_register import get_register_aktif
from organisasi.services.register import NomorMundur, Pesanan, take_nomor, use_nomor
from sakip.common.errors import IsianTidakSah
from sop.models import VersiSOP


class NomorSopBelumAda(IsianTidakSah):
    """Nobody wrote a number, and the register can give none."""


def number_versi(versi: VersiSOP, *, tanggal: date, aktor: Pengguna | None, now: datetime) -> None:
    """Take the next number for the approval of that day; it counts as used with the publication.

    Inside the caller's transaction, the version locked; the caller saves it.

    Raises:
        NomorSopBelumAda: the office has no register for SOP, or its book is past that day (422).
    """
    register = get_register_aktif(versi.sop.instansi, Register.Untuk.SOP)
    if register is None:
        raise NomorSopBelumAda(_("Tuliskan nomor SOP; kantor ini belum mempunyai register SOP."))
    pesanan = Pesanan(tanggal, versi.nama_sop or versi.sop.nama)
    try:
        nomor = take_nomor(register_id=register.pk, pesanan=pesanan, aktor=aktor, now=now)
    except NomorMundur as galat:
        jalan = _("Ambil nomor itu di Surat & Arsip, Register nomor, lalu tuliskan di sini.")
        raise NomorSopBelumAda(f"{galat.pesan} {jalan}") from galat
    except IsianTidakSah as galat:
        raise NomorSopBelumAda(galat.pesan) from galat
    use_nomor(nomor, now=now)
    versi.nomor_sop = nomor.nomor
