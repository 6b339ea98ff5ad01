"""The inbox: what waits for a person, what lies elsewhere, how punctual one is."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet

from laporan.models import Draf, Tugas
from laporan.rules.awal import find_awal, list_jenis
from laporan.rules.tempo import WaktuTugas, kata_waktu_baku
from laporan.rules.tindakan import Laku, choose_laku
from laporan.selectors.catatan_terbuka import map_terbuka
from laporan.selectors.waktu import list_jeda
from organisasi.middleware import Pelaku
from organisasi.models import Penugasan
from organisasi.selectors import find_penugasan_covering, get_kalender
from sakip.common.waktu import Kalender, Keadaan, Tempo, hitung_tempo, tanggal_pendek
from sop.models import VersiSOP
from sop.rules.graf import Graf, SimpulLangkah
from sop.selectors import get_graf, list_versi_berlaku

MAKS_BARIS_MEJA = 50
_UNTUK_BARIS = ("draf", "kunjungan__langkah", "kunjungan__pengirim", "unit")


@dataclass(frozen=True)
class BarisKerja:
    """One row of the inbox. catatan: open notes on the text."""

    tugas: Tugas
    laku: Laku
    tempo: Tempo
    sebagai: Penugasan | None
    is_peran_lain: bool
    catatan: int = 0

    @property
    def is_keputusan(self) -> bool:
        """Whether the row ends in Ya or Tidak."""
        return bool(self.tugas.kunjungan.langkah.simbol == "keputusan")


@dataclass(frozen=True)
class KelompokKerja:
    """Rows of the inbox that are equally urgent."""

    judul: str
    baris: list[BarisKerja]


@dataclass(frozen=True)
class MejaKerja:
    """The inbox: groups by urgency, rows in all, how many are late, and the calendar they obey."""

    kelompok: list[KelompokKerja]
    jumlah: int
    lewat: int
    tersembunyi: int
    kalender: Kalender


def tugas_menunggu(penugasan: Sequence[Penugasan]) -> QuerySet[Tugas]:
    """Open turns that one of these mandates may do."""
    return _milik(penugasan, *Tugas.DI_MEJA).filter(draf__status__in=Draf.AKTIF)


def _milik(penugasan: Sequence[Penugasan], *status: str) -> QuerySet[Tugas]:
    """Turns in one of these states that one of these mandates covers."""
    milik = Q(pk__in=[])
    for p in penugasan:
        unit = Q() if p.unit_id is None else Q(unit=None) | Q(unit=p.unit_id)
        milik |= Q(jabatan=p.jabatan_id) & unit
    return Tugas.objects.filter(milik, status__in=status)


def count_tugas(pelaku: Pelaku) -> int:
    """How many turns wait for the person, capped for the badge. A query per post."""
    batas = 2 * MAKS_BARIS_MEJA
    return sum(
        len(tugas_menunggu(mandat).values_list("pk")[:batas])
        for mandat in _group_jabatan(pelaku.semua)
    )


def _group_jabatan(penugasan: Sequence[Penugasan]) -> Collection[list[Penugasan]]:
    """Mandates of one post together: an index finds the turns of one post."""
    per_jabatan: dict[int, list[Penugasan]] = {}
    for p in penugasan:
        per_jabatan.setdefault(p.jabatan_id, []).append(p)
    return per_jabatan.values()


def get_meja_kerja(pelaku: Pelaku, *, kini: datetime) -> MejaKerja:
    """The inbox of one person, most urgent first. Queries grow with mandates, never with turns."""
    tugas = _list_mendesak(pelaku.semua, MAKS_BARIS_MEJA + 1)
    kalender = get_kalender(pelaku.instansi, sekitar=kini.date())
    catatan = map_terbuka({t.draf_id for t in tugas}) if tugas else {}
    baris = [
        replace(_make_baris(t, pelaku, kini, kalender), catatan=catatan.get(t.draf_id, 0))
        for t in tugas[:MAKS_BARIS_MEJA]
    ]
    kelompok = [
        KelompokKerja(judul, list(isi))
        for judul, isi in itertools.groupby(baris, key=lambda b: _urgensi(b, kini, kalender))
    ]
    lewat = sum(b.tempo.keadaan == Keadaan.LEWAT for b in baris)
    return MejaKerja(kelompok, len(baris), lewat, max(len(tugas) - MAKS_BARIS_MEJA, 0), kalender)


def _list_mendesak(penugasan: Sequence[Penugasan], banyak: int) -> list[Tugas]:
    """The first turns by deadline, those without one last.

    Their keys first, two queries per post: those with a deadline stand in an index by it, so that
    the database stops at its limit however many there are. Then the rows, all in one.
    """
    urut: list[tuple[datetime | None, int]] = []
    for mandat in _group_jabatan(penugasan):
        daftar = tugas_menunggu(mandat).values_list("tenggat", "pk")
        biasa = Q(status=Tugas.Status.AKTIF, tenggat__isnull=False)
        urut += daftar.filter(biasa).order_by("tenggat", "pk")[:banyak]
        urut += daftar.exclude(biasa).order_by(F("tenggat").asc(nulls_last=True), "pk")[:banyak]
    kunci = [pk for _, pk in sorted(urut, key=_pertama)[:banyak]]
    if not kunci:
        return []
    baris = Tugas.objects.select_related(*_UNTUK_BARIS).in_bulk(kunci)
    return [baris[pk] for pk in kunci]


def _pertama(kunci: tuple[datetime | None, int]) -> tuple[bool, datetime | None, int]:
    tenggat, pk = kunci
    return (tenggat is None, tenggat, pk)


def _make_baris(tugas: Tugas, pelaku: Pelaku, kini: datetime, kalender: Kalender) -> BarisKerja:
    langkah = tugas.kunjungan.langkah
    sebagai = find_penugasan_covering(
        pelaku.semua, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id, utama=pelaku.utama
    )
    return BarisKerja(
        tugas=tugas,
        laku=choose_laku(
            langkah.tindakan,
            berformulir=tugas.formulir_id is not None,
            menghasilkan=tugas.draf.menghasilkan,
        ),
        tempo=tempo_tugas(tugas, kini=kini, kalender=kalender),
        sebagai=sebagai,
        is_peran_lain=sebagai != pelaku.utama,
    )


def tempo_tugas(
    tugas: Tugas, *, kini: datetime, kalender: Kalender, berhenti: datetime | None = None
) -> Tempo:
    """Clock of one open turn; `berhenti`: since when its draft is halted."""
    langkah = tugas.kunjungan.langkah
    waktu = WaktuTugas(langkah.waktu_teks, langkah.waktu, tugas.banyak_unit)
    return hitung_tempo(
        mulai=tugas.aktif_pada or tugas.kunjungan.masuk,
        tenggat=tugas.tenggat,
        waktu_baku=kata_waktu_baku(waktu),
        kini=kini,
        kalender=kalender,
        berhenti=berhenti,
    )


def _urgensi(baris: BarisKerja, kini: datetime, kalender: Kalender) -> str:
    if baris.tugas.tenggat is None:
        return "Tanpa batas waktu"
    if baris.tempo.keadaan == Keadaan.LEWAT:
        return "Lewat waktu"
    hari_ini = kini.astimezone(kalender.zona).date()
    jatuh = baris.tugas.tenggat.astimezone(kalender.zona).date()
    if jatuh <= hari_ini:
        return "Jatuh tempo hari ini"
    besok = datetime.combine(hari_ini + timedelta(days=1), time.min, kalender.zona)
    if jatuh == kalender.mulai_kerja(besok).date():
        kapan = "besok" if jatuh == besok.date() else tanggal_pendek(jatuh)
        return f"Jatuh tempo {kapan}"
    return "Tujuh hari ke depan" if (jatuh - hari_ini).days <= 7 else "Kemudian"


@dataclass(frozen=True)
class Tertangguh:
    """A turn of mine whose report is halted, and since when."""

    tugas: Tugas
    sejak: datetime


def list_tertangguh(pelaku: Pelaku) -> list[Tertangguh]:
    """Turns of the person in halted reports, the latest halt first, at most twenty.

    One query; one more where there are any.
    """
    daftar = list(
        _milik(pelaku.semua, Tugas.Status.AKTIF)
        .filter(draf__status=Draf.Status.DITANGGUHKAN)
        .select_related("draf", "kunjungan__langkah", "unit")[:20]
    )
    jeda = list_jeda({t.draf_id for t in daftar}) if daftar else {}
    hasil = [Tertangguh(t, jeda[t.draf_id][-1][0]) for t in daftar]
    return sorted(hasil, key=lambda b: (b.sejak, b.tugas.pk), reverse=True)


def list_tugas_selesai(pelaku: Pelaku, *, hasil_kembali: bool = False) -> QuerySet[Tugas]:
    """Turns the person closed, newest first; with `hasil_kembali` only those answered Tidak."""
    daftar = Tugas.objects.filter(oleh=pelaku.pengguna.pk)
    if hasil_kembali:
        daftar = daftar.filter(status=Tugas.Status.DIKEMBALIKAN)
    return daftar.select_related("draf", "kunjungan__langkah", "unit").order_by("-pada")


@dataclass(frozen=True)
class TugasLain:
    """An open turn on somebody else's desk, with its clock."""

    tugas: Tugas
    tempo: Tempo


