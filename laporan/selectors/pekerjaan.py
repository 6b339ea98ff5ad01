"""Jobs of an office that somebody has to look at: failed, undecided, or waiting too long."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from laporan.models import Efek
from organisasi.models import Instansi

# A queue this old means that no worker runs.
_TERLALU_LAMA = timedelta(minutes=5)


def list_bermasalah(instansi: Instansi, *, kini: datetime) -> QuerySet[Efek]:
    """Newest first. A signature that failed is its signer's to repeat and not in this list."""
    gagal = Q(status=Efek.Status.GAGAL) & ~Q(jenis=Efek.Jenis.TANDA_TANGAN)
    ragu = Q(status=Efek.Status.RAGU)
    lama = Q(status__in=Efek.TERBUKA, dibuat_pada__lt=kini - _TERLALU_LAMA)
    daftar = Efek.objects.filter(gagal | ragu | lama, draf__instansi=instansi)
    return daftar.select_related("draf", "sebagai__pengguna").order_by("-pk")
