"""Who may begin a document, for those who may not."""

from dataclasses import dataclass
from datetime import datetime

from laporan.rules.awal import find_awal
from laporan.selectors.meja import list_jenis_dimulai
from organisasi.models import Instansi, Penugasan
from organisasi.selectors import list_pemegang
from sop.models import VersiSOP
from sop.selectors import get_graf, list_versi_berlaku


@dataclass(frozen=True)
class Pemulai:
    """An SOP in force, the posts its first step is for, and who holds them."""

    versi: VersiSOP
    jabatan: list[str]
    pemegang: list[Penugasan]


def list_pemulai(instansi: Instansi, menghasilkan: str, *, kini: datetime) -> list[Pemulai]:
    """For every SOP in force that makes that document. Two queries, and one for each SOP."""
    hari = kini.astimezone(instansi.zona_waktu).date()
    berlaku = list_versi_berlaku(instansi, pada=hari)
    return [_make(v, kini) for v in berlaku if v.sop.menghasilkan == menghasilkan]


def _make(versi: VersiSOP, kini: datetime) -> Pemulai:
    graf = get_graf(versi.pk, versi.sidik)
    langkah = [find_awal(graf, jenis) for jenis in list_jenis_dimulai(graf)]
    pelaksana = {p.jabatan_id: p.jabatan_nama for s in langkah if s for p in s.pelaksana}
    pemegang = list_pemegang(jabatan_ids=sorted(pelaksana), pada=kini)
    return Pemulai(versi, [*pelaksana.values()], pemegang)
