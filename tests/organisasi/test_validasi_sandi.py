"""Passwords made of the words of an office, and passwords that were leaked."""

import hashlib
import io
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisasi.models import Pengguna
from organisasi.validasi_sandi import (
    KataSetempatValidator,
    SandiBocorValidator,
    check_daftar,
    find_sidik,
)
from tests.factories.organisasi import SANDI, InstansiFactory, JabatanFactory, PenugasanFactory


@pytest.mark.parametrize(
    "sandi",
    ["sakipkabupaten", "Kepala-Dinas-2026!", "P@ssword1234567", "r4h4si4 k4nt0r", "admin1234admin"],
)
def test_words_of_every_office_and_little_else_are_refused(sandi: str) -> None:
    with pytest.raises(ValidationError, match="lazim di kantor"):
        KataSetempatValidator().validate(sandi)


@pytest.mark.parametrize(
    "sandi",
    ["dinas padi layang-layang", "kuda terbang tinggi", "8120 4457 9913", "xK9#vQ2!mL7w"],
)
def test_everything_else_is_taken(sandi: str) -> None:
    KataSetempatValidator().validate(sandi)


@pytest.mark.django_db
def test_the_name_of_the_own_office_is_such_a_word() -> None:
    instansi = InstansiFactory.create(
        nama="Dinas Perikanan", pemerintah="Pemerintah Kabupaten Sumbermaju"
    )
    jabatan = JabatanFactory.create(instansi=instansi)
    orang = PenugasanFactory.create(jabatan=jabatan).pengguna
    with pytest.raises(ValidationError):
        KataSetempatValidator().validate("Perikanan.Sumbermaju.77", orang)
    KataSetempatValidator().validate("Perikanan.Sumbermaju.77")
    KataSetempatValidator().validate("Perikanan.Sumbermaju.77", Pengguna())


def sidik(sandi: str) -> str:
    """As a list of leaked passwords names it."""
    return hashlib.sha1(sandi.encode(), usedforsecurity=False).hexdigest().upper()


def tulis_daftar(folder: Path, sandi: list[str]) -> Path:
    """As the list is given away: in order, with a count behind each, lines ended by CR LF."""
    berkas = folder / "bocor.txt"
    berkas.write_bytes(
        b"".join(f"{s}:{n}\r\n".encode() for n, s in enumerate(sorted(map(sidik, sandi)), 1))
    )
    return berkas


def test_every_line_of_a_list_is_found_and_nothing_between(tmp_path: Path) -> None:
    ada = [f"sandi nomor {n}" for n in range(40)]
    with tulis_daftar(tmp_path, ada).open("rb") as daftar:
        for n in range(80):
            assert find_sidik(daftar, sidik(f"sandi nomor {n}").encode()) is (n < 40)
        for tepi in (b"0" * 40, b"F" * 40):
            assert not find_sidik(daftar, tepi)
    assert not find_sidik(io.BytesIO(), b"0" * 40)


@pytest.mark.django_db
def test_a_leaked_password_is_not_chosen(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    bocor, orang = "unta berenang jauh", PenugasanFactory.create().pengguna
    settings.SANDI_BOCOR = str(tulis_daftar(tmp_path, [bocor, "lain sama sekali"]))
    client.force_login(orang)
    isi = {"sandi_lama": SANDI, "new_password1": bocor, "new_password2": bocor}
    jawab = client.post(reverse("organisasi:change-sandi"), isi)
    assert jawab.status_code == 422
    assert "pernah bocor" in jawab.content.decode()
    isi |= {"new_password1": f"{bocor}!", "new_password2": f"{bocor}!"}
    assert client.post(reverse("organisasi:change-sandi"), isi).status_code == 302


def test_a_list_that_cannot_be_read_is_told_before_anything_runs(
    settings: Settings, tmp_path: Path
) -> None:
    assert check_daftar() == []
    SandiBocorValidator().validate("tanpa daftar apa pun")
    polos = tmp_path / "polos.txt"
    polos.write_text("password\n")
    for salah in (tmp_path / "tidak-ada.txt", polos):
        settings.SANDI_BOCOR = str(salah)
        assert [g.id for g in check_daftar()] == ["sakip.E005"]
    settings.SANDI_BOCOR = str(tulis_daftar(tmp_path, ["satu"]))
    assert check_daftar() == []
    assert len(password_validators_help_texts()) == 5
