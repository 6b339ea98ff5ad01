"""What stands on the printed pages of a report."""

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from django.utils.safestring import SafeString

from laporan.models import BabNaskah, Draf
from laporan.selectors.cetak import BabCetak, build_cetak, count_depan
from laporan.services.dokumen import render_laporan
from sakip.common.pdf import render_pdf
from tests.laporan.meja_tanda import until
from tests.laporan.rute import Kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def tercetak(kantor_satu: Kantor, now: datetime) -> tuple[Draf, str]:
    """A draft with text, and its printed HTML."""
    draf = kantor_satu.start(now)
    BabNaskah.objects.filter(draf=draf).update(isi="<p>Isi.</p>")
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
    tanpa_kode = re.sub(r' data-blok="[0-9a-f]{8}"', "", html)
    assert '<h2 id="latar-belakang">Latar Belakang</h2>' in tanpa_kode
    assert "<p>Isi pendahuluan.</p>" in tanpa_kode
    assert "<script" not in html
    assert "contoh.invalid" not in html


def test_empty_parts_are_left_out_unless_the_template_keeps_them(
    kantor_satu: Kantor, now: datetime
) -> None:
    versi = until(kantor_satu, 2, now).versi_naskah.get()
    bukan = ("penutup", "ikhtisar-eksekutif")
    for bab in versi.isi:
        bab["html"] = "" if bab["kode"] in bukan else "<p>Isi.</p>"
    html = render_laporan(build_cetak(versi, pada=now))
    assert not [k for k in bukan if f'id="{k}"' in html]
    assert "Bagian ini tidak diisi." not in html
    for bab in versi.isi:
        bab["lewati"] = bab["kode"] != "penutup"
    html = render_laporan(build_cetak(versi, pada=now))
    assert 'id="penutup"' in html
    assert html.count("Bagian ini tidak diisi.") == 1


def test_a_heading_that_waits_for_words_says_that_there_are_none(
    kantor_satu: Kantor, now: datetime
) -> None:
    draf = until(kantor_satu, 2, now)
    versi = draf.versi_naskah.get()
    judul = [{"bentuk": "judul", "teks": "5. Penyebab"}]
    versi.tabel = [{"blok": "banding", "acuan": 0, "isi": judul}]
    versi.isi = [{**versi.isi[0], "html": "", "blok": ["banding", "teks"]}]
    assert "Belum ada uraian." in render_laporan(build_cetak(versi, pada=now))
    versi.isi[0]["html"] = "<p>Ada.</p>"
    assert "Belum ada uraian." not in render_laporan(build_cetak(versi, pada=now))


def test_lists_stand_between_preface_and_summary(tercetak: tuple[Draf, str]) -> None:
    _draf, html = tercetak
    urut = ["lembar-pengesahan", "kata-pengantar", "daftar-isi", "ikhtisar-eksekutif"]
    tempat = [html.index(f'<h1 id="{kode}"') for kode in urut]
    assert tempat == sorted(tempat)
    assert html.count("<section") == html.count("</section>")


@pytest.mark.parametrize(
    ("bab", "banyak"),
    [([], 0), (["1:"], 0), (["1:", "1:Bab I"], 0), (["1:Bab I", "1:"], 0), (["1:", "2:", "1:"], 2)],
    ids=range(5),
)
def test_only_one_of_several_unnumbered_parts_is_a_preface(bab: list[str], banyak: int) -> None:
    isi = [b.split(":") for b in bab]
    semua = [BabCetak("k", n, "J", SafeString(""), tingkat=int(t)) for t, n in isi]
    assert count_depan(semua) == banyak


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
    assert len(janji) == 8
    for judul, nomor in janji.items():
        kata = judul.split()[-1].upper()
        assert kata in halaman[int(nomor) - 1].upper()


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
