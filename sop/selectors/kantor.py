"""Facts of the office that a route is checked against, and offered to its editor."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from organisasi.models import Instansi, Jabatan, Penugasan, UnitKerja
from sop.rules.kantor import Kantor


def read_kantor(instansi: Instansi, *, pada: datetime) -> Kantor:
    """Who holds what at that moment, and the units by kind. Two queries."""
    pemegang = Penugasan.objects.berlaku(pada).filter(jabatan__instansi=instansi)
    unit: dict[str, dict[int, str]] = {}
    daftar = UnitKerja.objects.filter(instansi=instansi).order_by("urutan", "kode")
    for pk, jenis, nama in daftar.values_list("pk", "jenis", "nama"):
        unit.setdefault(jenis, {})[pk] = nama
    return Kantor(frozenset(pemegang.values_list("jabatan", "unit")), unit)


def list_jabatan(instansi: Instansi, *, juga: Collection[int] = ()) -> list[Jabatan]:
    """Posts that may act in an SOP of the office, and those named by id. By name, one query."""
    bukan_pengelola = ~Q(tingkat=Jabatan.Tingkat.PENGELOLA)
    daftar = Jabatan.objects.filter(bukan_pengelola | Q(pk__in=juga), instansi=instansi)
    return list(daftar.order_by("nama", "kode"))
