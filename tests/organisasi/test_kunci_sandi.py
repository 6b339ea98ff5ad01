"""Passkeys: put on, used at the three doors, refused when anything about them is wrong."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from organisasi.models import Jejak, KodePulih, KunciSandi, Pengguna
from organisasi.services.faktor import add_faktor, use_kode
from organisasi.services.kunci_sandi import MAKS_KUNCI, make_pemilik, remove_kunci_sandi
from sakip.common.errors import TransisiDitolak
from sakip.common.kunci_sandi import (
    KunciTidakSah,
    begin_buat,
    begin_pakai,
    finish_buat,
    finish_pakai,
    is_tersedia,
    read_jawaban,
)
from sakip.common.rahasia import Rahasia
from sakip.common.totp import make_kode
from tests.factories.organisasi import SANDI, JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.organisasi.perangkat import Perangkat
from tests.organisasi.test_faktor import KUNCI, beri_sandi, is_masuk, pasang, url
from tests.organisasi.test_pastikan import lupakan

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Jawab

pytestmark = pytest.mark.django_db


@pytest.fixture
def orang() -> Pengguna:
    """Somebody with a post and a password."""
    return PenugasanFactory.create().pengguna


def read_opsi(client: Client, alamat: str) -> dict[str, Any]:
    """What that page asks the device."""
    cocok = re.search(r'data-opsi="([^"]*)"', client.get(alamat).content.decode())
    assert cocok
    opsi: dict[str, Any] = json.loads(unescape(cocok[1]))
    return opsi


def tambah(client: Client, perangkat: Perangkat, nama: str = "Ponsel dinas") -> "Jawab":
    """Put a passkey on; the answer of the page."""
    jawab = perangkat.buat(read_opsi(client, url("add-kunci-sandi")))
    return client.post(url("add-kunci-sandi"), {"nama": nama, "kunci_sandi": jawab})


def tunjukkan(client: Client, perangkat: Perangkat, alamat: str) -> "Jawab":
    """Answer the question of that page."""
    jawab = perangkat.pakai(read_opsi(client, alamat))
    return client.post(alamat, {"kunci_sandi": jawab})


@pytest.fixture
def berkunci(client: Client, orang: Pengguna) -> Perangkat:
    """The person's passkey; `client` is signed in with the password."""
    beri_sandi(orang, client)
    perangkat = Perangkat()
    assert tambah(client, perangkat).status_code == 200
    return perangkat


def test_first_passkey_brings_recovery_codes_and_ends_other_sessions(
    client: Client, orang: Pengguna
) -> None:
    lain = Client()
    beri_sandi(orang, client)
    beri_sandi(orang, lain)
    opsi = read_opsi(client, url("add-kunci-sandi"))
    assert opsi["attestation"] == "none"
    assert opsi["authenticatorSelection"]["userVerification"] == "required"
    assert orang.nip not in opsi["user"]["id"]
    jawab = tambah(client, Perangkat())
    kode = re.findall(r'<li class="kode">(\S+)</li>', jawab.content.decode())
    assert len(set(kode)) == 10
    assert (is_masuk(client), is_masuk(lain)) == (True, False)
    kedua = tambah(client, Perangkat(), "Kunci USB")
    assert kedua["Location"] == url("view-faktor")
    halaman = client.get(url("view-faktor")).content.decode()
    assert "Ponsel dinas" in halaman
    assert "Kunci USB" in halaman
    assert use_kode(pengguna=orang, kode=kode[0], now=timezone.now())
    pasang_nama = Jejak.objects.filter(aksi="organisasi.faktor.kunci_pasang")
    assert [j.data["nama"] for j in pasang_nama] == ["Ponsel dinas", "Kunci USB"]
    assert str(KunciSandi.objects.first()) == "Ponsel dinas"