def list_meja_lain(pelaku: Pelaku, *, kini: datetime, kalender: Kalender) -> list[TugasLain]:
    """Open turns of the office that lie on other people's desks, latest deadline last, at most
    eight.
    """
    milik = tugas_menunggu(pelaku.semua).values("pk")
    daftar = Tugas.objects.filter(
        draf__instansi=pelaku.instansi, status__in=Tugas.DI_MEJA, draf__status__in=Draf.AKTIF
    ).exclude(pk__in=milik)
    urut = daftar.select_related("draf", "kunjungan__langkah", "jabatan", "unit").order_by(
        F("tenggat").asc(nulls_last=True), "pk"
    )[:8]
    return [TugasLain(t, tempo_tugas(t, kini=kini, kalender=kalender)) for t in urut]


@dataclass(frozen=True)
class Ketepatan:
    """How many of a person's closed turns with a deadline were in time."""

    jumlah: int
    tepat: int

    @property
    def persen(self) -> int:
        """0 to 100; 0 where nothing was closed yet."""
        return self.tepat * 100 // self.jumlah if self.jumlah else 0


def get_ketepatan(pelaku: Pelaku) -> Ketepatan:
    """Punctuality of the person over all offices and years. One query."""
    hitung = Tugas.objects.filter(oleh=pelaku.pengguna.pk, tenggat__isnull=False).aggregate(
        jumlah=Count("pk"), tepat=Count("pk", filter=Q(pada__lte=F("tenggat")))
    )
    return Ketepatan(hitung["jumlah"], hitung["tepat"])


