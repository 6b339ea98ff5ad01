"""Moving deadlines: after a halt."""

from datetime import datetime

from laporan.models import Tugas
from laporan.selectors.waktu import list_jeda
from laporan.services.mesin import Gerak
from sakip.common.waktu import shift_tenggat


def shift_after_jeda(gerak: Gerak) -> None:
    """Give every open turn of a resumed draft the working time that was left when it was halted.

    The caller holds the draft locked and has not yet written the trail.
    """
    berhenti, _belum = list_jeda([gerak.draf.pk])[gerak.draf.pk][-1]
    for tugas in Tugas.objects.filter(draf=gerak.draf, status=Tugas.Status.AKTIF):
        if tugas.tenggat:
            jeda = (berhenti, gerak.now)
            move_tenggat(gerak, tugas, shift_tenggat(tugas.tenggat, jeda, gerak.kalender))


def move_tenggat(gerak: Gerak, tugas: Tugas, baru: datetime) -> None:
    """Store another deadline and note old and new for the trail."""
    catatan = {"tugas": tugas.pk, "lama": tugas.tenggat, "baru": baru}
    gerak.rincian.setdefault("tenggat", []).append(catatan)
    tugas.tenggat = baru
    tugas.save(update_fields=["tenggat"])
