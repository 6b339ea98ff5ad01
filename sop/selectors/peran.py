"""The actors of a route with who holds their posts at a moment."""

from dataclasses import dataclass
from datetime import datetime

from organisasi.models import Penugasan
from organisasi.selectors import list_pemegang
from sop.rules.graf import Graf


@dataclass(frozen=True)
class Peran:
    """One post of the route: in which steps it acts, and who holds it."""

    jabatan: str
    langkah: tuple[int, ...]
    pemegang: tuple[Penugasan, ...]


def list_peran(graf: Graf, *, pada: datetime) -> list[Peran]:
    """Posts in the order of their first step. One query."""
    nama: dict[int, str] = {}
    langkah: dict[int, list[int]] = {}
    for s in graf.langkah:
        for p in s.pelaksana:
            nama[p.jabatan_id] = p.jabatan_nama
            if s.nomor not in langkah.setdefault(p.jabatan_id, []):
                langkah[p.jabatan_id].append(s.nomor)
    pemegang = list_pemegang(jabatan_ids=list(nama), pada=pada)
    return [
        Peran(nama[j], tuple(langkah[j]), tuple(m for m in pemegang if m.jabatan_id == j))
        for j in nama
    ]
