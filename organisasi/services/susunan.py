"""Changing the make-up of an office: its units and its posts. Nothing of it is ever deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan, UnitKerja
from organisasi.perms import needs_pengelola_lain
from organisasi.selectors import is_dipakai
from organisasi.services.kelola import Kelola, open_kelola
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak


@dataclass(frozen=True)
class IsianUnit:
    """What a form says about a unit."""

    nama: str
    jenis: str
    induk: UnitKerja | None = None


@dataclass(frozen=True)
class IsianJabatan:
    """What a form says about a post."""

    nama: str
    tingkat: str
    alias: Sequence[str] = ()
    atasan: Jabatan | None = None


@transaction.atomic
def create_unit(*, instansi_id: int, isian: IsianUnit, aktor: Pengguna, now: datetime) -> UnitKerja:
    """Add a unit, last in the order.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
        IsianTidakSah: the parent belongs to another office (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    _require_induk(isian.induk, instansi_id, None)
    semua = UnitKerja.objects.filter(instansi=kelola.instansi)
    terakhir = semua.order_by("-urutan").values_list("urutan", flat=True).first()
    unit = UnitKerja.objects.create(
        instansi=kelola.instansi,
        kode=_make_kode(isian.nama, semua.values_list("kode", flat=True)),
        nama=isian.nama,
        jenis=isian.jenis,
        induk=isian.induk,
        urutan=(terakhir or 0) + 1,
    )
    kelola.record("organisasi.unit.buat", unit=unit.kode, nama=unit.nama, jenis=unit.jenis)
    return unit


@transaction.atomic
def update_unit(*, unit_id: int, isian: IsianUnit, aktor: Pengguna, now: datetime) -> UnitKerja:
    """Change name, kind or parent of a unit. Drafts keep the units they began with.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
        IsianTidakSah: the parent is the unit itself, below it, or elsewhere (HTTP 422).
    """
    unit = UnitKerja.objects.select_related("induk").get(pk=unit_id)
    kelola = open_kelola(instansi_id=unit.instansi_id, aktor=aktor, now=now)
    _require_induk(isian.induk, unit.instansi_id, unit)
    lama = {"nama": unit.nama, "jenis": unit.jenis, "induk": unit.induk and unit.induk.kode}
    unit.nama, unit.jenis, unit.induk = isian.nama, isian.jenis, isian.induk
    unit.save(update_fields=["nama", "jenis", "induk"])
    baru = {"nama": unit.nama, "jenis": unit.jenis, "induk": unit.induk and unit.induk.kode}
    kelola.record("organisasi.unit.ubah", unit=unit.kode, dari=lama, ke=baru)
    return unit


def _require_induk(induk: UnitKerja | None, instansi_id: int, unit: UnitKerja | None) -> None:
    if induk is not None and induk.instansi_id != instansi_id:
        raise IsianTidakSah(_("Unit induk bukan milik instansi ini. Pilih dari daftar."))
    atas = induk
    while atas is not None and unit is not None:
        if atas.pk == unit.pk:
            raise IsianTidakSah(
                _("Unit tidak dapat berada di bawah dirinya sendiri. Pilih induk yang lain.")
            )
        atas = atas.induk


@transaction.atomic
def move_unit(*, unit_id: int, naik: bool, aktor: Pengguna, now: datetime) -> UnitKerja:
    """Let a unit change places with its neighbour under the same parent; at the edge it stays.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
    """
    unit = UnitKerja.objects.get(pk=unit_id)
    kelola = open_kelola(instansi_id=unit.instansi_id, aktor=aktor, now=now)
    semua = list(UnitKerja.objects.filter(instansi=kelola.instansi).order_by("urutan", "kode"))
    setara = [n for n, u in enumerate(semua) if u.induk_id == unit.induk_id]
    tempat = next(n for n, indeks in enumerate(setara) if semua[indeks].pk == unit.pk)
    tujuan = tempat + (-1 if naik else 1)
    if not 0 <= tujuan < len(setara):
        return unit
    a, b = setara[tempat], setara[tujuan]
    semua[a], semua[b] = semua[b], semua[a]
    for n, u in enumerate(semua, start=1):
        u.urutan = n
    UnitKerja.objects.bulk_update(semua, ["urutan"])
    kelola.record("organisasi.unit.urutkan", unit=unit.kode, naik=naik)
    return semua[b]


@transaction.atomic
def close_unit(*, unit_id: int, buka: bool, aktor: Pengguna, now: datetime) -> UnitKerja:
    """Close a unit for drafts to come, or open it again (`buka`). What it did stays as it is.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
        TransisiDitolak: it is closed (or open) already (HTTP 409).
    """
    unit = UnitKerja.objects.get(pk=unit_id)
    kelola = open_kelola(instansi_id=unit.instansi_id, aktor=aktor, now=now)
    unit.refresh_from_db(fields=["ditutup_pada"])
    if (unit.ditutup_pada is None) == buka:
        raise TransisiDitolak(_("Keadaan unit ini sudah berubah. Muat ulang halaman."))
    unit.ditutup_pada = None if buka else now
    unit.save(update_fields=["ditutup_pada"])
    kelola.record(f"organisasi.unit.{'buka' if buka else 'tutup'}", unit=unit.kode)
    return unit


@transaction.atomic
def create_jabatan(
    *, instansi_id: int, isian: IsianJabatan, aktor: Pengguna, now: datetime
) -> Jabatan:
    """Add a post.

    Raises:
        AksesDitolak: `aktor` does not configure the office, or would make a pembina (HTTP 403).
        IsianTidakSah: the superior belongs to another office (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    _require_tingkat(isian.tingkat, kelola, None)
    _require_atasan(isian.atasan, kelola.instansi, None)
    ada = Jabatan.objects.filter(instansi=kelola.instansi).values_list("kode", flat=True)
    jabatan = Jabatan(instansi=kelola.instansi, kode=_make_kode(isian.nama, ada))
    _fill(jabatan, isian)
    jabatan.save()
    kelola.record("organisasi.jabatan.buat", jabatan=jabatan.kode, **_snapshot(jabatan))
    return jabatan


@transaction.atomic
def update_jabatan(
    *, jabatan_id: int, isian: IsianJabatan, aktor: Pengguna, now: datetime
) -> Jabatan:
    """Change name, level, aliases or superior of a post. Nobody changes the level of his own post.

    Raises: as `create_jabatan`.
    """
    jabatan = Jabatan.objects.select_related("atasan").get(pk=jabatan_id)
    kelola = open_kelola(instansi_id=jabatan.instansi_id, aktor=aktor, now=now)
    jabatan.refresh_from_db()
    _require_tingkat(isian.tingkat, kelola, jabatan)
    _require_atasan(isian.atasan, kelola.instansi, jabatan)
    lama = _snapshot(jabatan)
    _fill(jabatan, isian)
    jabatan.save(update_fields=["nama", "tingkat", "alias", "atasan"])
    kelola.record("organisasi.jabatan.ubah", jabatan=jabatan.kode, dari=lama, ke=_snapshot(jabatan))
    return jabatan


def _require_tingkat(tingkat: str, kelola: Kelola, jabatan: Jabatan | None) -> None:
    """A level gives rights: none over other offices from within one, and none to oneself."""
    lama = jabatan.tingkat if jabatan else ""
    if tingkat == lama:
        return
    if Jabatan.Tingkat.PEMBINA in (tingkat, lama):
        raise AksesDitolak(
            _(
                "Pembina SAKIP daerah membaca seluruh instansi, jadi jabatannya hanya dapat dibuat "
                "dan diubah oleh pengelola server."
            )
        )
    milik = Penugasan.objects.filter(jabatan=jabatan, pengguna=kelola.aktor)
    if jabatan is not None and milik.exclude(selesai__lte=kelola.now).exists():
        raise AksesDitolak(
            _("Anda memegang jabatan ini. Mintalah pengelola lain mengubah tingkatnya.")
        )
    if jabatan is not None:
        _require_tingkat_terpisah(tingkat, kelola, jabatan)


def _require_tingkat_terpisah(tingkat: str, kelola: Kelola, jabatan: Jabatan) -> None:
    """A level is no way around an appointment: who has turns manages nothing, and the other way."""
    if tingkat == Jabatan.Tingkat.PENGELOLA and is_dipakai(jabatan):
        raise TransisiDitolak(
            _(
                "%(nama)s sudah dipegang orang atau disebut SOP, jadi tidak dapat dijadikan "
                "pengelola aplikasi. Buat jabatan baru untuk pengelola, lalu tetapkan orangnya."
            )
            % {"nama": jabatan.nama}
        )
    pemegang = Penugasan.objects.filter(jabatan=jabatan).exclude(selesai__lte=kelola.now)
    for p in pemegang.select_related("pengguna"):
        if needs_pengelola_lain(tingkat, p.pengguna, kelola.aktor):
            raise AksesDitolak(
                _(
                    "Akun %(nama)s, pemegang jabatan ini, Anda buat sendiri. Mintalah pengelola "
                    "lain mengubah tingkatnya."
                )
                % {"nama": p.pengguna.nama}
            )


def _require_atasan(atasan: Jabatan | None, instansi: Instansi, jabatan: Jabatan | None) -> None:
    if atasan is None:
        return
    if atasan.instansi_id != instansi.pk or atasan == jabatan:
        raise IsianTidakSah(_("Atasan harus jabatan lain pada instansi ini. Pilih dari daftar."))


def _fill(jabatan: Jabatan, isian: IsianJabatan) -> None:
    jabatan.nama, jabatan.tingkat = isian.nama, isian.tingkat
    jabatan.alias, jabatan.atasan = list(isian.alias), isian.atasan


def _snapshot(jabatan: Jabatan) -> dict[str, object]:
    return {
        "nama": jabatan.nama,
        "tingkat": jabatan.tingkat,
        "alias": jabatan.alias,
        "atasan": jabatan.atasan and jabatan.atasan.kode,
    }


def _make_kode(nama: str, terpakai: Iterable[str]) -> str:
    """A short name for data files, from the title: "Kepala Bidang P2P" -> "kepala_bidang_p2p"."""
    ada = set(terpakai)
    dasar = slugify(nama).replace("-", "_")[:34] or "baru"
    calon = [dasar, *(f"{dasar}_{n}" for n in range(2, len(ada) + 3))]
    return next(k for k in calon if k not in ada)
