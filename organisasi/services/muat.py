"""Loading an office from a data file, for demonstrations and first days."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction

from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan, UnitKerja
from organisasi.services.jejak import record_jejak


@transaction.atomic
def load_instansi(data: dict[str, Any], *, sandi: str | None, now: datetime) -> Instansi:
    """Create or complete one office: units, posts, people and their mandates.

    data: the keys of organisasi/data/*.yaml. sandi: password of people who get their first account
    here; None
    leaves them without one. What exists keeps its password and is otherwise brought up to the file.

    Raises:
        KeyError: a key is missing, or a post or unit is named that the file does not have.
    """
    isi = dict(data["instansi"])
    instansi, _ = Instansi.objects.update_or_create(kode=isi.pop("kode"), defaults=isi)
    unit = {u["kode"]: _load_unit(instansi, u, n) for n, u in enumerate(data["unit"], start=1)}
    for anak in (u for u in data["unit"] if u.get("induk")):
        unit[anak["kode"]].induk = unit[anak["induk"]]
        unit[anak["kode"]].save(update_fields=["induk"])
    jabatan = {}
    for j in data["jabatan"]:
        lain = {"nama": j["nama"], "tingkat": j["tingkat"], "alias": j.get("alias", [])}
        jabatan[j["kode"]], _ = Jabatan.objects.update_or_create(
            instansi=instansi, kode=j["kode"], defaults=lain
        )
    for orang in data["orang"]:
        pengguna = _load_pengguna(orang, sandi)
        for p in orang["penugasan"]:
            _load_penugasan(pengguna, p, jabatan, unit, instansi)
    instansi = Instansi.objects.select_for_update().get(pk=instansi.pk)
    record_jejak(
        instansi, aksi="organisasi.instansi.muat", aktor=None, now=now, orang=len(data["orang"])
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
    return instansi


def _load_unit(instansi: Instansi, isi: dict[str, Any], urutan: int) -> UnitKerja:
    lain = {"nama": isi["nama"], "jenis": isi["jenis"], "urutan": urutan}
    return UnitKerja.objects.update_or_create(instansi=instansi, kode=isi["kode"], defaults=lain)[0]


def _load_pengguna(isi: dict[str, Any], sandi: str | None) -> Pengguna:
    lain = {k: isi.get(k, "") for k in ("nama", "pangkat", "golongan", "surel")}
    pengguna, baru = Pengguna.objects.update_or_create(nip=isi["nip"], defaults=lain)
    if baru:
        pengguna.set_password(sandi)
        pengguna.save(update_fields=["password"])
    return pengguna


def _load_penugasan(
    pengguna: Pengguna,
    isi: dict[str, Any],
    jabatan: dict[str, Jabatan],
    unit: dict[str, UnitKerja],
    instansi: Instansi,
) -> None:
    Penugasan.objects.update_or_create(
        pengguna=pengguna,
        jabatan=jabatan[isi["jabatan"]],
        unit=unit[isi["unit"]] if isi.get("unit") else None,
        jenis=isi.get("jenis", Penugasan.Jenis.DEFINITIF),
        defaults={
            "mulai": _awal_hari(isi["mulai"], instansi),
            "selesai": _awal_hari(isi["selesai"], instansi) if isi.get("selesai") else None,
            "dasar": isi.get("dasar", ""),
        },
    )


def _awal_hari(hari: date, instansi: Instansi) -> datetime:
    return datetime.combine(hari, time.min, instansi.zona_waktu).astimezone(UTC)
