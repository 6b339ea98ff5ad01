"""My profile: channels chosen by oneself, a number that shows up nowhere else."""

import logging

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from organisasi.models import Saluran
from organisasi.selectors import list_saluran
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
NOMOR = "+6281234567890"


def url() -> str:
    """The page."""
    return reverse("organisasi:edit-profil")


def test_person_chooses_channels(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    p = PenugasanFactory()
    client.force_login(p.pengguna)
    isi = client.get(url()).content.decode()
    assert p.pengguna.nip_berkelompok in isi
    with caplog.at_level(logging.DEBUG):
        kirim = client.post(url(), {"ponsel": NOMOR, "lewat_pesan": "on"})
    assert kirim.status_code == 302
    saluran = Saluran.objects.get()
    assert (saluran.pengguna, saluran.ponsel, saluran.lewat_surel) == (p.pengguna, NOMOR, False)
    assert NOMOR not in caplog.text
    assert NOMOR in client.get(url()).content.decode()
    assert client.post(url(), {"lewat_surel": "on"}).status_code == 302
    assert Saluran.objects.get().ponsel == ""


@pytest.mark.parametrize(
    "nomor", ["081234567890", "+62 abc", "+0812345678", "+62812", "+6281234567890123"]
)
def test_number_that_no_gateway_understands_is_refused(client: Client, nomor: str) -> None:
    client.force_login(PenugasanFactory().pengguna)
    jawab = client.post(url(), {"ponsel": nomor, "lewat_pesan": "on"})
    assert jawab.status_code == 422
    assert nomor in jawab.content.decode()


def test_messages_without_a_number_are_refused(client: Client) -> None:
    client.force_login(PenggunaFactory())  # a person without a post has a profile too
    jawab = client.post(url(), {"lewat_pesan": "on"})
    assert jawab.status_code == 422
    assert "Isi nomor ponsel" in jawab.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Saluran.objects.create(pengguna=PenggunaFactory(), lewat_pesan=True)


def test_without_a_choice_there_is_mail_only() -> None:
    orang = PenggunaFactory()
    saluran = list_saluran([orang.pk])[orang.pk]
    assert (saluran.lewat_surel, saluran.lewat_pesan) == (True, False)
    assert str(saluran) == f"Saluran {orang.pk}"


def test_profile_needs_sign_in(client: Client) -> None:
    assert client.get(url()).status_code == 302