def test_device_that_holds_one_is_not_asked_for_another(
    client: Client, berkunci: Perangkat
) -> None:
    ada = read_opsi(client, url("add-kunci-sandi"))["excludeCredentials"]
    assert [k["id"] for k in ada] == [KunciSandi.objects.get().pengenal]
    jawab = tambah(client, berkunci)
    assert (jawab.status_code, KunciSandi.objects.count()) == (422, 1)
    assert "sudah terpasang" in jawab.content.decode()


def test_there_is_an_end_to_passkeys(client: Client, berkunci: Perangkat, orang: Pengguna) -> None:
    KunciSandi.objects.bulk_create(
        KunciSandi(
            pengguna=orang,
            nama="x",
            pengenal=f"{n:04}",
            data=b"",
            hitungan=0,
            dibuat_pada=timezone.now(),
        )
        for n in range(MAKS_KUNCI - 1)
    )
    assert "Paling banyak 10" in tambah(client, Perangkat()).content.decode()


def test_passkey_alone_signs_in_and_is_both_factors(
    berkunci: Perangkat, orang: Pengguna, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MFA_WAJIB = True
    Pengguna.objects.update(is_staff=True)
    baru = Client()
    opsi = read_opsi(baru, url("sign-in-kunci"))
    assert "allowCredentials" not in opsi
    isi = {"kunci_sandi": berkunci.pakai(opsi), "next": url("view-sesi")}
    assert baru.post(url("sign-in-kunci"), isi)["Location"] == url("view-sesi")
    assert is_masuk(baru)
    assert KunciSandi.objects.get().dipakai_pada is not None
    # The same answer opens nothing a second time, anywhere.
    for lain in (baru, Client()):
        assert lain.post(url("sign-in-kunci"), isi).status_code == 422
    asing = Client()
    tujuan = tunjukkan(asing, berkunci, f"{url('sign-in-kunci')}?next=https://jahat.example/")
    assert tujuan["Location"] == reverse("laporan:meja-kerja")
    assert f"kunci_sandi_cocok akun={orang.pk} untuk=masuk" in caplog.text
    assert caplog.text.count("kunci_sandi_ditolak untuk=masuk") == 2


def test_password_then_passkey(client: Client, berkunci: Perangkat, orang: Pengguna) -> None:
    baru = Client()
    assert beri_sandi(orang, baru) == url("enter-faktor")
    opsi = read_opsi(baru, url("enter-faktor"))
    assert [k["id"] for k in opsi["allowCredentials"]] == [KunciSandi.objects.get().pengenal]
    milik_lain = Perangkat(pegangan=berkunci.pegangan, pengenal=berkunci.pengenal)
    salah = tunjukkan(baru, milik_lain, url("enter-faktor"))
    assert (salah.status_code, is_masuk(baru)) == (422, False)
    assert "Kunci sandi tidak cocok" in salah.content.decode()
    # A key that was asked for by name need not say whose it is.
    berkunci.pegangan = None
    assert tunjukkan(baru, berkunci, url("enter-faktor")).status_code == 302
    assert is_masuk(baru)
    assert tunjukkan(Client(), berkunci, url("sign-in-kunci")).status_code == 422


def test_passkey_of_somebody_else_is_none(client: Client, berkunci: Perangkat) -> None:
    lain = PenugasanFactory.create().pengguna
    pasang(lain)
    tamu = Client()
    beri_sandi(lain, tamu)
    assert "data-opsi" not in tamu.get(url("enter-faktor")).content.decode()
    opsi = read_opsi(client, url("sign-in-kunci"))
    assert tamu.post(url("enter-faktor"), {"kunci_sandi": berkunci.pakai(opsi)}).status_code == 422
    tambah_lain = Perangkat()
    tamu.force_login(lain)
    tambah(tamu, tambah_lain)
    masuk = Client()
    beri_sandi(lain, masuk)
    berkunci.pegangan = None
    assert tunjukkan(masuk, berkunci, url("enter-faktor")).status_code == 422


def test_acts_of_weight_take_a_passkey_for_the_password(
    client: Client, berkunci: Perangkat
) -> None:
    lupakan(client)
    alamat = client.get(url("add-faktor"))["Location"]
    assert tunjukkan(client, Perangkat(pengenal=berkunci.pengenal), alamat).status_code == 422
    opsi = read_opsi(client, alamat)
    isi = {"kunci_sandi": berkunci.pakai(opsi), "next": url("add-faktor")}
    assert client.post(alamat, isi)["Location"] == url("add-faktor")
    assert client.get(url("add-faktor")).status_code == 200
    lupakan(client)
    assert client.post(alamat, {"sandi": "bukan-itu"}).status_code == 422
    assert client.post(alamat, {"sandi": SANDI}).status_code == 302


@pytest.mark.parametrize("salah", ["tempat", "tertutup", "bingkai", "lama", "lain", "rusak"])
def test_whatever_is_wrong_opens_nothing(client: Client, berkunci: Perangkat, salah: str) -> None:
    baru = Client()
    opsi = read_opsi(baru, url("sign-in-kunci"))
    if salah == "tempat":
        berkunci.asal = "http://localhost.jahat.example:8000"
    elif salah == "tertutup":
        berkunci.dibuka = False
    elif salah == "bingkai":
        berkunci.bingkai = True
    elif salah == "lama":
        sesi = baru.session
        lalu = timezone.now() - timedelta(minutes=6)
        sesi["tantangan"] = sesi["tantangan"] | {"pada": lalu.isoformat()}
        sesi.save()
    elif salah == "lain":
        opsi = read_opsi(Client(), url("sign-in-kunci"))
    jawab = "{}" if salah == "rusak" else berkunci.pakai(opsi)
    ditolak = baru.post(url("sign-in-kunci"), {"kunci_sandi": jawab})
    assert (ditolak.status_code, is_masuk(baru)) == (422, False)
    if salah in ("tempat", "tertutup", "bingkai"):
        lain = Perangkat(asal=berkunci.asal, dibuka=berkunci.dibuka, bingkai=berkunci.bingkai)
        assert tambah(client, lain).status_code == 422
    assert KunciSandi.objects.count() == 1


def test_question_for_one_purpose_answers_no_other(
    client: Client, berkunci: Perangkat, orang: Pengguna
) -> None:
    lupakan(client)
    opsi = read_opsi(client, url("confirm-sandi"))
    jawab = {"kunci_sandi": berkunci.pakai(opsi)}
    assert client.post(url("sign-in-kunci"), jawab).status_code == 422
    assert client.post(url("confirm-sandi"), jawab).status_code == 422


def test_copied_device_is_found_out(client: Client, orang: Pengguna) -> None:
    beri_sandi(orang, client)
    asli = Perangkat(hitungan=5)
    tambah(client, asli)
    assert tunjukkan(Client(), asli, url("sign-in-kunci")).status_code == 302
    assert KunciSandi.objects.get().hitungan == 6
    asli.hitungan = 5
    assert tunjukkan(Client(), asli, url("sign-in-kunci")).status_code == 422
    assert Jejak.objects.filter(aksi="organisasi.faktor.kunci_mundur").count() == 1


def test_account_that_was_closed_stays_closed(berkunci: Perangkat) -> None:
    Pengguna.objects.update(is_active=False)
    assert tunjukkan(Client(), berkunci, url("sign-in-kunci")).status_code == 422


def test_wrong_answers_end_too(client: Client) -> None:
    isi = {"kunci_sandi": "x"}
    status = [client.post(url("sign-in-kunci"), isi).status_code for _ in range(61)]
    assert (set(status[:60]), status[60]) == ({422}, 429)


def test_taken_off_one_by_one(client: Client, berkunci: Perangkat, orang: Pengguna) -> None:
    asing = Client()
    asing.force_login(PenugasanFactory.create().pengguna)
    kunci = KunciSandi.objects.get()
    lepas = url("remove-kunci-sandi", kunci.pk)
    assert asing.post(lepas).status_code == 404
    now = timezone.now()
    kode = make_kode(KUNCI, now)
    # The codes of the first factor stay good when another one is put on, and when one goes.
    assert add_faktor(pengguna=orang, kunci=Rahasia(KUNCI), kode=kode, now=now, sesi=None) == []
    client.force_login(orang)
    assert client.post(lepas).status_code == 302
    assert KodePulih.objects.count() == 10
    assert client.post(lepas).status_code == 404
    with pytest.raises(TransisiDitolak):
        remove_kunci_sandi(pengguna=orang, kunci_id=kunci.pk, now=now, sesi=None)
    assert client.post(url("remove-faktor")).status_code == 302
    assert not KodePulih.objects.exists()


def test_last_factor_gone_means_one_must_be_put_on(client: Client, settings: Settings) -> None:
    settings.MFA_WAJIB = True
    pimpinan = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="kepala")).pengguna
    beri_sandi(pimpinan, client)
    assert client.get(url("edit-profil"))["Location"] == url("view-faktor")
    tambah(client, Perangkat())
    assert is_masuk(client)
    assert client.post(url("remove-kunci-sandi", KunciSandi.objects.get().pk)).status_code == 302
    assert client.get(url("edit-profil"))["Location"] == url("view-faktor")


