"""What waits in the database of this installation: jobs promised, letters unsent, turns open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Min, Model, Q, QuerySet, Value, When

from kinerja.models import UnggahanCapaian, UnggahanRencana
from laporan.models import Efek, PaketLKE, Pengiriman, Tugas
from organisasi.models import SuratAkun

KETERANGAN = {
    "banyak": "Pekerjaan latar yang belum tuntas; status gagal dan ragu menunggu orang",
    "umur": "Umur pekerjaan tertua yang menunggu atau sedang dikerjakan",
    "aktif": "Giliran yang menunggu dikerjakan",
    "terlambat": "Giliran yang melewati tenggatnya",
    "pesan": "Pesan yang menunggu pekerja",
}
_MENUNGGU = ("antre", "jalan")


@dataclass(frozen=True)
class Antre:
    """One kind of job: how many by status, and the age of the oldest that a worker should take."""

    jenis: str
    banyak: Mapping[str, int]
    umur_detik: float


@dataclass(frozen=True)
class BanyakTugas:
    """Turns on a desk, and those of them past their due time."""

    aktif: int
    terlambat: int


def list_antre(*, now: datetime) -> list[Antre]:
    """Every kind, also where nothing waits. One query each."""
    surat = SuratAkun.objects.filter(terkirim_pada=None).annotate(
        keadaan=Case(When(jadwal=None, then=Value("gagal")), default=Value("antre"))
    )
    return [
        _read("efek", _terbuka(Efek, "ragu"), "status", "dibuat_pada", now=now),
        _read("paket_lke", _terbuka(PaketLKE), "status", "dibuat_pada", now=now),
        _read("pemberitahuan", _terbuka(Pengiriman), "status", "jadwal", now=now),
        _read("surat_akun", surat, "keadaan", "jadwal", now=now),
        *(_read(jenis, _terbuka(model), "status", "pada", now=now) for jenis, model in _UNGGAHAN),
    ]


_UNGGAHAN = (
    ("unggahan_capaian", UnggahanCapaian),
    ("unggahan_rencana", UnggahanRencana),
)


def _terbuka(model: type[Model], *lain: str) -> QuerySet[Any]:
    return model._default_manager.filter(status__in=[*_MENUNGGU, "gagal", *lain])


def _read(jenis: str, baris: QuerySet[Any], status: str, sejak: str, *, now: datetime) -> Antre:
    hasil = baris.order_by().values_list(status).annotate(Count("pk"), Min(sejak))
    isi = {s: (banyak, tertua) for s, banyak, tertua in hasil}
    mulai = [isi[s][1] for s in _MENUNGGU if s in isi]
    umur = max(((now - t).total_seconds() for t in mulai), default=0.0)
    banyak = dict.fromkeys((*_MENUNGGU, "gagal"), 0) | {s: b for s, (b, _) in isi.items()}
    return Antre(jenis, banyak, max(umur, 0.0))


def count_tugas(*, now: datetime) -> BanyakTugas:
    """In all offices."""
    hitung = Tugas.objects.filter(status=Tugas.Status.AKTIF).aggregate(
        aktif=Count("pk"), terlambat=Count("pk", filter=Q(tenggat__lt=now))
    )
    return BanyakTugas(**hitung)
