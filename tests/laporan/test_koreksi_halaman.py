"""Pages of correcting, as examiner, writer, colleague and stranger see them."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from laporan.models import CatatanKoreksi, VersiDibaca
from organisasi.models import Pengguna
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.koreksi_uji import MejaKoreksi, make_meja
from tests.laporan.meja_tanda import run_semua
from tests.laporan.rute import aktif, nomor_kini

pytestmark = pytest.mark.django_db
USUL = "Capaian mencapai 88,7 persen dari target."


@pytest.fixture
def meja(now: datetime) -> MejaKoreksi:
    """A text on the examiner's desk."""
    return make_meja(now)


def masuk(orang: Pengguna) -> Client:
    """The browser of that person."""
    client = Client()
    client.force_login(orang)
    return client


def alamat_catat(meja: MejaKoreksi, ke: int = 0, **ganti: str) -> str:
    """Where a note on that block is written."""
    dasar = reverse("laporan:note-naskah", args=[meja.draf.pk])
    kueri = {"bab": meja.bab.kode, "blok": meja.blok(ke).kode} | ganti
    return f"{dasar}?bab={kueri['bab']}&blok={kueri['blok']}"


def halaman_tugas(meja: MejaKoreksi, orang: Pengguna) -> str:
    """The page of the open turn, as that person sees it."""
    return masuk(orang).get(aktif(meja.draf)[0].get_absolute_url()).content.decode()


def state_dibaca(client: Client, meja: MejaKoreksi, orang: Pengguna) -> str:
    """The person states having read what the page of the turn showed to `orang`; where to next."""
    alamat = aktif(meja.draf)[0].get_absolute_url()
    bukti = masuk(orang).get(alamat).context["koreksi"].bukti
    alamat = reverse("laporan:read-versi", args=[meja.draf.pk])
    return client.post(alamat, {"bukti": bukti})["Location"]


def test_examiner_notes_a_paragraph_and_finds_it_there(meja: MejaKoreksi) -> None:
    client = masuk(meja.pemeriksa)
    isi = client.get(alamat_catat(meja)).content.decode()
    assert "Capaian mencapai 86,1 persen dari target.</textarea>" in isi
    data = {"nomor": "1", "isi": "Cek <b>lampiran</b>.", "usul": USUL}
    balas = client.post(alamat_catat(meja), data)
    catatan = CatatanKoreksi.objects.get()
    assert balas["Location"] == f"{aktif(meja.draf)[0].get_absolute_url()}#c-{catatan.pk}"
    halaman = halaman_tugas(meja, meja.pemeriksa)
    assert f'id="c-{catatan.pk}"' in halaman
    assert "Cek &lt;b&gt;lampiran&lt;/b&gt;." in halaman
    assert "86,1</del>" in halaman
    assert "88,7</ins>" in halaman
    assert "1 catatan terbuka ikut dikirim" in halaman
    assert f'id="b-{meja.bab.kode}-{meja.blok().kode}"' in halaman


def test_a_note_on_a_part_may_name_a_row_of_figures(meja: MejaKoreksi) -> None:
    client = masuk(meja.pemeriksa)
    alamat = alamat_catat(meja, blok="")
    assert "Usul kalimat" not in client.get(alamat).content.decode()
    assert client.post(alamat, {"nomor": "1", "isi": "Bagian ini."}).status_code == 302
    assert "Bagian ini." in halaman_tugas(meja, meja.pemeriksa)


@pytest.mark.parametrize(
    ("data", "status", "kata"),
    [
        ({"nomor": "1", "isi": ""}, 422, "Tuliskan catatannya"),
        ({"nomor": "9", "isi": "Simpan saya."}, 409, "sudah berubah sejak Anda buka"),
        ({"nomor": "", "isi": "Simpan saya."}, 422, "Belum dapat"),
    ],
    ids=("kosong", "basi", "tanpa-versi"),
)
def test_what_cannot_be_kept_is_said_and_not_lost(
    meja: MejaKoreksi, data: dict[str, str], status: int, kata: str
) -> None:
    balas = masuk(meja.pemeriksa).post(alamat_catat(meja), data)
    isi = balas.content.decode()
    assert balas.status_code == status
    assert data["isi"] in isi
    if status != 422 or not data["nomor"]:
        assert "Galat" in isi
    else:
        assert kata in isi


def test_who_may_not_note_is_told_so(meja: MejaKoreksi) -> None:
    assert masuk(meja.penulis).get(alamat_catat(meja)).status_code == 403
    assert masuk(PenggunaFactory.create()).get(alamat_catat(meja)).status_code == 404
    assert masuk(meja.pemeriksa).get(alamat_catat(meja, bab="x")).status_code == 404
    assert masuk(meja.pemeriksa).get(alamat_catat(meja, blok="00000000")).status_code == 404
    alamat = alamat_catat(meja)
    meja.work("tidak")
    assert masuk(meja.pemeriksa).get(alamat).status_code == 409


