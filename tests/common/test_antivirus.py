"""Uploads go past the scanner, and nothing is taken in that it did not pass."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from sakip.common import antivirus
from sakip.common.antivirus import require_bersih
from sakip.common.errors import IsianTidakSah

JAHAT = b"ini dianggap jahat oleh pemindai tiruan"


class Pemindai:
    """A clamd that knows one bad text, or says what it was told to."""

    def __init__(self) -> None:
        self._pintu = socket.create_server(("127.0.0.1", 0))
        self.alamat = f"tcp://127.0.0.1:{self._pintu.getsockname()[1]}"
        self.jawab: bytes | None = None
        self.diterima: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                sambungan, _dari = self._pintu.accept()
            except OSError:
                return
            with sambungan, sambungan.makefile("rb") as aliran:
                assert aliran.read(10) == b"zINSTREAM\0"
                isi = b""
                while panjang := int.from_bytes(aliran.read(4), "big"):
                    isi += aliran.read(panjang)
                self.diterima.append(isi)
                temuan = b"stream: Uji-1 FOUND\0" if JAHAT in isi else b"stream: OK\0"
                sambungan.sendall(temuan if self.jawab is None else self.jawab)

    def tutup(self) -> None:
        """Gone; once is enough."""
        if self._pintu.fileno() >= 0:
            self._pintu.shutdown(socket.SHUT_RDWR)
            self._pintu.close()


@pytest.fixture
def pemindai(settings: Settings) -> Iterator[Pemindai]:
    """One that runs, and is the one that the settings name."""
    tiruan = Pemindai()
    settings.ANTIVIRUS = tiruan.alamat
    yield tiruan
    tiruan.tutup()


def test_a_large_file_arrives_whole_and_passes(pemindai: Pemindai) -> None:
    besar = bytes(range(256)) * 1024
    require_bersih([besar, b"", b"ekor"])
    assert pemindai.diterima == [besar + b"ekor"]


def test_an_infected_file_is_named_in_the_log_and_leaves_nothing(
    pemindai: Pemindai, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(IsianTidakSah, match="ditolak pemindai virus"):
        default_storage.save("bukti/a.pdf", ContentFile(b"%PDF-" + JAHAT))
    assert not any(p.is_file() for p in tmp_path.rglob("*"))
    assert "antivirus_menemukan nama=Uji-1 FOUND" in caplog.text
    nama = default_storage.save("bukti/b.pdf", ContentFile(b"%PDF-baik"))
    assert (tmp_path / nama).read_bytes() == b"%PDF-baik"


@pytest.mark.parametrize(
    "jawab",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O"],
    ids=["diam", "galat", "putus"],
)
def test_no_verdict_is_no_permission(pemindai: Pemindai, jawab: bytes) -> None:
    pemindai.jawab = jawab
    with pytest.raises(IsianTidakSah, match="belum dapat memeriksa"):
        require_bersih([b"apa saja"])


def test_while_the_scanner_is_down_nothing_is_taken_in(
    pemindai: Pemindai, settings: Settings, tmp_path: Path
) -> None:
    pemindai.tutup()
    for alamat in (pemindai.alamat, f"unix://{tmp_path}/tidak-ada.ctl"):
        settings.ANTIVIRUS = alamat
        with pytest.raises(IsianTidakSah, match="belum dapat memeriksa"):
            require_bersih([b"apa saja"])


def test_a_scanner_behind_a_socket_of_the_machine_is_asked_as_well(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "BATAS_DETIK", 2)
    settings.ANTIVIRUS = f"unix://{tmp_path}/clamd.ctl"
    with socket.socket(socket.AF_UNIX) as pintu:
        pintu.bind(f"{tmp_path}/clamd.ctl")
        pintu.listen(1)

        def terima() -> None:
            sambungan, _dari = pintu.accept()
            with sambungan:
                while not sambungan.recv(1024).endswith(bytes(4)):
                    pass
                sambungan.sendall(b"stream: OK\0")

        utas = threading.Thread(target=terima)
        utas.start()
        require_bersih([b"isi"])
        utas.join()


def test_without_a_scanner_nobody_is_asked(settings: Settings) -> None:
    settings.ANTIVIRUS = ""
    require_bersih([JAHAT])
