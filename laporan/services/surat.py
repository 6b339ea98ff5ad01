"""After the signature: the covering letter and its number, the copies, the place in the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from laporan.models import CatatanArsip, Penggandaan, Salinan, SuratPengantar, TujuanSurat
from laporan.services.giliran import GiliranTerkunci, take_giliran
from laporan.services.rapat import set_penanda
from organisasi.models import Pengguna
from organisasi.selectors import list_pejabat
from sakip.common.errors import IsianTidakSah
from sakip.common.waktu import tanggal_angka


@dataclass(frozen=True)
class IsianSurat:
    """A covering letter as filled in. penanda: id of the signer's mandate."""

    tanggal: date
    perihal: str
    isi: str
    tujuan: Sequence[str]
    penanda: int
    nomor: str = ""
    lampiran: str = ""


@dataclass(frozen=True)
class IsianSalinan:
    """Copies for one receiver as filled in."""

    untuk: str
    jumlah: int
    cara: str = ""
    penerima: str = ""
    diterima_pada: date | None = None


@dataclass(frozen=True)
class IsianPenggandaan:
    """Copies as filled in."""

    oleh: str
    tanggal: date
    salinan: Sequence[IsianSalinan]


@dataclass(frozen=True)
class IsianArsip:
    """A place in the archive as filled in."""

    klasifikasi: str
    uraian: str
    lokasi: str
    retensi: str


class NomorTerpakai(IsianTidakSah):
    """Another letter of the office and year has this number."""


@transaction.atomic
def save_surat(
    *, tugas_id: int, isian: IsianSurat, aktor: Pengguna, now: datetime
) -> SuratPengantar:
    """Keep the covering letter of this visit; it takes the place of that of an earlier round.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        NomorTerpakai: an IsianTidakSah that names the letter with this number (422).
        IsianTidakSah: no addressee, or a date that has not come (422).
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    _require_lampau(giliran, isian.tanggal, now)
    if not isian.tujuan:
        raise IsianTidakSah(_("Tuliskan paling sedikit satu tujuan surat."))
    kunjungan = giliran.tugas.kunjungan
    lama = SuratPengantar.objects.filter(
        draf=giliran.draf, kunjungan__langkah=kunjungan.langkah_id, is_berlaku=True
    )
    lama.exclude(kunjungan=kunjungan).update(is_berlaku=False)
    surat = SuratPengantar.objects.filter(kunjungan=kunjungan).first() or SuratPengantar(
        draf=giliran.draf,
        kunjungan=kunjungan,
        instansi=giliran.draf.instansi,
        dibuat_oleh=aktor,
        dibuat_pada=now,
    )
    for nama in ("nomor", "tanggal", "perihal", "isi", "lampiran"):
        setattr(surat, nama, getattr(isian, nama))
    surat.tahun = isian.tanggal.year
    pejabat = list_pejabat(giliran.draf.instansi, pada=now).filter(pk=isian.penanda).first()
    set_penanda(surat, pejabat or giliran.sebagai)
    _insert_bernomor(surat)
    surat.tujuan.all().delete()
    TujuanSurat.objects.bulk_create(
        TujuanSurat(surat=surat, urutan=n, kepada=kepada)
        for n, kepada in enumerate(isian.tujuan, start=1)
    )
    giliran.record("laporan.surat.simpan", now, nomor=surat.nomor, tanggal=str(surat.tanggal))
    return surat


def _insert_bernomor(surat: SuratPengantar) -> None:
    try:
        with transaction.atomic():
            surat.save()
    except IntegrityError as galat:
        lain = SuratPengantar.objects.select_related("draf").get(
            instansi=surat.instansi, tahun=surat.tahun, nomor__iexact=surat.nomor, is_berlaku=True
        )
        raise NomorTerpakai(
            _(
                "Nomor %(nomor)s sudah dipakai surat tanggal %(tanggal)s untuk %(judul)s. "
                "Periksa buku agenda, lalu isi nomor yang lain."
            )
            % {
                "nomor": lain.nomor,
                "tanggal": tanggal_angka(lain.tanggal),
                "judul": lain.draf.judul,
            }
        ) from galat


@transaction.atomic
def save_penggandaan(
    *, tugas_id: int, isian: IsianPenggandaan, aktor: Pengguna, now: datetime
) -> Penggandaan:
    """Keep how many copies were made for whom.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        IsianTidakSah: no receiver, or a date that has not come (422).
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    for hari in (isian.tanggal, *(s.diterima_pada for s in isian.salinan if s.diterima_pada)):
        _require_lampau(giliran, hari, now)
    if not isian.salinan:
        raise IsianTidakSah(_("Tuliskan paling sedikit satu penerima salinan."))
    kunjungan = giliran.tugas.kunjungan
    ganda = Penggandaan.objects.filter(kunjungan=kunjungan).first() or Penggandaan(
        draf=giliran.draf, kunjungan=kunjungan, dibuat_oleh=aktor, dibuat_pada=now
    )
    ganda.oleh, ganda.tanggal = isian.oleh, isian.tanggal
    ganda.save()
    ganda.salinan.all().delete()
    Salinan.objects.bulk_create(
        Salinan(
            penggandaan=ganda,
            urutan=n,
            untuk=s.untuk,
            jumlah=s.jumlah,
            cara=s.cara,
            penerima=s.penerima,
            diterima_pada=s.diterima_pada,
        )
        for n, s in enumerate(isian.salinan, start=1)
    )
    jumlah = sum(s.jumlah for s in isian.salinan)
    giliran.record("laporan.penggandaan.simpan", now, jumlah=jumlah)
    return ganda


@transaction.atomic
def save_arsip(*, tugas_id: int, isian: IsianArsip, aktor: Pengguna, now: datetime) -> CatatanArsip:
    """Keep where the document lies and for how long.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    kunjungan = giliran.tugas.kunjungan
    arsip = CatatanArsip.objects.filter(kunjungan=kunjungan).first() or CatatanArsip(
        draf=giliran.draf, kunjungan=kunjungan, dibuat_oleh=aktor, dibuat_pada=now
    )
    for nama in ("klasifikasi", "uraian", "lokasi", "retensi"):
        setattr(arsip, nama, getattr(isian, nama))
    arsip.save()
    giliran.record("laporan.arsip.simpan", now, klasifikasi=arsip.klasifikasi, lokasi=arsip.lokasi)
    return arsip


def _require_lampau(giliran: GiliranTerkunci, hari: date, now: datetime) -> None:
    if hari > now.astimezone(giliran.draf.instansi.zona_waktu).date():
        raise IsianTidakSah(
            _("Tanggal %(tanggal)s belum tiba. Periksa kembali.") % {"tanggal": tanggal_angka(hari)}
        )
