"""Text that should not have come: the right words, nothing lost, nothing fetched, never a fault."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from laporan.models import BabNaskah
from tests.common.test_gambar import foto
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri")]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office on the Dinkes route."""
    return make_kantor(DINKES, now)


@pytest.fixture
def bab(kantor: Kantor, now: datetime, client: Client) -> BabNaskah:
    """A chapter at the desk of the Perencana, who is signed in."""
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    client.force_login(kantor.pelaku(aktif(draf)[0]))
    return BabNaskah.objects.filter(draf=draf)[0]


def save(client: Client, bab: BabNaskah, isi: str) -> tuple[int, dict[str, object]]:
    """Status and answer of an autosave."""
    jawab = client.post(
        reverse("laporan:save-bab", args=[bab.pk]), {"isi": isi, "versi": str(bab.versi)}
    )
    json = "json" in jawab["Content-Type"]
    return jawab.status_code, jawab.json() if json else {}


def test_three_hundred_rows_are_kept_with_a_word_of_advice(client: Client, bab: BabNaskah) -> None:
    tabel = f"<table><tbody>{'<tr><td><p>x</p></td></tr>' * 300}</tbody></table>"
    status, jawab = save(client, bab, tabel)
    assert status == 200
    assert jawab["peringatan"] == [
        "Ada tabel 300 baris. Tersimpan, tetapi tabel sepanjang itu lebih mudah dibaca sebagai "
        "lampiran."
    ]
    bab.refresh_from_db()
    assert bab.isi.count("<tr>") == 300


@pytest.mark.parametrize(
    "alamat", ["file:///etc/passwd", "http://169.254.169.254/latest/", "https://169.254.169.254/"]
)
def test_links_that_lead_nowhere_leave_their_words(
    client: Client, bab: BabNaskah, alamat: str
) -> None:
    status, jawab = save(client, bab, f'<p><a href="{alamat}">lampiran</a></p>')
    assert status == 200
    assert "1 tautan dilepas" in str(jawab["peringatan"])
    bab.refresh_from_db()
    assert "lampiran</p>" in bab.isi
    assert alamat not in bab.isi


@pytest.mark.parametrize(
    ("panjang", "status"), [(1_000_000, 422), (3_500_000, 422), (6_000_000, 400)]
)
def test_too_much_at_once_is_refused_and_the_chapter_stays(
    client: Client, bab: BabNaskah, panjang: int, status: int
) -> None:
    dapat, jawab = save(client, bab, "x" * panjang)
    assert dapat == status
    assert status == 400 or "terlalu panjang" in str(jawab["pesan"])
    bab.refresh_from_db()
    assert (bab.isi, bab.versi) == ("", 1)


def test_form_with_too_long_a_chapter_comes_back_with_its_text(
    client: Client, bab: BabNaskah
) -> None:
    tugas = aktif(bab.draf)[0]
    isi = "kata " * 100_000
    jawab = client.post(
        tugas.get_absolute_url(),
        {f"isi-{bab.pk}": isi, f"versi-{bab.pk}": "1", "hasil": "lanjut", "aksi": "teruskan"},
    )
    assert jawab.status_code == 422
    halaman = jawab.content.decode()
    assert "terlalu panjang" in halaman
    assert isi[:1000] in halaman
    assert "data-kembali" in halaman
    assert nomor_kini(bab.draf) == 4


def test_lines_of_a_browser_form_are_no_change(client: Client, bab: BabNaskah) -> None:
    save(client, bab, "<p>satu\ndua</p>")
    bab.refresh_from_db()
    tugas = aktif(bab.draf)[0]
    data = {
        f"isi-{bab.pk}": bab.isi.replace("\n", "\r\n"),
        f"versi-{bab.pk}": "1",
        "hasil": "lanjut",
        "aksi": "simpan",
    }
    assert client.post(tugas.get_absolute_url(), data).status_code == 302
    bab.refresh_from_db()
    assert bab.versi == 2


@pytest.mark.parametrize("bentuk", ["JPEG", "PNG"])
def test_forty_megapixels_are_handled_or_refused_in_words(
    client: Client, bab: BabNaskah, bentuk: str
) -> None:
    berkas = SimpleUploadedFile(f"besar.{bentuk}", foto(8000, 5000, bentuk).getvalue())
    jawab = client.post(reverse("laporan:add-gambar", args=[bab.draf_id]), {"gambar": berkas})
    if bentuk == "JPEG":
        assert (jawab.status_code, jawab.json()["lebar"]) == (200, 2400)
    else:
        assert (jawab.status_code, "Perkecil dahulu" in jawab.json()["pesan"]) == (422, True)
