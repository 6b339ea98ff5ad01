"""The PDF for decades and for everybody: archive claims, tags, files inside, fonts inside."""

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from sakip.common.grafik import Batang, draw_batang
from sakip.common.pdf import BahanPdf, PdfGagal, render_pdf
from sakip.common.pdf_daftar import complete_html
from sakip.common.pdf_isi import Lampiran
from sakip.common.ruas import Ruas

PADA = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
DATA = (
    Lampiran("data.csv", "text/csv", b"a,b\r\n1,2\r\n", "Data", PADA),
    Lampiran("data.xlsx", "application/vnd.ms-excel", b"PK", "Data", PADA),
)


@pytest.fixture(scope="module")
def html() -> str:
    """A document with everything that a report has."""
    grafik = draw_batang("Capaian naik", [Batang("Satu", None, "belum ada")], lebar=640)
    return complete_html(
        f"""<!DOCTYPE html><html lang="id"><head><title>Laporan Kinerja</title>
<link rel="stylesheet" href="aset:laporan.css"></head><body>
<nav class="daftar-isi"><h1 id="daftar-isi">Daftar Isi</h1><ol data-daftar="isi"></ol></nav>
<section class="bab" data-awalan="1"><h1 id="satu"><span class="nomor-bab">Bab I</span> Awal</h1>
<p>Isi <strong>tebal</strong> dan <a href="https://contoh.go.id/">tautan <em>miring</em></a>.</p>
<ul><li>butir</li></ul><figure>{grafik}<figcaption>Capaian</figcaption></figure>
<table><caption>Angka</caption><thead><tr><th>No</th><th>Nama</th></tr></thead>
<tbody><tr><td>1</td><th>Satu</th></tr></tbody></table></section>
<section class="bab bab--mendatar" data-awalan="L1"><h1 id="dua">Lampiran</h1><p>x</p></section>
<div id="sig-1" class="kotak"></div></body></html>"""
    )


@pytest.fixture(scope="module")
def isi(html: str) -> bytes:
    """The document without a place to sign, with its data inside."""
    return render_pdf(html, bahan=BahanPdf(lampiran=DATA, is_ua=True)).isi


def test_archive_and_access_are_both_claimed(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid:part>1<" in xmp
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        (maksud,) = pdf.Root.OutputIntents
        assert str(maksud.S) == "/GTS_PDFA1"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "id"
        assert "/StructTreeRoot" in pdf.Root


def test_a_document_to_be_signed_does_not_claim_access(html: str) -> None:
    bahan = BahanPdf(ruas=lambda kotak: [Ruas("TTE_1", kotak["sig-1"], "Kepala", is_penutup=True)])
    with pikepdf.open(io.BytesIO(render_pdf(html, bahan=bahan).isi)) as pdf:
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
        (ruas,) = pdf.Root.AcroForm.Fields
        assert str(ruas.T) == "TTE_1"
        assert bool(pdf.Root.MarkInfo.Marked)


def test_data_travel_inside_as_the_data_of_the_document(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        assert sorted(pdf.attachments) == ["data.csv", "data.xlsx"]
        for satu in DATA:
            berkas = pdf.attachments[satu.nama]
            assert berkas.get_file().read_bytes() == satu.isi
            assert berkas.get_file().mime_type == satu.jenis
            assert berkas.relationship == pikepdf.Name.Data
        assert [str(b.F) for b in pdf.Root.AF] == ["data.csv", "data.xlsx"]


def test_nothing_in_it_acts_or_shines_through(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        assert "/OpenAction" not in pdf.Root
        for objek in pdf.objects:
            if not isinstance(objek, pikepdf.Dictionary | pikepdf.Stream):
                continue
            assert objek.get("/S") not in ("/JavaScript", "/Launch")
            assert objek.get("/SMask") in (None, "/None")


def _list_struktur(objek: pikepdf.Object) -> list[pikepdf.Object]:
    """Every element of the tag tree, in order."""
    anak: object = objek.get("/K", [])
    daftar = list(anak) if isinstance(anak, pikepdf.Array) else [anak]
    hasil = [objek]
    for a in daftar:
        if isinstance(a, pikepdf.Dictionary) and "/S" in a:
            hasil += _list_struktur(a)
    return hasil


def test_tags_say_what_each_part_is(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        (akar,) = pdf.Root.StructTreeRoot.K
        semua = _list_struktur(akar)
        nama = [str(e.S) for e in semua]
        for satu in ("/H1", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Caption"):
            assert satu in nama
        assert [str(e.Alt) for e in semua if e.S == "/Figure"] == ["Capaian naik"]


def test_every_link_is_a_link_once(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        (akar,) = pdf.Root.StructTreeRoot.K
        bertanda = [
            str(e.S)
            for e in _list_struktur(akar)
            for k in (e.K if isinstance(e.get("/K"), pikepdf.Array) else [])
            if isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/OBJR"
        ]
        tautan = [a for h in pdf.pages for a in h.obj.get("/Annots", [])]
        assert bertanda
        assert set(bertanda) == {"/Link"}
        assert len(bertanda) == len(tautan)


def test_pages_stand_and_lie(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        arah = [float(h.mediabox[2]) > float(h.mediabox[3]) for h in pdf.pages]
        assert any(arah)
        assert False in arah


def test_bookmarks_are_the_headings(isi: bytes) -> None:
    with pikepdf.open(io.BytesIO(isi)) as pdf, pdf.open_outline() as garis:
        assert [b.title for b in garis.root] == ["Daftar Isi", "Bab I Awal", "Lampiran"]


def test_other_programs_find_no_fault_and_every_font_inside(isi: bytes, tmp_path: Path) -> None:
    berkas = tmp_path / "a.pdf"
    berkas.write_bytes(isi)
    subprocess.run(["qpdf", "--check", str(berkas)], check=True, capture_output=True)
    fon = subprocess.run(["pdffonts", str(berkas)], check=True, capture_output=True, text=True)
    baris = fon.stdout.splitlines()
    letak = baris[0].index("emb")
    assert len(baris) > 3
    assert {b[letak : letak + 3] for b in baris[2:]} == {"yes"}


def test_same_pages_and_data_give_the_same_bytes(html: str, isi: bytes) -> None:
    assert render_pdf(html, bahan=BahanPdf(lampiran=DATA, is_ua=True)).isi == isi


def test_stored_pictures_are_shown_and_others_stop_the_job(html: str) -> None:

    keluar = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(keluar, "PNG")
    gambar = {"gambar:ada": (keluar.getvalue(), "image/png")}
    teks = html.replace("<ul>", '<figure><img src="gambar:ada" alt="Peta"></figure><ul>')
    with pikepdf.open(io.BytesIO(render_pdf(teks, bahan=BahanPdf(gambar)).isi)) as pdf:
        assert any(len(h.get_images()) for h in pdf.pages)
    with pytest.raises(PdfGagal):
        render_pdf(teks)
