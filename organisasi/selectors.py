"""Reading the organisation."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToOneRel, Q, QuerySet

from organisasi.models import (
    Berjejak,
    HariLibur,
    Instansi,
    Jabatan,
    Jejak,
    Pengguna,
    Penugasan,
    Saluran,
    SesiKerja,
    SuratAkun,
    UnitKerja,
)
from organisasi.perms import MENGELOLA
from sakip.common.waktu import JamBerlaku, Kalender, Sesi

# Deadlines reach at most a year ahead; overdue work is shown for a year.
_JANGKAUAN = timedelta(days=400)


def list_penugasan_for(pengguna: Pengguna, *, pada: datetime) -> list[Penugasan]:
    """Mandates the person holds at that moment, own post before Plt./Plh./delegation. One query."""
    daftar = Penugasan.objects.berlaku(pada).filter(
        pengguna=pengguna, jabatan__instansi__isnull=False
    )
    mandat = list(daftar.select_related("jabatan__instansi", "unit").order_by())
    for p in mandat:
        p.pengguna = pengguna
    return sorted(mandat, key=lambda p: (p.is_pengganti, p.mulai, p.pk))


def find_penugasan_covering(
    penugasan: Sequence[Penugasan],
    *,
    jabatan_id: int,
    unit_id: int | None,
    utama: Penugasan | None = None,
) -> Penugasan | None:
    """The mandate under which such work is done; the one in use (`utama`) first."""
    urut = sorted(penugasan, key=lambda p: utama is None or p.pk != utama.pk)
    return next((p for p in urut if p.covers(jabatan_id, unit_id)), None)


def find_pengguna(teks: str) -> Pengguna | None:
    """The person with that NIP, spaces allowed, or e-mail address in any case."""
    teks = teks.strip()
    cari = {"surel__iexact": teks} if "@" in teks else {"nip": "".join(teks.split())}
    return Pengguna.objects.filter(**cari).first()


def list_pengelola(instansi_id: int, *, pada: datetime) -> list[Pengguna]:
    """People who configure that office at that moment, by name. One query."""
    mandat = Penugasan.objects.berlaku(pada).filter(
        jabatan__instansi=instansi_id, jabatan__tingkat__in=MENGELOLA
    )
    return list(Pengguna.objects.filter(is_active=True, penugasan__in=mandat).distinct())


def list_undangan_gagal(instansi: Instansi) -> set[int]:
    """Ids of people of that office whose latest invitation could not be delivered. One query."""
    surat = SuratAkun.objects.filter(
        jenis=SuratAkun.Jenis.UNDANGAN, pengguna__penugasan__jabatan__instansi=instansi
    ).order_by("pk")
    terakhir = {s.pengguna_id: s for s in surat}
    return {pk for pk, s in terakhir.items() if s.jadwal is None and s.terkirim_pada is None}


def list_pemegang(*, jabatan_ids: Sequence[int], pada: datetime) -> list[Penugasan]:
    """Everybody who holds one of these posts at that moment. One query."""
    daftar = Penugasan.objects.berlaku(pada).filter(jabatan__in=jabatan_ids)
    return list(daftar.select_related("pengguna", "jabatan", "unit"))


def list_pemegang_lain(p: Penugasan) -> list[Penugasan]:
    """Mandates of other people for the same turns at the same time. One query."""
    daftar = Penugasan.objects.filter(jabatan=p.jabatan_id).exclude(pengguna=p.pengguna_id)
    semua = daftar.select_related("pengguna", "jabatan", "unit")
    return [o for o in semua if o.masa.overlaps(p.masa)]


def list_saluran(pengguna_ids: Collection[int]) -> dict[int, Saluran]:
    """Channels of these people; whoever chose nothing gets e-mail only. One query."""
    ada = {s.pengguna_id: s for s in Saluran.objects.filter(pengguna__in=pengguna_ids)}
    return {pk: ada.get(pk) or Saluran(pengguna_id=pk) for pk in pengguna_ids}


def get_kalender(instansi: Instansi, *, sekitar: date, sejak: date | None = None) -> Kalender:
    """Working calendar of the office from `sejak` (a good year ago) to a good year ahead.

    Two queries.
    """
    return map_kalender([instansi], sekitar=sekitar, sejak=sejak)[instansi.pk]


def map_kalender(
    instansi: Collection[Instansi], *, sekitar: date, sejak: date | None = None
) -> dict[int, Kalender]:
    """The same of several offices, by office. Two queries for all of them.

    Where several sets of hours cover a day, one for a limited time goes before one until further
    notice, and the later before the earlier.
    """
    awal = min(sejak or sekitar, sekitar - _JANGKAUAN)
    libur = HariLibur.objects.filter(
        Q(instansi=None) | Q(instansi__in=instansi),
        tanggal__range=(awal, sekitar + _JANGKAUAN),
    )
    per_kantor: dict[int | None, dict[date, str]] = defaultdict(dict)
    for pemilik, tanggal, jenis in libur.values_list("instansi", "tanggal", "jenis"):
        per_kantor[pemilik][tanggal] = jenis
    jam = map_jam_berlaku(instansi)
    return {
        i.pk: Kalender(
            zona=i.zona_waktu,
            libur=_list_libur(per_kantor[None], per_kantor[i.pk]),
            berlaku=tuple(jam[i.pk]),
        )
        for i in instansi
    }


def _list_libur(nasional: Mapping[date, str], sendiri: Mapping[date, str]) -> frozenset[date]:
    """Free days; where either says that a day is worked, it is."""
    masuk = {
        hari
        for daftar in (nasional, sendiri)
        for hari, j in daftar.items()
        if j == HariLibur.Jenis.MASUK
    }
    return frozenset({*nasional, *sendiri} - masuk)


def list_jam_berlaku(instansi: Instansi) -> list[JamBerlaku]:
    """The office's own sets of hours, the one that goes before the others first. One query."""
    return map_jam_berlaku([instansi])[instansi.pk]


