"""Invitations across offices: an account of one office is no way into another."""

import pytest
from django.test import Client
from django.urls import reverse

from organisasi.models import Penugasan
from tests.factories.organisasi import JabatanFactory, PenugasanFactory

pytestmark = pytest.mark.django_db


def test_only_the_first_office_invites_a_person(client: Client) -> None:
    kelola = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    jabatan = JabatanFactory(instansi=kelola.jabatan.instansi)
    orang = PenugasanFactory.create().pengguna  # a post in another office, no password yet
    orang.set_unusable_password()
    orang.save()
    client.force_login(kelola.pengguna)
    data = {"nip": orang.nip, "jenis": "definitif", "mulai": "2026-10-12", "dasar": "SK 1"}
    jawab = client.post(reverse("organisasi:appoint", args=[jabatan.pk]), data)
    assert jawab["Location"] == reverse("organisasi:list-penugasan")
    p = Penugasan.objects.get(jabatan=jabatan)
    assert client.post(reverse("organisasi:invite", args=[p.pk])).status_code == 403


def test_a_chosen_password_is_never_shown_again() -> None:
    tamu = Client(enforce_csrf_checks=True)
    data = {"new_password1": "kata-sandi-panjang-1", "new_password2": "kata-sandi-panjang-1"}
    jawab = tamu.post(reverse("organisasi:accept-undangan", args=["MQ", "sandi"]), data)
    assert jawab.status_code == 403
    assert "kata-sandi-panjang-1" not in jawab.content.decode()
