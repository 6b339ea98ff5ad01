"""Keys of the read-only interface: made once, seen once, ended by date or by hand."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from organisasi.models import Instansi, Jejak, KunciApi, Penugasan
from organisasi.selectors import find_chain_break
from organisasi.services.kunci_api import create_kunci, find_kunci, revoke_kunci
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import JabatanFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
ALAMAT = "/organisasi/kunci-api/"


@pytest.fixture
def pengelola() -> Penugasan:
    """Who configures an office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))


def make(pengelola: Penugasan, now: datetime, hari: int = 30) -> tuple[KunciApi, str]:
    """A key that lasts so many days."""
    return create_kunci(
        instansi_id=pengelola.jabatan.instansi_id,
        nama="Portal Satu Data",
        berlaku_sampai=now.date() + timedelta(days=hari),
        aktor=pengelola.pengguna,
        now=now,
    )


def test_key_opens_its_office_and_is_not_stored(pengelola: Penugasan, now: datetime) -> None:
    kunci, token = make(pengelola, now)
    assert find_kunci(token, now=now) == kunci
    rahasia = token.split("_", 2)[2]
    assert rahasia not in str(KunciApi.objects.values().get())
    assert Jejak.objects.get(aksi="organisasi.kunci_api.create").data["awalan"] == kunci.awalan
    assert find_chain_break(Instansi.objects.get()) is None


def test_anything_else_opens_nothing(pengelola: Penugasan, now: datetime) -> None:
    _kunci, token = make(pengelola, now)
    for salah in ("", "x", token[:-1], token + "a", token.replace("sakip", "kunci"), "sakip_a_b"):
        assert find_kunci(salah, now=now) is None


def test_key_ends_after_its_last_day_and_at_once_when_revoked(
    pengelola: Penugasan, now: datetime
) -> None:
    kunci, token = make(pengelola, now, hari=1)
    assert find_kunci(token, now=now + timedelta(days=1)) == kunci
    assert find_kunci(token, now=now + timedelta(days=3)) is None
    cabut = partial(
        revoke_kunci,
        kunci_id=kunci.pk,
        instansi_id=kunci.instansi_id,
        aktor=pengelola.pengguna,
        now=now,
    )
    cabut()
    assert find_kunci(token, now=now) is None
    with pytest.raises(TransisiDitolak, match="sudah dicabut"):
        cabut()


@pytest.mark.parametrize("hari", [-1, 367])
def test_key_lasts_a_year_at_most(pengelola: Penugasan, now: datetime, hari: int) -> None:
    with pytest.raises(IsianTidakSah, match="satu tahun"):
        make(pengelola, now, hari=hari)


def test_only_who_configures_the_office_makes_keys(client: Client, now: datetime) -> None:
    staf = PenugasanFactory.create()
    with pytest.raises(AksesDitolak, match="dikelola oleh"):
        make(staf, now)
    client.force_login(staf.pengguna)
    assert client.get(ALAMAT).status_code == 403


def test_page_shows_a_new_key_once(client: Client, pengelola: Penugasan) -> None:
    client.force_login(pengelola.pengguna)
    data = {"nama": "LPPD", "berlaku_sampai": f"{timezone.now() + timedelta(days=9):%Y-%m-%d}"}
    jawab = client.post(ALAMAT, data)
    assert "Salin sekarang" in jawab.content.decode()
    assert "no-store" in jawab.headers["Cache-Control"]
    kunci = KunciApi.objects.get()
    kedua = client.get(ALAMAT).content.decode()
    assert kunci.awalan in kedua
    assert "Salin sekarang" not in kedua
    assert client.post(f"{ALAMAT}{kunci.pk}/cabut/").status_code == 302
    assert "Dicabut" in client.get(ALAMAT).content.decode()


def test_wrong_date_keeps_what_was_typed(client: Client, pengelola: Penugasan) -> None:
    client.force_login(pengelola.pengguna)
    jawab = client.post(ALAMAT, {"nama": "LPPD", "berlaku_sampai": "2020-01-01"})
    assert jawab.status_code == 422
    assert "LPPD" in jawab.content.decode()
    assert not KunciApi.objects.exists()


def test_key_of_another_office_is_not_there(
    client: Client, pengelola: Penugasan, now: datetime
) -> None:
    lain = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    kunci, _token = make(lain, now)
    client.force_login(pengelola.pengguna)
    assert client.post(f"{ALAMAT}{kunci.pk}/cabut/").status_code == 404
