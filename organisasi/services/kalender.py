"""Acts on the working calendar of an office: free days and hours. No deadline moves here."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisasi.models import HariLibur, Instansi, JamKerja, Pengguna, SesiKerja
from organisasi.rules.kalender import explain_jam
from organisasi.services.kelola import open_kelola
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.waktu import Sesi, tanggal_angka


@dataclass(frozen=True)
class IsianLibur:
    """A free day as filled in."""

    tanggal: date
    nama: str
    jenis: str = HariLibur.Jenis.INSTANSI
    perkiraan: bool = False
    dasar: str = ""


@dataclass(frozen=True)
class IsianJam:
    """A dated set of hours as filled in; sesi: by weekday, 0 = Senin."""

    nama: str
    mulai: date
    selesai: date | None
    dasar: str
    sesi: Mapping[int, tuple[Sesi, ...]]


@transaction.atomic
def save_libur(
    *,
    instansi_id: int,
    isi: IsianLibur,
    aktor: Pengguna,
    now: datetime,
    libur_id: int | None = None,
) -> HariLibur:
    """Add a free day of the office, or change the one named.

    Raises:
        AksesDitolak: `aktor` does not configure that office (403).
        IsianTidakSah: the day is free already (422).
        HariLibur.DoesNotExist: no such day of this office.
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    lama = HariLibur.objects.get(pk=libur_id, instansi=kelola.instansi) if libur_id else None
    ada = _find_libur(kelola.instansi, [isi.tanggal], selain=libur_id or 0).first()
    if ada:
        kata = (
            _("%(tanggal)s ditandai tetap hari kerja. Batalkan tandanya dahulu.")
            if ada.is_masuk
            else _("%(tanggal)s sudah libur: %(nama)s.")
        )
        raise IsianTidakSah(kata % {"tanggal": tanggal_angka(isi.tanggal), "nama": ada.nama})
    dari = _facts(lama) if lama else {}
    libur = lama or HariLibur(instansi=kelola.instansi)
    for nama, nilai in asdict(isi).items():
        setattr(libur, nama, nilai)
    libur.save()
    kelola.record("organisasi.kalender.libur", dari=dari, ke=_facts(libur))
    return libur


