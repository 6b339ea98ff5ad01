"""Where files are stored: a folder of this machine, or what else the settings name.

Every store writes a file whole or not at all, and can write one so that a second writer of the
same name is refused. Nothing stored has an address: pages hand files out, after asking who wants
them.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core import checks
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.utils.translation import gettext_lazy as _

from sakip.common.antivirus import require_bersih
from sakip.common.cakram import AKHIRAN_SEMENTARA, read_potongan, write_whole
from sakip.common.errors import DomainError

# Below the folder of files; what lies there can be made again, by each machine for itself.
SINGGAHAN = "singgahan"
_BACA_SAJA = 0o444


class PenyimpananTerputus(DomainError, OSError):
    """The store of files does not answer, or refuses; the person may try again later."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    lagi_detik = 30

    def __init__(self) -> None:
        super().__init__(_("Penyimpanan berkas sedang tidak menjawab. Coba lagi sebentar."))


def check_penyimpanan(app_configs: object = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """System check: an S3 service is named completely, or not at all."""
    s3: Mapping[str, Any] = settings.S3
    masalah: list[checks.CheckMessage] = []
    lain = [n for n in ("endpoint_url", "access_key", "secret_key", "location") if s3[n]]
    if lain and not s3["bucket_name"]:
        pesan = "Setelan SAKIP_S3_… ada, tetapi SAKIP_S3_BUCKET kosong: berkas tidak akan ke sana."
        masalah.append(checks.Error(pesan, id="sakip.E006"))
    if bool(s3["access_key"]) != bool(s3["secret_key"]):
        pesan = "SAKIP_S3_KUNCI dan SAKIP_S3_RAHASIA diisi keduanya, atau kosong keduanya."
        masalah.append(checks.Error(pesan, id="sakip.E007"))
    return masalah


def check_penyimpanan_aman(app_configs: object = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """System check before going live: evidence does not travel in the clear."""
    if str(settings.S3["endpoint_url"] or "").startswith("http:"):
        pesan = "SAKIP_S3_URL tidak memakai https: berkas dan kuncinya lewat tanpa sandi."
        return [checks.Warning(pesan, id="sakip.W008")]
    return []


class PenyimpananUtuh(Storage):
    """What the project asks of a store beyond what Django does."""

    def store(self, nama: str, isi: IO[bytes], *, sekali: bool = False) -> None:
        """Keep the stream under `nama`, whole or not at all; `sekali`: never in place of another.

        Raises:
            FileExistsError: asked for `sekali`, and that name is taken.
            OSError: the store is full, refuses or does not answer.
        """
        raise NotImplementedError

    def open_alir(self, nama: str) -> tuple[IO[bytes], int]:
        """A stored file to be read once from its beginning, and its size in bytes.

        Raises FileNotFoundError.
        """
        raise NotImplementedError

    def list_nama(self) -> Iterator[str]:
        """Every stored file, in order; neither what can be made again nor what is half written."""
        raise NotImplementedError


def get_penyimpanan() -> PenyimpananUtuh:
    """The store that the settings name."""
    return cast("PenyimpananUtuh", default_storage)


class PenyimpananAman(PenyimpananUtuh, FileSystemStorage):
    """A folder of this machine, or one that all machines share; names of uploads are given once.

    What people upload comes through `_save`, and past the scanner for viruses.
    """

    def _save(self, name: str, content: File[bytes]) -> str:
        require_bersih(content.chunks())
        write_whole(Path(self.path(name)), content.chunks())
        return name

    def store(self, nama: str, isi: IO[bytes], *, sekali: bool = False) -> None:
        """As every store; what is written `sekali` is read-only from its first moment."""
        path = Path(self.path(nama))
        if sekali and path.exists():
            raise FileExistsError(nama)
        write_whole(path, read_potongan(isi), mode=_BACA_SAJA if sekali else None)

    def open_alir(self, nama: str) -> tuple[IO[bytes], int]:
        """The file itself."""
        path = Path(self.path(nama))
        return path.open("rb"), path.stat().st_size

    def list_nama(self) -> Iterator[str]:
        """As every store; links lead elsewhere and are none of it."""
        akar = Path(self.base_location)
        for berkas in sorted(akar.rglob("*")):
            nama = berkas.relative_to(akar)
            if nama.parts[0] == SINGGAHAN or berkas.is_symlink():
                continue
            if berkas.is_file() and berkas.suffix != AKHIRAN_SEMENTARA:
                yield nama.as_posix()
