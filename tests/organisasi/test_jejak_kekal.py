"""The audit trail refuses every way of changing it, the database's own included."""

from datetime import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction

from organisasi.models import Instansi, Jejak
from organisasi.selectors import find_chain_break
from organisasi.services.jejak import record_jejak
from tests.factories.organisasi import InstansiFactory

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]


@pytest.fixture
def instansi() -> Instansi:
    """An office."""
    return InstansiFactory.create()


@pytest.fixture
def jejak(instansi: Instansi, now: datetime) -> Jejak:
    """One act on it."""
    baris = record_jejak(instansi, aksi="uji.catat", aktor=None, now=now)
    instansi.save()
    return baris


@pytest.mark.parametrize(
    "perintah",
    [
        "UPDATE organisasi_jejak SET aksi = 'lain' WHERE id = %s",
        "UPDATE organisasi_jejak SET sidik = '' WHERE id = %s",
        "DELETE FROM organisasi_jejak WHERE id = %s",
    ],
)
def test_plain_sql_cannot_change_or_delete_the_trail(jejak: Jejak, perintah: str) -> None:
    with (
        pytest.raises(IntegrityError, match="jejak audit hanya dapat ditambah"),
        transaction.atomic(),
        connection.cursor() as kursor,
    ):
        kursor.execute(perintah, [jejak.pk])
    assert Jejak.objects.get(pk=jejak.pk).aksi == "uji.catat"


def test_a_queryset_that_forgets_the_rule_is_stopped_by_the_database(jejak: Jejak) -> None:
    polos: models.QuerySet[Jejak] = models.QuerySet(Jejak)
    with pytest.raises(IntegrityError), transaction.atomic():
        polos.filter(pk=jejak.pk).update(aktor_nama="lain")
    with pytest.raises(IntegrityError), transaction.atomic():
        polos.filter(pk=jejak.pk)._raw_delete(using="default")


def test_the_model_refuses_before_the_database_does(jejak: Jejak) -> None:
    for ubah in (jejak.save, jejak.delete, Jejak.objects.all().delete, Jejak.objects.update):
        with pytest.raises(TypeError):
            ubah()


def test_the_trail_grows_and_its_chain_verifies(
    instansi: Instansi, jejak: Jejak, now: datetime
) -> None:
    record_jejak(instansi, aksi="uji.catat", aktor=None, now=now)
    instansi.save()
    assert ContentType.objects.get_for_model(instansi) == jejak.content_type
    assert find_chain_break(instansi) is None
