"""The forms of a draft that a verifying step is about."""

from django.db.models import Exists, OuterRef

from kinerja.models import FormulirCapaian
from laporan.models import Draf, Tugas


def list_formulir_draf(draf: Draf, *, unit_id: int | None = None) -> list[FormulirCapaian]:
    """The latest form of each unit that this draft collected, or of one unit. One query.

    A round that another report began is the latest of this one too: figures of a triwulan are
    handed in once.
    """
    milik = Tugas.objects.filter(
        draf=draf,
        formulir__unit=OuterRef("unit"),
        formulir__tahun=OuterRef("tahun"),
        formulir__triwulan=OuterRef("triwulan"),
    )
    formulir = FormulirCapaian.objects.filter(Exists(milik)).select_related("unit")
    if unit_id is not None:
        formulir = formulir.filter(unit=unit_id)
    return [*{f.unit_id: f for f in formulir.order_by("putaran", "pk")}.values()]
