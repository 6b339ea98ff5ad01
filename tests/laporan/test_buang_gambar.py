"""Pictures that no text shows any more go after a day; what any version shows stays for ever."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from laporan.models import BabNaskah, Draf, GambarNaskah
from laporan.services.gambar import attach_gambar, sweep_gambar
from laporan.services.naskah import IsianBab, hand_over_naskah, save_bab
from laporan.tasks import buang_gambar
from organisasi.models import Pengguna
from tests.laporan.meja_tanda import TANDA_SATU
from tests.laporan.rute import aktif, make_kantor
from tests.laporan.test_gambar import unggahan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri")]
LAMPAU = timedelta(days=2)
Meja = tuple[Draf, Pengguna]


@pytest.fixture
def meja(now: datetime) -> Meja:
    """A draft and who writes it."""
    kantor = make_kantor(TANDA_SATU, now)
    draf = kantor.start(now)
    return draf, kantor.pelaku(aktif(draf)[0])


def attach(meja: Meja, lebar: int, pada: datetime) -> GambarNaskah:
    """A picture of that width, uploaded at that moment."""
    return attach_gambar(draf_id=meja[0].pk, berkas=unggahan(lebar), aktor=meja[1], now=pada)


def show(meja: Meja, gambar: GambarNaskah | None, pada: datetime) -> None:
    """The first part shows that picture, or none."""
    bab = BabNaskah.objects.filter(draf=meja[0])[0]
    figur = f'<figure><img src="{gambar.get_absolute_url()}" alt="a"></figure>' if gambar else ""
    isian = IsianBab(f"<p>Kata.</p>{figur}", bab.versi)
    save_bab(bab_id=bab.pk, isian=isian, aktor=meja[1], now=pada)


def test_only_what_nothing_shows_goes_with_its_file(
    meja: Meja, now: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    lampau = now - LAMPAU
    versi, kini, lepas = (attach(meja, lebar, lampau) for lebar in (310, 320, 330))
    muda = attach(meja, 340, now - timedelta(hours=23))
    show(meja, versi, lampau)
    hand_over_naskah(meja[0], oleh=meja[1], now=lampau)
    show(meja, kini, lampau)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_gambar(now=now) == 1
    assert set(GambarNaskah.objects.all()) == {versi, kini, muda}
    assert not default_storage.exists(str(lepas.berkas.name))
    assert default_storage.exists(str(versi.berkas.name))
    assert sweep_gambar(now=now) == 0


def test_a_text_written_today_loses_nothing(meja: Meja, now: datetime) -> None:
    """The picture was just taken out; the editor can still bring it back."""
    gambar = attach(meja, 310, now - LAMPAU)
    show(meja, gambar, now - LAMPAU)
    show(meja, None, now - timedelta(hours=1))
    assert sweep_gambar(now=now) == 0
    assert sweep_gambar(now=now + LAMPAU) == 1


def test_a_picture_sent_again_is_as_new(meja: Meja, now: datetime) -> None:
    satu, dua = attach(meja, 310, now - LAMPAU), attach(meja, 310, now)
    assert satu == dua
    assert sweep_gambar(now=now) == 0


def test_the_nightly_job_sweeps_drafts_that_ended_lately(meja: Meja) -> None:
    gambar = attach(meja, 310, datetime(2026, 1, 1).astimezone())
    Draf.objects.filter(pk=meja[0].pk).update(selesai_pada=datetime(2026, 1, 2).astimezone())
    assert GambarNaskah.objects.get() == gambar
    buang_gambar()
    assert not GambarNaskah.objects.exists()
