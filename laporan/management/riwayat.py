"""A past for one demo office: three reports of 2025, walked turn by turn through the services.

Only the moments are invented. The office is one whose SOP ends without a signature, so that no
signature is made up; a report that exists already is left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction

from laporan.management.penjalan import Penjalan
from laporan.models import Draf, Tugas
from laporan.services.draf import LaporanBaru, Putusan, start_draf
from organisasi.selectors import get_kalender, list_pemegang
from sakip.common.waktu import Kalender, add_waktu_kerja
from sop.models import SOP, VersiSOP
from sop.selectors import get_graf

KANTOR, TAHUN = "kecamatan-dawarblandong", 2025
# When the SOP of that office came into force.
SEJAK = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)
# A turn nobody is named for below takes so many working minutes.
_LAMA_BIASA = 90
# Step, unit or post, round.
Kunci = tuple[int, str, int]


@dataclass(frozen=True)
class Kisah:
    """One report: when it began (UTC), minutes of turns, and the turn that answered Tidak."""

    triwulan: int
    mulai: datetime
    menit: Mapping[Kunci, int]
    tidak: Kunci | None = None
    alasan: str = ""
    unit: tuple[str, ...] = field(default=())


KISAH = (
    Kisah(
        1,
        datetime(2025, 4, 9, 1, 15, tzinfo=UTC),
        {
            (1, "kasubag_program", 1): 4,
            (2, "kasubag_program", 1): 5,
            (3, "kasubag_umum", 1): 8,
            (4, "TAPEM", 1): 210,
            (4, "TRANTIB", 1): 335,
            (4, "PMD", 1): 460,
            (4, "KESSOS", 1): 840,
            (4, "kasubag_umum", 1): 240,
            (5, "kasubag_program", 1): 410,
            (6, "kasubag_program", 1): 150,
            (6, "kasubag_umum", 1): 260,
            (4, "KESSOS", 2): 300,
            (4, "kasubag_umum", 2): 60,
            (5, "kasubag_program", 2): 120,
        },
        tidak=(6, "kasubag_umum", 1),
        alasan="Data belum sesuai. Keluarga yang diverifikasi tidak sama dengan berita acara.",
        unit=("KESSOS",),
    ),
    Kisah(
        2,
        datetime(2025, 7, 2, 1, 40, tzinfo=UTC),
        {
            (1, "kasubag_program", 1): 3,
            (2, "kasubag_program", 1): 4,
            (3, "kasubag_umum", 1): 26,
            (4, "TAPEM", 1): 180,
            (4, "TRANTIB", 1): 465,
            (4, "PMD", 1): 390,
            (4, "KESSOS", 1): 475,
            (4, "kasubag_umum", 1): 200,
            (5, "kasubag_program", 1): 370,
            (6, "kasubag_program", 1): 310,
            (6, "kasubag_umum", 1): 445,
        },
    ),
    Kisah(
        3,
        datetime(2025, 10, 2, 2, 5, tzinfo=UTC),
        {
            (1, "kasubag_program", 1): 4,
            (2, "kasubag_program", 1): 5,
            (3, "kasubag_umum", 1): 9,
            (4, "TAPEM", 1): 240,
            (4, "TRANTIB", 1): 300,
            (4, "PMD", 1): 610,
            (4, "KESSOS", 1): 455,
            (4, "kasubag_umum", 1): 180,
            (5, "kasubag_program", 1): 520,
            (6, "kasubag_program", 1): 200,
            (6, "kasubag_umum", 1): 330,
        },
    ),
)


def load_riwayat() -> int:
    """Walk the reports that are not there yet; how many were.

    None where the SOP came into force only later: no report could have been begun on it then.
    """
    versi = VersiSOP.objects.select_related("sop__instansi").filter(
        sop__instansi__kode=KANTOR,
        status=VersiSOP.Status.TERBIT,
        berlaku_mulai__lte=KISAH[0].mulai.date(),
    )
    return sum(walk_kisah(v, kisah) for v in versi for kisah in KISAH)


@transaction.atomic
def walk_kisah(versi: VersiSOP, kisah: Kisah) -> bool:
    """Walk one report from its first turn to its last. Whether it was new."""
    SOP.objects.select_for_update(of=("self",)).get(pk=versi.sop_id)
    laporan = LaporanBaru("triwulan", TAHUN, kisah.triwulan)
    if Draf.objects.filter(
        sop=versi.sop, jenis=laporan.jenis, tahun=TAHUN, periode_ke=kisah.triwulan
    ).exists():
        return False
    awal = get_graf(versi.pk, versi.sidik).langkah[0].pelaksana[0]
    pemegang = list_pemegang(jabatan_ids=[awal.jabatan_id], pada=kisah.mulai)
    draf = start_draf(versi=versi, laporan=laporan, aktor=pemegang[0].pengguna, now=kisah.mulai)
    kalender = get_kalender(versi.sop.instansi, sekitar=kisah.mulai.date())
    _Riwayat(kisah, kalender).walk(draf)
    return True


@dataclass(frozen=True)
class _Riwayat(Penjalan):
    """Turns at the moments of one story."""

    kisah: Kisah
    kalender: Kalender

    def when(self, tugas: Tugas) -> datetime:
        """So many working minutes after it was opened."""
        lama = timedelta(minutes=self.kisah.menit.get(_key(tugas), _LAMA_BIASA))
        return add_waktu_kerja(tugas.aktif_pada or self.kisah.mulai, lama, self.kalender)

    def decide(self, tugas: Tugas) -> Putusan:
        """Tidak where the story has one."""
        if _key(tugas) != self.kisah.tidak:
            return super().decide(tugas)
        unit = tugas.draf.instansi.unit.filter(kode__in=self.kisah.unit)
        pk = tuple(unit.values_list("pk", flat=True))
        return Putusan(hasil="tidak", catatan=self.kisah.alasan, unit=pk)


def _key(tugas: Tugas) -> Kunci:
    siapa = tugas.unit.kode if tugas.unit else tugas.jabatan.kode
    return tugas.kunjungan.langkah.nomor, siapa, tugas.kunjungan.iterasi
