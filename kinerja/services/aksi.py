"""Writing Rencana Aksi, and noting triwulan by triwulan what was done of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import RencanaAksi, TargetAksi
from kinerja.rules.target import IsiTarget, join_target
from kinerja.services.rencana import RencanaBasi, require_versi, write_polos
from organisasi.models import Instansi, Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak


@dataclass(frozen=True)
class CatatanAksi:
    """What became of one triwulan. keadaan "": nothing is noted yet."""

    keadaan: str
    keterangan: str


@transaction.atomic
def save_aksi(
    *,
    aksi: RencanaAksi,
    target: Mapping[int, IsiTarget],
    aktor: Pengguna,
    now: datetime,
    versi: str = "",
) -> None:
    """Write one action, new or changed, with its targets; the caller has validated its fields.

    target: by triwulan; an empty one takes it away.
    versi: `compute_versi` of what the page showed (`read_isi`), "" where nobody looked at it.

    Raises:
        AksesDitolak: `aktor` neither plans for the office nor works for the unit, before or after
        the change (HTTP 403).
        RencanaBasi: somebody else has changed the action meanwhile (HTTP 409).
        IsianTidakSah: no triwulan has a target, one is below zero, one is taken away although
        what was done in its triwulan is on record, or unit, indikator and program are not of one
        office and year (HTTP 422).
    """
    instansi = _require(aksi, aktor, now)
    lama = RencanaAksi.objects.filter(pk=aksi.pk).first() if aksi.pk else None
    if lama is not None:
        _require(lama, aktor, now)
    sebelum = read_isi(lama) if lama else {}
    require_versi(versi, sebelum)
    _check(aksi, target, instansi)
    _require_tanpa_catatan(lama, [tw for tw, isi in target.items() if not isi])
    aksi.save()
    for triwulan, baru in target.items():
        if baru:
            TargetAksi.objects.update_or_create(
                aksi=aksi, triwulan=triwulan, defaults=baru.to_ruas()
            )
        else:
            TargetAksi.objects.filter(aksi=aksi, triwulan=triwulan).delete()
    aksi.refresh_from_db()
    sesudah = read_isi(aksi)
    beda = sorted(k for k in sebelum.keys() | sesudah.keys() if sebelum.get(k) != sesudah.get(k))
    ubah = {k: [sebelum.get(k, ""), sesudah.get(k, "")] for k in beda}
    _record(instansi, aksi, "save", aktor, now, ubah=ubah)


def read_isi(aksi: RencanaAksi) -> dict[str, str]:
    """The action and its targets as texts, by field and triwulan. One query."""
    target = TargetAksi.objects.filter(aksi=aksi).order_by("triwulan")
    ruas = (f for f in aksi._meta.concrete_fields if not f.primary_key)
    isi = {f.name: write_polos(f.value_from_object(aksi)) for f in ruas}
    return isi | {f"TW {t.triwulan}": join_target(t.isi) for t in target}


def read_pelaksanaan(aksi: RencanaAksi) -> dict[str, str]:
    """What was noted, as texts by field of its page. One query."""
    target = TargetAksi.objects.filter(aksi=aksi).order_by("triwulan")
    isi = {f"keadaan-{t.triwulan}": t.keadaan for t in target}
    return isi | {f"keterangan-{t.triwulan}": t.keterangan for t in target}


@transaction.atomic
def remove_aksi(*, aksi: RencanaAksi, aktor: Pengguna, now: datetime, versi: str = "") -> None:
    """Take one action away, while nothing was noted about it. versi: as for `save_aksi`.

    Raises:
        AksesDitolak: as `save_aksi` (HTTP 403).
        RencanaBasi: somebody else has changed or removed the action meanwhile (HTTP 409).
        TransisiDitolak: what was done of it is on record (HTTP 409).
    """
    instansi = _require(aksi, aktor, now)
    lama = RencanaAksi.objects.filter(pk=aksi.pk).first()
    if lama is None:
        raise RencanaBasi(hapus=True)
    require_versi(versi, read_isi(lama), hapus=True)
    if aksi.target.exclude(keadaan="").exists():
        raise TransisiDitolak(
            _("Pelaksanaan aksi ini sudah dicatat, jadi tidak dapat dihapus. Ubah isinya saja.")
        )
    _record(instansi, aksi, "remove", aktor, now)
    aksi.delete()


@transaction.atomic
def record_pelaksanaan(
    *,
    aksi: RencanaAksi,
    catatan: Mapping[int, CatatanAksi],
    aktor: Pengguna,
    now: datetime,
    versi: str = "",
) -> None:
    """Note what was done, by triwulan; triwulan without a target are passed over.

    versi: `compute_versi` of what the page showed (`read_pelaksanaan`), "" where nobody looked.

    Raises:
        AksesDitolak: as `save_aksi` (HTTP 403).
        RencanaBasi: somebody else has noted something meanwhile (HTTP 409).
        IsianTidakSah: something not done, or in part only, without a word about why (HTTP 422).
    """
    instansi = _require(aksi, aktor, now)
    require_versi(versi, read_pelaksanaan(aksi))
    berubah = {}
    for target in TargetAksi.objects.select_for_update().filter(aksi=aksi, triwulan__in=catatan):
        isi = catatan[target.triwulan]
        if (isi.keadaan, isi.keterangan) == (target.keadaan, target.keterangan):
            continue
        _require_keterangan(target, isi)
        target.keadaan, target.keterangan = isi.keadaan, isi.keterangan
        target.dicatat_oleh = aktor if isi.keadaan else None
        target.dicatat_pada = now if isi.keadaan else None
        target.save()
        berubah[f"TW {target.triwulan}"] = [isi.keadaan, isi.keterangan]
    if berubah:
        _record(instansi, aksi, "pelaksanaan", aktor, now, ubah=berubah)


def _require_keterangan(target: TargetAksi, isi: CatatanAksi) -> None:
    perlu = isi.keadaan in (TargetAksi.Keadaan.SEBAGIAN, TargetAksi.Keadaan.BELUM)
    if perlu and not isi.keterangan:
        pesan = _("%(periode)s: tuliskan mengapa belum dilaksanakan seluruhnya.")
        raise IsianTidakSah(pesan % {"periode": target.periode.nama})


def _require_tanpa_catatan(aksi: RencanaAksi | None, dikosongkan: Sequence[int]) -> None:
    """What was done of a target stays on record, and its target with it."""
    tercatat = TargetAksi.objects.filter(aksi=aksi, triwulan__in=dikosongkan).exclude(keadaan="")
    if aksi is None or not (periode := [t.periode.singkat for t in tercatat.order_by("triwulan")]):
        return
    pesan = _(
        "Pelaksanaan %(periode)s sudah dicatat, jadi targetnya tidak dapat dikosongkan. Tarik "
        "catatan pelaksanaannya lebih dahulu."
    )
    raise IsianTidakSah(pesan % {"periode": ", ".join(periode)})


def _require(aksi: RencanaAksi, aktor: Pengguna, now: datetime) -> Instansi:
    """The office, locked, if the person may write that action."""
    instansi_id = aksi.indikator.sasaran.tujuan.instansi_id
    if not perms.can_act(instansi_id, aksi.unit_id, list_penugasan_for(aktor, pada=now)):
        raise AksesDitolak(
            _("Rencana aksi ditulis oleh perencana atau unit yang bertanggung jawab atasnya.")
        )
    return Instansi.objects.select_for_update().get(pk=instansi_id)


def _check(aksi: RencanaAksi, target: Mapping[int, IsiTarget], instansi: Instansi) -> None:
    ada = [t for t in target.values() if t]
    if not ada or any(t.nilai is not None and t.nilai < 0 for t in ada):
        raise IsianTidakSah(_("Isi target paling sedikit pada satu triwulan, nol atau lebih."))
    program = aksi.program
    asing = program is not None and (program.instansi_id, program.tahun) != (
        instansi.pk,
        aksi.tahun,
    )
    if aksi.unit.instansi_id != instansi.pk or asing:
        raise IsianTidakSah(_("Unit dan program harus dari instansi dan tahun yang sama."))
    try:
        aksi.validate_constraints()
    except ValidationError as galat:
        raise IsianTidakSah(_("Anggaran tidak boleh kurang dari nol.")) from galat


def _record(
    instansi: Instansi,
    aksi: RencanaAksi,
    perbuatan: str,
    aktor: Pengguna,
    now: datetime,
    **rinci: Any,
) -> None:
    record_jejak(
        instansi,
        aksi=f"kinerja.rencanaaksi.{perbuatan}",
        aktor=aktor,
        now=now,
        simpul=aksi.uraian[:200],
        indikator=aksi.indikator.kode,
        tahun=aksi.tahun,
        **rinci,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
