"""What protects one account is not touched, counted or ended by what happens to another."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from organisasi.models import Faktor, Jejak, KodePulih, Pengguna, Sesi, SuratAkun
from organisasi.selectors_akun import get_faktor, list_sesi
from organisasi.services.faktor import add_faktor, remove_faktor, renew_kode, use_kode
from organisasi.services.orang import IsianOrang, appoint_orang, can_invite, invite_orang
from organisasi.services.penugasan import Rencana
from organisasi.services.sandi import MAKS_LUPA, request_sandi, save_sandi
from organisasi.services.sesi import end_sesi, end_sesi_lain
from sakip.common.errors import TransisiDitolak
from sakip.common.rahasia import Rahasia
from sakip.common.totp import make_kode
from tests.factories.organisasi import MULAI, JabatanFactory, PenggunaFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
KUNCI = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def pasang(orang: Pengguna, now: datetime) -> list[str]:
    """The app with `KUNCI` on that account; its recovery codes."""
    kode = make_kode(KUNCI, now)
    return add_faktor(pengguna=orang, kunci=Rahasia(KUNCI), kode=kode, now=now, sesi=None)


def masuk(orang: Pengguna) -> Sesi:
    """A session of that person."""
    Client().force_login(orang)
    return Sesi.objects.filter(pengguna=orang).latest("expire_date")


@pytest.fixture
def dua(now: datetime) -> tuple[Pengguna, Pengguna]:
    """Two people, each with the app on the account."""
    sendiri, lain = (p.pengguna for p in PenugasanFactory.create_batch(2))
    pasang(lain, now)
    pasang(sendiri, now)
    return sendiri, lain


def test_second_factor_goes_without_that_of_anybody_else(
    dua: tuple[Pengguna, Pengguna], now: datetime
) -> None:
    sendiri, lain = dua
    remove_faktor(pengguna=sendiri, now=now, sesi=None)
    assert (get_faktor(sendiri).terpasang, get_faktor(sendiri).sisa_kode) == (None, 0)
    keadaan = get_faktor(lain)
    assert keadaan.terpasang == Faktor.objects.get(pengguna=lain)
    assert keadaan.sisa_kode == KodePulih.objects.filter(pengguna=lain).count() == 10
    with pytest.raises(TransisiDitolak, match="sudah dilepas"):
        remove_faktor(pengguna=sendiri, now=now, sesi=None)
    with pytest.raises(TransisiDitolak, match="lebih dahulu"):
        renew_kode(pengguna=sendiri, now=now, sesi=None)
    nanti = now + timedelta(minutes=5)
    assert not use_kode(pengguna=sendiri, kode=make_kode(KUNCI, nanti), now=nanti)


def test_recovery_codes_are_renewed_and_counted_for_their_owner(
    dua: tuple[Pengguna, Pengguna], now: datetime
) -> None:
    sendiri, lain = dua
    milik_lain = renew_kode(pengguna=lain, now=now, sesi=None)
    milik_sendiri = renew_kode(pengguna=sendiri, now=now, sesi=None)
    assert not use_kode(pengguna=sendiri, kode=milik_lain[0], now=now)
    assert use_kode(pengguna=lain, kode=milik_lain[0], now=now)
    assert use_kode(pengguna=sendiri, kode=milik_sendiri[0], now=now)
    sisa = Jejak.objects.filter(aksi="organisasi.faktor.kode_pulih").latest("pk").data["sisa"]
    assert sisa == get_faktor(sendiri).sisa_kode == 9


def test_sessions_of_others_are_neither_seen_nor_ended(now: datetime) -> None:
    sendiri, lain = PenggunaFactory.create_batch(2)
    milik, asing = masuk(sendiri), masuk(lain)
    assert [b.sesi for b in list_sesi(sendiri, kini=None, pada=timezone.now())] == [milik]
    with pytest.raises(TransisiDitolak, match="sudah berakhir"):
        end_sesi(pengguna=sendiri, sidik=asing.sidik, now=now)
    assert end_sesi_lain(pengguna=sendiri, kecuali=None, now=now) == 1
    assert list(Sesi.objects.all()) == [asing]


def test_letters_of_others_neither_count_nor_go(now: datetime, settings: Settings) -> None:
    settings.SUREL_AKTIF = True
    sendiri, lain = PenggunaFactory.create_batch(2)
    for _surat in range(MAKS_LUPA):
        request_sandi(siapa=lain.nip, now=now)
    request_sandi(siapa=sendiri.nip, now=now)
    surat = SuratAkun.objects.filter(pengguna=sendiri)
    assert surat.count() == 1
    save_sandi(pengguna=sendiri, sandi="sebaris-kata-baru-2026", now=now, aksi="atur_ulang")
    assert [s.jenis for s in surat] == ["berubah"]
    assert SuratAkun.objects.filter(pengguna=lain).count() == MAKS_LUPA


def test_invitation_minds_the_posts_and_letters_of_the_invited_only(now: datetime) -> None:
    """The manager leads, and older posts are held elsewhere: neither is the invited person's."""
    pengelola = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    staf = JabatanFactory.create(instansi=pengelola.jabatan.instansi)
    rencana = Rencana(staf, None, "definitif", now, None, "SK/1/2026")
    siapa = {"aktor": pengelola.pengguna, "now": now}
    PenugasanFactory.create(mulai=MULAI)
    baru = appoint_orang(
        isian=IsianOrang("198001012005011999", "Orang Baru", "baru@contoh.go.id"),
        rencana=rencana,
        **siapa,
    ).pengguna
    menunggu = PenggunaFactory.create()
    SuratAkun.objects.create(pengguna=menunggu, jenis="lupa", dibuat_pada=now, jadwal=now)
    assert can_invite(baru, staf.instansi_id)
    assert invite_orang(pengguna=baru, instansi_id=staf.instansi_id, **siapa)
    assert SuratAkun.objects.filter(pengguna=menunggu).exists()
