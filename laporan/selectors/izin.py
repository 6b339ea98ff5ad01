"""Named readers: those of a draft, those of an office, and what one person was given to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from laporan.models import Draf, DrafGroupPermission, DrafUserPermission, IzinBaca
from organisasi.middleware import Pelaku
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.perms import holds_pos
from sakip.common.nip import PANJANG_NIP

MIN_CARI = 3
_MAKS_CALON = 20


@dataclass(frozen=True)
class BarisIzin:
    """One grant as a list shows it. dapat_dicabut: it is open or will be."""

    izin: IzinBaca
    keadaan: IzinBaca.Keadaan

    @property
    def dapat_dicabut(self) -> bool:
        """Whether there is anything left to take away."""
        return self.keadaan in (IzinBaca.Keadaan.BERLAKU, IzinBaca.Keadaan.AKAN)


def list_izin_draf(draf: Draf) -> QuerySet[IzinBaca]:
    """Every grant of the draft, the latest end first."""
    return _daftar(IzinBaca.objects.filter(draf=draf))


def list_izin_instansi(instansi: Instansi, keadaan: str, *, pada: datetime) -> QuerySet[IzinBaca]:
    """Grants on drafts of the office; of that state only where one is asked for."""
    return _daftar(IzinBaca.objects.filter(_saring(keadaan, pada), draf__instansi=instansi))


def _daftar(izin: QuerySet[IzinBaca]) -> QuerySet[IzinBaca]:
    terkait = izin.select_related("draf__instansi", "pembaca", "diberi_oleh", "dicabut_oleh")
    return terkait.order_by("-selesai", "-pk")


def _saring(keadaan: str, pada: datetime) -> Q:
    sah = Q(dicabut_pada=None)
    menurut: dict[str, Q] = {
        IzinBaca.Keadaan.BERLAKU: sah & Q(mulai__lte=pada, selesai__gt=pada),
        IzinBaca.Keadaan.AKAN: sah & Q(mulai__gt=pada),
        IzinBaca.Keadaan.HABIS: sah & Q(selesai__lte=pada),
        IzinBaca.Keadaan.DICABUT: ~sah,
    }
    return menurut.get(keadaan, Q())


def show_izin(daftar: Iterable[IzinBaca], pada: datetime) -> list[BarisIzin]:
    """Rows for a page."""
    return [BarisIzin(izin, izin.get_keadaan(pada)) for izin in daftar]


def list_dibagikan(pengguna: Pengguna) -> QuerySet[IzinBaca]:
    """What the person was given to read and still may, or may soon; the nearest end first."""
    daftar = IzinBaca.objects.filter(pembaca=pengguna, dicabut_pada=None, selesai__gt=Now())
    return daftar.select_related("draf__instansi", "draf__sop", "diberi_oleh").order_by(
        "selesai", "pk"
    )


def find_izin(draf: Draf, pelaku: Pelaku) -> IzinBaca | None:
    """The grant by which the person reads the draft; None for the office's own. One query, or none.

    To be asked of a draft that he may read.
    """
    if holds_pos(draf.instansi_id, pelaku.semua):
        return None
    berlaku = IzinBaca.objects.berlaku(Now()).filter(draf=draf, pembaca=pelaku.pengguna)
    return _daftar(berlaku).first()


def list_calon(draf: Draf, cari: str, *, pada: datetime) -> list[Penugasan]:
    """Posts of people who can be given the draft: a name within the own government, or one NIP.

    Nobody of the office itself: they read it anyway. One row per person, at most twenty.
    """
    mandat = Penugasan.objects.berlaku(pada).filter(
        pengguna__is_active=True, jabatan__instansi__isnull=False
    )
    angka = "".join(cari.split())
    if len(angka) == PANJANG_NIP and angka.isdecimal():
        mandat = mandat.filter(pengguna__nip=angka)
    else:
        pemerintah = draf.instansi.pemerintah
        mandat = mandat.filter(
            pengguna__nama__icontains=cari.strip(), jabatan__instansi__pemerintah=pemerintah
        )
    pegawai = Penugasan.objects.berlaku(pada).filter(jabatan__instansi=draf.instansi_id)
    lain = mandat.exclude(pengguna__in=pegawai.values("pengguna"))
    urut = lain.select_related("pengguna", "jabatan__instansi", "unit").order_by(
        "pengguna__nama", "pengguna", "jenis", "pk"
    )
    per_orang: dict[int, Penugasan] = {}
    for p in urut[: _MAKS_CALON * 3]:
        per_orang.setdefault(p.pengguna_id, p)
    return list(per_orang.values())[:_MAKS_CALON]


@dataclass(frozen=True)
class HasilPeriksa:
    """How many grants and guardian rows there are, and those that contradict each other."""

    izin: int
    hak: int
    cacat: list[tuple[str, int]]


def check_izin() -> HasilPeriksa:
    """Guardian rows that no record stands on, of people or of groups, and records at odds with
    theirs. Neither opens a draft; both say that somebody went past the page."""
    izin, hak = IzinBaca.objects.all(), DrafUserPermission.objects.all()
    sesuai = {
        "hak__user": F("pembaca"),
        "hak__content_object": F("draf"),
        "hak__permission__codename": Draf.HAK_BACA,
    }
    kelompok: dict[str, QuerySet[Any]] = {
        "hak tanpa izin:": hak.filter(izin=None),
        "hak kelompok:": DrafGroupPermission.objects.all(),
        "izin berlainan dengan haknya:": izin.exclude(hak=None).exclude(**sesuai),
    }
    cacat = [
        (nama, pk)
        for nama, baris in kelompok.items()
        for pk in baris.order_by("pk").values_list("pk", flat=True)
    ]
    return HasilPeriksa(izin.count(), hak.count(), cacat)
