"""Pages of figures, by persona and by method."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Bukti, Capaian
from organisasi.models import Penugasan
from tests.factories.kinerja import (
    PDF,
    BuktiFactory,
    FormulirFactory,
    IndikatorFactory,
    make_baris,
)
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db

POST = ["save-formulir", "save-baris", "attach-bukti", "remove-bukti"]
GET = ["list-capaian", "view-formulir", "download-bukti"]


@pytest.fixture
def bukti(bidang: Bidang) -> Bukti:
    """Evidence in a draft of the unit."""
    return BuktiFactory(capaian__formulir=FormulirFactory(unit=bidang.unit), capaian__terisi=True)


def alamat(nama: str, bukti: Bukti) -> str:
    """The URL of that name for this evidence, its row or its form."""
    c = bukti.capaian
    arg = {"baris": c.pk, "bukti": bukti.pk, "formulir": c.formulir_id}
    pilih = {"save-baris": "baris", "attach-bukti": "baris", "list-capaian": None}
    apa = pilih.get(nama, nama.partition("-")[2])
    return reverse(f"kinerja:{nama}", args=[arg[apa]] if apa else [])


def masuk(client: Client, penugasan: Penugasan) -> Client:
    """The client, signed in as the holder."""
    client.force_login(penugasan.pengguna)
    return client


def kirim(client: Client, url: str, **isi: Any) -> tuple[int, dict[str, Any]]:
    """POST as a script does: status and JSON."""
    jawab = client.post(url, isi, headers={"accept": "application/json"})
    return jawab.status_code, jawab.json()


@pytest.mark.parametrize("nama", [*GET, *POST])
def test_visitors_are_sent_to_sign_in(client: Client, bukti: Bukti, nama: str) -> None:
    jawab = client.post(alamat(nama, bukti)) if nama in POST else client.get(alamat(nama, bukti))
    assert jawab.status_code == 302
    assert jawab["Location"].startswith("/masuk/")


@pytest.mark.parametrize("nama", [*GET[1:], *POST])
def test_strangers_find_nothing(client: Client, bidang: Bidang, bukti: Bukti, nama: str) -> None:
    masuk(client, bidang.orang_luar)
    jawab = client.post(alamat(nama, bukti)) if nama in POST else client.get(alamat(nama, bukti))
    assert jawab.status_code == 404


@pytest.mark.parametrize("nama", POST)
def test_colleagues_may_not_change(client: Client, bidang: Bidang, bukti: Bukti, nama: str) -> None:
    jawab = masuk(client, bidang.kolega).post(
        alamat(nama, bukti), {"berkas": SimpleUploadedFile("a.pdf", PDF)}
    )
    assert jawab.status_code == 403
    assert Bukti.objects.get() == bukti


@pytest.mark.parametrize("nama", GET)
def test_colleagues_read(client: Client, bidang: Bidang, bukti: Bukti, nama: str) -> None:
    jawab = masuk(client, bidang.kolega).get(alamat(nama, bukti))
    assert jawab.status_code == 200
    jawab.close()


@pytest.mark.parametrize("nama", [n for n in (*GET, *POST) if n != "remove-bukti"])
def test_wrong_method_is_refused(client: Client, bidang: Bidang, bukti: Bukti, nama: str) -> None:
    masuk(client, bidang.pengisi)
    jawab = client.get(alamat(nama, bukti)) if nama in POST else client.post(alamat(nama, bukti))
    assert jawab.status_code == 405


@pytest.mark.parametrize("nama", POST)
def test_a_sent_form_answers_409(client: Client, bidang: Bidang, nama: str) -> None:
    bukti = BuktiFactory(
        capaian__formulir=FormulirFactory(unit=bidang.unit, diajukan=True), capaian__terisi=True
    )
    jawab = masuk(client, bidang.pengisi).post(
        alamat(nama, bukti), {"berkas": SimpleUploadedFile("a.pdf", PDF), "realisasi": "1"}
    )
    assert jawab.status_code == 409
    assert "Rina Astuti" in jawab.content.decode()


def test_unit_sees_inputs_and_where_to_send(client: Client, bidang: Bidang, bukti: Bukti) -> None:
    isi = masuk(client, bidang.pengisi).get(alamat("view-formulir", bukti)).content.decode()
    assert f'name="realisasi-{bukti.capaian_id}"' in isi
    assert "Meja Kerja" in isi
    assert "Kirim capaian" not in isi
    assert "Capaian Kinerja Triwulan III Tahun 2026" in isi
    assert "Juli sampai September 2026" in isi


def test_colleagues_see_no_inputs(client: Client, bidang: Bidang, bukti: Bukti) -> None:
    isi = masuk(client, bidang.perencana).get(alamat("view-formulir", bukti)).content.decode()
    assert "realisasi-" not in isi
    assert "88,2" in isi
    assert "Laporan TW III.pdf" in isi


def test_returned_form_shows_why_and_sent_form_by_whom(client: Client, bidang: Bidang) -> None:
    masuk(client, bidang.pengisi)
    kembali = FormulirFactory(unit=bidang.unit, dikembalikan=True)
    assert "Sebutkan sumber datanya." in client.get(kembali.get_absolute_url()).content.decode()
    dua = FormulirFactory(unit=bidang.unit, putaran=2, diajukan=True)
    isi = client.get(dua.get_absolute_url()).content.decode()
    assert "Putaran ke-2" in isi
    assert "Dikirim oleh Rina Astuti, Staf (Bidang P2P)" in isi
    assert "tidak mempunyai indikator" in isi


def test_year_of_the_office(client: Client, bidang: Bidang) -> None:
    IndikatorFactory(unit=bidang.unit)
    formulir = FormulirFactory(unit=bidang.unit, tahun=2025, diajukan=True)
    masuk(client, bidang.kolega)
    isi = client.get("/capaian/?tahun=2025").content.decode()
    assert formulir.get_absolute_url() in isi
    assert "Diajukan" in isi
    for tahun in ("", "abc", "9" * 30, "2019"):
        jawab = client.get("/capaian/", {"tahun": tahun})
        assert jawab.status_code == 200
        assert formulir.get_absolute_url() not in jawab.content.decode()


def test_office_without_plan_is_told_so(client: Client, bidang: Bidang) -> None:
    isi = masuk(client, bidang.kolega).get("/capaian/").content.decode()
    assert "Belum ada indikator" in isi


def test_form_page_costs_a_fixed_number_of_queries(
    client: Client, bidang: Bidang, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    masuk(client, bidang.pengisi)
    for n, triwulan in ((1, 1), (14, 2)):
        baris = make_baris(bidang.unit, *[("90", "80")] * n, triwulan=triwulan)
        with django_assert_max_num_queries(17):
            client.get(baris[0].formulir.get_absolute_url())


def test_form_without_script_keeps_good_rows_and_shows_bad_ones_again(
    client: Client, bidang: Bidang
) -> None:
    a, b = make_baris(bidang.unit, *[("90", None)] * 2)
    isi = {f"versi-{a.pk}": "0", f"realisasi-{a.pk}": "1.234,5", f"penjelasan-{a.pk}": "Sebab."}
    isi |= {f"versi-{b.pk}": "0", f"realisasi-{b.pk}": "sembilan", f"penjelasan-{b.pk}": "Teks."}
    masuk(client, bidang.pengisi)
    url = reverse("kinerja:save-formulir", args=[a.formulir_id])
    jawab = client.post(url, isi | {f"bukti-{b.pk}": SimpleUploadedFile("x.exe", b"MZ")})
    teks = jawab.content.decode()
    assert jawab.status_code == 422
    assert 'value="sembilan"' in teks
    assert "Teks.</textarea>" in teks
    assert "Isi dengan angka, contoh 91,4." in teks
    assert "x.exe" in teks
    a.refresh_from_db()
    assert (a.penjelasan, a.versi) == ("Sebab.", 1)
    isi |= {f"versi-{a.pk}": "1", f"realisasi-{b.pk}": "9"}
    assert client.post(url, isi)["Location"] == a.formulir.get_absolute_url()
    b.refresh_from_db()
    assert b.realisasi == 9


def test_form_without_version_cannot_overwrite(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "5"))
    url = reverse("kinerja:save-formulir", args=[c.formulir_id])
    jawab = masuk(client, bidang.pengisi).post(url, {f"realisasi-{c.pk}": "6", "realisasi-x": "1"})
    assert jawab.status_code == 422
    assert "realisasinya kini 5" in jawab.content.decode()


@pytest.mark.parametrize("akhiran", ["", "-pk"])
def test_autosave_answers_what_to_show(client: Client, bidang: Bidang, akhiran: str) -> None:
    (c,) = make_baris(bidang.unit, ("90", None))
    nama = akhiran.replace("pk", str(c.pk))
    isi = {f"realisasi{nama}": "45", f"penjelasan{nama}": "Sebab.", f"versi{nama}": "0"}
    jawab = masuk(client, bidang.pengisi).post(reverse("kinerja:save-baris", args=[c.pk]), isi)
    data = jawab.json()
    assert jawab.status_code == 200
    assert (data["versi"], data["capaian_teks"]) == (1, "50,00%")
    assert data["kategori"] == "Sangat Rendah"
    assert len(data["tersimpan"]) == 5
    assert data["ringkasan"] == {
        "terisi": 1,
        "rerata_teks": "50,00%",
        "berbukti": 0,
        "lengkap": 0,
    }


def test_autosave_of_one_field_leaves_the_other(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    url = reverse("kinerja:save-baris", args=[c.pk])
    masuk(client, bidang.pengisi)
    client.post(url, {"penjelasan": "Sebab.", "versi": "0"})
    client.post(url, {"realisasi": "46", "versi": "1"})
    c.refresh_from_db()
    assert (c.realisasi, c.penjelasan) == (46, "Sebab.")
    Capaian.objects.update(realisasi=None)
    client.post(url, {"penjelasan": "Lain.", "versi": "2"})
    c.refresh_from_db()
    assert (c.realisasi, c.penjelasan) == (None, "Lain.")


def test_autosave_refuses_in_json(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    url = reverse("kinerja:save-baris", args=[c.pk])
    masuk(client, bidang.pengisi)
    buruk = client.post(url, {"realisasi": "sembilan", "versi": "0"})
    assert buruk.status_code == 422
    assert buruk.json() == {
        "pesan": "Belum tersimpan. Perbaiki isian yang ditandai.",
        "galat": {"realisasi": "Isi dengan angka, contoh 91,4."},
    }
    basi = client.post(url, {"realisasi": "46", "versi": "x"})
    assert (basi.status_code, basi.json()["versi"]) == (409, 0)
    assert "realisasinya kini 45" in basi.json()["pesan"]
    dilarang = masuk(client, bidang.kolega).post(url, {"realisasi": "46", "versi": "0"})
    assert (dilarang.status_code, list(dilarang.json())) == (403, ["pesan"])


def test_evidence_is_attached_by_script_and_by_plain_form(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    url = reverse("kinerja:attach-bukti", args=[c.pk])
    masuk(client, bidang.pengisi)
    status, isi = kirim(client, url, berkas=SimpleUploadedFile("a.pdf", PDF))
    assert (status, [b["nama"] for b in isi["bukti"]]) == (200, ["a.pdf"])
    polos = client.post(url, {f"bukti-{c.pk}": SimpleUploadedFile("b.pdf", PDF + b"b")})
    assert polos["Location"] == c.formulir.get_absolute_url()
    balik = client.post(url, {"b": SimpleUploadedFile("c.pdf", PDF + b"c"), "next": "/laporan/"})
    assert balik["Location"] == "/laporan/"
    jahat = {"b": SimpleUploadedFile("d.pdf", PDF + b"d"), "next": "https://jahat.example/"}
    assert client.post(url, jahat)["Location"] == c.formulir.get_absolute_url()
    assert Bukti.objects.count() == 4


def test_each_file_says_what_became_of_it(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    url = reverse("kinerja:attach-bukti", args=[c.pk])
    masuk(client, bidang.pengisi)

    def berkas(huruf: bytes) -> list[SimpleUploadedFile]:
        baik = SimpleUploadedFile(f"{huruf.decode()}.pdf", PDF + huruf)
        return [SimpleUploadedFile("a.exe", b"MZ"), baik, SimpleUploadedFile("c.exe", b"MZ")]

    status, isi = kirim(client, url, berkas=berkas(b"b"))
    assert (status, [b["nama"] for b in isi["bukti"]], len(isi["gagal"])) == (200, ["b.pdf"], 2)
    assert isi["pesan"].startswith("Bukti tersimpan: b.pdf. ")
    polos = client.post(url, {"berkas": berkas(b"d")}, follow=True).content.decode()
    for kata in ("Bukti tersimpan: d.pdf.", "a.exe", "c.exe"):
        assert kata in polos
    status, isi = kirim(client, url, berkas=berkas(b"d")[::2])
    assert (status, "a.exe" in isi["pesan"], "c.exe" in isi["pesan"]) == (422, True, True)


def test_bad_evidence_is_named(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    url = reverse("kinerja:attach-bukti", args=[c.pk])
    masuk(client, bidang.pengisi)
    status, isi = kirim(client, url, berkas=SimpleUploadedFile("a.exe", b"MZ"))
    assert status == 422
    assert "a.exe" in isi["pesan"]
    assert "Pilih dahulu berkas" in kirim(client, url)[1]["pesan"]
    polos = client.post(url, {"berkas": SimpleUploadedFile("a.exe", b"MZ")}, follow=True)
    assert "a.exe" in polos.content.decode()


def test_evidence_comes_as_an_attachment(client: Client, bidang: Bidang, bukti: Bukti) -> None:
    jawab = masuk(client, bidang.kolega).get(alamat("download-bukti", bukti))
    assert b"".join(jawab.streaming_content) == PDF  # type: ignore[attr-defined]  # FileResponse
    assert jawab["Content-Disposition"] == 'attachment; filename="Laporan TW III.pdf"'
    assert jawab["Content-Type"] == "application/pdf"
    assert jawab["X-Content-Type-Options"] == "nosniff"
    assert jawab["Cache-Control"] == "private, no-store"


def test_evidence_lost_from_the_disk_is_404(client: Client, bidang: Bidang, bukti: Bukti) -> None:
    Bukti.objects.update(berkas="bukti/tiada.pdf")
    assert masuk(client, bidang.kolega).get(alamat("download-bukti", bukti)).status_code == 404


def test_unit_takes_evidence_away(client: Client, bidang: Bidang, bukti: Bukti) -> None:
    jawab = masuk(client, bidang.pengisi).post(alamat("remove-bukti", bukti))
    assert jawab["Location"] == bukti.capaian.formulir.get_absolute_url()
    lain = BuktiFactory(capaian=bukti.capaian)
    assert kirim(client, alamat("remove-bukti", lain))[1]["bukti"] == []
    assert not Bukti.objects.exists()
