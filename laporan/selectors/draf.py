"""One draft: the list it stands in, its track, its story, its next receiver."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from laporan.models import Dokumen, Draf, Efek, Kunjungan, Perpanjangan, TandaTangan, Tugas
from laporan.rules.awal import find_awal
from laporan.rules.cuplikan import Cuplikan
from laporan.rules.tindakan import choose_laku
from laporan.selectors.akses import visible_draf
from laporan.selectors.cari import list_cuplikan, search_draf
from laporan.selectors.meja import can_begin, tempo_tugas
from laporan.selectors.waktu import list_jeda
from organisasi.middleware import Pelaku
from organisasi.models import Penugasan, UnitKerja
from organisasi.selectors import get_kalender, list_pemegang, map_kalender
from sakip.common.waktu import Jeda, Kalender, Tempo, kata_menit, menit_bersih, menit_sehari
from sop.rules.graf import Graf, SimpulLangkah
from sop.selectors import get_graf


def list_draf(pelaku: Pelaku, cari: Sequence[str] = ()) -> QuerySet[Draf]:
    """Drafts the person may read, newest first, each with its open turns. cari: words in it."""
    terbuka = Tugas.objects.filter(status__in=Tugas.DI_MEJA).select_related(
        "jabatan", "unit", "kunjungan__langkah"
    )
    return (
        search_draf(visible_draf(pelaku.pengguna, pelaku.semua), cari)
        .select_related("sop", "instansi", "nomor_laporan__nomor")
        .prefetch_related(Prefetch("tugas", queryset=terbuka, to_attr="tugas_terbuka"))
        .order_by("-dibuat_pada", "-pk")
    )


@dataclass(frozen=True)
class BarisDraf:
    """One row of the list of drafts: the draft, its most urgent open turn and that turn's clock.

    cuplikan: where its text has what was looked for.
    """

    draf: Draf
    tugas: Tugas | None
    banyak: int
    tempo: Tempo | None
    cuplikan: Cuplikan | None = None


def list_baris(
    daftar: Iterable[Draf], *, kini: datetime, cari: Sequence[str] = ()
) -> list[BarisDraf]:
    """Rows of drafts as `list_draf` gives them.

    A query for halts, two for calendars, and one where words were looked for.
    """
    draf = list(daftar)
    cuplikan = list_cuplikan(draf, cari)
    jeda = list_jeda([d.pk for d in draf if d.status == Draf.Status.DITANGGUHKAN])
    kalender = map_kalender({d.instansi for d in draf}, sekitar=kini.date()) if draf else {}
    baris = []
    for d in draf:
        terbuka: list[Tugas] = d.tugas_terbuka  # type: ignore[attr-defined]  # set by list_draf
        tugas = min(terbuka, key=_tenggat, default=None)
        berhenti = jeda[d.pk][-1][0] if d.pk in jeda else None
        tempo = (
            tempo_tugas(tugas, kini=kini, kalender=kalender[d.instansi_id], berhenti=berhenti)
            if tugas
            else None
        )
        baris.append(BarisDraf(d, tugas, len(terbuka), tempo, cuplikan.get(d.pk)))
    return baris


def _tenggat(tugas: Tugas) -> tuple[bool, datetime | None, int]:
    """Order of urgency; turns without a deadline come last."""
    return (tugas.tenggat is None, tugas.tenggat, tugas.pk)


@dataclass(frozen=True)
class SimpulLajur:
    """One step on the track of a draft.

    keadaan: "lalu", "kini", "nanti", or "ulang" for one that was done before the draft came back
    to an earlier step. kembali: how often the draft was sent back to it; putaran: visits.
    """

    nomor: int
    pelaksana: str
    kerja: str
    waktu: str
    keadaan: str
    kembali: int
    putaran: int


@dataclass(frozen=True)
class Perjalanan:
    """Where a draft has been and where it lies: track, open visit and its turns.

    perpanjangan: what moved the deadlines of these turns. is_berulang: some step was come back to.
    """

    graf: Graf
    lajur: list[SimpulLajur]
    kunjungan: Kunjungan | None
    langkah: SimpulLangkah | None
    tugas: list[Tugas]
    tempo: Tempo | None
    perpanjangan: list[Perpanjangan]
    is_berulang: bool

    @property
    def banyak_selesai(self) -> int:
        """How many turns of the open visit are done."""
        return sum(t.status == Tugas.Status.SELESAI for t in self.tugas)


def get_perjalanan(draf: Draf, *, kini: datetime) -> Perjalanan:
    """The track of a draft with times used and returns. A constant number of queries."""
    graf = get_graf(draf.versi_id, draf.versi.sidik)
    kunjungan = list(Kunjungan.objects.filter(draf=draf).order_by("pk"))
    terbuka = next((k for k in kunjungan if k.keluar is None), None)
    tugas, perpanjangan = _list_tugas(terbuka) if terbuka else ([], [])
    # A halt counts in what it lies in: the open turn while it lasts, and visits that are over.
    berjeda = draf.status == Draf.Status.DITANGGUHKAN or any(k.keluar for k in kunjungan)
    jeda = list_jeda([draf.pk]).get(draf.pk, []) if berjeda else []
    kalender = get_kalender(draf.instansi, sekitar=kini.date(), sejak=draf.dibuat_pada.date())
    langkah = graf.menurut_id[terbuka.langkah_id] if terbuka else None
    aktif = next((t for t in tugas if t.status in Tugas.DI_MEJA), None)
    tempo = None
    if aktif and langkah:
        berhenti = jeda[-1][0] if draf.status == Draf.Status.DITANGGUHKAN else None
        tempo = tempo_tugas(aktif, kini=kini, kalender=kalender, berhenti=berhenti)
    riwayat = _Riwayat(kunjungan, terbuka, langkah, draf.menghasilkan)
    lajur = [_make_simpul(s, riwayat, tempo, (kalender, jeda)) for s in graf.langkah]
    return Perjalanan(
        graf,
        lajur,
        terbuka,
        langkah,
        tugas,
        tempo,
        perpanjangan,
        is_berulang=any(k.iterasi > 1 for k in kunjungan),
    )


def _list_tugas(kunjungan: Kunjungan) -> tuple[list[Tugas], list[Perpanjangan]]:
    """Turns of a visit in their order, with what moved their deadlines.

    One query, one more where any was extended.
    """
    diperpanjang = Exists(Perpanjangan.objects.filter(tugas=OuterRef("pk")))
    daftar = (
        Tugas.objects.filter(kunjungan=kunjungan)
        .select_related("jabatan", "unit", "kunjungan__langkah")
        .annotate(diperpanjang=diperpanjang)
        .order_by("urutan", "unit__urutan", "pk")
    )
    tugas = list(daftar)
    ada = [t for t in tugas if t.diperpanjang]
    prefetch_related_objects(ada, "perpanjangan")
    return [*tugas], [p for t in ada for p in t.perpanjangan.all()]


@dataclass(frozen=True)
class _Riwayat:
    """Visits of a draft in order, the open one with its step, and what the draft makes."""

    kunjungan: Sequence[Kunjungan]
    terbuka: Kunjungan | None
    langkah: SimpulLangkah | None
    menghasilkan: str

    def list_milik(self, langkah: SimpulLangkah) -> list[Kunjungan]:
        """Visits to that step."""
        return [k for k in self.kunjungan if k.langkah_id == langkah.id]

    def count_kembali(self, langkah: SimpulLangkah) -> int:
        """Visits to that step that began with a Tidak."""
        pasangan = pairwise(self.kunjungan)
        return sum(lalu.hasil == "tidak" and k.langkah_id == langkah.id for lalu, k in pasangan)

    def is_ulang(self, langkah: SimpulLangkah) -> bool:
        """Whether the draft is before that step now."""
        return self.langkah is not None and langkah.nomor > self.langkah.nomor


def _make_simpul(
    langkah: SimpulLangkah,
    riwayat: _Riwayat,
    tempo: Tempo | None,
    waktu_kerja: tuple[Kalender, Sequence[Jeda]],
) -> SimpulLajur:
    kalender, jeda = waktu_kerja
    milik = riwayat.list_milik(langkah)
    baku = " ".join(langkah.waktu_teks.split())
    keadaan, waktu = "nanti", f"baku {baku}" if baku else "tanpa waktu baku"
    if riwayat.terbuka and riwayat.terbuka.langkah_id == langkah.id and tempo:
        keadaan, waktu = "kini", tempo.kata
    elif milik and milik[-1].keluar and riwayat.is_ulang(langkah):
        keadaan, waktu = "ulang", "akan diulang"
    elif milik and milik[-1].keluar:
        terpakai = menit_bersih(milik[-1].masuk, milik[-1].keluar, kalender, jeda)
        keadaan, waktu = "lalu", kata_menit(terpakai, menit_sehari(kalender))
    return SimpulLajur(
        nomor=langkah.nomor,
        pelaksana=", ".join(dict.fromkeys(p.jabatan_nama for p in langkah.pelaksana)),
        kerja=choose_laku(
            langkah.tindakan,
            berformulir=bool(langkah.per_unit),
            menghasilkan=riwayat.menghasilkan,
        ).kerja,
        waktu=waktu,
        keadaan=keadaan,
        kembali=riwayat.count_kembali(langkah),
        putaran=len(milik),
    )


@dataclass(frozen=True)
class Penerima:
    """Who gets the draft next: step and people, for buttons and dialogs that name the receiver.

    sebutan: posts, where they are not those of `langkah`. is_dalam: the step itself goes on.
    """

    langkah: SimpulLangkah | None
    orang: list[Penugasan]
    sebutan: str = ""
    is_dalam: bool = False

    @property
    def nama(self) -> str:
        """Posts of the next step, or the end of the route."""
        if self.sebutan:
            return self.sebutan
        if self.langkah is None:
            return "selesai"
        return ", ".join(dict.fromkeys(p.jabatan_nama for p in self.langkah.pelaksana))


def get_penerima(graf: Graf, langkah: SimpulLangkah, hasil: str, *, kini: datetime) -> Penerima:
    """Receiver after that outcome. One query where there is one."""
    return list_penerima(graf, langkah, (hasil,), kini=kini)[0]


def list_penerima(
    graf: Graf, langkah: SimpulLangkah, hasil: Sequence[str], *, kini: datetime
) -> list[Penerima]:
    """Receiver after each of these outcomes. One query where there is any."""
    tujuan = [graf.next_langkah(langkah.id, h) for h in hasil]
    jabatan = [{p.jabatan_id for p in t.pelaksana} if t else set() for t in tujuan]
    semua = set().union(*jabatan)
    orang = list_pemegang(jabatan_ids=[*semua], pada=kini) if semua else []
    return [
        Penerima(t, [o for o in orang if o.jabatan_id in j])
        for t, j in zip(tujuan, jabatan, strict=True)
    ]


def get_efek_terakhir(draf: Draf, jenis: str) -> Efek | None:
    """The newest job of that kind on the draft."""
    return Efek.objects.filter(draf=draf, jenis=jenis).order_by("-pk").first()


def get_tanda_tangan(draf: Draf) -> TandaTangan | None:
    """The last signature on the newest document of the draft; initials are none."""
    daftar = TandaTangan.objects.filter(
        dokumen__draf=draf, dokumen__jenis=Dokumen.Jenis.LAPORAN, is_paraf=False
    ).select_related("dokumen")
    return daftar.order_by("-dokumen__pk", "-urut").first()


def list_unit_balik(tugas: Tugas) -> list[UnitKerja]:
    """Units a Tidak of this turn may be narrowed to: those of the step it leads back to."""
    langkah = get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik).menurut_id[
        tugas.kunjungan.langkah_id
    ]
    tujuan = langkah.ke.get("tidak")
    if tujuan is None or langkah.per_unit:
        return []
    jenis = get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik).menurut_id[tujuan].per_unit
    ids = [u for j in jenis for u in tugas.draf.unit.get(j, [])]
    return list(UnitKerja.objects.filter(pk__in=ids).order_by("urutan", "kode")) if ids else []


def list_kalimat(tugas: Tugas) -> list[str]:
    """Sentences of the SOP that a disposition may repeat: what this step says, and the next."""
    graf = get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik)
    langkah = graf.menurut_id[tugas.kunjungan.langkah_id]
    tujuan = graf.next_langkah(langkah.id, "lanjut") if "lanjut" in langkah.ke else None
    semua = [langkah.kegiatan, tujuan.kegiatan if tujuan else ""]
    return [" ".join(k.split()) for k in dict.fromkeys(semua) if k.strip()]


def can_control(pelaku: Pelaku, graf: Graf, draf: Draf) -> bool:
    """Whether the person may halt or cancel the draft: the actor of the step that started it."""
    terbuka = draf.status in (Draf.Status.KONSEP, *Draf.TERBUKA)
    return terbuka and can_begin(pelaku, find_awal(graf, draf.jenis))
