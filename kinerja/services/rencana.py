"""Writing the plan row by row. Periods already opened keep the targets they were opened with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import (
    Indikator,
    KomponenIndikator,
    Program,
    RealisasiAnggaran,
    Renstra,
    Sasaran,
    Target,
    TargetRenstra,
    Tujuan,
)
from kinerja.rules.nomenklatur import KodeTidakTerbaca, parse_kode
from kinerja.rules.target import IsiTarget
from organisasi.models import Instansi, Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.angka import format_angka
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak

Simpul = Renstra | Tujuan | Sasaran | Indikator | Program


class RencanaBasi(TransisiDitolak):
    """Somebody else has changed the row since the page was opened; nothing was written (409)."""

    def __init__(self, *, hapus: bool = False) -> None:
        """hapus: the row was to be removed, not written."""
        simpan = _(
            "Orang lain mengubah bagian rencana ini sejak halaman Anda buka. Belum ada yang "
            "disimpan. Bandingkan isiannya di bawah; simpan lagi bila isian Anda yang dipakai."
        )
        buang = _(
            "Orang lain mengubah atau menghapus bagian rencana ini sejak halaman Anda buka, jadi "
            "belum dihapus. Periksa isinya kini, dan hapus lagi bila tetap tidak diperlukan."
        )
        super().__init__(buang if hapus else simpan)


@dataclass(frozen=True)
class Angka:
    """Figures of one row by their triwulan. None takes a figure away.

    versi: `compute_versi` of the figures the page showed, "" where nobody looked at them.
    """

    nilai: Mapping[int, Decimal | None]
    versi: str = ""


@dataclass(frozen=True)
class IsianTarget:
    """Targets of one indikator as typed: by triwulan of `tahun`, and by year of the Renstra. An
    empty one takes a target away; one that is not named stays.

    versi: `compute_versi` of the targets the page showed, "" where nobody looked at them.
    is_beratas: upper ends of ranges were asked for; where not, those stored stay.
    """

    tahun: int
    triwulan: Mapping[int, IsiTarget] = field(default_factory=dict)
    renstra: Mapping[int, IsiTarget] = field(default_factory=dict)
    versi: str = ""
    is_beratas: bool = False


def compute_versi(isi: object) -> str:
    """Short print of a row or of figures, by which a later change is seen.

    Of an indikator its labels and the parts of its realisasi are part. Two more queries.
    """
    if isinstance(isi, models.Model):
        ruas = {f.name: write_polos(f.value_from_object(isi)) for f in isi._meta.concrete_fields}
        isi = ruas | (read_rincian(isi) if isinstance(isi, Indikator) and isi.pk else {})
    if isinstance(isi, Mapping):
        isi = sorted((str(k), write_polos(v)) for k, v in isi.items())
    return sha256(repr(isi).encode()).hexdigest()[:16]


def read_rincian(indikator: Indikator) -> dict[str, list[str]]:
    """Names of its labels, and its parts as texts in order. Two queries."""
    komponen = KomponenIndikator.objects.filter(indikator=indikator).order_by("urutan")
    return {
        "label": sorted(indikator.label.values_list("nama", flat=True)),
        "komponen": [f"{k.peran}: {k.nama} ({k.bobot.normalize():f})" for k in komponen],
    }


def list_angka_target(indikator: Indikator, tahun: int) -> dict[str, Decimal | str]:
    """Targets of one indikator by the field they are typed in, words as texts. Two queries."""
    tw = Target.objects.filter(indikator=indikator, tahun=tahun)
    th = TargetRenstra.objects.filter(indikator=indikator)
    atas = {f"atas-{t.triwulan}": t.nilai_atas for t in tw}
    isi: dict[str, Decimal | str | None] = {f"tw-{t.triwulan}": t.uraian or t.nilai for t in tw}
    isi |= atas | {f"th-{t.tahun}": t.uraian or t.nilai for t in th}
    return {nama: nilai for nama, nilai in isi.items() if nilai is not None}


def list_angka_anggaran(program: Program) -> dict[str, Decimal]:
    """Money spent by the field it is typed in. One query."""
    realisasi = RealisasiAnggaran.objects.filter(program=program)
    return {f"tw-{r.triwulan}": r.nilai for r in realisasi}


def require_versi(versi: str, kini: object, *, hapus: bool = False) -> None:
    """hapus: for a removal.

    Raises:
        RencanaBasi: what the page showed (`versi`, "" where nobody looked) is no longer so (409).
    """
    if versi and versi != compute_versi(kini):
        raise RencanaBasi(hapus=hapus)


@transaction.atomic
def save_simpul(simpul: Simpul, *, aktor: Pengguna, now: datetime, versi: str = "") -> None:
    """Write one row of the plan, new or changed; the caller has validated its fields.

    versi: `compute_versi` of the row the page showed, "" where nobody looked at it.

    Raises:
        AksesDitolak: `aktor` does not plan for that office, or the row is another's (HTTP 403).
        RencanaBasi: somebody else has changed the row meanwhile (HTTP 409).
        IsianTidakSah: a code that is taken, cannot be read, or whose parent is not there (422).
    """
    instansi = lock_instansi(find_instansi_id(simpul), aktor, now)
    lama = type(simpul)._default_manager.filter(pk=simpul.pk).first() if simpul.pk else None
    if lama is not None and find_instansi_id(lama) != instansi.pk:
        raise AksesDitolak(_("Baris rencana tidak dapat dipindahkan antarinstansi."))
    require_versi(versi, lama)
    if isinstance(simpul, Program):
        _place_program(simpul)
    try:
        simpul.validate_constraints()
    except ValidationError as galat:
        raise IsianTidakSah(" ".join(galat.messages)) from galat
    simpul.save()
    ubah = _compare(lama, simpul)
    _record(instansi, simpul, "save", aktor, now, ubah)


@transaction.atomic
def remove_simpul(simpul: Simpul, *, aktor: Pengguna, now: datetime, versi: str = "") -> None:
    """Take away a row that nothing refers to.

    versi: `compute_versi` of the row the page showed, "" where nobody looked at it.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
        RencanaBasi: somebody else has changed the row meanwhile (HTTP 409).
        TransisiDitolak: other rows or figures refer to it (HTTP 409).
    """
    instansi = lock_instansi(find_instansi_id(simpul), aktor, now)
    lama = type(simpul)._default_manager.filter(pk=simpul.pk).first()
    require_versi(versi, lama, hapus=True)
    _record(instansi, simpul, "remove", aktor, now, {})
    try:
        with transaction.atomic():
            simpul.delete()
    except ProtectedError as galat:
        jenis = sorted({str(o._meta.verbose_name) for o in galat.protected_objects})
        pesan = _("%(nama)s masih dipakai: %(jenis)s. Hapus atau pindahkan dahulu.")
        raise TransisiDitolak(pesan % {"nama": simpul, "jenis": ", ".join(jenis)}) from galat


@transaction.atomic
def save_target(
    *, indikator: Indikator, target: IsianTarget, aktor: Pengguna, now: datetime
) -> None:
    """Write the targets of one indikator: of the triwulan of one year, and of Renstra years.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
        RencanaBasi: somebody else has changed them meanwhile (HTTP 409).
        IsianTidakSah: a target is not below the upper end of its range (HTTP 422).
    """
    instansi = lock_instansi(find_instansi_id(indikator), aktor, now)
    require_versi(target.versi, list_angka_target(indikator, target.tahun))
    triwulan = target.triwulan if target.is_beratas else _keep_atas(indikator, target)
    _require_rentang(triwulan)
    for tw, isi in triwulan.items():
        kunci = {"indikator": indikator, "tahun": target.tahun, "triwulan": tw}
        _put(Target, kunci, isi.to_ruas() if isi else None)
    for tahun, isi in target.renstra.items():
        ruas = {"nilai": isi.nilai, "uraian": isi.uraian} if isi else None
        _put(TargetRenstra, {"indikator": indikator, "tahun": tahun}, ruas)
    ubah = {f"TW {k} {target.tahun}": v.uraian or write_polos(v.nilai) for k, v in triwulan.items()}
    ubah |= {f"TW {k} batas atas": write_polos(v.atas) for k, v in triwulan.items() if v.atas}
    ubah |= {str(k): v.uraian or write_polos(v.nilai) for k, v in target.renstra.items()}
    _record(instansi, indikator, "target", aktor, now, ubah)


def _keep_atas(indikator: Indikator, target: IsianTarget) -> dict[int, IsiTarget]:
    """The targets with the upper ends that are stored."""
    tersimpan = Target.objects.filter(indikator=indikator, tahun=target.tahun)
    atas = dict(tersimpan.values_list("triwulan", "nilai_atas"))
    return {
        tw: isi if isi.nilai is None else replace(isi, atas=atas.get(tw))
        for tw, isi in target.triwulan.items()
    }


def _require_rentang(triwulan: Mapping[int, IsiTarget]) -> None:
    for tw, isi in triwulan.items():
        if isi.atas is not None and isi.nilai is None:
            pesan = _("TW %(tw)d mempunyai batas atas tanpa batas bawah. Isi targetnya.")
            raise IsianTidakSah(pesan % {"tw": tw})
        if isi.atas is not None and isi.nilai is not None and isi.nilai >= isi.atas:
            pesan = _("Target TW %(tw)d berupa rentang; isi di bawah batas atasnya, %(atas)s.")
            raise IsianTidakSah(pesan % {"tw": tw, "atas": format_angka(isi.atas)})


@transaction.atomic
def save_realisasi_anggaran(
    *, program: Program, realisasi: Angka, aktor: Pengguna, now: datetime
) -> None:
    """Write the money spent up to the end of each triwulan.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
        RencanaBasi: somebody else has changed them meanwhile (HTTP 409).
        IsianTidakSah: a figure is below zero, or below the one of an earlier triwulan (HTTP 422).
    """
    instansi = lock_instansi(program.instansi_id, aktor, now)
    require_versi(realisasi.versi, list_angka_anggaran(program))
    ada = [v for _tw, v in sorted(realisasi.nilai.items()) if v is not None]
    if any(v < 0 for v in ada) or ada != sorted(ada):
        raise IsianTidakSah(
            _("Realisasi anggaran dihitung sampai akhir triwulan, jadi tidak pernah berkurang.")
        )
    for tw, nilai in realisasi.nilai.items():
        ruas = None if nilai is None else {"nilai": nilai}
        _put(RealisasiAnggaran, {"program": program, "triwulan": tw}, ruas)
    ubah = {f"TW {k}": write_polos(v) for k, v in realisasi.nilai.items()}
    _record(instansi, program, "realisasi", aktor, now, ubah)


def find_instansi_id(simpul: Simpul) -> int:
    """The office a row belongs to."""
    if isinstance(simpul, Indikator):
        simpul = simpul.sasaran
    return simpul.tujuan.instansi_id if isinstance(simpul, Sasaran) else simpul.instansi_id


def lock_instansi(instansi_id: int, aktor: Pengguna, now: datetime) -> Instansi:
    """The office, locked until the transaction ends. It is the one lock of its plan.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
    """
    if not perms.can_plan(instansi_id, list_penugasan_for(aktor, pada=now)):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengubah rencana kinerja instansi ini."))
    return Instansi.objects.select_for_update().get(pk=instansi_id)


def _place_program(program: Program) -> None:
    """Level and parent follow from the code."""
    try:
        kode = parse_kode(program.kode)
    except KodeTidakTerbaca as galat:
        raise IsianTidakSah(str(galat)) from galat
    program.kode, program.jenis = kode.teks, kode.jenis
    program.induk = None
    if not kode.induk:
        return
    setahun = Program.objects.filter(instansi=program.instansi_id, tahun=program.tahun)
    program.induk = setahun.filter(kode=kode.induk).first()
    if program.induk is None:
        pesan = _("Belum ada %(kode)s pada tahun %(tahun)d. Tambahkan itu dahulu.")
        raise IsianTidakSah(pesan % {"kode": kode.induk, "tahun": program.tahun})


def _put(
    model: type[models.Model], kunci: Mapping[str, Any], ruas: Mapping[str, Any] | None
) -> None:
    """Write the fields of a row; None takes it away."""
    if ruas is None:
        model._default_manager.filter(**kunci).delete()
    else:
        model._default_manager.update_or_create(**kunci, defaults=ruas)


def _compare(lama: Simpul | None, baru: Simpul) -> dict[str, Any]:
    """Fields that changed, old and new as text; of a new row only the new."""
    ubah = {}
    for f in baru._meta.concrete_fields:
        sesudah = write_polos(f.value_from_object(baru))
        sebelum = write_polos(f.value_from_object(lama)) if lama else ""
        if sebelum != sesudah and not f.primary_key:
            ubah[f.name] = [sebelum, sesudah]
    return ubah


def write_polos(nilai: object) -> str:
    """A value of a field as the trail keeps it; "" where there is none."""
    if isinstance(nilai, Decimal):
        return f"{nilai.normalize():f}"
    return "" if nilai is None else str(nilai)


def _record(  # noqa: PLR0913 - the facts of an act
    instansi: Instansi,
    simpul: Simpul,
    aksi: str,
    aktor: Pengguna,
    now: datetime,
    ubah: Mapping[str, Any],
) -> None:
    nama = simpul._meta.model_name
    record_jejak(
        instansi,
        aksi=f"kinerja.{nama}.{aksi}",
        aktor=aktor,
        now=now,
        simpul=str(simpul)[:200],
        ubah=dict(ubah),
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
