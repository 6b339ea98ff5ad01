"""Deliveries of an office: what is open, what is late, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from laporan.models import Draf, Penyampaian, TandaTangan, TujuanKirim
from laporan.rules.kirim import end_periode, find_batas
from organisasi.models import Instansi
from sop.models import SOP

# So long before the limit a delivery is shown as soon due.
_SEGERA = timedelta(days=14)


@dataclass(frozen=True)
class BarisKirim:
    """One report and one receiver. catatan None: still open. batas None: without limit."""

    draf: Draf
    tujuan: TujuanKirim
    batas: date | None
    catatan: Penyampaian | None
    siap: bool
    hari: date

    @property
    def is_terlambat(self) -> bool:
        """Whether the limit passed before it was delivered."""
        if self.batas is None:
            return False
        return (self.catatan.disampaikan_pada if self.catatan else self.hari) > self.batas

    @property
    def is_segera(self) -> bool:
        """Open, in time, and the limit is near."""
        terbuka = self.catatan is None and self.batas is not None and not self.is_terlambat
        return terbuka and self.batas is not None and self.batas - self.hari <= _SEGERA


def can_kirim(draf: Draf) -> bool:
    """Whether there is something to deliver: the report is finished, or signed by its signer."""
    if draf.status == Draf.Status.SELESAI:
        return True
    tanda = TandaTangan.objects.filter(dokumen__draf=draf, is_paraf=False)
    return draf.is_aktif and tanda.exists()


def list_kirim_draf(draf: Draf, hari: date) -> Sequence[BarisKirim]:
    """Receivers of one report, each with what was noted. At most three queries."""
    if draf.menghasilkan != SOP.Menghasilkan.LAPORAN_KINERJA or draf.status in _TAK_DIKIRIM:
        return []
    tujuan = list(TujuanKirim.objects.filter(instansi=draf.instansi_id))
    catatan = {
        p.tujuan_id: p for p in Penyampaian.objects.filter(draf=draf).select_related("tujuan")
    }
    diminta = [t for t in tujuan if _is_milik(draf, t) or t.pk in catatan]
    siap = can_kirim(draf) if diminta else False
    return [_make_baris(draf, t, catatan.get(t.pk), hari, siap=siap) for t in diminta]


def list_kirim(instansi: Instansi, hari: date) -> Sequence[BarisKirim]:
    """Every report of the office and every receiver of it; open ones first, by their limit.

    Three queries.
    """
    tujuan = list(TujuanKirim.objects.filter(instansi=instansi))
    catatan = {
        (p.draf_id, p.tujuan_id): p
        for p in Penyampaian.objects.filter(draf__instansi=instansi).select_related("tujuan")
    }
    baris = [
        _make_baris(d, t, catatan.get((d.pk, t.pk)), hari, siap=_is_siap(d))
        for d in _list_draf(instansi)
        for t in tujuan
        if _is_milik(d, t) or (d.pk, t.pk) in catatan
    ]
    return sorted(baris, key=_urutan)


_TAK_DIKIRIM = (Draf.Status.KONSEP, Draf.Status.DIBATALKAN)


def _list_draf(instansi: Instansi) -> QuerySet[Draf]:
    tanda = TandaTangan.objects.filter(dokumen__draf=OuterRef("pk"), is_paraf=False)
    return (
        Draf.objects.filter(instansi=instansi, menghasilkan=SOP.Menghasilkan.LAPORAN_KINERJA)
        .exclude(status__in=_TAK_DIKIRIM)
        .annotate(bertanda=Exists(tanda))
        .order_by("-tahun", "-pk")
    )


def _is_siap(draf: Draf) -> bool:
    bertanda: bool = getattr(draf, "bertanda", False)
    return draf.status == Draf.Status.SELESAI or (draf.is_aktif and bertanda)


def _is_milik(draf: Draf, tujuan: TujuanKirim) -> bool:
    return tujuan.is_aktif and tujuan.jenis in ("", draf.jenis) and draf.tahun >= tujuan.mulai_tahun


def list_alamat(draf: Draf) -> list[str]:
    """Whom a covering letter of that draft goes to: receivers that take no upload. One query."""
    tujuan = TujuanKirim.objects.filter(instansi=draf.instansi_id, tautan="")
    return [t.nama for t in tujuan if _is_milik(draf, t)]


def _make_baris(
    draf: Draf, tujuan: TujuanKirim, catatan: Penyampaian | None, hari: date, *, siap: bool
) -> BarisKirim:
    akhir = end_periode(draf.jenis, draf.periode_ke, draf.tahun)
    batas = find_batas(akhir, tujuan.batas, tujuan.satuan)
    return BarisKirim(draf, tujuan, batas, catatan, siap, hari)


def _urutan(baris: BarisKirim) -> tuple[bool, bool, int, int, int]:
    """Open before done; ready before not; the nearest limit first, done ones newest first."""
    selesai = baris.catatan is not None
    acuan = (baris.batas or date.max) if not selesai else date.min
    return (selesai, not baris.siap, acuan.toordinal(), -baris.draf.pk, baris.tujuan.urutan)


def list_tujuan(instansi: Instansi) -> Sequence[TujuanKirim]:
    """Receivers of the office, those in use first."""
    daftar = TujuanKirim.objects.filter(instansi=instansi)
    return list(daftar.order_by("-is_aktif", "urutan", "nama"))
