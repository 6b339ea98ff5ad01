"""Facts of the office that a route is checked against, and offered to its editor."""

from datetime import datetime

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


def list_jabatan(instansi: Instansi) -> list[Jabatan]:
    """Posts that may act in an SOP of the office, by name. One query."""
    daftar = Jabatan.objects.filter(instansi=instansi)
    return list(daftar.exclude(tingkat=Jabatan.Tingkat.PENGELOLA).order_by("nama", "kode"))