def map_jam_berlaku(instansi: Collection[Instansi]) -> dict[int, list[JamBerlaku]]:
    """The same of several offices, by office. One query."""
    baris = SesiKerja.objects.filter(jam_kerja__instansi__in=instansi).values_list(
        "jam_kerja__instansi", "jam_kerja__mulai", "jam_kerja__selesai", "hari", "buka", "tutup"
    )
    daftar: dict[int, list[JamBerlaku]] = {i.pk: [] for i in instansi}
    kelompok = itertools.groupby(
        baris.order_by("jam_kerja_id", "hari", "buka"), key=lambda b: b[:3]
    )
    for (pemilik, mulai, selesai), sesi in kelompok:
        per_hari: dict[int, tuple[Sesi, ...]] = {}
        for *_jam, hari, buka, tutup in sesi:
            per_hari[hari] = (*per_hari.get(hari, ()), (buka, tutup))
        daftar[pemilik].append(JamBerlaku(mulai, selesai, per_hari))
    for semua in daftar.values():
        semua.sort(key=lambda j: (j.selesai is not None, j.mulai), reverse=True)
    return daftar


def list_unit(instansi: Instansi) -> QuerySet[UnitKerja]:
    """Units of the office in their order."""
    return UnitKerja.objects.filter(instansi=instansi).order_by("urutan", "kode")


def list_unit_terbuka(instansi: Instansi) -> QuerySet[UnitKerja]:
    """Units of the office that are not closed, in their order: those a new draft involves."""
    return list_unit(instansi).filter(ditutup_pada=None)


def list_jejak(objek: Berjejak) -> QuerySet[Jejak]:
    """The trail of one thing, oldest first."""
    jenis = ContentType.objects.get_for_model(objek)
    return Jejak.objects.filter(content_type=jenis, object_id=objek.pk).order_by("urut")


def find_chain_break(objek: Berjejak) -> str | None:
    """Where the trail of `objek` stops being true, as a sentence; None when the whole chain
    verifies.
    """
    sidik, urut = "", 0
    for baris in list_jejak(objek):
        urut += 1
        if baris.urut != urut:
            return f"jejak nomor {urut} hilang"
        if baris.sebelum != sidik or baris.sidik != baris.compute_sidik():
            return f"jejak nomor {urut} tidak cocok dengan sidiknya"
        sidik = baris.sidik
    if (urut, sidik) != (objek.jejak_urut, objek.jejak_sidik):
        return f"ekor rantai terpotong setelah nomor {urut}"
    return None


def list_pejabat(instansi: Instansi, *, pada: datetime) -> QuerySet[Penugasan]:
    """Holders of the posts of one office at that moment, by rank of the post."""
    daftar = Penugasan.objects.berlaku(pada).filter(jabatan__instansi=instansi)
    return daftar.select_related("pengguna", "jabatan", "unit").order_by(
        "jabatan__pk", "unit__urutan", "jenis"
    )