def find_tugas_saya(pelaku: Pelaku, tugas: Sequence[Tugas]) -> Tugas | None:
    """The first of these open turns that the person may do. No query."""
    return next(
        (
            t
            for t in tugas
            if t.status in Tugas.DI_MEJA
            and find_penugasan_covering(pelaku.semua, jabatan_id=t.jabatan_id, unit_id=t.unit_id)
        ),
        None,
    )


def list_sop_dapat_dimulai(pelaku: Pelaku, *, kini: datetime) -> list[VersiSOP]:
    """SOPs in force in the office on which the person may start something, by what they make."""
    hari = kini.astimezone(pelaku.instansi.zona_waktu).date()
    berlaku = list_versi_berlaku(pelaku.instansi, pada=hari)
    dapat = [v for v in berlaku if list_jenis_dapat_dimulai(pelaku, v)]
    return sorted(dapat, key=lambda v: v.sop.menghasilkan)


def list_jenis_dapat_dimulai(pelaku: Pelaku, versi: VersiSOP) -> list[str]:
    """Kinds of report whose first step on that version is the person's."""
    graf = get_graf(versi.pk, versi.sidik)
    return [
        jenis for jenis in list_jenis_dimulai(graf) if can_begin(pelaku, find_awal(graf, jenis))
    ]


def list_jenis_dimulai(graf: Graf) -> list[str]:
    """Kinds of report that the route has a beginning for."""
    return list_jenis(graf, Draf.Jenis.values)


def can_begin(pelaku: Pelaku, langkah: SimpulLangkah | None) -> bool:
    """Whether one of the person's mandates is for an actor of that step."""
    return langkah is not None and any(
        find_penugasan_covering(pelaku.semua, jabatan_id=p.jabatan_id, unit_id=None)
        for p in langkah.pelaksana
    )
