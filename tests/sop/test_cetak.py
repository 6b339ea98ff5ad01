"""The printed SOP: what stands on its pages, and the bytes that are kept."""

import io
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from organisasi.models import Jejak
from sakip.common.berkas import BerkasBerubah
from sakip.common.pdf import render_pdf
from sop.models import DokumenSOP, VersiSOP
from sop.rules.bagan.gaya import scale_mm
from sop.rules.berkas import read_berkas
from sop.rules.kertas import KERTAS
from sop.selectors import read_graf
from sop.selectors.cetak import build_cetak, list_untuk_set
from sop.services import dokumen as layanan
from sop.services.dokumen import freeze_dokumen, get_pdf, render_set, render_sop
from sop.services.muat import load_berkas
from tests.factories.sop import (
    JABATAN,
    TERBIT,
    baca_teks,
    create_instansi,
    create_konsep,
    create_terbit,
    graf_sah,
    muat,
    simpul,
)

pytestmark = pytest.mark.django_db
A4, F4 = KERTAS["a4"], KERTAS["f4"]
# Pages of each SOP on A4: identity page and flowchart.
HALAMAN = {
    "dinkes-mojokerto": 2,
    "dinkes-banten": 2,
    "dprkp2-mojokerto": 4,
    "kecamatan-dawarblandong": 2,
    "kota-blitar": 3,
}


