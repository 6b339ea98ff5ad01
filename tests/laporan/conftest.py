"""Fixtures of tests about documents: folders of their own and people with certificates."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from laporan.services import dokumen
from tests.laporan.meja_tanda import TANDA_DUA, TANDA_SATU, make_html_ringkas
from tests.laporan.rute import Baris, Kantor, make_kantor
from tests.tte import give_sertifikat


@pytest.fixture
def berkas_sendiri(tmp_path: Path, settings: Settings) -> Path:
    """Empty folders for files and certificates."""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.TTE_DIR = tmp_path / "tte"
    return tmp_path


@pytest.fixture
def bangun(berkas_sendiri: Path, now: datetime) -> Callable[[list[Baris]], Kantor]:
    """Make an office in which everybody has a certificate."""

    def buat(rute: list[Baris]) -> Kantor:
        kantor = make_kantor(rute, now)
        for orang in kantor.orang.values():
            give_sertifikat(berkas_sendiri / "tte", orang.nip)
        return kantor

    return buat


@pytest.fixture
def kantor_satu(bangun: Callable[[list[Baris]], Kantor]) -> Kantor:
    """An office with one signer."""
    return bangun(TANDA_SATU)


@pytest.fixture
def kantor_dua(bangun: Callable[[list[Baris]], Kantor]) -> Kantor:
    """An office with two signers in a row."""
    return bangun(TANDA_DUA)


@pytest.fixture
def ringkas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents of one small page, where their content is not what is tested."""
    monkeypatch.setattr(dokumen, "render_laporan", make_html_ringkas)
