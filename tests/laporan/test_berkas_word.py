"""The Word file of a report: asked for once, made by a worker, marked, refused to strangers."""

import io
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from laporan.models import BerkasWord, Draf, Efek
from laporan.selectors.cetak import build_cetak
from laporan.services.berkas_word import request_word
from laporan.services.dokumen import render_laporan
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.berkas import read_berkas
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sakip.common.pdf import render_pdf
from sakip.common.word import Surat, write_docx
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.meja_tanda import holder, kini, run, run_semua, sign_giliran, until
from tests.laporan.naskah_besar import SASARAN, make_naskah
from tests.laporan.rute import Kantor
from tests.laporan.test_dokumen_cetak import list_halaman

pytestmark = pytest.mark.django_db


@pytest.fixture
def draf(kantor_satu: Kantor, now: datetime) -> Draf:
    """A draft whose text was handed over once."""
    return until(kantor_satu, 2, now)


def minta(kantor: Kantor, draf: Draf) -> Efek:
    """The Perencana asks for the Word file, and a worker makes it."""
    efek = request_word(draf_id=draf.pk, aktor=holder(kantor, "perencana"), now=kini())
    run(efek.pk)
    return Efek.objects.get(pk=efek.pk)


def test_worker_makes_one_marked_file_of_the_newest_version(
    kantor_satu: Kantor, draf: Draf
) -> None:
    assert minta(kantor_satu, draf).status == "selesai"
    berkas = BerkasWord.objects.get()
    assert (berkas.cap, berkas.versi_naskah.nomor) == ("konsep", 1)
    dokumen = Document(io.BytesIO(read_berkas(berkas.berkas, berkas.sha256)))
    assert all('string="KONSEP"' in b.header._element.xml for b in dokumen.sections)
    judul = [p.text for p in dokumen.paragraphs if p.style and p.style.name == "Heading 1"]
    assert "Bab I\nPendahuluan" in judul
    assert dokumen.core_properties.title == draf.judul


def test_asking_twice_is_one_job_and_one_line_in_the_trail(kantor_satu: Kantor, draf: Draf) -> None:
    efek = [minta(kantor_satu, draf) for _kali in range(2)]
    assert efek[0].pk == efek[1].pk
    assert Jejak.objects.get(aksi="laporan.word.minta").data["versi"] == 1
    draf.refresh_from_db()
    assert find_chain_break(draf) is None


def test_a_signed_version_gets_a_copy_that_says_so(
    kantor_satu: Kantor, di_meja_kepala: Draf, berkas_sendiri: Path
) -> None:
    run_semua(di_meja_kepala)
    sign_giliran(kantor_satu, di_meja_kepala)
    assert minta(kantor_satu, di_meja_kepala).status == "selesai"
    berkas = BerkasWord.objects.get()
    assert berkas.cap == "salinan"
    assert (berkas_sendiri / "berkas" / berkas.berkas).exists()


def test_without_a_version_there_is_nothing_to_make(kantor_satu: Kantor, now: datetime) -> None:
    draf = kantor_satu.start(now)
    with pytest.raises(TransisiDitolak):
        request_word(draf_id=draf.pk, aktor=holder(kantor_satu, "perencana"), now=now)
    assert not Efek.objects.exists()


def test_only_the_office_asks_for_it(draf: Draf, now: datetime) -> None:
    with pytest.raises(AksesDitolak):
        request_word(draf_id=draf.pk, aktor=PenugasanFactory.create().pengguna, now=now)


def test_page_asks_shows_and_hands_out(kantor_satu: Kantor, draf: Draf, client: Client) -> None:
    client.force_login(holder(kantor_satu, "sekretaris"))
    halaman = reverse("laporan:view-word", args=[draf.pk])
    unduhan = reverse("laporan:download-word", args=[draf.pk])
    assert halaman in client.get(draf.get_absolute_url()).content.decode()
    assert "Buat berkas Word" in client.get(halaman).content.decode()
    assert client.get(unduhan).status_code == 404
    assert client.post(halaman)["Location"] == halaman
    assert "menunggu giliran" in client.get(halaman).content.decode()
    run(Efek.objects.get(jenis="word").pk)
    assert unduhan in client.get(halaman).content.decode()
    jawaban = client.get(unduhan)
    assert jawaban.content.startswith(b"PK")
    assert jawaban["Content-Disposition"].endswith('-konsep.docx"')


