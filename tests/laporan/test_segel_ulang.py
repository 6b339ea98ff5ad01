"""Changing the key of the application without anybody having to begin again."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from laporan.services.identitas_tanda import get_nik, save_nik
from organisasi.services.faktor import add_faktor, use_kode
from sakip.common.rahasia import Rahasia
from sakip.common.totp import make_kode
from tests.factories.organisasi import PenugasanFactory

KUNCI = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NIK = "3516011201800001"


@pytest.mark.django_db
def test_what_is_sealed_moves_to_the_new_key_and_the_old_one_can_go(
    settings: Settings, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    p = PenugasanFactory.create()
    kode = make_kode(KUNCI, now)
    add_faktor(pengguna=p.pengguna, kunci=Rahasia(KUNCI), kode=kode, now=now, sesi=None)
    save_nik(sebagai=p, nik=NIK, now=now)
    lama, settings.SECRET_KEY = settings.SECRET_KEY, "kunci-yang-baru"
    with pytest.raises(CommandError, match="1 kunci autentikator dan 1 NIK tidak terbuka"):
        call_command("segel_ulang")
    settings.SECRET_KEY_FALLBACKS = [lama]
    for _kali in range(2):
        call_command("segel_ulang")
    assert "1 kunci autentikator dan 1 NIK disandikan" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    nik = get_nik(p.pengguna)
    assert nik
    assert nik.reveal() == NIK
    nanti = now.replace(minute=now.minute + 5)
    assert use_kode(pengguna=p.pengguna, kode=make_kode(KUNCI, nanti), now=nanti)
