"""The earlier reports a semester or annual one is built from, with how they stand."""

from dataclasses import dataclass

from laporan.models import Draf
from laporan.rules.awal import find_awal
from laporan.rules.pendahulu import list_pendahulu
from laporan.rules.periode import name_periode
from sop.models import SOP
from sop.rules.graf import Graf


@dataclass(frozen=True)
class Pendahulu:
    """One earlier report. draf: None while nobody started it; pemulai: posts that start one."""

    jenis: str
    periode_ke: int
    tahun: int
    draf: Draf | None
    pemulai: str

    @property
    def judul(self) -> str:
        """Name of the report."""
        return f"Laporan Kinerja {name_periode(self.jenis, self.periode_ke, self.tahun)}"

    @property
    def is_selesai(self) -> bool:
        """Whether its figures can be used."""
        return self.draf is not None and self.draf.status == Draf.Status.SELESAI


def get_pendahulu(
    sop: SOP, graf: Graf, *, jenis: str, tahun: int, periode_ke: int
) -> list[Pendahulu]:
    """Earlier reports of that year, in order. One query, none where the route asks for none."""
    diminta = list_pendahulu(graf, jenis, periode_ke)
    if not diminta:
        return []
    bawah = diminta[0][0]
    ada = Draf.objects.filter(sop=sop, jenis=bawah, tahun=tahun)
    menurut = {d.periode_ke: d for d in ada.exclude(status=Draf.Status.DIBATALKAN)}
    awal = find_awal(graf, bawah)
    pemulai = ", ".join(dict.fromkeys(p.jabatan_nama for p in awal.pelaksana)) if awal else ""
    return [Pendahulu(bawah, n, tahun, menurut.get(n), pemulai) for _j, n in diminta]
