"""Which figures of a report can be opened again, and under whose mandate."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinerja.models import FormulirCapaian
from laporan.models import Dokumen, Draf, TandaTangan, Tugas
from laporan.rules.pembukaan import list_pembuka
from organisasi.models import Penugasan
from organisasi.selectors import find_penugasan_covering
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana


@dataclass(frozen=True)
class Pembukaan:
    """Figures that were handed in at step `langkah`, unit by unit, and who may open them again."""

    langkah: SimpulLangkah
    formulir: list[FormulirCapaian]
    pembuka: Sequence[SimpulPelaksana]

    def find_mandat(self, unit_id: int, penugasan: Sequence[Penugasan]) -> Penugasan | None:
        """The mandate under which that unit's figures may be opened."""
        for p in self.pembuka:
            unit = unit_id if p.per_unit else None
            mandat = find_penugasan_covering(penugasan, jabatan_id=p.jabatan_id, unit_id=unit)
            if mandat:
                return mandat
        return None

    def list_milik(self, penugasan: Sequence[Penugasan]) -> list[FormulirCapaian]:
        """Forms that the holder of these mandates may open again."""
        return [f for f in self.formulir if self.find_mandat(f.unit_id, penugasan)]


def get_pembukaan(draf: Draf, graf: Graf) -> Pembukaan | None:
    """What can be opened again in a running report; None where nothing can.

    That is once the report is past the step that collected last, and before it is signed. Three
    queries.
    """
    tugas = list(
        Tugas.objects.filter(draf=draf, formulir__isnull=False)
        .select_related("kunjungan", "formulir__unit")
        .order_by("pk")
    )
    kini = draf.kunjungan.filter(keluar=None).values_list("langkah", flat=True).first()
    if not tugas or not draf.is_aktif or kini is None:
        return None
    langkah = graf.menurut_id[tugas[-1].kunjungan.langkah_id]
    if graf.menurut_id[kini].nomor <= langkah.nomor or is_bertanda(draf):
        return None
    terakhir = {t.unit_id: t.formulir for t in tugas if t.kunjungan.langkah_id == langkah.id}
    terkirim = [f for f in terakhir.values() if f and f.status in FormulirCapaian.TERKIRIM]
    return Pembukaan(langkah, terkirim, list_pembuka(graf, langkah))


def is_bertanda(draf: Draf) -> bool:
    """Whether anybody has signed a document of the report. One query."""
    return TandaTangan.objects.filter(
        dokumen__draf=draf, dokumen__jenis=Dokumen.Jenis.LAPORAN
    ).exists()
