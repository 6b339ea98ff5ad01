"""The paper of an office: chosen by who configures it, kept in the trail, printed on."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from organisasi.models import Jejak, Penugasan
from organisasi.services.kertas import save_kertas
from sakip.common.errors import AksesDitolak, IsianTidakSah
from tests.factories.organisasi import JabatanFactory, PenugasanFactory


@pytest.fixture
def kelola(db: None) -> Penugasan:
    """Who configures an office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))


def test_paper_is_changed_with_a_trail(kelola: Penugasan, client: Client) -> None:
    client.force_login(kelola.pengguna)
    alamat = reverse("organisasi:edit-lambang")
    assert client.post(alamat, {"aksi": "kertas", "kertas": "f4"}).status_code == 302
    instansi = kelola.jabatan.instansi
    instansi.refresh_from_db()
    assert instansi.ukuran_kertas == (215, 330)
    assert Jejak.objects.get(aksi="organisasi.kertas.simpan").data == {"dari": "a4", "ke": "f4"}
    assert '<option value="f4" selected>' in client.get(alamat).content.decode()


def test_the_same_paper_again_is_no_act(kelola: Penugasan, now: datetime) -> None:
    save_kertas(instansi_id=kelola.jabatan.instansi_id, kertas="a4", aktor=kelola.pengguna, now=now)
    assert not Jejak.objects.filter(aksi="organisasi.kertas.simpan").exists()


def test_other_paper_is_refused(kelola: Penugasan, client: Client) -> None:
    client.force_login(kelola.pengguna)
    jawaban = client.post(
        reverse("organisasi:edit-lambang"), {"aksi": "kertas", "kertas": "letter"}
    )
    assert jawaban.status_code == 422
    with pytest.raises(IsianTidakSah):
        save_kertas(
            instansi_id=kelola.jabatan.instansi_id,
            kertas="",
            aktor=kelola.pengguna,
            now=datetime.now().astimezone(),
        )


def test_staff_may_not(db: None, now: datetime) -> None:
    staf = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="staf"))
    with pytest.raises(AksesDitolak):
        save_kertas(instansi_id=staf.jabatan.instansi_id, kertas="f4", aktor=staf.pengguna, now=now)
