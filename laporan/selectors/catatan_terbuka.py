"""How many notes on a text wait for an answer."""

from collections.abc import Collection

from django.db.models import Count

from laporan.models import CatatanKoreksi, Draf


def count_terbuka(draf: Draf) -> int:
    """Open notes of a draft. One query."""
    return CatatanKoreksi.objects.filter(draf=draf, status=CatatanKoreksi.Status.TERBUKA).count()


def map_terbuka(draf_ids: Collection[int]) -> dict[int, int]:
    """Draft id to its open notes, where it has any. One query."""
    baris = CatatanKoreksi.objects.filter(
        draf__in=draf_ids, status=CatatanKoreksi.Status.TERBUKA
    ).order_by()
    return dict(baris.values_list("draf").annotate(Count("pk")))
