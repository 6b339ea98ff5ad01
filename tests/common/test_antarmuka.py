"""Template tags and components: what people read, what assistive technology is told."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import timezone

from kinerja.rules.kategori import SKALA_BAKU
from organisasi.models import Pengguna
from sakip.common.templatetags import antarmuka
from sakip.common.waktu import Keadaan, Tempo
from sakip.galeri import view_galeri

JS = Path(settings.STATICFILES_DIRS[0], "js")
WIB = ZoneInfo("Asia/Jakarta")
LARUT = datetime(2026, 10, 7, 18, 10, tzinfo=UTC)


def render(templat: str, **context: Any) -> str:
    return Template(templat).render(Context(context))


def render_partial(nama: str, **context: Any) -> str:
    return render_to_string(f"partials/{nama}.html", context)


@pytest.fixture
def visitor() -> HttpRequest:
    """A request of nobody in particular."""
    request = RequestFactory().get("/laporan/7/")
    request.user = AnonymousUser()
    return request


def test_icon_is_inlined_and_hidden_from_screen_readers() -> None:
    html = render('{% ikon "inbox" %}')
    assert html.startswith('<svg class="ikon"')
    assert 'aria-hidden="true"' in html
    assert "<path" in html


def test_icon_takes_a_class() -> None:
    assert 'class="ikon putar"' in render('{% ikon "loader-circle" "putar" %}')


@pytest.mark.parametrize("nama", ["tidak-ada", "../../css/meja", ""])
def test_unknown_icon_is_refused(nama: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render("{% ikon nama %}", nama=nama)


def test_every_icon_named_in_a_template_is_vendored() -> None:
    pola = re.compile(r'(?:\{% ikon |nama_ikon=)"([a-z0-9-]+)"')
    templat = Path(settings.TEMPLATES[0]["DIRS"][0]).rglob("*.html")
    nama = {n for berkas in templat for n in pola.findall(berkas.read_text(encoding="utf-8"))}
    assert nama
    for n in sorted(nama):
        antarmuka.ikon(n)


def test_state_tag_has_word_colour_and_icon_and_escapes_the_word() -> None:
    html = render('{% tanda teks "bata" "undo-2" %}', teks="<Kembali>")
    assert 'class="tanda tanda--bata"' in html
    assert "&lt;Kembali&gt;" in html
    assert "<svg" in html


def test_state_tag_without_colour_is_plain() -> None:
    assert render('{% tanda "Versi 4" %}') == '<span class="tanda">Versi 4</span>'


def test_unknown_colour_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        render('{% tanda "x" "merah" %}')


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("{{ n|angka }}", "1.234,5"),
        ("{{ n|angka:2 }}", "1.234,50"),
        ("{{ n|persen }}", "1.234,50%"),
        ("{{ kosong|angka }}{{ kosong|persen }}", "––"),
    ],
)
def test_figures_are_written_the_indonesian_way(teks: str, hasil: str) -> None:
    assert render(teks, n=Decimal("1234.5"), kosong=None) == hasil


def test_stored_moment_is_shown_in_the_active_zone() -> None:
    with timezone.override(WIB):
        assert render("{{ t|tanggal }} pukul {{ t|pukul }}", t=LARUT) == "Kamis 8 Okt pukul 01.10"


def test_moment_with_its_own_zone_is_shown_as_it_stands() -> None:
    setempat = LARUT.astimezone(WIB)
    assert render("{{ t|tanggal_panjang }}", t=setempat) == "Kamis, 8 Oktober 2026"


def test_date_needs_no_zone_and_nothing_is_empty() -> None:
    assert render("{{ t|tanggal }}", t=date(2026, 10, 7)) == "Rabu 7 Okt"
    assert render("{{ t|tanggal }}{{ t|tanggal_panjang }}{{ t|pukul }}", t=None) == ""


@pytest.mark.parametrize(
    ("aplikasi", "nama", "bagian"),
    [
        ("laporan", "meja-kerja", "meja"),
        ("laporan", "work-tugas", "meja"),
        ("laporan", "view-draf", "laporan"),
        ("kinerja", "list-capaian", "kinerja"),
        ("kinerja", "view-kamus", "pohon"),
        ("kinerja", "list-aksi", "pohon"),
    ],
)
def test_menu_marks_the_part_a_page_belongs_to(aplikasi: str, nama: str, bagian: str) -> None:
    request = SimpleNamespace(resolver_match=SimpleNamespace(app_name=aplikasi, url_name=nama))
    assert render("{% bagian_aktif %}", request=request) == bagian


def test_menu_marks_nothing_where_no_page_matched() -> None:
    assert render("{% bagian_aktif %}") == ""


class IsianForm(forms.Form):
    """One hinted field, one choice."""

    nama = forms.CharField(label="Nama", help_text="Seperti pada SK.")
    jenis = forms.ChoiceField(
        label="Jenis", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )


def test_field_tells_its_hint_and_error_to_screen_readers() -> None:
    html = render_partial("ruas", ruas=IsianForm({})["nama"])
    assert '<label for="id_nama">Nama</label>' in html
    assert 'aria-describedby="id_nama_helptext id_nama_error"' in html
    assert 'id="id_nama_helptext"' in html
    assert 'id="id_nama_error"' in html
    assert 'aria-invalid="true"' in html


def test_group_of_choices_is_a_fieldset() -> None:
    html = render_partial("ruas", ruas=IsianForm()["jenis"])
    assert "<fieldset" in html
    assert "<legend" in html


def test_error_summary_links_to_each_field_and_asks_for_the_focus() -> None:
    html = render_partial("galat", form=IsianForm({}))
    assert 'role="alert"' in html
    assert "data-fokus" in html
    assert 'href="#id_nama"' in html


def test_no_error_no_summary() -> None:
    assert render_partial("galat", form=IsianForm()).strip() == ""


def test_clock_without_limit_has_words_but_no_bar() -> None:
    html = render("{% tempo t %}", t=Tempo(Keadaan.TANPA, "Tanpa batas waktu", 0, ""))
    assert "Tanpa batas waktu" in html
    assert "bilah" not in html


def test_a_link_of_the_menu_says_where_one_is_and_what_waits() -> None:
    templat = '{% tautan_menu url "Surat & Arsip" "files" "arsip" hitung=n %}'
    minta = RequestFactory().get("/arsip/")
    for aktif, n, url, isi in (
        ("arsip", 3, "/arsip/", (' aria-current="page"', "3<span")),
        ("arsip", 0, "/arsip/kelas/", (' aria-current="true"', "Surat & Arsip</a>")),
        ("meja", 0, "/arsip/", ('<a href="/arsip/"><svg', "Surat & Arsip</a>")),
    ):
        html = render(templat, url=url, n=n, aktif=aktif, request=minta)
        assert all(kata in html for kata in isi), html
    assert render(templat, url="", n=1, aktif="arsip", request=minta) == ""


def test_track_names_the_present_step_once_per_variant() -> None:
    langkah = [
        SimpleNamespace(nomor=n, pelaksana="Staf", kerja="Isi", waktu="1 jam", keadaan=k, kembali=0)
        for n, k in enumerate(["lalu", "kini", "nanti"], 1)
    ]
    html = render_partial("lajur", lajur=langkah, tempo=None)
    assert html.count('aria-current="step"') == 2
    assert "Langkah 2 dari 3" in html


def test_kept_text_is_escaped_shown_and_machinery_is_hidden() -> None:
    isian = [{"nama": "catatan", "nilai": "<b>Samakan</b>"}, {"nama": "hasil", "nilai": "tidak"}]
    html = render_partial("pulih", isian_dipulihkan=isian)
    assert "&lt;b&gt;Samakan&lt;/b&gt;" in html
    assert 'data-isian="hasil" hidden' in html
    assert render_partial("pulih", isian_dipulihkan=None).strip() == ""


@pytest.mark.parametrize("halaman", ["400", "403", "404", "409", "422", "sesi-habis"])
def test_refusal_says_what_to_do_and_keeps_what_was_typed(
    halaman: str, visitor: HttpRequest
) -> None:
    isian = [{"nama": "catatan", "nilai": "Samakan angka TB."}]
    html = render_to_string(
        f"galat/{halaman}.html", {"pesan": "Sudah diputus orang lain.", "isian": isian}, visitor
    )
    assert html.count("<h1>") == 1
    assert "Samakan angka TB." in html
    assert 'href="/"' in html


def test_conflict_page_says_who_was_first_and_leads_back(visitor: HttpRequest) -> None:
    isi = {"pesan": "Sudah diputus Agus.", "kembali": "/laporan/7/"}
    html = render_to_string("galat/409.html", isi, visitor)
    assert "Sudah diputus Agus." in html
    assert 'href="/laporan/7/"' in html


def test_fault_page_needs_neither_person_nor_database() -> None:
    assert "Gangguan pada aplikasi" in render_to_string("galat/500.html")


def row(**beda: Any) -> SimpleNamespace:
    """A row of the grid as kinerja supplies it."""
    bukti = [{"nama": "SITB.pdf", "url": "/b/1/", "hapus_url": "/b/1/hapus/"}]
    isi = {"pk": 5, "nomor": 1, "indikator": "Pengobatan TB", "target": "90", "rumus": "cermin"}
    return SimpleNamespace(**{**isi, "versi": 3, "bukti": bukti, "galat": {}, **beda})


def test_grid_row_carries_the_agreed_field_names() -> None:
    html = render_partial("kisi_baris", b=row(), bisa_isi=True)
    for nama in ("realisasi-5", "penjelasan-5", "versi-5", "bukti-5"):
        assert f'name="{nama}"' in html


def test_grid_row_marks_the_field_at_fault() -> None:
    html = render_partial(
        "kisi_baris", b=row(galat={"realisasi": "Isi dengan angka."}), bisa_isi=True
    )
    assert "Isi dengan angka." in html
    assert html.count('aria-invalid="true"') == 1


def test_grid_that_may_only_be_read_has_no_controls() -> None:
    html = render_partial("kisi_baris", b=row(), bisa_isi=False)
    assert "<input" not in html
    assert "<button" not in html
    assert "SITB.pdf" in html


def test_browser_knows_no_category_scale_of_its_own() -> None:
    teks = (JS / "kisi.js").read_text(encoding="utf-8")
    assert not [k.label for k in SKALA_BAKU if f'"{k.label}"' in teks]
    assert "dataset.penilaian" in teks


def test_browser_refuses_the_same_size_of_file_as_the_server() -> None:
    teks = (JS / "berkas.js").read_text(encoding="utf-8")
    assert "const MAKS = 10 * 1024 * 1024;" in teks
    assert settings.MAKS_BUKTI_BYTES == 10 * 1024 * 1024


def test_gallery_shows_every_component_to_staff(visitor: HttpRequest) -> None:
    visitor.user = SimpleNamespace(is_staff=True, is_authenticated=True, nama="Bayu")  # type: ignore[assignment]  # a stand-in that needs no database
    jawaban = view_galeri(visitor)
    html = jawaban.content.decode()
    assert jawaban.status_code == 200
    for kelas in ("tempo", "pesan", "ruas", "lajur", "kerja", "kisi", "runtut", "rincian", "tahap"):
        assert f'class="{kelas}' in html


def test_gallery_is_no_page_for_others(visitor: HttpRequest) -> None:
    with pytest.raises(Http404):
        view_galeri(visitor)


@override_settings(GALERI=False)
def test_gallery_is_no_page_of_a_real_site(visitor: HttpRequest) -> None:
    visitor.user = Pengguna(is_staff=True)
    with pytest.raises(Http404):
        view_galeri(visitor)
