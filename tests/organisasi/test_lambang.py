"""The emblem in the letterhead: drawn anew, refused when it is no picture, printed in the kop."""

import io
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin

from organisasi.models import Instansi, Jejak, Lambang, Penugasan
from organisasi.services.lambang import MAKS_BYTE, redraw, remove_lambang, save_lambang
from sakip.common.errors import AksesDitolak, IsianTidakSah
from tests.factories.organisasi import InstansiFactory, JabatanFactory, PenugasanFactory


def gambar(jenis: str = "PNG", sisi: tuple[int, int] = (1200, 800), **lain: object) -> bytes:
    """A picture."""
    keluar = io.BytesIO()
    Image.new("RGB", sisi, "navy").save(keluar, jenis, **lain)
    return keluar.getvalue()


@pytest.fixture
def kelola(db: None) -> Penugasan:
    """Who configures an office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))


@pytest.mark.parametrize("jenis", ["PNG", "JPEG"])
def test_picture_is_drawn_anew_and_small(jenis: str) -> None:
    with Image.open(io.BytesIO(redraw(gambar(jenis)))) as baru:
        assert (baru.format, baru.size) == ("PNG", (600, 400))


def test_what_rides_along_is_left_behind() -> None:
    catatan = PngImagePlugin.PngInfo()
    catatan.add_text("Comment", "<script>alert(1)</script>")
    asal = gambar(pnginfo=catatan) + b"<script>"
    assert b"<script>" in asal
    assert b"<script>" not in redraw(asal)


@pytest.mark.parametrize(
    "isi",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        gambar("GIF"),
        gambar()[:200],
        gambar(sisi=(5001, 200)),
        gambar(sisi=(99, 400)),
        gambar() + b"0" * MAKS_BYTE,
    ],
    ids=("empty", "svg", "gif", "cut", "wide", "tiny", "heavy"),
)
def test_anything_else_is_refused(isi: bytes) -> None:
    with pytest.raises(IsianTidakSah):
        redraw(isi)


def test_only_who_configures_changes_it(kelola: Penugasan, now: datetime) -> None:
    instansi, orang = kelola.jabatan.instansi, PenugasanFactory.create().pengguna
    with pytest.raises(AksesDitolak):
        save_lambang(instansi_id=instansi.pk, isi=gambar(), aktor=orang, now=now)
    with pytest.raises(AksesDitolak):
        remove_lambang(instansi_id=instansi.pk, aktor=orang, now=now)
    remove_lambang(instansi_id=instansi.pk, aktor=kelola.pengguna, now=now)
    assert not Jejak.objects.exists()


def test_page_uploads_shows_and_removes(client: Client, kelola: Penugasan) -> None:
    alamat = reverse("organisasi:edit-lambang")
    client.force_login(kelola.pengguna)
    assert "Belum ada lambang" in client.get(alamat).content.decode()
    assert client.post(alamat).status_code == 422
    teks = client.post(alamat, {"berkas": SimpleUploadedFile("a.png", b"bukan")})
    assert teks.status_code == 422
    assert "bukan gambar" in teks.content.decode()
    for warna in ("PNG", "JPEG"):
        kirim = {"berkas": SimpleUploadedFile("a.png", gambar(warna))}
        assert client.post(alamat, kirim).status_code == 302
    assert "data:image/png;base64," in client.get(alamat).content.decode()
    assert str(Lambang.objects.get()).startswith(f"{kelola.jabatan.instansi_id} ")
    assert client.post(alamat, {"aksi": "hapus"}).status_code == 302
    assert not Lambang.objects.exists()
    assert Jejak.objects.filter(aksi__startswith="organisasi.lambang").count() == 3
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(alamat).status_code == 403


def kop(instansi: Instansi) -> str:
    """The letterhead of an office."""
    cetak = {"draf": SimpleNamespace(instansi=instansi)}
    return render_to_string("pdf/_kop.html", {"cetak": cetak})


def test_letterhead_carries_the_emblem_of_its_own_office(kelola: Penugasan, now: datetime) -> None:
    instansi = kelola.jabatan.instansi
    assert "<img" not in kop(instansi)
    save_lambang(instansi_id=instansi.pk, isi=gambar(), aktor=kelola.pengguna, now=now)
    assert 'src="data:image/png;base64,' in kop(instansi)
    assert "<img" not in kop(InstansiFactory.create())
