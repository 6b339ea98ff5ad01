"""What a holder of a post has in hand: what goes with the post and what stays with the person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from laporan.models import Draf, Tugas
from organisasi.models import Instansi, Jejak, Penugasan
from organisasi.selectors import list_jejak, list_penugasan_for

AKSI = "laporan.serah_terima"


@dataclass(frozen=True)
class Serahan:
    """Open turns of the post that follow it, those being signed, and the person's other mandates.

    lain: other people who hold the same post for the same turns.
    """

    tugas: list[Tugas]
    diproses: list[Tugas]
    mandat: list[Penugasan]
    lain: list[Penugasan]


def get_serahan(penugasan: Penugasan, *, pada: datetime) -> Serahan:
    """What is in the hands of that mandate. Three queries."""
    unit = Q() if penugasan.unit_id is None else Q(unit=None) | Q(unit=penugasan.unit_id)
    terbuka = list(
        Tugas.objects.filter(
            unit,
            jabatan=penugasan.jabatan_id,
            status__in=Tugas.TERBUKA,
            draf__status__in=Draf.TERBUKA,
        )
        .select_related("draf", "kunjungan__langkah", "unit")
        .order_by("tenggat", "pk")
    )
    rekan = Penugasan.objects.berlaku(pada).filter(jabatan=penugasan.jabatan_id)
    return Serahan(
        tugas=[t for t in terbuka if t.status != Tugas.Status.DIPROSES],
        diproses=[t for t in terbuka if t.status == Tugas.Status.DIPROSES],
        mandat=[
            p for p in list_penugasan_for(penugasan.pengguna, pada=pada) if p.pk != penugasan.pk
        ],
        lain=[
            p
            for p in rekan.select_related("pengguna", "jabatan", "unit")
            if p.pengguna_id != penugasan.pengguna_id and p.masa.overlaps(penugasan.masa)
        ],
    )


def list_serah_terima(instansi: Instansi, *, nip: str | None) -> QuerySet[Jejak]:
    """Records of handovers of the office, newest first. nip: only those of that person."""
    daftar = list_jejak(instansi).filter(aksi=AKSI).order_by("-urut")
    if nip is None:
        return daftar
    return daftar.filter(Q(data__dari__nip=nip) | Q(data__kepada__nip=nip))
