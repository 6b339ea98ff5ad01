"""Two people at once: publishing has one winner, and no row slips into a route being published."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from sakip.common.errors import AlurTidakSah, TransisiDitolak
from sop.models import Langkah, VersiSOP
from sop.selectors import read_sidik
from sop.services.versi import publish_versi
from tests.factories.sop import create_konsep, create_terbit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.basisdata]


def _bersamaan(*tindakan: Callable[[], object]) -> list[object]:
    """Outcome or exception of each, started at the same moment."""
    hasil: list[object] = []
    gerbang = threading.Barrier(len(tindakan))

    def jalankan(lakukan: Callable[[], object]) -> None:
        try:
            gerbang.wait()
            hasil.append(lakukan())
        except (TransisiDitolak, IntegrityError) as galat:
            hasil.append(galat)
        finally:
            connection.close()

    benang = [threading.Thread(target=jalankan, args=[t]) for t in tindakan]
    for b in benang:
        b.start()
    for b in benang:
        b.join()
    return hasil


def test_a_version_published_by_many_at_once_is_published_by_one(now: datetime) -> None:
    versi = create_konsep()

    def terbitkan() -> VersiSOP:
        return publish_versi(versi_id=versi.pk, aktor=None, now=now)

    hasil = _bersamaan(*[terbitkan] * 6)
    assert sum(isinstance(h, VersiSOP) for h in hasil) == 1
    assert sum(isinstance(h, TransisiDitolak) for h in hasil) == 5


def test_two_versions_published_at_once_leave_one_in_force(now: datetime) -> None:
    create_terbit()
    konsep = [create_konsep(), create_konsep()]
    hasil = _bersamaan(
        *[lambda v=v: publish_versi(versi_id=v.pk, aktor=None, now=now) for v in konsep]
    )
    assert all(isinstance(h, VersiSOP) for h in hasil)
    status = VersiSOP.objects.order_by("pk").values_list("status", flat=True)
    assert sorted(status) == ["dicabut", "dicabut", "terbit"]


def test_a_row_added_while_publishing_is_in_the_fingerprint_or_refused(now: datetime) -> None:
    for _ in range(5):
        versi = create_konsep()

        def sisipkan(versi: VersiSOP = versi) -> Langkah:
            with transaction.atomic():
                return Langkah.objects.create(
                    versi=versi, nomor=9, kegiatan="sisipan", tindakan="susun"
                )

        def terbitkan(versi: VersiSOP = versi) -> object:
            try:
                return publish_versi(versi_id=versi.pk, aktor=None, now=now)
            except AlurTidakSah as galat:  # with the row added the route is not sound
                return galat

        _bersamaan(sisipkan, terbitkan)
        versi = VersiSOP.objects.get(pk=versi.pk)
        assert versi.is_konsep or read_sidik(versi) == versi.sidik
