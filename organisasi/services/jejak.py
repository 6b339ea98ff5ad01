"""Writing the audit trail."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from organisasi.models import Berjejak, Instansi, Jejak, Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from sakip.common.catatan import current_request_id


def record_jejak(  # noqa: PLR0913 - who, as what, when and by which form are each a fact of their own
    objek: Berjejak,
    *,
    aksi: str,
    aktor: Pengguna | None,
    now: datetime,
    sebagai: Penugasan | None = None,
    kunci: str | None = None,
    **data: Any,
) -> Jejak:
    """Append one act to the chain of `objek`, whose row the caller holds locked and saves
    afterwards.

    aksi: dotted, for example ``laporan.draf.kembalikan``. kunci: idempotency key of the form,
    unique.
    data: JSON values only. Names are copied, so that the row stays true when a person moves on.
    sebagai: the mandate that gave the right; of an act on an office, the own post there if unsaid.
    """
    if sebagai is None and aktor is not None and isinstance(objek, Instansi):
        mandat = list_penugasan_for(aktor, pada=now)
        sebagai = next((p for p in mandat if p.jabatan.instansi_id == objek.pk), None)
    baris = Jejak(
        content_type=ContentType.objects.get_for_model(objek),
        object_id=objek.pk,
        objek_nama=str(objek)[:300],
        urut=objek.jejak_urut + 1,
        waktu=now,
        aksi=aksi,
        aktor=aktor,
        aktor_nama=aktor.nama if aktor else "",
        sebagai=sebagai.sebutan if sebagai else "",
        data=data,
        kunci=kunci or None,
        request_id=current_request_id(),
        sebelum=objek.jejak_sidik,
    )
    baris.sidik = baris.compute_sidik()
    baris.save(force_insert=True)
    objek.jejak_urut = baris.urut
    objek.jejak_sidik = baris.sidik
    return baris
