"""Loading an SOP from its data file: all of it, or nothing and the reasons."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Pengguna
from sakip.common.errors import AlurTidakSah
from sop.models import SOP, VersiSOP
from sop.rules.berkas import BerkasSOP, read_berkas
from sop.rules.sidik import compute_sidik
from sop.selectors import map_jabatan, read_sidik
from sop.services.versi import create_versi, list_kekeliruan, publish_versi


@dataclass(frozen=True)
class HasilMuat:
    """What loading did. baru: a version was written; terbit: it was published just now."""

    versi: VersiSOP
    baru: bool
    terbit: bool
    peringatan: list[str]


@transaction.atomic
def load_berkas(
    *, teks: str, instansi: Instansi, aktor: Pengguna | None, now: datetime, terbitkan: bool
) -> HasilMuat:
    """Write the SOP in `teks` as a new version, unless one of its versions says the same already.

    So a file loaded again never comes back over what the office has made of it since.

    Raises:
        AlurTidakSah: the file has galat, each with its line; nothing is written (HTTP 422).
        AksesDitolak: `aktor` may not (HTTP 403).
    """
    hasil = read_berkas(teks, map_jabatan(instansi))
    if hasil.sop is None:
        pesan = _("Berkas SOP belum dapat dimuat: %(n)d galat. Tidak ada yang disimpan.")
        raise AlurTidakSah(pesan % {"n": len(hasil.galat)}, [str(m) for m in hasil.galat])
    sop = _save_sop(hasil.sop, instansi)
    versi = _find_sama(sop, hasil.sop)
    baru = versi is None
    if versi is None:
        isi = hasil.sop
        versi = create_versi(sop=sop, identitas=isi.identitas, graf=isi.graf, aktor=aktor, now=now)
    terbit = terbitkan and versi.is_konsep
    if terbit:
        versi = publish_versi(versi_id=versi.pk, aktor=aktor, now=now)
    return HasilMuat(versi, baru, terbit, [str(m) for m in hasil.peringatan])


def _find_sama(sop: SOP, isi: BerkasSOP) -> VersiSOP | None:
    """A version that says just what the file says: the newest konsep, else any ever published."""
    sidik = compute_sidik(isi.graf, isi.identitas)
    versi = VersiSOP.objects.filter(sop=sop).order_by("-nomor")
    konsep = versi.first()
    if konsep is not None and konsep.is_konsep and read_sidik(konsep) == sidik:
        return konsep
    return versi.filter(sidik=sidik).first()


def _save_sop(isi: BerkasSOP, instansi: Instansi) -> SOP:
    contoh = SOP(kode=isi.kode, nama=isi.nama, unit_pemilik=isi.unit_pemilik)
    kekeliruan = list_kekeliruan(contoh)
    if kekeliruan:
        raise AlurTidakSah(_("Berkas SOP belum dapat dimuat."), kekeliruan)
    sop, _baru = SOP.objects.update_or_create(
        instansi=instansi,
        kode=isi.kode,
        defaults={
            "nama": isi.nama,
            "unit_pemilik": isi.unit_pemilik,
            "menghasilkan": isi.menghasilkan,
        },
    )
    return sop
