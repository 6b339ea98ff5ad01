"""Starting the document of a year's Rencana Aksi on its SOP."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf
from laporan.services.draf import SudahAda, open_draf, take_awal
from organisasi.models import Instansi, Pengguna
from sop.models import SOP, VersiSOP

JENIS = Draf.Jenis.TAHUNAN


@transaction.atomic
def start_rencana_aksi(*, versi: VersiSOP, tahun: int, aktor: Pengguna, now: datetime) -> Draf:
    """Begin the first document of the year, or its next version once one was finished.

    Raises:
        TransisiDitolak: the version is not in force, or a document is under way (SudahAda) (409).
        AksesDitolak: the first step belongs to somebody else (403).
        IsianTidakSah: the SOP makes something else (422).
    """
    awal = take_awal(versi, JENIS, SOP.Menghasilkan.RENCANA_AKSI, aktor=aktor, now=now)
    sop = awal.versi.sop
    Instansi.objects.select_for_update(no_key=True).get(pk=sop.instansi_id)
    setahun = Draf.objects.filter(
        instansi=sop.instansi, menghasilkan=SOP.Menghasilkan.RENCANA_AKSI, tahun=tahun
    ).exclude(status=Draf.Status.DIBATALKAN)
    berjalan = setahun.exclude(status=Draf.Status.SELESAI).first()
    if berjalan is not None:
        pesan = _("%(judul)s sedang disusun. Selesaikan atau batalkan lebih dahulu.")
        raise SudahAda(pesan % {"judul": berjalan.judul}, berjalan)
    nomor = setahun.count()
    ubah = f" Perubahan ke-{nomor}" if nomor else ""
    draf = Draf.objects.create(
        instansi=sop.instansi,
        sop=sop,
        versi=awal.versi,
        menghasilkan=SOP.Menghasilkan.RENCANA_AKSI,
        judul=f"Rencana Aksi{ubah} Tahun {tahun}",
        jenis=JENIS,
        tahun=tahun,
        periode_ke=nomor,
        dibuat_oleh=aktor,
        dibuat_pada=now,
    )
    return open_draf(draf, awal, aktor=aktor, now=now)
