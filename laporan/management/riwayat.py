"""A past for one demo office: three reports of 2025, walked turn by turn through the services.

Only the moments are invented. The office is one whose SOP ends without a signature, so that no
signature is made up; a report that exists already is left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from kinerja.models import Capaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.pemeriksaan import Tanda, TandaBaris
from kinerja.services.isian import Kiriman, save_formulir
from laporan.models import Draf, Tugas
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.naskah import get_versi_terakhir
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.dibaca import mark_dibaca
from laporan.services.draf import LaporanBaru, Putusan, finish_tugas, start_draf
from laporan.services.periksa import examine_capaian
from organisasi.models import Penugasan
from organisasi.selectors import find_penugasan_covering, get_kalender, list_pemegang
from sakip.common.angka import bulatkan, format_angka
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
    while draf.is_aktif:
        draf = _work_next(draf, kisah, kalender)
    return True


def _work_next(draf: Draf, kisah: Kisah, kalender: Kalender) -> Draf:
    """Close the open turn that is done first."""
    terbuka = Tugas.objects.filter(draf=draf, status=Tugas.Status.AKTIF).select_related(
        "kunjungan__langkah", "jabatan", "unit", "draf__instansi"
    )
    pada, tugas = min(
        ((_when_done(t, kisah, kalender), t) for t in terbuka), key=lambda p: (p[0], p[1].pk)
    )
    mandat = find_penugasan_covering(
        list_pemegang(jabatan_ids=[tugas.jabatan_id], pada=pada),
        jabatan_id=tugas.jabatan_id,
        unit_id=tugas.unit_id,
    )
    if mandat is None:
        raise LookupError(f"{tugas} has nobody who may do it on {pada:%Y-%m-%d}")
    _fill(tugas, mandat, pada)
    _examine(tugas, mandat, pada)
    _read(tugas, mandat, pada)
    return finish_tugas(
        tugas_id=tugas.pk, aktor=mandat.pengguna, putusan=_decide(tugas, kisah), now=pada
    )


def _read(tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
    """Whoever judges the text has read it."""
    versi = get_versi_terakhir(tugas.draf)
    if versi is not None and tugas.kunjungan.langkah.simbol == "keputusan":
        mark_dibaca(draf_id=tugas.draf_id, nomor=versi.nomor, aktor=mandat.pengguna, now=pada)


def _key(tugas: Tugas) -> Kunci:
    siapa = tugas.unit.kode if tugas.unit else tugas.jabatan.kode
    return tugas.kunjungan.langkah.nomor, siapa, tugas.kunjungan.iterasi


def _when_done(tugas: Tugas, kisah: Kisah, kalender: Kalender) -> datetime:
    lama = timedelta(minutes=kisah.menit.get(_key(tugas), _LAMA_BIASA))
    return add_waktu_kerja(tugas.aktif_pada or kisah.mulai, lama, kalender)


def _decide(tugas: Tugas, kisah: Kisah) -> Putusan:
    if _key(tugas) == kisah.tidak:
        unit = tugas.draf.instansi.unit.filter(kode__in=kisah.unit).values_list("pk", flat=True)
        return Putusan(hasil="tidak", catatan=kisah.alasan, unit=tuple(unit))
    langkah = tugas.kunjungan.langkah
    catatan = "Mohon dilaksanakan sesuai SOP." if langkah.tindakan == "disposisi" else ""
    return Putusan(hasil="ya" if langkah.simbol == "keputusan" else "lanjut", catatan=catatan)


def _examine(tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
    """Every row found right that nobody has judged, where the step examines figures."""
    langkah = tugas.kunjungan.langkah
    if TINDAKAN[langkah.tindakan].halaman != Halaman.VERIFIKASI:
        return
    formulir = list_formulir_draf(tugas.draf, unit_id=tugas.unit_id)
    belum = Capaian.objects.filter(formulir__in=formulir, periksa=Tanda.BELUM)
    tanda = {pk: TandaBaris(Tanda.SESUAI) for pk in belum.values_list("pk", flat=True)}
    examine_capaian(tugas_id=tugas.pk, tanda=tanda, aktor=mandat.pengguna, now=pada)


def _fill(tugas: Tugas, mandat: Penugasan, pada: datetime) -> None:
    """Invented figures near the target, for whoever hands in figures and has not done so."""
    if tugas.formulir is None or not tugas.formulir.is_draf:
        return
    baris = {
        c.pk: IsianBaris(
            realisasi_teks=format_angka(
                bulatkan((c.target_nilai or Decimal(0)) * Decimal("0.97"), 0)
            ),
            penjelasan="Angka contoh, dikarang untuk peragaan.",
            versi=c.versi,
        )
        for c in Capaian.objects.filter(formulir=tugas.formulir)
    }
    save_formulir(
        formulir_id=tugas.formulir.pk,
        kiriman=Kiriman(baris),
        aktor=mandat.pengguna,
        sebagai=mandat,
        now=pada,
    )
