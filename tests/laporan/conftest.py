"""Fixtures of tests about documents: folders of their own and people with certificates."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from laporan.models import Dokumen, Draf, Tugas
from laporan.services import dokumen
from tests.laporan.antrean import antrean, pengantar, redis
from tests.laporan.layanan_jauh import jauh
from tests.laporan.meja_tanda import TANDA_DUA, TANDA_SATU, make_html_ringkas, until, until_beku
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor
from tests.tte import give_sertifikat

__all__ = ["antrean", "jauh", "pengantar", "redis"]


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


@pytest.fixture
def di_meja_kepala(kantor_satu: Kantor, now: datetime) -> Draf:
    """A draft at the step of signing, its PDF promised but not made."""
    return until(kantor_satu, 3, now)


@pytest.fixture
def siap(kantor_satu: Kantor, now: datetime) -> tuple[Draf, Dokumen, Tugas]:
    """A frozen document on the desk of its only signer. Ask for `ringkas` as well."""
    draf, dokumen = until_beku(kantor_satu, 3, now)
    (tugas,) = aktif(draf)
    return draf, dokumen, tugas
