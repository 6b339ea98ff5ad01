"""What the SOP pages ask of the reports: how many are under way on a version."""

from collections.abc import Collection

from django.db.models import Count

from laporan.models import Draf


def count_draf_berjalan(versi_ids: Collection[int]) -> dict[int, int]:
    """Drafts that are not finished, by version; versions without any are left out. One query."""
    terbuka = Draf.objects.filter(versi__in=versi_ids, status__in=Draf.TERBUKA)
    hitung = terbuka.order_by().values_list("versi").annotate(banyak=Count("pk"))
    return dict(hitung)
