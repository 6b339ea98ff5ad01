"""The password again, before posts are changed and accounts are opened."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisasi.models import Jabatan, Penugasan
from tests.factories.organisasi import SANDI, JabatanFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
PASTIKAN = "/masuk/pastikan/"


@pytest.fixture
def kepala(client: Client) -> Penugasan:
    """Who leads the office, signed in, the password given six minutes ago."""
    mandat = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="kepala"))
    client.force_login(mandat.pengguna)
    lupakan(client)
    return mandat


def lupakan(client: Client) -> None:
    """Six minutes go by."""
    sesi = client.session
    sesi["sandi_diberikan_pada"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    sesi.save()


@pytest.mark.parametrize(
    ("nama", "cara"),
    [
        ("organisasi:appoint", "jabatan"),
        ("organisasi:update-jabatan", "jabatan"),
        ("organisasi:create-jabatan", ""),
        ("organisasi:end-penugasan", "penugasan"),
        ("laporan:hand-over", "penugasan"),
        ("organisasi:add-faktor", ""),
    ],
)
def test_acts_of_weight_ask_for_the_password(
    client: Client, kepala: Penugasan, nama: str, cara: str
) -> None:
    kunci = {"jabatan": [kepala.jabatan_id], "penugasan": [kepala.pk], "": []}[cara]
    alamat = reverse(nama, args=kunci)
    jawab = client.get(alamat)
    assert jawab["Location"].startswith(PASTIKAN)
    assert client.get(jawab["Location"]).status_code == 200
    salah = client.post(jawab["Location"], {"sandi": "bukan-itu"})
    assert salah.status_code == 422
    assert client.post(jawab["Location"], {"sandi": SANDI})["Location"] == alamat
    assert client.get(alamat).status_code == 200


@pytest.mark.parametrize(("siapa", "status"), [("staf", 403), ("orang_luar", 404)])
def test_who_may_not_act_is_not_asked_for_a_password(
    client: Client, kepala: Penugasan, siapa: str, status: int
) -> None:
    tingkat = {"staf": "staf", "orang_luar": "kepala"}[siapa]
    jabatan = JabatanFactory.create(tingkat=tingkat)
    if siapa == "staf":
        jabatan.instansi = kepala.jabatan.instansi
        jabatan.save()
    client.force_login(PenugasanFactory.create(jabatan=jabatan).pengguna)
    lupakan(client)
    for nama in ("appoint", "update-jabatan"):
        alamat = reverse(f"organisasi:{nama}", args=[kepala.jabatan_id])
        assert client.get(alamat).status_code == client.post(alamat).status_code == status
    for nama in ("organisasi:end-penugasan", "laporan:hand-over", "organisasi:invite"):
        assert client.post(reverse(nama, args=[kepala.pk])).status_code == status
    if siapa == "staf":
        assert client.get(reverse("organisasi:create-jabatan")).status_code == status


@pytest.mark.parametrize("nama", ["organisasi:remove-faktor", "organisasi:renew-kode-pulih"])
def test_second_factor_is_changed_by_its_owner_only(
    client: Client, kepala: Penugasan, nama: str
) -> None:
    assert client.post(reverse(nama))["Location"].startswith(PASTIKAN)


def test_typed_text_is_kept_over_the_detour(client: Client, kepala: Penugasan) -> None:
    baru = reverse("organisasi:create-jabatan")
    asal = {"Referer": f"http://testserver{baru}"}
    jawab = client.post(baru, {"nama": "Jabatan Percobaan"}, headers=asal)
    assert not Jabatan.objects.filter(nama="Jabatan Percobaan").exists()
    halaman = client.get(jawab["Location"]).content.decode()
    assert "Jabatan Percobaan" not in halaman
    assert "Belum dijalankan" in halaman
    kembali = client.post(jawab["Location"], {"sandi": SANDI})["Location"]
    assert kembali == baru
    assert "Jabatan Percobaan" in client.get(kembali).content.decode()


def test_letter_of_an_account_is_given_out_after_the_password(
    client: Client, kepala: Penugasan
) -> None:
    baru = PenugasanFactory.create(jabatan__instansi=kepala.jabatan.instansi).pengguna
    baru.set_unusable_password()
    baru.save()
    undang = reverse("organisasi:invite", args=[baru.penugasan.get().pk])
    jawab = client.post(undang)
    assert jawab["Location"].startswith(PASTIKAN)
    assert client.post(jawab["Location"], {"sandi": SANDI}).status_code == 302
    assert "/undangan/" in client.post(undang).content.decode()


def test_detour_leads_nowhere_else(client: Client, kepala: Penugasan) -> None:
    jawab = client.post(PASTIKAN, {"sandi": SANDI, "next": "https://jahat.example/"})
    assert jawab["Location"] == reverse("organisasi:edit-profil")
