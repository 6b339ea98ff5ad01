"""The flowchart of a version, arranged once per content and process."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from sop.models import VersiSOP
from sop.rules.bagan.susun import arrange
from sop.rules.bagan.svg import Kemajuan, Sampul, write_svg
from sop.rules.bagan.tema import CETAK, LAYAR
from sop.rules.bagan.uji import Susunan
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.rules.masalah import list_galat
from sop.rules.matriks import build_matriks
from sop.rules.periksa import check_graf
from sop.rules.sidik import compute_sidik


@dataclass(frozen=True)
class Bahan:
    """A route and its identity page, equal when what is drawn of them is."""

    kunci: str
    graf: Graf = field(compare=False)
    identitas: Identitas = field(compare=False)


def make_bahan(graf: Graf, identitas: Identitas) -> Bahan:
    """The same for equal content; names of posts are drawn but stand outside of the fingerprint."""
    nama = sorted({p.jabatan_nama for s in graf.langkah for p in s.pelaksana})
    return Bahan(f"{compute_sidik(graf, identitas)} {nama}", graf, identitas)


@lru_cache(maxsize=128)
def _arrange(bahan: Bahan) -> Susunan:
    return arrange(bahan.graf, build_matriks(bahan.graf, bahan.identitas))


def draw_bagan(
    versi: VersiSOP,
    graf: Graf,
    identitas: Identitas,
    *,
    cetak: bool = False,
    kemajuan: Kemajuan | None = None,
) -> str:
    """SVG of a route, "" while it has galat. No query.

    cetak: black on white. kemajuan: how a running draft fares on it.
    The costly part is kept by content; colours and words are put on afterwards.
    """
    if list_galat(check_graf(graf)):
        return ""
    susunan = _arrange(make_bahan(graf, identitas))
    sampul = Sampul(
        kepala=build_kepala(identitas),
        judul=_("Diagram alir %(nama)s") % {"nama": versi},
        keterangan=_("Diagram alir %(n)d langkah. Uraian tiap langkah ada pada tabel di bawahnya.")
        % {"n": len(graf.langkah)},
        keadaan=kemajuan.keadaan if kemajuan else {},
        putaran=kemajuan.putaran if kemajuan else {},
    )
    return write_svg(susunan, sampul, CETAK if cetak else LAYAR)


def arrange_naskah(graf: Graf, identitas: Identitas) -> Susunan:
    """The drawing of any route whose steps have actors and whose arrows stay inside. No query."""
    return _arrange(make_bahan(graf, identitas))


def build_kepala(identitas: Identitas) -> dict[str, str]:
    """Heads of the table: as printed, else the usual ones."""
    baku = {
        "no": _("No."),
        "kegiatan": _("Kegiatan"),
        "pelaksana": _("Pelaksana"),
        "mutu_baku": _("Mutu Baku"),
        "kelengkapan": _("Kelengkapan"),
        "waktu": _("Waktu"),
        "output": _("Output"),
        "keterangan": _("Keterangan"),
    }
    return baku | {nama: judul for nama, judul in identitas.judul_kolom.items() if judul}
