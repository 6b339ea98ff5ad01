"""Delivery: to whom the office's reports go, and the record of each that went."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.rules.bukti import BuktiDitolak, clean_tautan
from kinerja.services.bukti import inspect_berkas
from laporan.models import Draf, Penyampaian, TujuanKirim
from laporan.selectors.kirim import can_kirim
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from organisasi.services.kelola import open_kelola
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak


@dataclass(frozen=True)
class IsianTujuan:
    """A receiver as filled in."""

    nama: str
    mulai_tahun: int
    jenis: str = ""
    batas: int | None = None
    satuan: str = TujuanKirim.Satuan.BULAN
    dasar: str = ""
    tautan: str = ""
    urutan: int = 1
    is_aktif: bool = True


@dataclass(frozen=True)
class IsianKirim:
    """One delivery as filled in. berkas: a proof, or None to keep the one there is."""

    disampaikan_pada: date
    cara: str
    penerima: str = ""
    keterangan: str = ""
    tautan: str = ""
    berkas: File[bytes] | None = None


@transaction.atomic
def save_tujuan(
    *,
    instansi_id: int,
    isian: IsianTujuan,
    aktor: Pengguna,
    now: datetime,
    tujuan_id: int | None = None,
) -> TujuanKirim:
    """Add a receiver of the office's reports, or change one.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        TujuanKirim.DoesNotExist: the office has no such receiver.
        IsianTidakSah: there is one of that name for such reports (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    daftar = TujuanKirim.objects.filter(instansi=kelola.instansi)
    tujuan = daftar.get(pk=tujuan_id) if tujuan_id else TujuanKirim(instansi=kelola.instansi)
    kembar = daftar.filter(nama=isian.nama, jenis=isian.jenis)
    if (kembar.exclude(pk=tujuan.pk) if tujuan_id else kembar).exists():
        raise IsianTidakSah(
            _("Tujuan %(nama)s untuk jenis laporan itu sudah ada.") % {"nama": isian.nama}
        )
    for nama, nilai in vars(isian).items():
        setattr(tujuan, nama, nilai)
    tujuan.save()
    kelola.record("laporan.tujuan_kirim.simpan", tujuan=tujuan.pk, **vars(isian))
    return tujuan


def record_penyampaian(
    *, draf_id: int, tujuan_id: int, isian: IsianKirim, aktor: Pengguna, now: datetime
) -> Penyampaian:
    """Note that a report is with one receiver; noting it again corrects what was noted.

    Raises:
        AksesDitolak: the person holds no post in the office of the report (403).
        TransisiDitolak: the report is neither signed nor finished (409).
        TujuanKirim.DoesNotExist: the office has no such receiver.
        IsianTidakSah: the day has not come, neither receiver nor proof, or a refused one (422).
        OSError: the disk is full; no row and no file remain.
    """
    tautan = _clean_tautan(isian.tautan)
    bukti = inspect_berkas(isian.berkas) if isian.berkas else None
    with transaction.atomic(), ExitStack() as batal:
        draf = lock_draf(pk=draf_id)
        sebagai = _require_pegawai(draf, aktor, now)
        if not can_kirim(draf):
            raise TransisiDitolak(
                _("Laporan disampaikan sesudah ditandatangani atau selesai. Muat ulang halaman.")
            )
        tujuan = TujuanKirim.objects.get(pk=tujuan_id, instansi=draf.instansi)
        if isian.disampaikan_pada > now.astimezone(draf.instansi.zona_waktu).date():
            raise IsianTidakSah(_("Tanggal disampaikan belum tiba. Periksa kembali."))
        kirim = Penyampaian.objects.filter(draf=draf, tujuan=tujuan).first() or Penyampaian(
            draf=draf, tujuan=tujuan
        )
        for nama in ("disampaikan_pada", "cara", "penerima", "keterangan"):
            setattr(kirim, nama, getattr(isian, nama))
        kirim.tautan = tautan
        kirim.dicatat_oleh, kirim.dicatat_nama, kirim.dicatat_pada = aktor, aktor.nama, now
        if isian.berkas and bukti:
            kirim.nama_asli, kirim.jenis, kirim.sha256 = bukti
            kirim.ukuran = isian.berkas.size
            kirim.berkas.save(kirim.nama_asli, isian.berkas, save=False)
            batal.callback(default_storage.delete, str(kirim.berkas.name))
        _require_bukti(kirim)
        kirim.save()
        _record(draf, kirim, sebagai, now)
        batal.pop_all()
    return kirim


def _clean_tautan(teks: str) -> str:
    if not teks.strip():
        return ""
    try:
        return clean_tautan(teks)
    except BuktiDitolak as sebab:
        raise IsianTidakSah(str(sebab)) from sebab


def _require_pegawai(draf: Draf, aktor: Pengguna, now: datetime) -> Penugasan:
    semua = list_penugasan_for(aktor, pada=now)
    sebagai = next((p for p in semua if p.jabatan.instansi_id == draf.instansi_id), None)
    if sebagai is None:
        raise AksesDitolak(_("Penyampaian dicatat oleh pegawai instansi yang bersangkutan."))
    return sebagai


def _require_bukti(kirim: Penyampaian) -> None:
    """A receiver in person can be named; what was uploaded is proven by its receipt."""
    if kirim.penerima or kirim.tautan or kirim.berkas:
        return
    raise IsianTidakSah(
        _("Tuliskan siapa yang menerima, atau sertakan berkas atau tautan tanda terimanya.")
    )


def _record(draf: Draf, kirim: Penyampaian, sebagai: Penugasan, now: datetime) -> None:
    record_jejak(
        draf,
        aksi="laporan.draf.sampaikan",
        aktor=sebagai.pengguna,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        tujuan=kirim.tujuan.nama,
        tanggal=str(kirim.disampaikan_pada),
        cara=kirim.cara,
        penerima=kirim.penerima,
        sha256=kirim.sha256,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
