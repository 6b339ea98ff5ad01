"""HTML to PDF: the same bytes each time, PDF/A-3a, nothing fetched, and clear failures."""

import gc
import io
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pikepdf
import pytest

from sakip.common import pdf
from sakip.common.pdf import ASET, BARIS_APT, PdfGagal, check_pustaka, render_pdf
from sakip.env import BASE_DIR

HTML = """<!doctype html><html lang="id"><head><title>Judul</title>
<link rel="stylesheet" href="aset:laporan.css"></head><body>%s</body></html>"""


@pytest.fixture
def pendengar() -> Iterator[tuple[int, list[bytes]]]:
    """A listener on this machine, and what reached it."""
    datang: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as soket:
        soket.settimeout(0.2)
        usai = threading.Event()

        def terima() -> None:
            while not usai.is_set():
                try:
                    sambung, _alamat = soket.accept()
                except TimeoutError:
                    continue
                with sambung:
                    datang.append(sambung.recv(100))

        utas = threading.Thread(target=terima)
        utas.start()
        yield soket.getsockname()[1], datang
        usai.set()
        utas.join()


def test_same_html_gives_the_same_bytes() -> None:
    html = HTML % "<h1 id='a'>Bab</h1><p>Isi</p><table><tr><th scope='col'>x</th></tr></table>"
    assert render_pdf(html).isi == render_pdf(html).isi


def test_another_process_gives_the_same_bytes() -> None:
    html = HTML % "<p>Sama di mana pun</p>"
    perintah = (
        "import django, sys; django.setup(); from sakip.common.pdf import render_pdf;"
        "sys.stdout.buffer.write(render_pdf(sys.argv[1]).isi)"
    )
    lain = subprocess.run(
        [sys.executable, "-c", perintah, html], cwd=BASE_DIR, check=True, capture_output=True
    )
    assert lain.stdout == render_pdf(html).isi


def test_output_is_a_tagged_pdf_a_in_indonesian() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(HTML % "<h1>Bab</h1>").isi)) as berkas:
        meta = berkas.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert str(berkas.Root.Lang) == "id"
        assert bool(berkas.Root.MarkInfo.Marked)
        assert str(berkas.docinfo.Title) == "Judul"


def test_text_is_set_in_the_font_of_the_house() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(HTML % "<p>Teks <b>tebal</b></p>").isi)) as berkas:
        nama = {str(o.FontName) for o in berkas.objects if _is_fon(o)}
    assert {n.partition("+")[2] for n in nama} == {"Bonum", "Bonum-Bold"}


def _is_fon(objek: pikepdf.Object) -> bool:
    return isinstance(objek, pikepdf.Dictionary) and objek.get("/Type") == "/FontDescriptor"


def test_boxes_are_measured_from_the_lower_left_corner_in_points() -> None:
    gaya = "@page { size: 200pt 100pt; margin: 10pt } #k { width: 50pt; height: 20pt }"
    html = '<html lang="id"><body style="margin:0"><div id="k"></div></body></html>'
    assert render_pdf(html, gaya=gaya).kotak["k"] == (1, 10.0, 70.0, 60.0, 90.0)


def test_boxes_know_their_page() -> None:
    html = HTML % "<h1 id='satu'>a</h1><h1 id='dua'>b</h1>"
    hasil = render_pdf(html)
    assert hasil.halaman == 2
    assert (hasil.kotak["satu"][0], hasil.kotak["dua"][0]) == (1, 2)


def test_pages_are_reported_while_they_are_laid_out() -> None:
    terlihat: list[int] = []
    render_pdf(HTML % "<h1>a</h1><h1>b</h1><h1>c</h1>", on_page=terlihat.append)
    assert {1, 2, 3} <= set(terlihat)


def test_pages_of_another_thread_are_not_reported() -> None:
    terlihat: list[int] = []
    lain = threading.Thread(target=render_pdf, args=(HTML % ("<h1>x</h1>" * 8),))
    lain.start()
    render_pdf(HTML % "<h1>a</h1>", on_page=terlihat.append)
    lain.join()
    assert set(terlihat) == {1}


@pytest.mark.parametrize(
    "isi",
    [
        '<img src="http://127.0.0.1:{port}/a.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">',
        '<link rel="attachment" href="http://127.0.0.1:{port}/a">',
        '<object data="http://127.0.0.1:{port}/a"></object>',
        '<p style="background:url(http://127.0.0.1:{port}/a.png)">x</p>',
        '<style>@import "http://127.0.0.1:{port}/a.css"; </style>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="file:///etc/hostname">',
        '<img src="aset:../../manage.py">',
        '<link rel="attachment" href="data:text/html,x">',
    ],
)
def test_nothing_outside_of_the_document_is_fetched(
    pendengar: tuple[int, list[bytes]], isi: str
) -> None:
    port, datang = pendengar
    with pytest.raises(PdfGagal, match="tidak diizinkan"):
        render_pdf(HTML % isi.replace("{port}", str(port)))
    assert not datang


def test_large_embedded_images_are_refused() -> None:
    with pytest.raises(PdfGagal):
        render_pdf(HTML % f'<img src="data:image/png;base64,{"A" * 3_200_000}">')


def test_text_nested_too_deep_fails_with_a_sentence() -> None:
    with pytest.raises(PdfGagal, match="terlalu dalam"):
        render_pdf(HTML % ("<div>" * 3000))


def test_collector_runs_again_after_a_failure() -> None:
    with pytest.raises(PdfGagal):
        render_pdf(HTML % '<img src="file:///x">')
    assert gc.isenabled()


def test_collector_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        render_pdf(HTML % "<p>x</p>")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_every_named_asset_is_there() -> None:
    assert all((BASE_DIR / berkas).is_file() for berkas, _jenis in ASET.values())


def test_importing_the_module_does_not_import_the_renderer() -> None:
    perintah = "import sys, sakip.common.pdf; sys.exit('weasyprint' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", perintah], cwd=BASE_DIR, check=False).returncode == 0
    )


def test_libraries_of_this_machine_are_complete() -> None:
    assert check_pustaka() == []


def test_missing_library_names_the_packages_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_PUSTAKA", ("libtidak-ada.so.9",))
    (galat,) = check_pustaka()
    assert galat.id == "sakip.E001"
    assert "libtidak-ada.so.9" in galat.msg
    assert BARIS_APT in str(galat.hint)


def test_other_systems_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(pdf, "_PUSTAKA", ("libtidak-ada.so.9",))
    assert check_pustaka() == []
