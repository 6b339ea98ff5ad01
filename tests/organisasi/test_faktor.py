"""The second factor: put on, asked for, used once, lost, and required of who leads."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organisasi.auth import FaktorBackend
from organisasi.models import Faktor, Jejak, KodePulih, Pengguna, Sesi
from organisasi.services.faktor import add_faktor, renew_kode, use_kode
from organisasi.services.sandi import save_sandi
from organisasi.services.surat_akun import send_surat
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.gerbang import GerbangSurel
from sakip.common.rahasia import Rahasia
from sakip.common.totp import find_langkah, make_kode, make_kunci
from tests.factories.organisasi import SANDI, JabatanFactory, PenggunaFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
KUNCI = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LALU = timedelta(minutes=2)


@pytest.fixture
def orang() -> Pengguna:
    """Somebody with a post and a password."""
    return PenugasanFactory.create().pengguna


def url(nama: str, *isi: object) -> str:
    """Address in this app."""
    return reverse(f"organisasi:{nama}", args=isi)


def pasang(orang: Pengguna) -> list[str]:
    """The app with `KUNCI` on that account, two minutes ago."""
    lalu = timezone.now() - LALU
    kode = make_kode(KUNCI, lalu)
    return add_faktor(pengguna=orang, kunci=Rahasia(KUNCI), kode=kode, now=lalu, sesi=None)


def kode_kini() -> str:
    """What the app shows."""
    return make_kode(KUNCI, timezone.now())


def beri_sandi(orang: Pengguna, client: Client) -> str:
    """Sign in by password; where that leads."""
    isi = {"username": orang.nip, "password": SANDI}
    return client.post(url("sign-in"), isi)["Location"]


def is_masuk(client: Client) -> bool:
    """Whether that browser is signed in."""
    return client.get(url("edit-profil")).status_code == 200


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, cut to six figures."""
    kunci = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for detik, kode in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        saat = datetime.fromtimestamp(detik, tz=timezone.get_default_timezone())
        assert make_kode(kunci, saat) == kode
        assert find_langkah(kunci, f"{kode[:3]} {kode[3:]}", now=saat, sesudah=0) == detik // 30
        assert find_langkah(kunci, kode, now=saat, sesudah=detik // 30) is None
        assert find_langkah(kunci, kode, now=saat + timedelta(seconds=30), sesudah=0)
        assert not find_langkah(kunci, kode, now=saat + timedelta(seconds=90), sesudah=0)
    assert len({make_kunci() for _ in range(5)}) == 5
    with pytest.raises(ValueError, match="base32"):
        make_kode("bukan!", timezone.now())


def test_app_is_put_on_by_scanning_and_its_first_code(client: Client, orang: Pengguna) -> None:
    lain = Client()
    beri_sandi(orang, client)
    beri_sandi(orang, lain)
    teks = client.get(url("add-faktor")).content.decode()
    kunci = re.search(r'<b class="kode">([A-Z2-7 ]+)</b>', teks)
    assert kunci
    assert "data:image/svg+xml" in teks
    assert "style=" not in teks
    salah = client.post(url("add-faktor"), {"kode": "abc"})
    assert salah.status_code == 422
    assert kunci[1] in salah.content.decode()
    assert client.post(url("add-faktor"), {"kode": ""}).status_code == 422
    kunci_polos = kunci[1].replace(" ", "")
    jawab = client.post(url("add-faktor"), {"kode": make_kode(kunci_polos, timezone.now())})
    kode = re.findall(r'<li class="kode">(\S+)</li>', jawab.content.decode())
    assert len(set(kode)) == 10
    assert (is_masuk(client), is_masuk(lain)) == (True, False)
    assert client.get(url("add-faktor"))["Location"] == url("view-faktor")
    assert "10 belum dipakai" in client.get(url("view-faktor")).content.decode()
    faktor = Faktor.objects.get()
    assert kunci_polos.encode() not in bytes(faktor.kunci)
    assert all(kunci_polos not in str(s.get_decoded()) for s in Sesi.objects.all())
    assert kode[0].replace("-", "") not in "".join(
        KodePulih.objects.values_list("sidik", flat=True)
    )
    assert {str(faktor), str(KodePulih.objects.first())} == {
        f"Faktor {orang.pk}",
        f"Kode pemulihan {orang.pk}",
    }
    assert Jejak.objects.get(aksi="organisasi.faktor.pasang").aktor == orang


def test_password_alone_opens_nothing(client: Client, orang: Pengguna) -> None:
    pasang(orang)
    assert client.get(url("enter-faktor"))["Location"] == url("sign-in")
    tujuan = url("view-sesi")
    isi = {"username": orang.nip, "password": SANDI, "next": tujuan}
    assert client.post(url("sign-in"), isi)["Location"] == url("enter-faktor")
    assert not is_masuk(client)
    assert client.get(url("enter-faktor")).status_code == 200
    assert client.post(url("enter-faktor"), {"kode": "000000"}).status_code == 422
    kode = kode_kini()
    assert client.post(url("enter-faktor"), {"kode": kode})["Location"] == tujuan
    assert is_masuk(client)
    ulang = Client()
    beri_sandi(orang, ulang)
    assert ulang.post(url("enter-faktor"), {"kode": kode}).status_code == 422


def test_who_waits_too_long_or_lost_the_account_begins_again(
    client: Client, orang: Pengguna
) -> None:
    pasang(orang)
    beri_sandi(orang, client)
    sesi = client.session
    sesi["masuk_tertunda"] |= {"pada": (timezone.now() - timedelta(minutes=6)).isoformat()}
    sesi.save()
    assert client.post(url("enter-faktor"), {"kode": kode_kini()})["Location"] == url("sign-in")
    beri_sandi(orang, client)
    Pengguna.objects.update(is_active=False)
    assert client.post(url("enter-faktor"), {"kode": kode_kini()})["Location"] == url("sign-in")


def test_recovery_code_opens_once_however_it_is_typed(client: Client, orang: Pengguna) -> None:
    satu, dua, *_lain = pasang(orang)
    assert re.fullmatch(r"([a-z2-9]{6}-){3}[a-z2-9]{6}", satu)
    beri_sandi(orang, client)
    ketikan = satu.replace("-", " ").upper()
    assert client.post(url("enter-faktor"), {"kode": ketikan}).status_code == 302
    assert Jejak.objects.get(aksi="organisasi.faktor.kode_pulih").data["sisa"] == 9
    now = timezone.now()
    assert not use_kode(pengguna=orang, kode=satu, now=now)
    assert not use_kode(pengguna=PenggunaFactory.create(), kode=dua, now=now)
    baru = client.post(url("renew-kode-pulih")).content.decode()
    assert not use_kode(pengguna=orang, kode=dua, now=now)
    kode = re.findall(r'<li class="kode">(\S+)</li>', baru)
    assert use_kode(pengguna=orang, kode=kode[0], now=now)


def test_a_forgotten_password_is_no_way_around_the_second_factor(
    client: Client, orang: Pengguna, now: datetime
) -> None:
    pasang(orang)
    save_sandi(pengguna=orang, sandi=SANDI, now=now, aksi="atur_ulang")
    assert Faktor.objects.filter(pengguna=orang).exists()
    assert beri_sandi(orang, client) == url("enter-faktor")
    assert not is_masuk(client)


@override_settings(AXES_ENABLED=True)
def test_guessed_codes_count_as_wrong_passwords_do(client: Client, orang: Pengguna) -> None:
    pasang(orang)
    beri_sandi(orang, client)
    status = [client.post(url("enter-faktor"), {"kode": "1"}).status_code for _ in range(5)]
    assert status == [422, 422, 422, 422, 429]
    assert client.post(url("enter-faktor"), {"kode": kode_kini()}).status_code == 429


def test_guessing_from_many_addresses_ends_too(client: Client, orang: Pengguna) -> None:
    pasang(orang)
    beri_sandi(orang, client)
    status = [client.post(url("enter-faktor"), {"kode": "1"}).status_code for _ in range(21)]
    assert status == [422] * 20 + [429]


def test_codes_open_by_the_second_door_only(orang: Pengguna) -> None:
    pasang(orang)
    pintu = FaktorBackend()
    assert pintu.authenticate(None, orang.nip, None) is None
    assert pintu.authenticate(None, "tidak@ada.go.id", kode_kini()) is None
    assert pintu.authenticate(None, orang.nip, kode_kini()) == orang
    assert pintu.get_user(orang.pk) is None


def test_key_of_the_application_may_change(orang: Pengguna, settings: Settings) -> None:
    satu, dua, *_lain = pasang(orang)
    lama, now = settings.SECRET_KEY, timezone.now()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "kunci-yang-baru", [lama]
    assert use_kode(pengguna=orang, kode=kode_kini(), now=now)
    assert use_kode(pengguna=orang, kode=satu, now=now)
    settings.SECRET_KEY_FALLBACKS = []
    assert not use_kode(pengguna=orang, kode=dua, now=now)


def test_taken_off_by_its_owner_or_by_the_operator(client: Client, orang: Pengguna) -> None:
    pasang(orang)
    beri_sandi(orang, client)
    client.post(url("enter-faktor"), {"kode": kode_kini()})
    assert client.post(url("remove-faktor")).status_code == 302
    assert client.post(url("remove-faktor")).status_code == 409
    assert client.post(url("renew-kode-pulih")).status_code == 409
    assert not KodePulih.objects.exists()
    pasang(orang)
    call_command("lepas_faktor", orang.nip)
    assert not is_masuk(client)
    assert [j.aktor for j in Jejak.objects.filter(aksi="organisasi.faktor.lepas")] == [orang, None]
    for siapa in (orang.nip, "tidak@ada.go.id"):
        with pytest.raises(CommandError):
            call_command("lepas_faktor", siapa)


def test_owner_is_told_by_mail(orang: Pengguna, settings: Settings) -> None:
    settings.SUREL_AKTIF = True
    pasang(orang)
    call_command("lepas_faktor", orang.nip)
    assert send_surat(gerbang=GerbangSurel("contoh"), jam=timezone.now) == 2
    for surat in mail.outbox:
        assert surat.subject == "Faktor kedua akun SAKIP Anda diubah"
        assert surat.to == [orang.surel]
        assert "/sandi/baru/" not in str(surat.body)


def test_second_app_and_wrong_first_code_are_refused(orang: Pengguna) -> None:
    now = timezone.now()
    with pytest.raises(IsianTidakSah, match="jam ponsel"):
        add_faktor(pengguna=orang, kunci=Rahasia(KUNCI), kode="1", now=now, sesi=None)
    pasang(orang)
    with pytest.raises(TransisiDitolak, match="sudah terpasang"):
        add_faktor(pengguna=orang, kunci=Rahasia(KUNCI), kode=kode_kini(), now=now, sesi=None)
    assert len(renew_kode(pengguna=orang, now=now, sesi=None)) == 10


def test_who_leads_puts_one_on_before_anything_else(client: Client, settings: Settings) -> None:
    settings.MFA_WAJIB = True
    pimpinan = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="kepala")).pengguna
    beri_sandi(pimpinan, client)
    for _ in range(2):
        assert client.get(url("edit-profil"))["Location"] == url("view-faktor")
    assert "mewajibkannya" in client.get(url("view-faktor")).content.decode()
    tersimpan = client.post(url("edit-profil"), {"ponsel": "+62811111111"})
    assert tersimpan["Location"] == url("view-faktor")
    assert "+62811111111" not in client.get(url("view-faktor")).content.decode()
    kunci = re.search(r'kode">([A-Z2-7 ]+)<', client.get(url("add-faktor")).content.decode())
    assert kunci
    kode = make_kode(kunci[1].replace(" ", ""), timezone.now())
    assert client.post(url("add-faktor"), {"kode": kode}).status_code == 200
    assert "+62811111111" in client.get(url("edit-profil")).content.decode()
    assert client.post(url("remove-faktor")).status_code == 302
    assert client.get(url("edit-profil"))["Location"] == url("view-faktor")


def test_it_can_be_everybodys_duty(client: Client, settings: Settings) -> None:
    settings.MFA_WAJIB = settings.MFA_SEMUA = True
    staf = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="staf")).pengguna
    beri_sandi(staf, client)
    assert client.get(url("edit-profil"))["Location"] == url("view-faktor")


def test_others_go_on_as_before_and_pay_no_query(client: Client, settings: Settings) -> None:
    staf = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="staf")).pengguna
    client.force_login(staf)
    kueri = []
    for wajib in (False, True):
        settings.MFA_WAJIB = wajib
        with CaptureQueriesContext(connection) as dijalankan:
            assert is_masuk(client)
        kueri.append(len(dijalankan))
    assert kueri[0] == kueri[1]
    Pengguna.objects.update(is_staff=True)
    assert not is_masuk(client)


def test_administration_is_behind_the_same_door(client: Client, orang: Pengguna) -> None:
    pintu = client.get(reverse("admin:index"), follow=True)
    assert pintu.redirect_chain[-1][0].startswith(url("sign-in"))
    client.force_login(orang)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    Pengguna.objects.update(is_staff=True)
    assert client.get(reverse("admin:login"))["Location"] == reverse("admin:index")
