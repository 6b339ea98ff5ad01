"""After the signature: the covering letter and its number, the copies, the place in the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from laporan.models import (
    CatatanArsip,
    KelasArsip,
    Penggandaan,
    Salinan,
    SuratPengantar,
    TujuanSurat,
)
from laporan.rules.retensi import count_retensi, kata_retensi
from laporan.services.dokumen_surat import renew_surat, require_belum_bertanda
from laporan.services.giliran import GiliranTerkunci, take_giliran
from laporan.services.nomor import keep_nomor, number_surat
from laporan.services.rapat import set_penanda
from organisasi.models import Pengguna
from organisasi.selectors import list_pejabat
from sakip.common.errors import IsianTidakSah
from sakip.common.waktu import tanggal_angka


@dataclass(frozen=True)
class IsianSurat:
    """A covering letter as filled in. penanda: id of the signer's mandate.

    nomor: ignored where the office numbers letters in a register. alasan_sisipan: why the number is
    put in between earlier ones, for a day that has passed.
    """

    tanggal: date
    perihal: str
    isi: str
    tujuan: Sequence[str]
    penanda: int
    nomor: str = ""
    lampiran: str = ""
    sifat: str = SuratPengantar.Sifat.BIASA
    alasan_sisipan: str = ""


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
    """A place in the archive as filled in. kelas: id of a retention class of the office.

    With a class, code and retention are those of the class and what was typed counts for nothing.
    """

    klasifikasi: str
    uraian: str
    lokasi: str
    retensi: str
    kelas: int | None = None


class NomorTerpakai(IsianTidakSah):
    """Another letter of the office and year has this number."""


@transaction.atomic
def save_surat(
    *, tugas_id: int, isian: IsianSurat, aktor: Pengguna, now: datetime, bernomor: bool = True
) -> SuratPengantar:
    """Keep the covering letter of this visit; it takes the place of that of an earlier round.

    bernomor: take its number now, where the office has a register of letters.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        NomorMundur: the register has gone past that day, and no reason to put one in (422).
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
    dulu = lama.exclude(kunjungan=kunjungan).select_related("nomor_register").first()
    lama.exclude(kunjungan=kunjungan).update(is_berlaku=False)
    surat = SuratPengantar.objects.filter(kunjungan=kunjungan).first() or SuratPengantar(
        draf=giliran.draf,
        kunjungan=kunjungan,
        instansi=giliran.draf.instansi,
        dibuat_oleh=aktor,
        dibuat_pada=now,
    )
    if surat.pk:
        require_belum_bertanda(surat)
    for nama in ("nomor", "tanggal", "perihal", "isi", "lampiran", "sifat"):
        setattr(surat, nama, getattr(isian, nama))
    surat.tahun = isian.tanggal.year
    keep_nomor(surat, dulu)
    if bernomor:
        tujuan = "; ".join(isian.tujuan)
        number_surat(surat, tujuan=tujuan, alasan=isian.alasan_sisipan, aktor=aktor, now=now)
    pejabat = list_pejabat(giliran.draf.instansi, pada=now).filter(pk=isian.penanda).first()
    set_penanda(surat, pejabat or giliran.sebagai)
    _insert_bernomor(surat)
    surat.tujuan.all().delete()
    TujuanSurat.objects.bulk_create(
        TujuanSurat(surat=surat, urutan=n, kepada=kepada)
        for n, kepada in enumerate(isian.tujuan, start=1)
    )
    renew_surat(surat, now=now)
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
        IsianTidakSah: neither a class nor a code with its retention (422).
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    kunjungan = giliran.tugas.kunjungan
    arsip = CatatanArsip.objects.filter(kunjungan=kunjungan).first() or CatatanArsip(
        draf=giliran.draf, kunjungan=kunjungan, dibuat_oleh=aktor, dibuat_pada=now
    )
    for nama in ("klasifikasi", "uraian", "lokasi", "retensi"):
        setattr(arsip, nama, getattr(isian, nama))
    _classify(arsip, isian.kelas, giliran, now)
    arsip.save()
    giliran.record("laporan.arsip.simpan", now, klasifikasi=arsip.klasifikasi, lokasi=arsip.lokasi)
    return arsip


def _classify(
    arsip: CatatanArsip, kelas_id: int | None, giliran: GiliranTerkunci, now: datetime
) -> None:
    """Copy what the class says; it may change later, the record does not."""
    kelas = KelasArsip.objects.filter(
        instansi=giliran.draf.instansi, is_aktif=True, pk=kelas_id or 0
    ).first()
    arsip.kelas, arsip.aktif_sampai, arsip.inaktif_sampai, arsip.nasib = None, None, None, ""
    if kelas is None:
        if not arsip.klasifikasi or not arsip.retensi:
            raise IsianTidakSah(_("Pilih kelas arsip, atau isi kode klasifikasi dan retensinya."))
        return
    hari = now.astimezone(giliran.draf.instansi.zona_waktu).date()
    arsip.kelas, arsip.klasifikasi, arsip.nasib = kelas, kelas.kode, kelas.nasib
    arsip.retensi = kata_retensi(
        kelas.aktif_tahun, kelas.inaktif_tahun, str(kelas.get_nasib_display())
    )
    arsip.aktif_sampai, arsip.inaktif_sampai = count_retensi(
        hari, aktif=kelas.aktif_tahun, inaktif=kelas.inaktif_tahun
    )


def _require_lampau(giliran: GiliranTerkunci, hari: date, now: datetime) -> None:
    if hari > now.astimezone(giliran.draf.instansi.zona_waktu).date():
        raise IsianTidakSah(
            _("Tanggal %(tanggal)s belum tiba. Periksa kembali.") % {"tanggal": tanggal_angka(hari)}
        )
