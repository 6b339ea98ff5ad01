"""Invitations across offices: an account of one office is no way into another."""

from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisasi.models import Penugasan, SuratAkun
from organisasi.services.surat_akun import make_jalur
from organisasi.tasks import kirim_surat_akun
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


BARU = {
    "nip": "19900101 202001 1 001",
    "nama": "Baru, S.E.",
    "surel": "baru@contoh.go.id",
    "jenis": "definitif",
    "mulai": "2026-10-12",
    "dasar": "SK 1",
}


@pytest.fixture
def kelola(client: Client) -> Penugasan:
    """A manager, signed in."""
    p = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    client.force_login(p.pengguna)
    return p


def tetapkan(client: Client, kelola: Penugasan, tingkat: str) -> Penugasan:
    """The new person, appointed by page to a post of that level."""
    jabatan = JabatanFactory(instansi=kelola.jabatan.instansi, tingkat=tingkat)
    client.post(reverse("organisasi:appoint", args=[jabatan.pk]), BARU)
    return Penugasan.objects.get(jabatan=jabatan)


def test_invitation_goes_by_mail_and_is_not_shown_to_its_maker(
    client: Client, kelola: Penugasan, settings: Settings
) -> None:
    settings.SUREL_AKTIF = True
    p = tetapkan(client, kelola, "staf")
    assert p.pengguna.dibuat_oleh == kelola.pengguna
    jawab = client.post(reverse("organisasi:invite", args=[p.pk]), follow=True)
    assert "/undangan/" not in jawab.content.decode()
    assert "Undangan dikirim ke baru@contoh.go.id" in jawab.content.decode()
    assert SuratAkun.objects.count() == 1  # the second takes the place of the first
    kirim_surat_akun.run()
    surat = mail.outbox[-1]
    assert surat.to == ["baru@contoh.go.id"]
    assert "/undangan/" in str(surat.body)
    assert kelola.pengguna.nama in str(surat.body)


@pytest.mark.parametrize("tingkat", ["kepala", "sekretaris", "pengelola", "pembina"])
def test_leading_post_of_a_new_account_is_opened_by_two(
    client: Client, kelola: Penugasan, tingkat: str
) -> None:
    p = tetapkan(client, kelola, tingkat)
    assert not p.pengguna.has_usable_password()
    isi = client.get(reverse("organisasi:list-penugasan")).content.decode()
    assert "tautan_sandi" in isi  # nobody else manages the office yet
    assert "Menunggu pengelola lain" in isi
    undang = reverse("organisasi:invite", args=[p.pk])
    assert undang not in isi
    assert client.post(undang).status_code == 403
    lain = Client()
    kedua = PenugasanFactory(
        jabatan=JabatanFactory(tingkat="sekretaris", instansi=kelola.jabatan.instansi)
    )
    lain.force_login(kedua.pengguna)
    assert undang in lain.get(reverse("organisasi:list-penugasan")).content.decode()
    assert "/undangan/" in lain.post(undang).content.decode()


def test_maker_is_told_who_may_invite(client: Client, kelola: Penugasan) -> None:
    kedua = PenugasanFactory(
        jabatan=JabatanFactory(tingkat="sekretaris", instansi=kelola.jabatan.instansi)
    )
    tetapkan(client, kelola, "kepala")
    isi = client.get(reverse("organisasi:list-penugasan")).content.decode()
    assert f"menekan Undang: {kedua.pengguna.nama}." in isi


def test_maker_cannot_raise_an_own_account_to_a_leading_post_later(
    client: Client, kelola: Penugasan, now: datetime
) -> None:
    p = tetapkan(client, kelola, "staf")
    orang = p.pengguna
    jalur = make_jalur(orang, SuratAkun.Jenis.UNDANGAN)  # a link he kept
    isi = {k: BARU[k] for k in ("nip", "jenis", "mulai", "dasar")}
    kepala = JabatanFactory(instansi=kelola.jabatan.instansi, tingkat="kepala")
    alamat = reverse("organisasi:appoint", args=[kepala.pk])
    assert client.post(alamat, isi).status_code == 302
    assert "tidak berlaku lagi" in Client().get(jalur, follow=True).content.decode()
    Penugasan.objects.filter(jabatan=kepala).delete()
    orang.refresh_from_db()
    orang.set_password("sebaris-kata-2026")
    orang.save()
    jawab = client.post(alamat, isi)
    assert jawab.status_code == 403
    assert "pengelola lain menetapkannya" in jawab.content.decode()
