"""Acts on a Perjanjian Kinerja: begin it, name the superior, freeze it once signed, give it up.

Who may is the SOP's affair: the walk of its document (laporan) calls these and leaves the trail.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import AnggaranPerjanjian, BarisPerjanjian, PerjanjianKinerja
from kinerja.rules.perjanjian import ButirKinerja, IsiPerjanjian, Pihak
from organisasi.models import Instansi, UnitKerja
from sakip.common.errors import IsianTidakSah, TransisiDitolak

_BELUM = Pihak("", "")


@dataclass(frozen=True)
class PerjanjianBaru:
    """Which agreement begins. kedua_jabatan_id: the superior's post inside the office, if any."""

    tahun: int
    pertama_jabatan_id: int
    kedua_jabatan_id: int | None = None
    kedua: Pihak = _BELUM
    unit: UnitKerja | None = None
    alasan: str = ""


class SedangDisusun(TransisiDitolak):
    """An agreement of that year is under way: `perjanjian`."""

    def __init__(self, perjanjian: PerjanjianKinerja) -> None:
        super().__init__(
            _("%(nama)s sedang disusun. Selesaikan atau batalkan lebih dahulu.")
            % {"nama": perjanjian.nama}
        )
        self.perjanjian = perjanjian


@transaction.atomic
def open_perjanjian(
    *, instansi: Instansi, baru: PerjanjianBaru, now: datetime
) -> PerjanjianKinerja:
    """Begin the murni of the year, or the next perubahan where one was signed already.

    Raises:
        SedangDisusun: one is under way (HTTP 409).
        IsianTidakSah: a perubahan without its reason, or a unit of another office (HTTP 422).
    """
    Instansi.objects.select_for_update(no_key=True).get(pk=instansi.pk)
    if baru.unit is not None and baru.unit.instansi_id != instansi.pk:
        raise IsianTidakSah(_("Unit itu bukan unit instansi ini. Pilih unit dari daftar."))
    ada = PerjanjianKinerja.objects.filter(instansi=instansi, tahun=baru.tahun, unit=baru.unit)
    konsep = ada.filter(status=PerjanjianKinerja.Status.KONSEP).select_related("unit").first()
    if konsep is not None:
        raise SedangDisusun(konsep)
    nomor = ada.filter(status=PerjanjianKinerja.Status.DITETAPKAN).count()
    alasan = baru.alasan.strip() if nomor else ""
    if nomor and not alasan:
        raise IsianTidakSah(
            _("Perjanjian Kinerja tahun ini sudah ditetapkan. Tuliskan alasan perubahannya.")
        )
    perjanjian = PerjanjianKinerja(
        instansi=instansi,
        tahun=baru.tahun,
        unit=baru.unit,
        nomor=nomor,
        alasan=alasan,
        pertama_jabatan_id=baru.pertama_jabatan_id,
        kedua_jabatan_id=baru.kedua_jabatan_id,
        dibuat_pada=now,
    )
    perjanjian.set_kedua(baru.kedua)
    perjanjian.save()
    return perjanjian


@transaction.atomic
def save_pihak(*, perjanjian_id: int, kedua: Pihak, alasan: str = "") -> PerjanjianKinerja:
    """Write the superior outside of the office, and why there is a perubahan.

    Raises:
        TransisiDitolak: it is signed or given up (HTTP 409).
        IsianTidakSah: a perubahan without its reason (HTTP 422).
    """
    perjanjian = _lock_konsep(perjanjian_id)
    if perjanjian.is_perubahan and not alasan.strip():
        raise IsianTidakSah(_("Tuliskan alasan perubahannya."))
    if perjanjian.is_perubahan:
        perjanjian.alasan = alasan.strip()
    if perjanjian.kedua_jabatan_id is None:
        perjanjian.set_kedua(kedua)
    perjanjian.save()
    return perjanjian


@transaction.atomic
def seal_perjanjian(
    *, perjanjian_id: int, isi: IsiPerjanjian, pihak: tuple[Pihak, Pihak], pada: datetime
) -> PerjanjianKinerja:
    """Freeze it as signed: parties, rows and money. From here on neither changes.

    A murni covers its year from the first day; a perubahan begins on the day of `pada`.

    Raises:
        TransisiDitolak: it is signed or given up (HTTP 409).
        IsianTidakSah: an indikator has no target (HTTP 422).
    """
    perjanjian = _lock_konsep(perjanjian_id)
    hari = pada.astimezone(perjanjian.instansi.zona_waktu).date()
    mulai = hari if perjanjian.is_perubahan else hari.replace(perjanjian.tahun, 1, 1)
    if not all(b.is_bertarget for b in isi.kinerja):
        raise IsianTidakSah(_("Masih ada indikator tanpa target setahun."))
    BarisPerjanjian.objects.bulk_create(
        _make_baris(perjanjian, n, b) for n, b in enumerate(isi.kinerja, start=1)
    )
    AnggaranPerjanjian.objects.bulk_create(
        AnggaranPerjanjian(perjanjian=perjanjian, urutan=n, **asdict(a))
        for n, a in enumerate(isi.anggaran, start=1)
    )
    perjanjian.seal(pertama=pihak[0], kedua=pihak[1], pada=pada, mulai=mulai)
    perjanjian.save()
    return perjanjian


def _make_baris(perjanjian: PerjanjianKinerja, urutan: int, b: ButirKinerja) -> BarisPerjanjian:
    """A target in words is kept as it is printed."""
    isi = asdict(b)
    del isi["uraian"]
    return BarisPerjanjian(perjanjian=perjanjian, urutan=urutan, **isi)


@transaction.atomic
def drop_perjanjian(*, perjanjian_id: int) -> PerjanjianKinerja:
    """Give it up together with its walk.

    Raises:
        TransisiDitolak: it is signed or given up already (HTTP 409).
    """
    perjanjian = _lock_konsep(perjanjian_id)
    perjanjian.drop()
    perjanjian.save()
    return perjanjian


def _lock_konsep(perjanjian_id: int) -> PerjanjianKinerja:
    perjanjian = (
        PerjanjianKinerja.objects.select_for_update(of=("self",))
        .select_related("instansi", "unit")
        .get(pk=perjanjian_id)
    )
    if perjanjian.status != PerjanjianKinerja.Status.KONSEP:
        raise TransisiDitolak(
            _("%(nama)s sudah %(status)s dan tidak berubah lagi.")
            % {"nama": perjanjian.nama, "status": perjanjian.get_status_display().lower()}
        )
    return perjanjian