def test_readers_see_notes_and_cannot_add_any(meja: MejaKoreksi) -> None:
    meja.note()
    isi = masuk(meja.kepala).get(meja.draf.get_absolute_url()).content.decode()
    assert "Samakan dengan lampiran." in isi
    assert "data-catat" not in isi
    assert "data-catat" in masuk(meja.pemeriksa).get(meja.draf.get_absolute_url()).content.decode()


def test_approving_is_offered_after_reading(meja: MejaKoreksi) -> None:
    client = masuk(meja.pemeriksa)
    alamat = aktif(meja.draf)[0].get_absolute_url()
    sebelum = client.get(alamat).content.decode()
    assert 'data-dialog="d-setuju"' not in sebelum
    ditolak = client.post(alamat, {"hasil": "ya", "kunci": "a" * 12})
    assert ditolak.status_code == 422
    assert "Baca versi terbaru sampai akhir" in ditolak.content.decode()
    assert state_dibaca(client, meja, meja.pemeriksa) == alamat
    assert VersiDibaca.objects.get().pengguna == meja.pemeriksa
    assert 'data-dialog="d-setuju"' in client.get(alamat).content.decode()
    assert client.post(alamat, {"hasil": "ya", "kunci": "b" * 12}).status_code == 302
    assert nomor_kini(meja.draf) == 3


def test_a_statement_counts_only_from_a_page_that_showed_the_text(meja: MejaKoreksi) -> None:
    client, baca = masuk(meja.pemeriksa), reverse("laporan:read-versi", args=[meja.draf.pk])
    rekan = PenugasanFactory.create(jabatan=aktif(meja.draf)[0].jabatan, jenis="plt").pengguna
    for bukti in ("", "1", "1.1.1:palsu"):
        balas = client.post(baca, {"bukti": bukti}, follow=True)
        assert "baca naskahnya lebih dahulu" in balas.content.decode()
    state_dibaca(client, meja, rekan)
    assert not VersiDibaca.objects.exists()
    lama = client.get(aktif(meja.draf)[0].get_absolute_url()).context["koreksi"].bukti
    meja.work("tidak")
    meja.write("<p>Lain.</p>")
    meja.work()
    assert client.post(baca, {"bukti": lama}).status_code == 409
    assert not VersiDibaca.objects.exists()


def test_open_notes_have_to_be_weighed_when_approving(meja: MejaKoreksi) -> None:
    meja.note()
    client = masuk(meja.pemeriksa)
    state_dibaca(client, meja, meja.pemeriksa)
    alamat = aktif(meja.draf)[0].get_absolute_url()
    assert "Masih ada 1 catatan" in client.post(alamat, {"hasil": "ya"}).content.decode()
    assert client.post(alamat, {"hasil": "ya", "tetap": "1"}).status_code == 302


def test_notes_come_back_and_are_seen_to_by_the_writer(meja: MejaKoreksi) -> None:
    usul, biasa = meja.note(usul=USUL), meja.note(1)
    alamat = aktif(meja.draf)[0].get_absolute_url()
    data = {"hasil": "tidak", "catatan": "", "sebab": "Redaksi"}
    assert masuk(meja.pemeriksa).post(alamat, data).status_code == 302
    assert meja.pengirim.catatan == "Redaksi. 2 catatan terbuka pada naskah."
    client = masuk(meja.penulis)
    assert "2 catatan terbuka" in client.get("/").content.decode()
    halaman = halaman_tugas(meja, meja.penulis)
    assert "Catatan pemeriksa" in halaman
    assert "Terapkan usul" in halaman
    tugas = aktif(meja.draf)[0].get_absolute_url()
    assert client.post(usul.get_absolute_url(), {"aksi": "terapkan"})["Location"] == tugas
    assert meja.kata[0] == USUL
    galat = client.post(biasa.get_absolute_url(), {"aksi": "tolak", "jawaban": ""})
    assert galat.status_code == 422
    assert "mengapa catatan ini tidak diikuti" in galat.content.decode()
    assert client.post(biasa.get_absolute_url(), {"aksi": "lain"}).status_code == 422
    assert client.post(tugas, {"hasil": "lanjut"}).status_code == 422
    balas = client.post(biasa.get_absolute_url(), {"aksi": "tolak", "jawaban": "Sudah benar."})
    assert balas.status_code == 302
    assert "Semua dijawab" in halaman_tugas(meja, meja.penulis)
    assert client.post(tugas, {"hasil": "lanjut"}).status_code == 302
    halaman = halaman_tugas(meja, meja.pemeriksa)
    assert "Usul diterapkan" in halaman
    assert "Tidak diikuti" in halaman
    assert "Sudah benar." in halaman


