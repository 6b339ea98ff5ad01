"""The PDF: rendered once per version, whole or not there, and what stands on its pages."""

import io
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import ArsipDokumen, BabNaskah, Dokumen, Draf, Efek
from laporan.selectors.cetak import build_cetak, list_tempat_tanda
from laporan.services import dokumen as layanan
from laporan.services.dokumen import read_berkas, render_laporan
from laporan.services.efek import Kerja
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.berkas import sha256_hex
from sakip.common.pdf import PdfGagal, render_pdf
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.meja_tanda import holder, kini, run, run_semua, until, until_beku
from tests.laporan.rute import BIDANG, Baris, Kantor, aktif, make_kantor, satu

pytestmark = pytest.mark.django_db


def list_berkas(folder: Path) -> list[str]:
    """Every file under the media folder, by its path there."""
    akar = folder / "berkas"
    return sorted(str(b.relative_to(akar)) for b in akar.rglob("*") if b.is_file())


@pytest.fixture
def di_meja_kepala(kantor_satu: Kantor, now: datetime) -> Draf:
    """A draft at the step of signing, its PDF promised but not made."""
    return until(kantor_satu, 3, now)


def bekukan(draf: Draf) -> Efek:
    """The effect that freezes the PDF."""
    return Efek.objects.get(draf=draf, jenis="bekukan")


# --- once, and whole ------------------------------------------------------------------------------


@pytest.mark.usefixtures("ringkas")
def test_freezing_keeps_one_file_a_row_and_a_trail(
    di_meja_kepala: Draf, berkas_sendiri: Path
) -> None:
    run_semua(di_meja_kepala)
    dokumen = Dokumen.objects.get()
    isi = (berkas_sendiri / "berkas" / dokumen.berkas).read_bytes()
    assert list_berkas(berkas_sendiri) == [dokumen.berkas]
    assert (dokumen.sha256, dokumen.ukuran, dokumen.halaman) == (sha256_hex(isi), len(isi), 1)
    assert Jejak.objects.get(aksi="laporan.dokumen.bekukan").data["sha256"] == dokumen.sha256
    di_meja_kepala.refresh_from_db()
    assert find_chain_break(di_meja_kepala) is None


@pytest.mark.usefixtures("ringkas")
def test_frozen_file_has_an_empty_closing_field_where_the_layout_left_room(
    di_meja_kepala: Draf,
) -> None:
    run_semua(di_meja_kepala)
    dokumen = Dokumen.objects.get()
    (tempat,) = list_tempat_tanda(di_meja_kepala)
    with pikepdf.open(io.BytesIO(read_berkas(dokumen.berkas, dokumen.sha256))) as berkas:
        (ruas,) = berkas.Root.AcroForm.Fields
        assert str(ruas.T) == tempat.nama
        assert "/V" not in ruas
        assert str(ruas.Lock.Action) == "/All"
        sudut = [float(n) for n in ruas.Rect]
    assert dokumen.kotak == {tempat.nama: [1, *sudut]}
    assert sudut[2] - sudut[0] > 200


@pytest.mark.usefixtures("ringkas")
def test_same_job_twice_gives_one_file(di_meja_kepala: Draf, berkas_sendiri: Path) -> None:
    efek = bekukan(di_meja_kepala)
    for _kali in range(2):
        run(efek.pk)
    assert len(list_berkas(berkas_sendiri)) == 1
    assert Dokumen.objects.count() == 1


