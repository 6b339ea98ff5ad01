"""Units with indikator that an SOP leaves out: neither its room nor that of the plan can see it."""

from laporan.rules.jangkauan import list_jenis_ditanya
from organisasi.models import UnitKerja
from sop.models import VersiSOP
from sop.selectors import get_graf, read_graf


def list_unit_tak_ditanya(versi: VersiSOP) -> list[UnitKerja]:
    """Units of the office with an indikator in use that no step of the version asks for figures.

    A closed unit is asked by nobody. One query, and those of a konsep's route.
    """
    graf = read_graf(versi.pk) if versi.is_konsep else get_graf(versi.pk, versi.sidik)
    ditanya = list_jenis_ditanya(graf)
    berindikator = UnitKerja.objects.filter(
        instansi=versi.sop.instansi_id, indikator__is_aktif=True
    ).distinct()
    return [
        u
        for u in berindikator.order_by("urutan", "kode")
        if u.ditutup_pada is not None or u.jenis not in ditanya
    ]