def test_before_the_first_version_the_page_says_what_is_missing(
    kantor_satu: Kantor, now: datetime, client: Client
) -> None:
    draf = kantor_satu.start(now)
    client.force_login(holder(kantor_satu, "perencana"))
    halaman = reverse("laporan:view-word", args=[draf.pk])
    assert "Belum ada naskah yang diserahkan" in client.get(halaman).content.decode()
    assert client.post(halaman).status_code == 409
    assert halaman not in client.get(draf.get_absolute_url()).content.decode()


def test_strangers_find_nothing(draf: Draf, client: Client) -> None:
    client.force_login(PenggunaFactory.create())
    for nama in ("view-word", "download-word"):
        assert client.get(reverse(f"laporan:{nama}", args=[draf.pk])).status_code in (403, 404)


# --- beside the PDF -------------------------------------------------------------------------------


def as_pdf(isi: bytes, tmp_path: Path) -> list[str]:
    """The Word file as LibreOffice prints it: words of each page."""
    (tmp_path / "word").mkdir()
    (tmp_path / "word" / "laporan.docx").write_bytes(isi)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/lo",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "word" / "laporan.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return list_halaman((tmp_path / "laporan.pdf").read_bytes(), tmp_path)


def list_nomor(halaman: list[str]) -> list[str]:
    """Numbered captions in the order of the pages, without those of the lists at the front."""
    teks = "\n".join(h for h in halaman if "DAFTAR " not in h)
    return re.findall(r"^\s*((?:Tabel|Gambar) \d+\.\d+) [A-Z]", teks, re.M)


def test_libreoffice_prints_the_headings_tables_and_rows_of_the_pdf(
    draf: Draf, now: datetime, tmp_path: Path
) -> None:
    versi = make_naskah(draf.versi_naskah.get(), ringkas=True)
    html = render_laporan(build_cetak(versi, pada=now))
    pdf = list_halaman(render_pdf(html).isi, tmp_path)
    isi = write_docx(html, Surat(draf.judul, "Dinas Uji", "Salinan.", now, cap="KONSEP"))
    word = as_pdf(isi, tmp_path)
    assert list_nomor(word) == list_nomor(pdf)
    assert len(list_nomor(pdf)) >= 18
    teks_pdf, teks_word = (" ".join(" ".join(h).split()) for h in (pdf, word))
    tabel = Document(io.BytesIO(isi)).tables
    for judul in ("KATA PENGANTAR", "BAB III", "AKUNTABILITAS KINERJA", *SASARAN):
        assert judul in teks_pdf
        assert judul in teks_word
    assert "AKHIRRAKSASA" in teks_word
    assert "AKHIRRAKSASA" in teks_pdf
    sel = [s.text for t in tabel for b in t.rows for s in b.cells]
    kata = {k for s in sel for k in s.split() if len(k) < 15}  # longer ones are broken in places
    assert kata - set(teks_pdf.split()) == set()
    assert kata - set(teks_word.split()) == set()


def test_word_file_holds_every_table_of_the_html(draf: Draf, now: datetime) -> None:
    versi = make_naskah(draf.versi_naskah.get(), ringkas=True)
    html = render_laporan(build_cetak(versi, pada=now))
    dokumen = Document(io.BytesIO(write_docx(html, Surat("a", "b", "c", now))))
    assert len(dokumen.tables) == html.count("<table")
    assert len(dokumen.inline_shapes) >= html.count("<svg")
    assert all(s._inline.docPr.get("descr") for s in dokumen.inline_shapes)
    kepala = [t._tbl.findall(f".//{qn('w:tblHeader')}") for t in dokumen.tables]
    assert sum(bool(k) for k in kepala) == html.count("<thead")
