"""The forms of a draft that a verifying step is about."""

from kinerja.models import FormulirCapaian
from laporan.models import Draf, Tugas


def list_formulir_draf(draf: Draf, *, unit_id: int | None = None) -> list[FormulirCapaian]:
    """The latest form of each unit that this draft collected, or of one unit. One query."""
    tugas = Tugas.objects.filter(draf=draf, formulir__isnull=False).select_related("formulir__unit")
    if unit_id is not None:
        tugas = tugas.filter(unit=unit_id)
    terakhir = {t.unit_id: t.formulir for t in tugas.order_by("pk")}
    return [f for f in terakhir.values() if f is not None]
