"""Jobs of an office that somebody has to look at: failed, undecided, or waiting too long."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from laporan.models import Efek, PaketLKE
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


def list_paket_bermasalah(instansi: Instansi, *, kini: datetime) -> QuerySet[PaketLKE]:
    """The last package of evidence of each year, where it failed or waits too long; newest first.

    Asking for another is what mends it, so an older one is nobody's matter any more.
    """
    setahun = PaketLKE.objects.filter(instansi=instansi, tahun=OuterRef("tahun")).order_by("-pk")
    lama = Q(status=PaketLKE.Status.ANTRE, dibuat_pada__lt=kini - _TERLALU_LAMA)
    daftar = PaketLKE.objects.filter(Q(status=PaketLKE.Status.GAGAL) | lama, instansi=instansi)
    return daftar.filter(pk=Subquery(setahun.values("pk")[:1])).order_by("-pk")