def test_after_a_new_version_the_change_since_the_last_reading_is_offered(
    meja: MejaKoreksi,
) -> None:
    client = masuk(meja.pemeriksa)
    state_dibaca(client, meja, meja.pemeriksa)
    meja.work("tidak")
    meja.write(meja.bab.isi.replace("86,1", "88,7"))
    meja.work()
    halaman = halaman_tugas(meja, meja.pemeriksa)
    assert "(terakhir Anda baca)" in halaman
    assert "?dari=1&amp;ke=2" in halaman
    assert 'data-dialog="d-setuju"' not in halaman


@pytest.mark.usefixtures("ringkas")
def test_the_signer_is_offered_the_change_since_he_last_read(meja: MejaKoreksi) -> None:
    VersiDibaca.objects.create(versi=meja.versi, pengguna=meja.kepala, pada=meja.now)
    meja.work("tidak")
    meja.write("<p>Capaian mencapai 88,7 persen dari target.</p>")
    meja.work()
    meja.work("ya")
    run_semua(meja.draf)
    alamat = reverse("laporan:sign-tugas", args=[aktif(meja.draf)[0].pk])
    banding = reverse("laporan:compare-naskah", args=[meja.draf.pk])
    isi = masuk(meja.kepala).get(alamat).content.decode()
    assert f'{banding}?dari=1&amp;ke=2"' in isi


def test_a_note_whose_words_are_gone_is_kept_with_its_quote(meja: MejaKoreksi) -> None:
    catatan = meja.note(1)
    meja.work("tidak", catatan="")
    meja.write(meja.blok().html)
    halaman = halaman_tugas(meja, meja.penulis)
    assert "Bagian ini sudah dihapus" in halaman
    assert "“Kendala ada di vaksin.”" in halaman
    meja.work(tetap=True)
    halaman = halaman_tugas(meja, meja.pemeriksa)
    assert "Bagian ini sudah dihapus" in halaman
    assert catatan.isi in halaman
    sendiri = masuk(meja.pemeriksa).get(catatan.get_absolute_url()).content.decode()
    assert "Tarik catatan" in sendiri
    assert (
        masuk(meja.pemeriksa).post(catatan.get_absolute_url(), {"aksi": "tarik"}).status_code == 302
    )
    assert "Bagian ini sudah dihapus" not in halaman_tugas(meja, meja.pemeriksa)


def test_the_note_page_answers_by_right(meja: MejaKoreksi) -> None:
    catatan = meja.note()
    alamat = catatan.get_absolute_url()
    assert "Terapkan" not in masuk(meja.penulis).get(alamat).content.decode()
    assert masuk(PenggunaFactory.create()).get(alamat).status_code == 404
    data = {"aksi": "selesai", "jawaban": ""}
    assert masuk(meja.penulis).post(alamat, data).status_code == 403
    meja.work("tidak", catatan="")
    assert "Tandai selesai" in masuk(meja.penulis).get(alamat).content.decode()
    assert masuk(meja.penulis).post(alamat, data).status_code == 302
    assert masuk(meja.penulis).post(alamat, data).status_code == 409


def test_an_answer_without_anything_is_asked_for_again(meja: MejaKoreksi) -> None:
    catatan = meja.note()
    meja.work("tidak")
    balas = masuk(meja.penulis).post(catatan.get_absolute_url())
    assert balas.status_code == 422
    assert "Pilih salah satu jawaban" in balas.content.decode()


def test_what_is_answered_too_late_is_said_and_kept(meja: MejaKoreksi) -> None:
    """Two windows of the writer, or a paragraph that changed under a proposal."""
    usul, biasa = meja.note(usul=USUL), meja.note(1)
    meja.work("tidak", catatan="")
    meja.write(meja.bab.isi.replace("86,1", "87"))
    client = masuk(meja.penulis)
    balas = client.post(usul.get_absolute_url(), {"aksi": "terapkan", "jawaban": "Nanti."})
    isi = balas.content.decode()
    assert balas.status_code == 409
    assert "sudah berubah atau dihapus sejak diusulkan" in isi
    assert "Nanti.</textarea>" in isi
    client.post(biasa.get_absolute_url(), {"aksi": "selesai"})
    balas = client.post(biasa.get_absolute_url(), {"aksi": "tolak", "jawaban": "Sudah benar."})
    assert balas.status_code == 409
    assert "sudah ditutup (selesai)" in balas.content.decode()
    assert "Sudah benar." in balas.content.decode()


def test_cost_of_the_paper_does_not_grow_with_its_notes(
    meja: MejaKoreksi, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = masuk(meja.pemeriksa)
    alamat = aktif(meja.draf)[0].get_absolute_url()
    client.get(alamat)
    with django_assert_max_num_queries(60) as satu:
        client.get(alamat)
    for ke in (0, 1, 0, 1):
        meja.note(ke)
    with django_assert_max_num_queries(len(satu)):
        client.get(alamat)