@pytest.fixture(autouse=True)
def berkas_sendiri(settings: Settings, tmp_path: Path) -> Path:
    """Files of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    return tmp_path / "berkas"


def konsep(nama: str = "dinkes-mojokerto") -> VersiSOP:
    """An SOP of the five, not published."""
    instansi = create_instansi(nama)
    return load_berkas(
        teks=baca_teks(nama),
        instansi=instansi,
        aktor=None,
        now=TERBIT,
        terbitkan=False,
    ).versi


def baca(isi: bytes, cara: str = "-raw") -> list[str]:
    """Text of each page, in the order in which it is written."""
    hasil = subprocess.run(
        ["pdftotext", cara, "-", "-"], input=isi, capture_output=True, check=True
    )
    return hasil.stdout.decode().split("\f")[:-1]


def rapat(teks: str) -> str:
    """Text without what wrapping changes."""
    return re.sub(r"[\s-]", "", teks)


@pytest.mark.parametrize("nama", JABATAN)
def test_every_word_of_the_five_is_in_the_pdf_in_order(nama: str, now: datetime) -> None:
    versi = muat(nama)
    halaman = baca(get_pdf(versi=versi, kertas=A4, now=now))
    assert len(halaman) == HALAMAN[nama]
    isi = rapat("".join(halaman))
    muka = [versi.nomor_sop, versi.tanggal_pembuatan_teks, versi.disahkan_jabatan]
    muka += [versi.disahkan_nama, versi.disahkan_pangkat, versi.disahkan_nip]
    daftar = (versi.dasar_hukum, versi.kualifikasi, versi.keterkaitan, versi.peralatan)
    for butir in (*daftar, versi.peringatan, versi.pencatatan):
        muka += butir
    assert_berurutan([*versi.kop, *muka], isi)
    langkah = [
        teks
        for s in read_graf(versi.pk).langkah
        for teks in (s.kegiatan, *s.kelengkapan, s.waktu_teks, s.output, s.keterangan)
    ]
    assert_berurutan(langkah, isi)


def assert_berurutan(daftar: list[str], isi: str) -> None:
    """Each text follows the one before."""
    letak = 0
    for teks in daftar:
        ada = isi.find(rapat(teks), letak)
        assert ada >= letak, teks
        letak = ada + len(rapat(teks))


@pytest.mark.parametrize("kertas", [A4, F4])
def test_pages_lie_in_the_size_asked_for(kertas: object, now: datetime) -> None:
    k = A4 if kertas == A4 else F4
    with pikepdf.open(io.BytesIO(get_pdf(versi=muat(), kertas=k, now=now))) as pdf:
        for halaman in pdf.pages:
            _, _, lebar, tinggi = (float(n) for n in halaman.mediabox)
            assert abs(lebar * 25.4 / 72 - k.lebar) < 0.1
            assert abs(tinggi * 25.4 / 72 - k.tinggi) < 0.1


def test_output_is_a_tagged_pdf_a_with_bookmarks_and_embedded_fonts(now: datetime) -> None:
    isi = get_pdf(versi=muat("kota-blitar"), kertas=A4, now=now)
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert str(pdf.Root.Lang) == "id"
        assert bool(pdf.Root.MarkInfo.Marked)
        # What PDF/UA asks besides: title in the window, order of Tab, words for every picture.
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert {str(p.Tabs) for p in pdf.pages} == {"/S"}
        assert all("/Alt" in o for o in pdf.objects if _is_tag(o) and str(o.S) == "/Figure")
        jenis = {str(o.S) for o in pdf.objects if _is_tag(o)}
        assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/Figure"} <= jenis
        gambar = [str(o.Alt) for o in pdf.objects if _is_tag(o) and str(o.S) == "/Figure"]
        assert "Langkah 7, Kepala Bidang: Ya: lanjut ke langkah 8" in " ".join(gambar)
        with pdf.open_outline() as garis:
            assert [b.title for b in garis.root] == ["Pengukuran Kinerja"]
            assert [b.title for b in garis.root[0].children] == ["Diagram alir (lembar 1 dari 2)"]
        fon = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o]
        nama = [o for o in pdf.objects if _is_fon(o)]
        assert len(fon) == len(nama)
        assert all("Meja" in str(o.FontName) for o in nama)


def _is_tag(objek: pikepdf.Object) -> bool:
    return isinstance(objek, pikepdf.Dictionary) and objek.get("/Type") == "/StructElem"


def _is_fon(objek: pikepdf.Object) -> bool:
    return isinstance(objek, pikepdf.Dictionary) and objek.get("/Type") == "/FontDescriptor"


def test_a_konsep_says_so_on_every_page_and_marks_its_doubts(now: datetime) -> None:
    versi = konsep("kota-blitar")
    isi = get_pdf(versi=versi, kertas=A4, now=now)
    for halaman in baca(isi):
        assert "KONSEP, belum disahkan" in halaman
    semua = " ".join(baca(isi))
    assert semua.count("[?]") > 5
    assert "perlu konfirmasi" in semua
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert not DokumenSOP.objects.exists()


def test_a_published_sop_is_for_everybody_to_read_and_for_ink_to_sign(now: datetime) -> None:
    isi = get_pdf(versi=muat("dinkes-banten"), kertas=A4, now=now)
    semua = " ".join(baca(isi))
    assert "KONSEP" not in semua
    assert "[?]" not in semua
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        assert "/AcroForm" not in pdf.Root  # an empty field looks like a missing signature
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        kepala = [o for o in pdf.objects if _is_tag(o) and str(o.S) == "/TH"]
        assert {str(o.A.Scope) for o in kepala} == {"/Column", "/Row"}


def test_the_data_file_inside_reads_back_as_the_same_sop(now: datetime) -> None:
    versi = muat()
    with pikepdf.open(io.BytesIO(get_pdf(versi=versi, kertas=A4, now=now))) as pdf:
        (nama,) = pdf.attachments
        lampiran = pdf.attachments[nama]
        assert str(lampiran.obj.AFRelationship) == "/Data"
        assert len(pdf.Root.AF) == 1
        teks = lampiran.get_file().read_bytes().decode()
    hasil = read_berkas(teks, {kode: kode for kode in JABATAN["dinkes-mojokerto"]})
    assert hasil.sop is not None
    assert [s.kegiatan for s in hasil.sop.graf.langkah] == [
        s.kegiatan for s in read_graf(versi.pk).langkah
    ]


def test_a_published_version_is_rendered_once_for_each_paper(
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    versi = muat()
    pertama = get_pdf(versi=versi, kertas=A4, now=now)
    get_pdf(versi=versi, kertas=F4, now=now)
    assert sorted(DokumenSOP.objects.values_list("kertas", flat=True)) == ["a4", "f4"]
    assert Jejak.objects.filter(aksi="sop.dokumen.bekukan").count() == 2
    monkeypatch.setattr(layanan, "render_pdf", None)
    with django_assert_num_queries(1):
        assert get_pdf(versi=versi, kertas=A4, now=now) == pertama


def test_who_comes_second_gets_what_the_first_one_kept(now: datetime) -> None:
    versi = muat()
    satu = freeze_dokumen(versi=versi, kertas=A4, now=now)
    assert freeze_dokumen(versi=versi, kertas=A4, now=now) == satu
    assert str(satu) == f"{versi.pk} a4: {satu.sha256[:12]}"


def test_a_kept_file_that_changed_on_the_disk_is_refused(
    now: datetime, berkas_sendiri: Path
) -> None:
    versi = muat()
    get_pdf(versi=versi, kertas=A4, now=now)
    (berkas_sendiri / DokumenSOP.objects.get().berkas).write_bytes(b"lain")
    with pytest.raises(BerkasBerubah, match="tidak sama"):
        get_pdf(versi=versi, kertas=A4, now=now)


def test_equal_versions_print_equal_bytes() -> None:
    versi = konsep()
    satu, dua = (build_cetak(versi, A4) for _ in range(2))
    assert render_pdf(render_sop(satu), gaya=satu.gaya) == render_pdf(
        render_sop(dua), gaya=dua.gaya
    )


def test_reading_for_print_takes_three_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    versi = VersiSOP.objects.select_related("sop__instansi").get(pk=muat("kota-blitar").pk)
    with django_assert_num_queries(3):
        build_cetak(versi, A4)


def test_a_konsep_with_galat_prints_without_its_drawing(now: datetime) -> None:
    buntu = simpul(4, simbol="akhir", ke={"lanjut": None}, pelaksana=())
    versi = create_konsep(type(graf_sah())((*graf_sah().langkah[:-1], buntu)))
    assert "masih mempunyai galat" in " ".join(baca(get_pdf(versi=versi, kertas=A4, now=now)))


def test_an_identity_page_without_texts_still_has_its_form(now: datetime) -> None:
    versi = create_terbit()
    satu = baca(get_pdf(versi=versi, kertas=A4, now=now))[0]
    for judul in ("Nomor SOP", "Tanggal efektif", "Disahkan oleh", "Dasar hukum", "Peringatan"):
        assert judul in satu
    assert versi.sop.instansi.nama in satu
    assert versi.sop.nama.upper() in satu


def test_the_day_of_ratification_stands_in_for_the_day_in_force() -> None:
    judul = [s.judul for s in build_cetak(muat("dprkp2-mojokerto"), A4).identitas]
    assert judul == ["Nomor SOP", "Tanggal pembuatan", "Tanggal revisi", "Tanggal pengesahan"]


def test_a_set_has_a_cover_and_contents_with_the_right_pages(now: datetime) -> None:
    instansi = muat("kota-blitar").sop.instansi
    versi = list_untuk_set(instansi, pada=now)
    satu = baca(render_set(versi=versi, kertas=A4, now=now), "-layout")
    assert instansi.nama.upper() in satu[0]
    janji = dict(re.findall(r"^\s*(\d+\. .*?\S)[ .]{4,}(\d+)$", satu[1], re.M))
    assert list(janji.values()) == ["3"]
    assert "STANDAR OPERASIONAL PROSEDUR" in satu[2]
    assert len(satu) == 2 + HALAMAN["kota-blitar"]


def test_lengths_are_scaled_to_the_page() -> None:
    assert scale_mm(100, lebar_mm=269, lebar=1076) == "25.000mm"
    assert scale_mm(1, lebar_mm=1, lebar=3) == "0.333mm"
