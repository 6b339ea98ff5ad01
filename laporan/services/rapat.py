"""Meetings: send the invitation, and once the meeting has begun keep minutes and attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Berpenanda, Draf, Kehadiran, Peserta, Rapat, Undangan
from laporan.rules.rapat import check_waktu, is_berlangsung
from laporan.selectors.rapat import find_undangan
from laporan.services.giliran import take_giliran
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_pejabat
from sakip.common.errors import IsianTidakSah
from sakip.common.teks_kaya import bersihkan
from sakip.common.waktu import jam_menit, tanggal_panjang

MAKS_NOTULEN = 200_000


@dataclass(frozen=True)
class IsianUndangan:
    """An invitation as filled in. pejabat, penanda: ids of mandates; lain: (name, post)."""

    acara: str
    mulai: datetime
    pejabat: Sequence[int]
    penanda: int
    selesai: datetime | None = None
    tempat: str = ""
    tautan: str = ""
    nomor: str = ""
    lain: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class IsianRapat:
    """Minutes and attendance as filled in. hadir: ids of invited people; tambahan: others."""

    pimpinan: str
    notulen: str
    hadir: Sequence[int]
    tambahan: Sequence[tuple[str, str]] = ()


@transaction.atomic
def save_undangan(
    *, tugas_id: int, isian: IsianUndangan, aktor: Pengguna, now: datetime
) -> Undangan:
    """Keep the invitation of this visit; before the minutes exist it can be changed.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        IsianTidakSah: nobody is invited, the times do not fit, or minutes were kept (422).
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    kunjungan = giliran.tugas.kunjungan
    if Rapat.objects.filter(kunjungan=kunjungan).exists():
        raise IsianTidakSah(_("Notulen rapat sudah dicatat, sehingga undangannya tidak berubah."))
    galat = check_waktu(isian.mulai, isian.selesai, now=now)
    if galat:
        raise IsianTidakSah(" ".join(galat.values()))
    pejabat = {
        p.pk: p
        for p in list_pejabat(giliran.draf.instansi, pada=now).filter(
            pk__in=[*isian.pejabat, isian.penanda]
        )
    }
    undangan = Undangan.objects.filter(kunjungan=kunjungan).first() or Undangan(
        draf=giliran.draf, kunjungan=kunjungan, dibuat_oleh=aktor, dibuat_pada=now
    )
    penanda = pejabat.get(isian.penanda, giliran.sebagai)
    for nama in ("acara", "mulai", "selesai", "tempat", "tautan", "nomor"):
        setattr(undangan, nama, getattr(isian, nama))
    set_penanda(undangan, penanda)
    orang = [(p, p.pengguna.nama, p.sebutan) for pk, p in pejabat.items() if pk in isian.pejabat]
    _write_undangan(undangan, [*orang, *((None, n, j) for n, j in isian.lain)])
    giliran.record("laporan.rapat.undang", now, acara=undangan.acara, mulai=isian.mulai.isoformat())
    return undangan


def set_penanda(surat: Berpenanda, penanda: Penugasan) -> None:
    """Name the signer of a letter as he is called now."""
    orang = penanda.pengguna
    surat.penanda_nama, surat.penanda_jabatan = orang.nama, penanda.sebutan
    surat.penanda_pangkat, surat.penanda_nip = orang.pangkat, orang.nip


def _write_undangan(undangan: Undangan, orang: Sequence[tuple[Penugasan | None, str, str]]) -> None:
    if not orang:
        raise IsianTidakSah(_("Pilih atau tulis paling sedikit satu orang yang diundang."))
    undangan.save()
    undangan.peserta.all().delete()
    Peserta.objects.bulk_create(
        Peserta(undangan=undangan, urutan=n, penugasan=p, nama=nama, jabatan=jabatan)
        for n, (p, nama, jabatan) in enumerate(orang, start=1)
    )


@transaction.atomic
def save_rapat(*, tugas_id: int, isian: IsianRapat, aktor: Pengguna, now: datetime) -> Rapat:
    """Keep minutes and attendance of the meeting held at this visit.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        IsianTidakSah: no invitation, or the meeting has not taken place yet (422).
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    kunjungan = giliran.tugas.kunjungan
    rapat = Rapat.objects.filter(kunjungan=kunjungan).first()
    undangan = find_undangan(giliran.graf, kunjungan)
    if undangan is None:
        raise IsianTidakSah(_("Simpan undangan rapat lebih dahulu."))
    _require_berlangsung(giliran.draf, undangan, now)
    if len(isian.notulen) > MAKS_NOTULEN:
        raise IsianTidakSah(_("Notulen terlalu panjang. Ringkas, atau lampirkan sebagai berkas."))
    rapat = rapat or Rapat(
        draf=giliran.draf,
        kunjungan=kunjungan,
        undangan=undangan,
        dibuat_oleh=aktor,
        dibuat_pada=now,
    )
    rapat.pimpinan, rapat.notulen = isian.pimpinan, bersihkan(isian.notulen)
    rapat.save()
    hadir = _write_kehadiran(rapat, isian)
    giliran.record("laporan.rapat.catat", now, hadir=hadir, diundang=undangan.peserta.count())
    return rapat


def _require_berlangsung(draf: Draf, undangan: Undangan, now: datetime) -> None:
    if is_berlangsung(undangan.mulai, now=now):
        return
    mulai = undangan.mulai.astimezone(draf.instansi.zona_waktu)
    raise IsianTidakSah(
        _(
            "Rapat dijadwalkan %(hari)s pukul %(jam)s dan belum berlangsung. "
            "Notulen dan daftar hadir dicatat sesudahnya."
        )
        % {"hari": tanggal_panjang(mulai), "jam": jam_menit(mulai)}
    )


def _write_kehadiran(rapat: Rapat, isian: IsianRapat) -> int:
    """One line for each invited person and each other one; how many were there."""
    baris: list[tuple[Peserta | None, str, str, bool]] = [
        (p, p.nama, p.jabatan, p.pk in isian.hadir) for p in rapat.undangan.peserta.all()
    ]
    baris += [(None, nama, jabatan, True) for nama, jabatan in isian.tambahan]
    rapat.kehadiran.all().delete()
    Kehadiran.objects.bulk_create(
        Kehadiran(rapat=rapat, urutan=n, peserta=p, nama=nama, jabatan=jabatan, is_hadir=hadir)
        for n, (p, nama, jabatan, hadir) in enumerate(baris, start=1)
    )
    return sum(hadir for *_siapa, hadir in baris)
