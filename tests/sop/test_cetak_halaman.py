"""Pages that print SOPs, by persona."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisasi.models import Pengguna
from sop.models import DokumenSOP, VersiSOP
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.factories.sop import create_konsep, create_terbit, muat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def berkas_sendiri(settings: Settings, tmp_path: Path) -> None:
    """Files of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "berkas"


def pegawai(versi: VersiSOP) -> Pengguna:
    """Somebody of the office."""
    return PenugasanFactory.create(jabatan__instansi=versi.sop.instansi).pengguna


def buka(alamat: str, pengguna: Pengguna | None, **isi: str | Sequence[str | int]) -> HttpResponse:
    """The answer to that person."""
    klien = Client()
    if pengguna:
        klien.force_login(pengguna)
    return cast(HttpResponse, klien.get(alamat, isi))


def cetak(versi: VersiSOP) -> str:
    """Address of the PDF."""
    return reverse("sop:cetak-sop", args=[versi.pk])


def test_a_colleague_downloads_the_pdf_or_looks_at_it() -> None:
    versi = create_terbit()
    orang = pegawai(versi)
    unduh, lihat = (buka(cetak(versi), orang, **isi) for isi in ({}, {"lihat": "1"}))
    assert unduh["Content-Type"] == "application/pdf"
    assert unduh["Content-Disposition"] == 'attachment; filename="sop-uji-versi-1-a4.pdf"'
    assert lihat["Content-Disposition"].startswith("inline")
    assert unduh.content == lihat.content
    assert unduh.content.startswith(b"%PDF")


@pytest.mark.parametrize(("diminta", "jadi"), [("f4", "f4"), ("a4", "a4"), ("b5", "a4")])
def test_the_paper_is_chosen_in_the_address(diminta: str, jadi: str) -> None:
    versi = create_terbit()
    buka(cetak(versi), pegawai(versi), kertas=diminta)
    assert DokumenSOP.objects.get().kertas == jadi


def test_strangers_find_nothing_to_print() -> None:
    versi = create_terbit()
    orang_luar = PenugasanFactory.create().pengguna
    assert buka(cetak(versi), orang_luar).status_code == 404
    assert buka(cetak(versi), None).status_code == 302
    assert buka(cetak(versi), PenggunaFactory.create()).status_code == 403
    assert not DokumenSOP.objects.exists()


def test_the_print_tab_leads_to_both_papers_and_tells_what_is_kept() -> None:
    versi = muat()
    orang = pegawai(versi)
    alamat = reverse("sop:cetak", args=[versi.pk])
    isi = buka(alamat, orang).content.decode()
    for kertas in ("a4", "f4"):
        assert f"{cetak(versi)}?kertas={kertas}" in isi
    assert "halaman, sidik" not in isi
    buka(cetak(versi), orang)
    assert "2 halaman, sidik" in buka(alamat, orang).content.decode()
    assert buka(alamat, PenugasanFactory.create().pengguna).status_code == 404


def test_a_set_offers_the_version_in_force_and_else_the_konsep() -> None:
    terbit = create_terbit()
    create_konsep(instansi=terbit.sop.instansi)
    lain = muat(instansi=terbit.sop.instansi)
    isi = buka(reverse("sop:pilih-set"), pegawai(terbit)).content.decode()
    assert isi.count('name="versi"') == 2
    for versi in (terbit, lain):
        assert f'value="{versi.pk}"' in isi


def test_an_office_without_sop_is_told_so() -> None:
    isi = buka(reverse("sop:pilih-set"), PenugasanFactory.create().pengguna).content.decode()
    assert "Belum ada SOP yang dapat dicetak." in isi


def test_chosen_sops_of_the_own_office_make_one_pdf() -> None:
    versi, asing = create_terbit(), muat("kota-blitar")
    jawaban = buka(reverse("sop:cetak-set"), pegawai(versi), versi=[versi.pk, asing.pk, "x"])
    assert jawaban.content.startswith(b"%PDF")
    assert 'filename="kumpulan-sop-' in jawaban["Content-Disposition"]


@pytest.mark.parametrize("pilihan", [[], ["x"], ["999999"]], ids=["kosong", "teks", "asing"])
def test_an_empty_choice_is_refused_with_what_to_do(pilihan: list[str]) -> None:
    versi = create_terbit()
    jawaban = buka(reverse("sop:cetak-set"), pegawai(versi), versi=pilihan)
    assert jawaban.status_code == 422
    assert "Pilih sedikitnya satu" in jawaban.content.decode()


def test_too_many_sops_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sop.views.cetak.PALING_BANYAK", 1)
    versi = create_terbit()
    lain = muat(instansi=versi.sop.instansi)
    jawaban = buka(reverse("sop:cetak-set"), pegawai(versi), versi=[versi.pk, lain.pk])
    assert jawaban.status_code == 422
