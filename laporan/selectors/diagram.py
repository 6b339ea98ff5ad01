"""The flowchart of the SOP with the progress of one draft on it, and the same as a list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laporan.models import Draf, Tugas
from laporan.selectors.draf import Perjalanan, SimpulLajur
from organisasi.models import Penugasan
from organisasi.selectors import list_pemegang
from sop.rules.bagan.svg import Kemajuan
from sop.selectors import draw_bagan, read_identitas

_KATA = {
    "lalu": (gettext_lazy("Selesai"), "daun", "circle-check"),
    "kini": (gettext_lazy("Sedang dikerjakan"), "nila", "clock"),
    "ulang": (gettext_lazy("Akan diulang"), "bata", "undo-2"),
    "nanti": (gettext_lazy("Belum"), "", ""),
}


@dataclass(frozen=True)
class LangkahDiagram:
    """One step in words. tugas: its last closed turn in the story, None when there is none."""

    simpul: SimpulLajur
    kegiatan: str
    kata: str
    warna: str
    ikon: str
    tugas: int | None


@dataclass(frozen=True)
class Diagram:
    """The drawing and its list. di_tangan: posts, and the people who hold them."""

    svg: SafeString
    langkah: tuple[LangkahDiagram, ...]
    di_tangan: tuple[tuple[str, str], ...]


def build_diagram(draf: Draf, perjalanan: Perjalanan, *, kini: datetime) -> Diagram:
    """The drawing of the draft's version, coloured by its track. Two queries.

    The lines are routed once per version and process; only colours are put on here.
    """
    keadaan = {s.nomor: s.keadaan for s in perjalanan.lajur if s.keadaan != "nanti"}
    kemajuan = Kemajuan(keadaan, {s.nomor: s.putaran for s in perjalanan.lajur})
    svg = draw_bagan(draf.versi, perjalanan.graf, read_identitas(draf.versi), kemajuan=kemajuan)
    terakhir = dict(
        Tugas.objects.filter(draf=draf, pada__isnull=False)
        .values_list("kunjungan__langkah__nomor")
        .annotate(Max("pk"))
    )
    return Diagram(
        svg=mark_safe(svg),  # noqa: S308 - escapes every text
        langkah=tuple(
            LangkahDiagram(
                s,
                perjalanan.graf.menurut_nomor[s.nomor].kegiatan,
                str(_KATA[s.keadaan][0]),
                *_KATA[s.keadaan][1:],
                terakhir.get(s.nomor),
            )
            for s in perjalanan.lajur
        ),
        di_tangan=_list_di_tangan(perjalanan, kini),
    )


def _list_di_tangan(perjalanan: Perjalanan, kini: datetime) -> tuple[tuple[str, str], ...]:
    tugas = [t for t in perjalanan.tugas if t.status in Tugas.DI_MEJA]
    if not tugas:
        return ()
    pemegang = list_pemegang(jabatan_ids=[t.jabatan_id for t in tugas], pada=kini)
    return tuple((_name_meja(t), _name_orang(t, pemegang)) for t in tugas)


def _name_meja(tugas: Tugas) -> str:
    return f"{tugas.jabatan}, {tugas.unit}" if tugas.unit else str(tugas.jabatan)


def _name_orang(tugas: Tugas, pemegang: list[Penugasan]) -> str:
    """Who may do it now, by name."""
    nama = [
        str(p.pengguna)
        for p in pemegang
        if p.jabatan_id == tugas.jabatan_id and p.unit_id in (None, tugas.unit_id)
    ]
    return ", ".join(dict.fromkeys(nama)) or _("belum ada pejabatnya")
