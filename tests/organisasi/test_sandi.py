"""Passwords: forgotten, chosen by a letter, changed on one's own page; what ends with them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPConnectError, SMTPRecipientsRefused
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organisasi.models import Instansi, Jejak, Pengguna, SuratAkun
from organisasi.selectors import find_chain_break, list_undangan_gagal
from organisasi.services.sandi import request_sandi
from organisasi.services.surat_akun import discard_surat, make_jalur, queue_surat, send_surat
from organisasi.tasks import kirim_surat_akun
from sakip.common.gerbang import GerbangSurel
from tests.factories.organisasi import SANDI, PenggunaFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
BARU = "sebaris-kata-baru-2026"
PASANG = {"new_password1": BARU, "new_password2": BARU}
LUPA = SuratAkun.Jenis.LUPA


@pytest.fixture(autouse=True)
def surel(settings: Settings) -> None:
    """An office with e-mail."""
    settings.SUREL_AKTIF = True
    settings.ALAMAT_PUBLIK = "https://sakip.contoh.go.id"


@pytest.fixture
def orang() -> Pengguna:
    """Somebody with a post and a password."""
    return PenugasanFactory.create().pengguna


def url(nama: str, *isi: object) -> str:
    """Address in this app."""
    return reverse(f"organisasi:{nama}", args=isi)


def kirim(saat: datetime | None = None) -> int:
    """Let the job run at that moment."""
    return send_surat(gerbang=GerbangSurel("contoh"), jam=lambda: saat or timezone.now())


def baca_tautan() -> str:
    """Path of the link in the last letter."""
    tautan = re.search(r"https://sakip\.contoh\.go\.id(/\S+)", str(mail.outbox[-1].body))
    assert tautan
    return tautan[1]


def test_forgotten_password_is_chosen_anew_by_letter_and_old_sessions_end(
    client: Client, orang: Pengguna
) -> None:
    dalam = Client()
    dalam.force_login(orang)
    assert "Lupa kata sandi" in client.get(url("sign-in")).content.decode()
    assert client.post(url("forgot-sandi"), {"siapa": orang.surel.upper()}).status_code == 302
    kirim_surat_akun.run()
    assert mail.outbox[-1].to == [orang.surel]
    buka = client.get(baca_tautan(), follow=True)
    assert orang.nama in buka.content.decode()
    alamat = buka.redirect_chain[-1][0]
    beda = client.post(alamat, PASANG | {"new_password2": "x"})
    assert beda.status_code == 422
    assert "Tidak sama dengan kata sandi baru di atas." in beda.content.decode()
    assert client.post(alamat, PASANG)["Location"] == url("sign-in")
    orang.refresh_from_db()
    assert orang.check_password(BARU)
    assert dalam.get(url("edit-profil")).status_code == 302
    kirim()
    assert "telah diubah" in mail.outbox[-1].subject
    jejak = Jejak.objects.get(aksi="organisasi.sandi.atur_ulang")
    assert jejak.aktor == orang
    assert jejak.sebagai
    assert find_chain_break(Instansi.objects.get()) is None


@pytest.mark.parametrize("siapa", ["tak-dikenal@contoh.go.id", "199901012020011001", "nonaktif"])
def test_answer_is_the_same_whoever_asks(client: Client, orang: Pengguna, siapa: str) -> None:
    mati = PenggunaFactory(is_active=False)
    tak = client.post(url("forgot-sandi"), {"siapa": mati.nip if siapa == "nonaktif" else siapa})
    kenal = client.post(url("forgot-sandi"), {"siapa": orang.nip})
    assert (tak.status_code, tak["Location"]) == (kenal.status_code, kenal["Location"])
    assert SuratAkun.objects.get().pengguna == orang
    assert "Periksa surel" in client.get(kenal["Location"]).content.decode()
    assert client.post(url("forgot-sandi"), {"siapa": ""}).status_code == 422


def test_one_account_gets_three_letters_an_hour(orang: Pengguna, now: datetime) -> None:
    for _ in range(5):
        request_sandi(siapa=orang.nip, now=now)
    assert SuratAkun.objects.count() == 3
    request_sandi(siapa=orang.nip, now=now + timedelta(hours=1, seconds=1))
    assert SuratAkun.objects.count() == 4


def test_letters_are_kept_for_ninety_days(orang: Pengguna, now: datetime) -> None:
    isi = {"pengguna": orang, "jenis": LUPA, "terkirim_pada": now}
    lama, kini = now - timedelta(days=91), now - timedelta(days=89)
    SuratAkun.objects.create(**isi, dibuat_pada=lama)
    tinggal = [SuratAkun.objects.create(**isi, dibuat_pada=kini)]
    antre = {"pengguna": orang, "jenis": LUPA, "jadwal": now}
    tinggal.append(SuratAkun.objects.create(**antre, dibuat_pada=lama))
    gagal = {"jenis": SuratAkun.Jenis.UNDANGAN, "galat": "ditolak", "dibuat_pada": lama}
    SuratAkun.objects.create(**gagal, pengguna=orang)
    orang_baru = PenggunaFactory()
    orang_baru.set_unusable_password()
    orang_baru.save()
    tinggal.append(SuratAkun.objects.create(**gagal, pengguna=orang_baru))
    assert discard_surat(now=now) == 2
    assert list(SuratAkun.objects.order_by("pk")) == tinggal


def test_one_address_does_not_ask_without_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisasi.views.sandi._LUPA_PER_JAM", 2)
    minta = [
        client.post(url("forgot-sandi"), {"siapa": "0"}, REMOTE_ADDR="203.0.113.7").status_code
        for _ in range(3)
    ]
    assert minta == [302, 302, 429]
    assert client.get(url("forgot-sandi"), REMOTE_ADDR="203.0.113.7").status_code == 200


def test_forgotten_password_is_no_way_around_an_invitation(orang: Pengguna, now: datetime) -> None:
    orang.set_unusable_password()
    orang.save()
    request_sandi(siapa=orang.nip, now=now)
    assert not SuratAkun.objects.exists()


def test_link_ends_after_two_hours_and_is_no_invitation(client: Client, orang: Pengguna) -> None:
    jalur = make_jalur(orang, LUPA)
    lain = jalur.replace("/sandi/baru/", "/undangan/")
    assert "tidak berlaku lagi" in client.get(lain, follow=True).content.decode()
    kini = datetime.now()  # noqa: DTZ005 - the clock of Django's tokens is naive
    for lewat, masih in ((timedelta(minutes=119), True), (timedelta(minutes=121), False)):
        with patch(
            "organisasi.services.surat_akun.TokenLupa._now",
            lambda _diri, saat=kini + lewat: saat,
        ):
            isi = Client().get(jalur, follow=True).content.decode()
        assert ("Minta tautan baru" not in isi) is masih
    rusak = jalur.rsplit("/", 2)[0] + "/x/"
    assert "Minta tautan baru" in client.get(rusak, follow=True).content.decode()


def test_without_mail_the_page_says_whom_to_ask(
    client: Client, orang: Pengguna, settings: Settings, now: datetime
) -> None:
    settings.SUREL_AKTIF = False
    assert "pengelola server" in client.get(url("forgot-sandi")).content.decode()
    client.post(url("forgot-sandi"), {"siapa": orang.nip})
    request_sandi(siapa=orang.nip, now=now)
    assert not SuratAkun.objects.exists()
    kirim_surat_akun.run()
    assert not mail.outbox


def test_operator_prints_a_link(orang: Pengguna, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("tautan_sandi", orang.surel)
    assert "/sandi/baru/" in capsys.readouterr().out
    orang.set_unusable_password()
    orang.save()
    call_command("tautan_sandi", orang.nip)
    assert "/undangan/" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("tautan_sandi", "0")


def test_own_password_is_changed_by_who_knows_it(client: Client, orang: Pengguna) -> None:
    lain = Client()
    for c in (client, lain):
        c.force_login(orang, backend="organisasi.auth.NipAtauSurelBackend")
    assert url("change-sandi") in client.get(url("edit-profil")).content.decode()
    assert client.get(url("change-sandi")).status_code == 200
    salah = client.post(url("change-sandi"), PASANG | {"sandi_lama": "bukan-ini"})
    assert salah.status_code == 422
    assert "tidak cocok" in salah.content.decode()
    assert client.post(url("change-sandi"), PASANG | {"sandi_lama": SANDI}).status_code == 302
    assert client.get(url("edit-profil")).status_code == 200
    assert lain.get(url("edit-profil")).status_code == 302
    assert SuratAkun.objects.get().jenis == SuratAkun.Jenis.BERUBAH


@pytest.mark.parametrize("sandi", ["padi " * 20, "93 17 46 82 05"], ids=["panjang", "angka"])
def test_a_password_may_be_any_long_text_and_counts_letter_by_letter(
    client: Client, orang: Pengguna, sandi: str
) -> None:
    """A hundred letters with a space at the end, or nothing but figures."""
    client.force_login(orang, backend="organisasi.auth.NipAtauSurelBackend")
    isi = {"sandi_lama": SANDI, "new_password1": sandi, "new_password2": sandi}
    assert client.post(url("change-sandi"), isi).status_code == 302
    orang.refresh_from_db()
    assert orang.check_password(sandi)
    assert not any(map(orang.check_password, (sandi[:-1], f"{sandi} ", sandi[:72] + "x")))
    masuk = {"username": orang.nip, "password": sandi}
    assert Client().post(url("sign-in"), masuk).status_code == 302


def test_wrong_old_passwords_close_the_door(
    client: Client, orang: Pengguna, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    client.force_login(orang, backend="organisasi.auth.NipAtauSurelBackend")
    salah = PASANG | {"sandi_lama": "bukan-ini"}
    status = [client.post(url("change-sandi"), salah).status_code for _ in range(5)]
    assert status == [422, 422, 422, 422, 429]


def test_person_without_a_post_changes_the_password_too(client: Client) -> None:
    client.force_login(PenggunaFactory(), backend="organisasi.auth.NipAtauSurelBackend")
    assert client.post(url("change-sandi"), PASANG | {"sandi_lama": SANDI}).status_code == 302
    assert not Jejak.objects.exists()


@pytest.mark.parametrize(
    ("galat", "menunggu"),
    [(SMTPRecipientsRefused({}), False), (SMTPConnectError(1, "x"), True)],
    ids=["refused", "later"],
)
def test_letter_that_fails_is_given_up_or_tried_again(
    orang: Pengguna, now: datetime, galat: Exception, *, menunggu: bool
) -> None:
    queue_surat(orang, LUPA, now=now)
    with patch("django.core.mail.EmailMessage.send", side_effect=galat):
        assert kirim(now) == 0
        assert kirim(now) == 0  # not due: one attempt only
    surat = SuratAkun.objects.get()
    assert (surat.jadwal is not None, surat.percobaan) == (menunggu, 1)
    assert surat.galat
    if menunggu:
        with patch("django.core.mail.EmailMessage.send", side_effect=galat):
            for n in range(1, 8):
                kirim(now + timedelta(hours=n))
        surat.refresh_from_db()
        assert (surat.jadwal, surat.percobaan) == (None, SuratAkun.MAKS_PERCOBAAN)


def test_letter_that_nobody_needs_any_more_is_dropped(orang: Pengguna, now: datetime) -> None:
    queue_surat(orang, SuratAkun.Jenis.UNDANGAN, now=now)
    assert kirim(now) == 0
    assert not SuratAkun.objects.exists()


def test_letter_taken_by_another_worker_is_left_alone(orang: Pengguna, now: datetime) -> None:
    queue_surat(orang, LUPA, now=now)
    surat = SuratAkun.objects.get()

    def curi(*_: object) -> int:
        SuratAkun.objects.update(percobaan=7, jadwal=now + timedelta(hours=1))
        return 1

    with patch("django.core.mail.EmailMessage.send", curi):
        kirim(now)
    surat.refresh_from_db()
    assert (surat.terkirim_pada, surat.percobaan) == (None, 7)


def test_letter_is_taken_only_when_its_turn_has_come(now: datetime) -> None:
    for _ in range(3):
        queue_surat(PenugasanFactory.create().pengguna, LUPA, now=now)
    diambil: list[int] = []

    def lambat(*_: object) -> int:
        diambil.append(SuratAkun.objects.filter(percobaan=1).count())
        return 1

    with patch("django.core.mail.EmailMessage.send", lambat):
        assert kirim(now) == 3
    assert diambil == [1, 2, 3]


def test_two_workers_send_one_letter(orang: Pengguna, now: datetime) -> None:
    queue_surat(orang, LUPA, now=now)
    jam: Callable[[], datetime] = iter([now, now - timedelta(days=1)]).__next__
    assert send_surat(gerbang=GerbangSurel("contoh"), jam=jam) == 0
    assert str(SuratAkun.objects.get()) == f"Lupa kata sandi {orang.pk}"


def test_failed_invitations_are_known(orang: Pengguna, now: datetime) -> None:
    kantor = orang.penugasan.get().jabatan.instansi
    SuratAkun.objects.create(pengguna=orang, jenis="undangan", dibuat_pada=now)
    assert list_undangan_gagal(kantor) == {orang.pk}
    SuratAkun.objects.create(pengguna=orang, jenis="undangan", dibuat_pada=now, terkirim_pada=now)
    assert list_undangan_gagal(kantor) == set()