@pytest.mark.usefixtures("ringkas")
def test_another_job_for_the_same_version_renders_nothing(
    di_meja_kepala: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_semua(di_meja_kepala)
    lama = bekukan(di_meja_kepala)
    monkeypatch.setattr(layanan, "render_pdf", None)
    lagi = Efek.objects.create(
        draf=di_meja_kepala,
        kunjungan=lama.kunjungan,
        jenis="bekukan",
        kunci=f"lagi:{lama.kunci}",
        dibuat_pada=kini(),
    )
    run(lagi.pk)
    assert Efek.objects.get(pk=lagi.pk).status == "selesai"
    assert Dokumen.objects.count() == 1


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize("saat", ["write_whole", "sha256_hex", "record_jejak"])
def test_worker_killed_around_the_commit_leaves_nothing_half(
    di_meja_kepala: Draf, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch, saat: str
) -> None:
    def mati(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    efek = bekukan(di_meja_kepala)
    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, saat, mati)
        with pytest.raises(KeyboardInterrupt):
            run(efek.pk)
    assert not Dokumen.objects.exists()
    assert not [b for b in list_berkas(berkas_sendiri) if b.endswith(".part")]
    run(efek.pk)
    dokumen = Dokumen.objects.get()
    assert list_berkas(berkas_sendiri) == [dokumen.berkas]
    assert read_berkas(dokumen.berkas, dokumen.sha256)


@pytest.mark.usefixtures("ringkas")
def test_full_disk_fails_with_a_sentence_and_the_retry_works(
    kantor_satu: Kantor,
    di_meja_kepala: Draf,
    berkas_sendiri: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def penuh(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    efek = bekukan(di_meja_kepala)
    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, "write_whole", penuh)
        run(efek.pk)
    gagal = Efek.objects.get(pk=efek.pk)
    assert gagal.status == "gagal"
    assert "penyimpanan" in gagal.galat
    assert not list_berkas(berkas_sendiri)
    client = Client()
    client.force_login(holder(kantor_satu, "kepala"))
    assert client.post(reverse("laporan:retry-efek", args=[efek.pk])).status_code == 302
    run(efek.pk)
    assert Dokumen.objects.count() == 1


def test_document_that_cannot_be_rendered_says_why(
    di_meja_kepala: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gagal(*_args: object, **_kwargs: object) -> None:
        raise PdfGagal("Naskah memuat gambar yang tidak diizinkan.")

    monkeypatch.setattr(layanan, "render_pdf", gagal)
    run_semua(di_meja_kepala)
    assert bekukan(di_meja_kepala).galat == "Naskah memuat gambar yang tidak diizinkan."


@pytest.mark.usefixtures("ringkas")
def test_worker_that_lost_its_lease_does_not_touch_the_file(
    di_meja_kepala: Draf, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    efek, asli = bekukan(di_meja_kepala), Kerja.commit
    sidik: list[str] = []

    def didahului(kerja: Kerja) -> object:
        if not sidik:
            sidik.append("")
            Efek.objects.filter(pk=efek.pk).update(sewa_sampai=kini())
            run(efek.pk)
            sidik[0] = Dokumen.objects.get().sha256
        return asli(kerja)

    monkeypatch.setattr(Kerja, "commit", didahului)
    run(efek.pk)
    dokumen = Dokumen.objects.get()
    assert dokumen.sha256 == sidik[0]
    assert read_berkas(dokumen.berkas, dokumen.sha256)
    assert Efek.objects.get(pk=efek.pk).percobaan == 2


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize("kerusakan", ["hilang", "berubah"])
def test_file_changed_on_the_disk_is_never_served(
    kantor_satu: Kantor, di_meja_kepala: Draf, berkas_sendiri: Path, kerusakan: str
) -> None:
    run_semua(di_meja_kepala)
    berkas = berkas_sendiri / "berkas" / Dokumen.objects.get().berkas
    if kerusakan == "hilang":
        berkas.unlink()
    else:
        berkas.write_bytes(berkas.read_bytes() + b"\n")
    client = Client()
    client.force_login(holder(kantor_satu, "kepala"))
    jawab = client.get(reverse("laporan:download-dokumen", args=[di_meja_kepala.pk]))
    assert jawab.status_code == 400
    assert "tidak sama dengan saat dibekukan" in jawab.content.decode()


# --- archive --------------------------------------------------------------------------------------

TANPA_TANDA: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "akhir", "arsip", satu("perencana"), None),
]


@pytest.fixture
def tanpa_tanda(berkas_sendiri: Path, now: datetime) -> Draf:
    """A finished draft of a route that nobody signs, its archiving promised."""
    assert berkas_sendiri
    kantor = make_kantor(TANPA_TANDA, now)
    return kantor.work_all(until(kantor, 2, now), now)


@pytest.mark.usefixtures("ringkas")
def test_report_that_nobody_signs_is_frozen_and_archived(
    tanpa_tanda: Draf, berkas_sendiri: Path
) -> None:
    run_semua(tanpa_tanda)
    dokumen, arsip = Dokumen.objects.get(), ArsipDokumen.objects.get()
    assert arsip.sha256 == dokumen.sha256
    isi = (berkas_sendiri / "berkas" / arsip.berkas).read_bytes()
    assert sha256_hex(isi) == dokumen.sha256
    assert list_tempat_tanda(tanpa_tanda) == []


@pytest.mark.usefixtures("ringkas")
def test_archive_refuses_a_file_that_changed_on_the_disk(
    tanpa_tanda: Draf, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layanan, "path_of", lambda b: berkas_sendiri / b.rpartition("/")[2])
    (berkas_sendiri / "versi-1.pdf").mkdir()
    (efek,) = run_semua(tanpa_tanda)
    assert efek.status == "gagal"
    assert not ArsipDokumen.objects.exists()


def test_archiving_before_anything_was_written_says_so(berkas_sendiri: Path, now: datetime) -> None:
    assert berkas_sendiri
    draf = make_kantor(TANPA_TANDA, now).start(now)
    efek = Efek.objects.create(
        draf=draf, kunjungan=draf.kunjungan.get(), jenis="arsip", kunci="arsip:1", dibuat_pada=now
    )
    run(efek.pk)
    assert "belum mempunyai naskah" in Efek.objects.get(pk=efek.pk).galat


# --- places to sign -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pelaksana", "penutup"),
    [
        (satu("kepala"), [True]),
        ([("sekretaris", 1, ()), ("kepala", 2, ())], [False, True]),
        ([("kepala", 2, ()), ("sekretaris", 1, ())], [False, True]),
        (satu("sekretaris", "kepala"), [False, False]),
        ([("kabid", 1, BIDANG)], [False, False, False, False]),
        ([("kabid", 1, BIDANG), ("kepala", 2, ())], [False, False, False, False, True]),
    ],
)
def test_only_a_single_last_signer_closes_the_document(
    now: datetime, pelaksana: list[tuple[str, int, tuple[str, ...]]], penutup: list[bool]
) -> None:
    rute: list[Baris] = [
        (1, "mulai", "susun", satu("perencana"), None),
        (2, "akhir", "tanda_tangan", pelaksana, None),
    ]
    tempat = list_tempat_tanda(make_kantor(rute, now).start(now))
    assert [t.is_penutup for t in tempat] == penutup
    assert len({t.nama for t in tempat}) == len({t.kotak for t in tempat}) == len(penutup)


# --- what stands on the pages ---------------------------------------------------------------------


@pytest.fixture
def tercetak(kantor_satu: Kantor, now: datetime) -> tuple[Draf, str]:
    """A draft with text, and its printed HTML."""
    draf = kantor_satu.start(now)
    BabNaskah.objects.filter(draf=draf, kode="pendahuluan").update(
        isi="<h3>Latar Belakang</h3><p>Isi <b>pendahuluan</b>.</p><script>alert(1)</script>"
        '<img src="http://contoh.invalid/x.png"><ol start="3"><li>Tiga</li></ol>'
    )
    draf = kantor_satu.work_all(draf, now)
    draf = kantor_satu.work_all(draf, now)
    versi = draf.versi_naskah.order_by("-nomor")[0]
    return draf, render_laporan(build_cetak(versi, pada=now))


def test_chapters_are_headings_and_hostile_markup_is_gone(tercetak: tuple[Draf, str]) -> None:
    _draf, html = tercetak
    assert '<h1 id="pendahuluan"><span class="nomor-bab">Bab I</span> Pendahuluan</h1>' in html
    assert "<h2>Latar Belakang</h2>" in html
    assert "<p>Isi pendahuluan.</p>" in html
    assert "<script" not in html
    assert "contoh.invalid" not in html


def test_unwritten_chapters_say_so(tercetak: tuple[Draf, str]) -> None:
    _draf, html = tercetak
    assert html.count("Bagian ini tidak diisi.") >= 4


def test_approval_page_names_who_did_each_step(tercetak: tuple[Draf, str]) -> None:
    draf, html = tercetak
    for tugas in draf.tugas.filter(status="selesai"):
        assert tugas.pelaku_nama in html
        assert tugas.pelaku_sebutan in html
    assert "12-10-2026 09.00" in html


def test_printed_pages_carry_head_foot_contents_and_page_numbers(
    tercetak: tuple[Draf, str], tmp_path: Path
) -> None:
    draf, html = tercetak
    hasil = render_pdf(html)
    halaman = list_halaman(hasil.isi, tmp_path)
    assert len(halaman) == hasil.halaman
    assert draf.instansi.nama.upper() in halaman[0]
    assert draf.token not in halaman[0]
    for nomor, teks in enumerate(halaman[1:], start=2):
        assert f"halaman {nomor} dari {hasil.halaman}" in teks
        assert f"/v/{draf.token}/" in teks
    assert draf.instansi.pemerintah.upper() in halaman[1]
    assert draf.instansi.alamat in halaman[1]
    assert "Ruang tanda tangan elektronik" in halaman[1]


def test_contents_give_the_page_where_each_chapter_begins(
    tercetak: tuple[Draf, str], tmp_path: Path
) -> None:
    hasil = render_pdf(tercetak[1])
    halaman = list_halaman(hasil.isi, tmp_path)
    daftar = next(h for h in halaman if "DAFTAR ISI" in h)
    janji = dict(re.findall(r"^(.*?\S)[ .]{4,}(\d+)$", daftar, re.M))
    assert len(janji) == 7
    for judul, nomor in janji.items():
        kata = judul.split()[-1].upper()
        assert kata in halaman[int(nomor) - 1]


def list_halaman(isi: bytes, tmp_path: Path) -> list[str]:
    """Text of each page, as poppler reads it."""
    berkas = tmp_path / "laporan.pdf"
    berkas.write_bytes(isi)
    hasil = subprocess.run(
        ["pdftotext", "-layout", str(berkas), "-"], capture_output=True, text=True, check=True
    )
    return hasil.stdout.split("\f")[:-1]


def make_tabel(banyak: int) -> dict[str, object]:
    """A capaian table of that many rows, as a version freezes it."""
    baris = [
        {
            "nomor": n,
            "indikator": f"Indikator nomor {n} dengan nama yang cukup panjang",
            "satuan": "persen",
            "target_teks": "90,5",
            "realisasi_teks": "81,45",
            "capaian_teks": "90%",
            "kategori": "Tinggi",
            "rumus": "realisasi ÷ target × 100",
            "alasan": "81,45 ÷ 90,5 × 100 = 90%.",
            "penjelasan": "",
            "unit": "Bidang P2P",
        }
        for n in range(1, banyak + 1)
    ]
    return {
        "judul": "Sasaran 1",
        "baris": baris,
        "rerata_teks": "90%",
        "banyak": banyak,
        "tak_terhitung": 2,
    }


def test_long_tables_repeat_their_heads_and_tell_how_figures_were_reckoned(
    kantor_satu: Kantor, now: datetime, tmp_path: Path
) -> None:
    draf = until(kantor_satu, 2, now)
    versi = draf.versi_naskah.get()
    versi.tabel = [make_tabel(60)]
    hasil = render_pdf(render_laporan(build_cetak(versi, pada=now)))
    halaman = list_halaman(hasil.isi, tmp_path)
    berangka = [h for h in halaman if "81,45 " in h and "Tinggi" in h]
    assert len(berangka) > 2
    assert all("Indikator" in h and "Realisasi" in h for h in berangka)
    teks = " ".join("\n".join(halaman).split())
    assert "Rata-rata 60 indikator; 2 indikator tidak terhitung" in teks
    assert "Realisasi ÷ target × 100. 81,45 ÷ 90,5 × 100 = 90%." in teks


def test_equal_versions_print_equal_bytes(tercetak: tuple[Draf, str], now: datetime) -> None:
    draf, html = tercetak
    versi = draf.versi_naskah.order_by("-nomor")[0]
    lagi = render_laporan(build_cetak(versi, pada=now))
    assert render_pdf(lagi).isi == render_pdf(html).isi


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize(
    ("nama", "cara"), [("download-dokumen", "attachment"), ("read-dokumen", "inline")]
)
def test_readers_of_the_draft_get_the_pdf(
    kantor_satu: Kantor, now: datetime, client: Client, nama: str, cara: str
) -> None:
    draf, dokumen = until_beku(kantor_satu, 3, now)
    client.force_login(holder(kantor_satu, "perencana"))
    jawab = client.get(reverse(f"laporan:{nama}", args=[draf.pk]))
    assert jawab["Content-Type"] == "application/pdf"
    assert jawab["Content-Disposition"].startswith(f"{cara}; filename=")
    assert jawab["X-Content-Type-Options"] == "nosniff"
    assert sha256_hex(jawab.content) == dokumen.sha256


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize("nama", ["download-dokumen", "read-dokumen"])
def test_strangers_get_no_pdf(
    kantor_satu: Kantor, now: datetime, client: Client, nama: str
) -> None:
    draf, _dokumen = until_beku(kantor_satu, 3, now)
    alamat = reverse(f"laporan:{nama}", args=[draf.pk])
    assert client.get(alamat).status_code == 302
    client.force_login(PenugasanFactory.create(jabatan__instansi__kode="lain").pengguna)
    assert client.get(alamat).status_code == 404


@pytest.mark.parametrize("nama", ["download-dokumen", "read-dokumen"])
def test_pdf_that_is_not_made_yet_is_not_found(
    kantor_satu: Kantor, di_meja_kepala: Draf, client: Client, nama: str
) -> None:
    client.force_login(holder(kantor_satu, "kepala"))
    assert client.get(reverse(f"laporan:{nama}", args=[di_meja_kepala.pk])).status_code == 404


@pytest.mark.parametrize("htmx", [True, False])
def test_progress_is_a_fragment_that_asks_again(
    kantor_satu: Kantor, di_meja_kepala: Draf, client: Client, *, htmx: bool
) -> None:
    client.force_login(holder(kantor_satu, "kepala"))
    efek = bekukan(di_meja_kepala)
    alamat = reverse("laporan:view-efek", args=[efek.pk])
    jawab = client.get(alamat, headers={"HX-Request": "true"} if htmx else {})
    if not htmx:
        assert jawab["Location"] == di_meja_kepala.get_absolute_url()
        return
    assert f'hx-get="{alamat}"' in jawab.content.decode()
    assert "menunggu giliran" in jawab.content.decode()
    assert "HX-Refresh" not in jawab


@pytest.mark.usefixtures("ringkas")
def test_progress_ends_by_loading_the_page_anew(
    kantor_satu: Kantor, di_meja_kepala: Draf, client: Client
) -> None:
    run_semua(di_meja_kepala)
    client.force_login(holder(kantor_satu, "kepala"))
    alamat = reverse("laporan:view-efek", args=[bekukan(di_meja_kepala).pk])
    jawab = client.get(alamat, headers={"HX-Request": "true"})
    assert jawab["HX-Refresh"] == "true"
    assert "hx-get" not in jawab.content.decode()


def test_strangers_see_no_progress_and_retry_nothing(di_meja_kepala: Draf, client: Client) -> None:
    client.force_login(PenugasanFactory.create(jabatan__instansi__kode="lain").pengguna)
    pk = bekukan(di_meja_kepala).pk
    assert client.get(reverse("laporan:view-efek", args=[pk])).status_code == 404
    assert client.post(reverse("laporan:retry-efek", args=[pk])).status_code == 404


def test_retry_goes_back_to_where_it_was_asked(
    kantor_satu: Kantor,
    di_meja_kepala: Draf,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gagal(*_args: object, **_kwargs: object) -> None:
        raise OSError

    monkeypatch.setattr(layanan, "render_pdf", gagal)
    efek, (tugas,) = bekukan(di_meja_kepala), aktif(di_meja_kepala)
    client.force_login(holder(kantor_satu, "kepala"))
    alamat = reverse("laporan:retry-efek", args=[efek.pk])
    for kiriman, tujuan in (
        ({"tugas": str(tugas.pk)}, reverse("laporan:sign-tugas", args=[tugas.pk])),
        ({"tugas": "//jahat"}, di_meja_kepala.get_absolute_url()),
    ):
        run(efek.pk)
        assert client.post(alamat, kiriman)["Location"] == tujuan
    assert client.post(alamat).status_code == 409
