"""Files on the disk: whole and with their mode the moment they have their name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from sakip.common.berkas import path_of, write_whole
from sakip.common.sekali_tulis import store_sekali


@pytest.fixture(autouse=True)
def _folder_sendiri(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def mode(path: Path) -> int:
    """Who may do what with it."""
    return path.stat().st_mode & 0o777


def test_a_file_written_once_is_read_only_before_it_has_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terlihat: list[int] = []
    asli = Path.replace

    def catat(sumber: Path, tujuan: Path) -> Path:
        terlihat.append(mode(sumber))
        return asli(sumber, tujuan)

    monkeypatch.setattr(Path, "replace", catat)
    berkas = store_sekali(b"isi", folder="arsip", akhiran=".pdf")
    assert terlihat == [0o444]
    assert mode(path_of(berkas)) == 0o444


def test_a_file_that_an_older_release_left_writable_is_made_read_only() -> None:
    berkas = store_sekali(b"isi", folder="arsip", akhiran=".pdf")
    path_of(berkas).chmod(0o644)
    assert store_sekali(b"isi", folder="arsip", akhiran=".pdf") == berkas
    assert mode(path_of(berkas)) == 0o444


def test_a_disk_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    def putus() -> Iterator[bytes]:
        yield b"sebagian"
        raise OSError("penuh")

    with pytest.raises(OSError, match="penuh"):
        write_whole(tmp_path / "baru" / "a.pdf", putus())
    assert list((tmp_path / "baru").iterdir()) == []
