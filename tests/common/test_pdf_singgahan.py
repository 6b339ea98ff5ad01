"""PDFs kept by content: laid out once, never stale, and never a queue without an end."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from sakip.common import pdf_singgahan
from sakip.common.errors import TransisiDitolak
from sakip.common.middleware import DomainErrorMiddleware
from sakip.common.pdf import HasilPdf
from sakip.common.pdf_singgahan import SedangSibuk, get_or_render, prune


@pytest.fixture
def dibuat(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pages that were laid out, in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    catatan: list[str] = []

    def render(html: str, *, gaya: str) -> HasilPdf:
        catatan.append(html + gaya)
        return HasilPdf(f"%PDF {html}".encode(), 1, {})

    monkeypatch.setattr(pdf_singgahan, "render_pdf", render)
    return catatan


def test_same_pages_are_laid_out_once(dibuat: list[str]) -> None:
    assert get_or_render("a") == get_or_render("a") == b"%PDF a"
    assert dibuat == ["a"]
    get_or_render("b")
    get_or_render("a", gaya="x")
    assert dibuat == ["a", "b", "ax"]


def test_new_style_sheets_make_new_pages(
    dibuat: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    get_or_render("a")
    monkeypatch.setattr(pdf_singgahan, "_release", lambda: "rilis lain")
    get_or_render("a")
    assert dibuat == ["a", "a"]


@pytest.mark.usefixtures("dibuat")
def test_who_would_wait_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_singgahan, "_MAKS_TUNGGU_DETIK", 0.01)
    with pdf_singgahan._PAGAR, pytest.raises(SedangSibuk) as galat:
        get_or_render("a")
    assert galat.value.status == 429
    assert get_or_render("a") == b"%PDF a"


def test_failure_leaves_the_way_free(dibuat: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def gagal(html: str, *, gaya: str) -> HasilPdf:
        raise RuntimeError

    with monkeypatch.context() as sementara:
        sementara.setattr(pdf_singgahan, "render_pdf", gagal)
        with pytest.raises(RuntimeError):
            get_or_render("a")
    assert get_or_render("a") == b"%PDF a"
    assert dibuat == ["a"]


@pytest.mark.usefixtures("dibuat")
def test_week_old_pages_are_deleted(tmp_path: Path, now: datetime) -> None:
    get_or_render("a")
    (berkas,) = (tmp_path / "singgahan").glob("*.pdf")
    os.utime(berkas, (now.timestamp(), now.timestamp()))
    assert prune(now=now + timedelta(days=6)) == 0
    assert prune(now=now + timedelta(days=8)) == 1
    assert not berkas.exists()


@pytest.mark.parametrize(
    ("asal", "tautan"),
    [
        ("http://testserver/laporan/1/?a=2", 'href="/laporan/1/?a=2"'),
        ("http://jahat.example/laporan/", ""),
        ("http://testserver//jahat.example/laporan/", ""),
        ("", ""),
    ],
    ids=("same", "stranger", "disguised", "none"),
)
def test_conflict_leads_back_to_the_page_of_the_form(asal: str, tautan: str) -> None:
    """Never to the address of the form, which may take POST only."""
    kirim = RequestFactory().post("/hanya-post/", headers={"Referer": asal})
    jawab = DomainErrorMiddleware(lambda _r: None).process_exception(  # type: ignore[arg-type,return-value]  # never called
        kirim, TransisiDitolak("Sudah berubah.")
    )
    assert jawab is not None
    isi = jawab.content.decode()
    assert "/hanya-post/" not in isi
    assert ("Lihat keadaan terakhir" in isi) is bool(tautan)
    assert tautan in isi
