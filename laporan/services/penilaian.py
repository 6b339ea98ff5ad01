"""Acts on the forms that assess an SOP: begin, fill in, read the figures anew, settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from laporan.models import ButirPenilaian, PenilaianSOP
from laporan.perms import find_penilai
from laporan.rules.penilaian import Jawaban, fits_jenis, list_kurang
from laporan.rules.rentang import Rentang
from laporan.selectors.pantau import get_pantau
from laporan.selectors.penilaian import build_butir
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.fsm import require_transition
from sop.models import VersiSOP

_KOLOM = ("jawaban", "catatan", "tindakan")
_JEJAK = ("jejak_urut", "jejak_sidik")


class PenilaianBerubah(TransisiDitolak):
    """Somebody else saved the form meanwhile; nothing was stored."""


class PenilaianBelumLengkap(IsianTidakSah):
    """The form cannot be settled yet; `masalah` says why, row by row."""

    def __init__(self, masalah: Sequence[str]) -> None:
        super().__init__(_("Belum dapat ditetapkan: %(n)d baris kurang.") % {"n": len(masalah)})
        self.masalah = list(masalah)


@dataclass(frozen=True)
class IsianButir:
    """What the assessor typed on one row. jawaban: ya, tidak, or "" for not yet."""

    jawaban: str = ""
    catatan: str = ""
    tindakan: str = ""


@dataclass(frozen=True)
class IsianPenilaian:
    """A posted form: rows by id, and the state of the form the assessor saw."""

    urut: int
    butir: Mapping[int, IsianButir] = field(default_factory=dict)


@transaction.atomic
def create_penilaian(
    *, versi: VersiSOP, jenis: str, rentang: Rentang, aktor: Pengguna, now: datetime
) -> PenilaianSOP:
    """Begin a form; its rows are filled from the reports of the period.

    Raises:
        AksesDitolak: not an assessor of that office (403).
        IsianTidakSah: monitoring is of a half-year, evaluation of a year (422).
        TransisiDitolak: the period already has that form (409).
    """
    sebagai = _require_penilai(versi, aktor, now)
    if jenis not in PenilaianSOP.Jenis.values or not fits_jenis(jenis, rentang):
        raise IsianTidakSah(
            _("Monitoring dibuat untuk satu semester dan evaluasi untuk satu tahun. Pilih lagi.")
        )
    pantau = get_pantau(versi, rentang)
    try:
        with transaction.atomic():
            penilaian = PenilaianSOP.objects.create(
                versi=versi,
                jenis=jenis,
                dari=rentang.dari,
                sampai=rentang.sampai,
                ringkasan=pantau.kalimat,
                angka_pada=now,
                dibuat_oleh=aktor,
                dibuat_pada=now,
            )
    except IntegrityError as galat:
        raise TransisiDitolak(
            _("Formulir untuk periode ini sudah ada. Buka dari halaman Pemantauan.")
        ) from galat
    ButirPenilaian.objects.bulk_create(
        ButirPenilaian(
            penilaian=penilaian,
            urut=urut,
            langkah_id=b.langkah_id,
            pernyataan=b.pernyataan,
            dasar=b.dasar,
            usul=b.usul,
            jawaban=b.usul,
        )
        for urut, b in enumerate(build_butir(pantau, jenis), start=1)
    )
    _record(penilaian, "laporan.penilaian.buat", sebagai, now)
    return penilaian


@transaction.atomic
def save_penilaian(
    *, penilaian_id: int, isian: IsianPenilaian, aktor: Pengguna, now: datetime
) -> PenilaianSOP:
    """Keep what was typed; rows that the form does not have are passed over.

    Raises:
        AksesDitolak: not an assessor of that office (403).
        TransisiDitolak: it is final, or somebody else saved meanwhile (PenilaianBerubah) (409).
        IsianTidakSah: an answer that is none (422).
    """
    penilaian, sebagai = _lock(penilaian_id, aktor, now)
    _require_seen(penilaian, isian.urut)
    berubah = [b for b in _list_butir(penilaian) if _apply(b, isian.butir.get(b.pk))]
    if not berubah:
        return penilaian
    ButirPenilaian.objects.bulk_update(berubah, _KOLOM)
    penilaian.isian_urut += 1
    rincian = [{"urut": b.urut, "jawaban": b.jawaban} for b in berubah]
    _record(penilaian, "laporan.penilaian.simpan", sebagai, now, butir=rincian)
    return penilaian


@transaction.atomic
def refresh_penilaian(*, penilaian_id: int, aktor: Pengguna, now: datetime) -> PenilaianSOP:
    """Read the figures anew; answers stay, except where they only repeated the old proposal.

    Raises:
        AksesDitolak: not an assessor of that office (403).
        TransisiDitolak: it is final (409).
    """
    penilaian, sebagai = _lock(penilaian_id, aktor, now)
    pantau = get_pantau(penilaian.versi, penilaian.rentang)
    butir = _list_butir(penilaian)
    for lama, baru in zip(butir, build_butir(pantau, penilaian.jenis), strict=True):
        if lama.jawaban == lama.usul:
            lama.jawaban = baru.usul
        lama.dasar, lama.usul = baru.dasar, baru.usul
    ButirPenilaian.objects.bulk_update(butir, ("dasar", "usul", "jawaban"))
    penilaian.ringkasan, penilaian.angka_pada = pantau.kalimat, now
    penilaian.isian_urut += 1
    _record(penilaian, "laporan.penilaian.perbarui", sebagai, now)
    return penilaian


@transaction.atomic
def settle_penilaian(
    *, penilaian_id: int, aktor: Pengguna, now: datetime, urut: int | None = None
) -> PenilaianSOP:
    """Settle the form under the assessor's name; from here on it never changes.

    urut: state of the form the assessor saw, None where that does not matter.

    Raises:
        AksesDitolak: not an assessor of that office (403).
        TransisiDitolak: it is final already, or changed meanwhile (PenilaianBerubah) (409).
        PenilaianBelumLengkap: an IsianTidakSah that lists the rows (422).
    """
    penilaian, sebagai = _lock(penilaian_id, aktor, now)
    if urut is not None:
        _require_seen(penilaian, urut)
    baris = [
        Jawaban(b.urut, b.pernyataan, b.jawaban, b.catatan, b.tindakan)
        for b in _list_butir(penilaian)
    ]
    kurang = list_kurang(penilaian.jenis, baris)
    if kurang:
        raise PenilaianBelumLengkap(kurang)
    penilaian.settle(sebagai=sebagai, now=now)
    _record(penilaian, "laporan.penilaian.tetapkan", sebagai, now)
    return penilaian


def _require_penilai(versi: VersiSOP, aktor: Pengguna, now: datetime) -> Penugasan:
    sebagai = find_penilai(versi.sop.instansi_id, list_penugasan_for(aktor, pada=now))
    if sebagai is None:
        raise AksesDitolak(
            _("Penilaian SOP diisi oleh kepala, sekretaris, atau perencana instansi ini.")
        )
    return sebagai


def _lock(penilaian_id: int, aktor: Pengguna, now: datetime) -> tuple[PenilaianSOP, Penugasan]:
    """The form, locked, and the mandate under which `aktor` works on it."""
    penilaian = (
        PenilaianSOP.objects.select_for_update(of=("self",))
        .select_related("versi__sop__instansi")
        .get(pk=penilaian_id)
    )
    sebagai = _require_penilai(penilaian.versi, aktor, now)
    require_transition(
        penilaian.settle, aktor, _("Formulir ini sudah ditetapkan dan tidak berubah lagi.")
    )
    return penilaian, sebagai


def _require_seen(penilaian: PenilaianSOP, urut: int) -> None:
    if penilaian.isian_urut != urut:
        raise PenilaianBerubah(
            _(
                "Formulir ini disimpan orang lain sejak Anda buka. Isian Anda masih ada di bawah, "
                "belum disimpan. Periksa, lalu simpan sekali lagi."
            )
        )


def _list_butir(penilaian: PenilaianSOP) -> list[ButirPenilaian]:
    return list(ButirPenilaian.objects.filter(penilaian=penilaian).order_by("urut"))


def _apply(butir: ButirPenilaian, isian: IsianButir | None) -> bool:
    """Put what was typed on the row. Whether that changes it."""
    if isian is None:
        return False
    if isian.jawaban not in ButirPenilaian.Jawab.values:
        raise IsianTidakSah(_("Pilih Ya atau Tidak pada tiap baris."))
    lama = tuple(getattr(butir, nama) for nama in _KOLOM)
    butir.jawaban = isian.jawaban
    butir.catatan, butir.tindakan = isian.catatan.strip(), isian.tindakan.strip()
    return lama != tuple(getattr(butir, nama) for nama in _KOLOM)


def _record(
    penilaian: PenilaianSOP, aksi: str, sebagai: Penugasan, now: datetime, **data: Any
) -> None:
    record_jejak(penilaian, aksi=aksi, aktor=sebagai.pengguna, now=now, sebagai=sebagai, **data)
    penilaian.save()