@transaction.atomic
def work_on_libur(
    *, instansi_id: int, libur_id: int, dasar: str, aktor: Pengguna, now: datetime
) -> HariLibur:
    """Let the office work on a day of the nation (cuti bersama of a hospital, say).

    Raises:
        AksesDitolak: `aktor` does not configure that office (403).
        IsianTidakSah: no basis (422).
        TransisiDitolak: the office has a row of its own on that day (409).
        HariLibur.DoesNotExist: no such day of the nation.
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    umum = HariLibur.objects.get(pk=libur_id, instansi=None)
    if not dasar.strip():
        raise IsianTidakSah(_("Tuliskan surat yang menetapkannya."))
    if HariLibur.objects.filter(instansi=kelola.instansi, tanggal=umum.tanggal).exists():
        raise TransisiDitolak(_("Hari ini sudah diatur instansi Anda. Muat ulang halaman."))
    masuk = HariLibur.objects.create(
        instansi=kelola.instansi,
        tanggal=umum.tanggal,
        nama=umum.nama,
        jenis=HariLibur.Jenis.MASUK,
        dasar=dasar.strip(),
    )
    kelola.record("organisasi.kalender.masuk", dari={}, ke=_facts(masuk))
    return masuk


@transaction.atomic
def remove_libur(*, instansi_id: int, libur_id: int, aktor: Pengguna, now: datetime) -> None:
    """Make a free day of the office a working day again. Raises as `save_libur`."""
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    libur = HariLibur.objects.get(pk=libur_id, instansi=kelola.instansi)
    kelola.record("organisasi.kalender.libur", dari=_facts(libur), ke={})
    libur.delete()


@transaction.atomic
def import_libur(
    *, instansi_id: int, daftar: Sequence[IsianLibur], aktor: Pengguna, now: datetime
) -> int:
    """Add those days of a list that are not free yet; how many were added. Raises AksesDitolak."""
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    ada = _find_libur(kelola.instansi, [isi.tanggal for isi in daftar])
    sudah = set(ada.values_list("tanggal", flat=True))
    baru = [
        HariLibur(instansi=kelola.instansi, **asdict(isi))
        for isi in daftar
        if isi.tanggal not in sudah
    ]
    if baru:
        HariLibur.objects.bulk_create(baru)
        kelola.record("organisasi.kalender.impor", ke=[_facts(h) for h in baru])
    return len(baru)


def _find_libur(
    instansi: Instansi, tanggal: Sequence[date], selain: int = 0
) -> QuerySet[HariLibur]:
    """Days of the nation or of this office on those dates."""
    semua = HariLibur.objects.filter(tanggal__in=tanggal).exclude(pk=selain)
    return semua.filter(instansi=None) | semua.filter(instansi=instansi)


def _facts(libur: HariLibur) -> dict[str, Any]:
    return {n: getattr(libur, n) for n in ("tanggal", "nama", "jenis", "perkiraan", "dasar")}


@transaction.atomic
def save_jam(
    *,
    instansi_id: int,
    isi: IsianJam,
    aktor: Pengguna,
    now: datetime,
    jam_id: int | None = None,
) -> JamKerja:
    """Add a set of hours of the office, or change the one named.

    Raises:
        AksesDitolak: `aktor` does not configure that office (403).
        IsianTidakSah: the hours cannot hold, end before they begin, or begin on the day another
        set begins (422).
        JamKerja.DoesNotExist: no such set of this office.
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    lama = JamKerja.objects.get(pk=jam_id, instansi=kelola.instansi) if jam_id else None
    _check_jam(kelola.instansi, isi, selain=jam_id or 0)
    dari = _facts_jam(lama) if lama else {}
    jam = lama or JamKerja(instansi=kelola.instansi)
    jam.nama, jam.mulai, jam.selesai, jam.dasar = isi.nama, isi.mulai, isi.selesai, isi.dasar
    jam.save()
    jam.sesi.all().delete()
    SesiKerja.objects.bulk_create(
        SesiKerja(jam_kerja=jam, hari=hari, buka=buka, tutup=tutup)
        for hari, daftar in isi.sesi.items()
        for buka, tutup in daftar
    )
    kelola.record("organisasi.kalender.jam", dari=dari, ke=_facts_jam(jam))
    return jam


def _check_jam(instansi: Instansi, isi: IsianJam, *, selain: int) -> None:
    masalah = explain_jam(isi.sesi)
    if masalah:
        raise IsianTidakSah(" ".join(masalah))
    if isi.selesai and isi.selesai < isi.mulai:
        raise IsianTidakSah(_("Tanggal akhir harus sesudah tanggal mulai."))
    if JamKerja.objects.filter(instansi=instansi, mulai=isi.mulai).exclude(pk=selain).exists():
        raise IsianTidakSah(_("Sudah ada jam kerja lain yang mulai berlaku pada tanggal itu."))


@transaction.atomic
def remove_jam(*, instansi_id: int, jam_id: int, aktor: Pengguna, now: datetime) -> None:
    """Give up a set of hours; what held before it holds again. Raises as `save_jam`."""
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    jam = JamKerja.objects.get(pk=jam_id, instansi=kelola.instansi)
    kelola.record("organisasi.kalender.jam", dari=_facts_jam(jam), ke={})
    jam.delete()


def _facts_jam(jam: JamKerja) -> dict[str, Any]:
    return {
        "nama": jam.nama,
        "mulai": jam.mulai,
        "selesai": jam.selesai,
        "dasar": jam.dasar,
        "sesi": [str(s) for s in jam.sesi.order_by("hari", "buka")],
    }
