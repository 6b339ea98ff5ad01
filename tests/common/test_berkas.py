"""Files on the disk: whole and with their mode the moment they have their name."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from pytest_django import Settings

from sakip.common.berkas import find_isi, sha256_hex, store_berkas
from sakip.common.cakram import write_whole
from sakip.common.penyimpanan import get_penyimpanan
from sakip.common.sekali_tulis import keep_berkas, store_sekali
from tests.simpanan import path_of


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


def test_what_is_kept_once_is_never_replaced() -> None:
    berkas = keep_berkas("dokumen/7/versi-1.pdf", b"isi")
    assert berkas == f"dokumen/7/versi-1-{sha256_hex(b'isi')[:16]}.pdf"
    assert keep_berkas("dokumen/7/versi-1.pdf", b"isi") == berkas
    assert keep_berkas("dokumen/7/versi-1.pdf", b"lain") != berkas
    with pytest.raises(FileExistsError):
        get_penyimpanan().store(berkas, BytesIO(b"lain"), sekali=True)
    assert find_isi(berkas) == b"isi"


def test_a_name_that_leads_out_of_the_folder_is_refused() -> None:
    with pytest.raises(SuspiciousFileOperation):
        store_berkas("../luar.pdf", b"isi")


def test_a_disk_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    def putus() -> Iterator[bytes]:
        yield b"sebagian"
        raise OSError("penuh")

    with pytest.raises(OSError, match="penuh"):
        write_whole(tmp_path / "baru" / "a.pdf", putus())
    assert list((tmp_path / "baru").iterdir()) == []
