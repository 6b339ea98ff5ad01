"""The story of a document: what was done on it, and what happened to its time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from laporan.models import Draf, Tugas
from organisasi.models import Jejak
from sakip.common.waktu import saat

# Acts on the whole draft or on its deadlines; turns tell their own story.
PERISTIWA = {
    "laporan.draf.tangguhkan": _("Ditangguhkan"),
    "laporan.draf.lanjutkan": _("Dilanjutkan"),
    "laporan.draf.batalkan": _("Dibatalkan"),
    "laporan.capaian.buka": _("Capaian dibuka kembali"),
    "laporan.tugas.perpanjang": _("Tenggat diperpanjang"),
    "laporan.draf.hitung_ulang": _("Tenggat dihitung ulang menurut kalender kerja"),
}


@dataclass(frozen=True)
class Peristiwa:
    """One act besides the turns. tenggat: each move of a deadline in words, without repeats."""

    pada: datetime
    judul: str
    nama: str
    sebutan: str
    alasan: str
    tenggat: list[str]


def list_riwayat(draf: Draf) -> list[Tugas | Peristiwa]:
    """Closed turns of a draft and the acts around them, newest first. Two queries."""
    tugas = Tugas.objects.filter(draf=draf, pada__isnull=False).select_related(
        "kunjungan__langkah", "unit"
    )
    tugas = tugas.order_by("-pada", "-pk")
    jejak = Jejak.objects.filter(
        content_type__app_label="laporan",
        content_type__model="draf",
        object_id=draf.pk,
        aksi__in=PERISTIWA,
    )
    zona = draf.instansi.zona_waktu
    semua: list[tuple[datetime, Tugas | Peristiwa]] = [(t.pada, t) for t in tugas if t.pada]
    semua += [(j.waktu, _make_peristiwa(j, zona)) for j in jejak.order_by("-urut")]
    return [baris for _pada, baris in sorted(semua, key=itemgetter(0), reverse=True)]


def _make_peristiwa(jejak: Jejak, zona: ZoneInfo) -> Peristiwa:
    geser = dict.fromkeys(_kata_geser(g, zona) for g in jejak.data.get("tenggat", []))
    return Peristiwa(
        jejak.waktu,
        str(PERISTIWA[jejak.aksi]),
        jejak.aktor_nama,
        jejak.sebagai,
        jejak.data.get("alasan", ""),
        list(geser),
    )


def _kata_geser(geser: Mapping[str, Any], zona: ZoneInfo) -> str:
    lama, baru = (saat(datetime.fromisoformat(geser[k]).astimezone(zona)) for k in ("lama", "baru"))
    return f"dari {lama} menjadi {baru}"