def test_operator_takes_passkeys_off_too(client: Client, berkunci: Perangkat) -> None:
    call_command("lepas_faktor", Pengguna.objects.get().nip)
    assert not KunciSandi.objects.exists()
    assert not KodePulih.objects.exists()
    assert not is_masuk(client)


@pytest.mark.parametrize(
    ("alamat", "ada"),
    [
        ("https://sakip.contoh.go.id", True),
        ("http://localhost:8000", True),
        ("http://sakip.contoh.go.id", False),
        ("http://127.0.0.1:8000", False),
        ("https://10.0.0.8", False),
        ("", False),
    ],
)
def test_where_browsers_make_no_passkeys_pages_say_so(
    client: Client, orang: Pengguna, settings: Settings, alamat: str, *, ada: bool
) -> None:
    settings.ALAMAT_PUBLIK = alamat
    assert is_tersedia() is ada
    beri_sandi(orang, client)
    status = 200 if ada else 404
    assert client.get(url("add-kunci-sandi")).status_code == status
    assert ("Tambah kunci sandi" in client.get(url("view-faktor")).content.decode()) is ada
    assert "data-opsi" not in client.get(url("confirm-sandi")).content.decode()
    assert Client().get(url("sign-in-kunci")).status_code == status


@hypothesis.settings(max_examples=20)
@given(teks=st.text(max_size=40), isi=st.dictionaries(st.text(), st.integers() | st.text()))
def test_nonsense_is_refused_and_breaks_nothing(teks: str, isi: dict[str, Any]) -> None:
    for kata in (teks, json.dumps(isi), json.dumps({"response": isi, "rawId": teks}), "[]"):
        with pytest.raises(KunciTidakSah):
            read_jawaban(kata)
        with pytest.raises(KunciTidakSah):
            finish_buat({}, kata)


def test_answers_are_read_to_the_last_byte() -> None:
    pemilik, perangkat = PenggunaFactory.build(pk=7), Perangkat()
    soal = begin_buat(make_pemilik(pemilik), [])
    kredensial = finish_buat(soal.keadaan, perangkat.buat(soal.opsi))
    tanya = begin_pakai([kredensial.pengenal])
    jawab = read_jawaban(perangkat.pakai(tanya.opsi))
    assert finish_pakai(tanya.keadaan, jawab, kredensial.data) == 0
    for keadaan, data in ((soal.keadaan, kredensial.data), (tanya.keadaan, b"rusak")):
        with pytest.raises(KunciTidakSah):
            finish_pakai(keadaan, jawab, data)
    with pytest.raises(KunciTidakSah):
        read_jawaban(perangkat.pakai(tanya.opsi) + " " * 20_000)