def list_riwayat_pemegang(jabatan: Jabatan) -> QuerySet[Penugasan]:
    """Everybody who held, holds or will hold the post, newest first."""
    daftar = Penugasan.objects.filter(jabatan=jabatan)
    return daftar.select_related("pengguna", "jabatan", "unit").order_by("-mulai", "-pk")


@dataclass(frozen=True)
class SusunanJabatan:
    """One post with who holds it now and who will."""

    jabatan: Jabatan
    kini: list[Penugasan]
    nanti: list[Penugasan]


def list_susunan(instansi: Instansi, *, pada: datetime) -> list[SusunanJabatan]:
    """Every post of the office by level, with its holders now and later. Two queries."""
    tingkat = list(Jabatan.Tingkat.values)
    jabatan = sorted(
        Jabatan.objects.filter(instansi=instansi).select_related("atasan"),
        key=lambda j: (tingkat.index(j.tingkat), j.nama),
    )
    daftar = Penugasan.objects.filter(jabatan__instansi=instansi).exclude(selesai__lte=pada)
    kini: dict[int, list[Penugasan]] = defaultdict(list)
    nanti: dict[int, list[Penugasan]] = defaultdict(list)
    for p in daftar.select_related("pengguna", "jabatan", "unit").order_by(
        "unit__urutan", "jenis", "mulai"
    ):
        (kini if p.mulai <= pada else nanti)[p.jabatan_id].append(p)
    return [SusunanJabatan(j, kini[j.pk], nanti[j.pk]) for j in jabatan]


@dataclass(frozen=True)
class SimpulUnit:
    """One unit in the tree of its office; `tingkat` counts from 0 at the top."""

    unit: UnitKerja
    tingkat: int


def list_pohon_unit(instansi: Instansi) -> list[SimpulUnit]:
    """Units of the office as a tree written out row by row, closed ones too. One query."""
    anak: dict[int | None, list[UnitKerja]] = defaultdict(list)
    for u in list_unit(instansi):
        anak[u.induk_id].append(u)
    hasil: list[SimpulUnit] = []
    antrean = [SimpulUnit(u, 0) for u in reversed(anak[None])]
    while antrean:
        simpul = antrean.pop()
        hasil.append(simpul)
        antrean += [SimpulUnit(u, simpul.tingkat + 1) for u in reversed(anak[simpul.unit.pk])]
    return hasil


def is_dipakai(jabatan: Jabatan) -> bool:
    """Whether anything but another post refers to the post: a mandate, an SOP, a turn.

    Rooms above are asked through their foreign keys, whose names this room need not know.
    A query per kind of reference.
    """
    return any(
        r.related_model._base_manager.filter(**{r.field.name: jabatan}).exists()
        for r in Jabatan._meta.get_fields(include_hidden=True)
        if isinstance(r, ManyToOneRel) and r.related_model is not Jabatan
    )


def get_atasan(instansi_id: int) -> dict[int, list[int]]:
    """Posts above each post of the office: the named superior, else the nearest level above.

    kepala stands above sekretaris, sekretaris (else kepala) above the rest; nobody above kepala.
    One query.
    """
    semua = list(Jabatan.objects.filter(instansi=instansi_id))
    per_tingkat: dict[str, list[int]] = defaultdict(list)
    for j in semua:
        per_tingkat[j.tingkat].append(j.pk)
    di_atas: dict[str, list[int]] = {
        Jabatan.Tingkat.KEPALA: [],
        Jabatan.Tingkat.SEKRETARIS: per_tingkat["kepala"],
    }
    umum = per_tingkat["sekretaris"] or per_tingkat["kepala"]
    return {j.pk: [j.atasan_id] if j.atasan_id else di_atas.get(j.tingkat, umum) for j in semua}


def list_akun_demo(*, pada: datetime) -> QuerySet[Penugasan]:
    """Everybody who can sign in on a demo installation, office by office."""
    daftar = Penugasan.objects.berlaku(pada).filter(pengguna__is_active=True)
    return daftar.select_related("pengguna", "jabatan__instansi", "unit").order_by(
        "jabatan__instansi__pk", "jabatan__pk", "unit__urutan"
    )
