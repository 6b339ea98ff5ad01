"""The command that makes test certificates: for whom, how often, and who may read them."""

import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from sakip.common.ca_uji import has_sertifikat
from sakip.common.rahasia import Rahasia
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """An empty place for certificates, and no passphrase from the environment."""
    settings.TTE_DIR = tmp_path / "tte"
    settings.DEMO_FRASA = None
    return settings.TTE_DIR


def run(**opsi: object) -> str:
    """What the command prints."""
    keluaran = StringIO()
    call_command("buat_ca_uji", stdout=keluaran, **opsi)
    return keluaran.getvalue()


def holder(tingkat: str) -> str:
    """NIP of somebody who holds a post of that kind."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat=tingkat)).pengguna.nip


def test_heads_and_secretaries_get_a_certificate_and_nobody_else(folder: Path) -> None:
    penanda = {holder("kepala"), holder("sekretaris")}
    holder("staf")
    run(frasa_sandi="frasa-uji-1")
    assert {b.stem for b in folder.glob("*.p12")} == penanda


def test_only_the_owner_may_read_them(folder: Path) -> None:
    holder("kepala")
    run(frasa_sandi="frasa-uji-1")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(b.stat().st_mode) for b in folder.iterdir()} == {0o600}


def test_running_again_changes_nothing(folder: Path) -> None:
    holder("kepala")
    run(frasa_sandi="frasa-uji-1")
    lama = {b.name: b.read_bytes() for b in folder.iterdir()}
    assert "0 sertifikat" in run(frasa_sandi="frasa-uji-1")
    assert "0 sertifikat" in run()
    assert {b.name: b.read_bytes() for b in folder.iterdir()} == lama


def test_another_passphrase_gets_a_certificate_that_opens_with_it() -> None:
    nip = holder("kepala")
    run(frasa_sandi="frasa-lama-1")
    run(frasa_sandi="frasa-baru-2")
    assert _is_terbuka(nip, "frasa-baru-2")
    assert not _is_terbuka(nip, "frasa-lama-1")


def _is_terbuka(nip: str, frasa: str) -> bool:
    return has_sertifikat(settings.TTE_DIR, nip, Rahasia(frasa), now=datetime.now(UTC))


def test_random_passphrase_is_shown_once() -> None:
    nip = holder("kepala")
    (frasa,) = [b.split(": ")[1] for b in run().splitlines() if b.startswith("Frasa sandi")]
    assert _is_terbuka(nip, frasa)
    assert "Frasa sandi" not in run()


def test_passphrase_of_the_demo_is_used_and_not_printed(settings: Settings) -> None:
    settings.DEMO_FRASA = "frasa-demo-7"
    nip = holder("sekretaris")
    assert "frasa-demo-7" not in run()
    assert _is_terbuka(nip, "frasa-demo-7")


def test_named_person_is_served_whatever_the_post(folder: Path) -> None:
    orang, lain = PenggunaFactory.create(), holder("kepala")
    run(nip=[orang.nip], frasa_sandi="frasa-uji-1")
    assert (folder / f"{orang.nip}.p12").is_file()
    assert not (folder / f"{lain}.p12").exists()


def test_unknown_nip_is_named() -> None:
    with pytest.raises(CommandError, match="190001011900011001"):
        run(nip=["190001011900011001"])


def test_certificate_that_ran_out_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nip = holder("kepala")
    monkeypatch.setattr("sakip.common.ca_uji.MASA_SERTIFIKAT", timedelta(hours=-1))
    run(frasa_sandi="frasa-uji-1")
    monkeypatch.undo()
    lama = (folder / f"{nip}.pem").read_bytes()
    run(frasa_sandi="frasa-uji-1")
    assert (folder / f"{nip}.pem").read_bytes() != lama
