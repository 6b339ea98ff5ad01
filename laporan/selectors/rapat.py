"""Which meeting a step is about."""

from django.db.models import Q

from laporan.models import Kunjungan, Undangan
from laporan.rules.rapat import inherits_undangan
from sop.rules.graf import Graf


def find_undangan(graf: Graf, kunjungan: Kunjungan) -> Undangan | None:
    """The invitation to the meeting of this visit: its own, else the one the step before sent."""
    sendiri = Undangan.objects.filter(kunjungan=kunjungan).first()
    if sendiri or not inherits_undangan(graf, graf.menurut_id[kunjungan.langkah_id]):
        return sendiri
    untuk_ini = Q(rapat=None) | Q(rapat__kunjungan=kunjungan)
    terbuka = Undangan.objects.filter(untuk_ini, draf=kunjungan.draf_id)
    return terbuka.filter(kunjungan__lt=kunjungan.pk).order_by("-kunjungan").first()
