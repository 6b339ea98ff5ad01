"""Stored files in a bucket of an S3 service, which all web and worker machines share.

The bucket is private: what is in it is handed out by pages alone. A file is one object put in one
request, so it is whole or not there; who puts one `sekali` says that the name must be free.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from io import BufferedReader, RawIOBase
from typing import IO, TYPE_CHECKING, Any, Protocol

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import Storage
from storages.utils import clean_name

from sakip.common.antivirus import require_bersih
from sakip.common.penyimpanan import PenyimpananTerputus, PenyimpananUtuh

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    # Untyped; as Any it would untype its subclass.
    class S3Storage(Storage):
        """What is used of it here."""

        connection: Any
        bucket_name: str
        location: str

        def __init__(self, **setelan: object) -> None: ...
        def _normalize_name(self, name: str) -> str: ...
        def _open(self, name: str, mode: str = "rb") -> File[bytes]: ...
else:
    from storages.backends.s3 import S3Storage

# A store that does not answer must not hold a page for long.
_SETELAN_KLIEN = {
    "connect_timeout": 3,
    "read_timeout": 20,
    "retries": {"mode": "standard", "max_attempts": 3},
}
# Of a file that is read more than once, so much stays in memory; the rest goes to the disk.
_PENYANGGA = 256 * 1024
_MAKS_MEMORI = 2 * 1024 * 1024
_SEBAB: dict[int, type[OSError]] = {
    HTTPStatus.NOT_FOUND: FileNotFoundError,
    HTTPStatus.CONFLICT: FileExistsError,
    HTTPStatus.PRECONDITION_FAILED: FileExistsError,
}


@contextmanager
def _as_oserror(nama: str) -> Iterator[None]:
    """What the service refuses or leaves unanswered, as the errors of any other store."""
    try:
        yield
    except ClientError as galat:
        status = galat.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        jenis = _SEBAB.get(status)
        if jenis is None:
            raise PenyimpananTerputus from galat
        raise jenis(nama) from galat
    except (BotoCoreError, Boto3Error) as galat:
        raise PenyimpananTerputus from galat


class _Badan(Protocol):
    """The body of an answer of the service."""

    def read(self, amt: int) -> bytes:
        """The next bytes."""

    def close(self) -> None:
        """Let go of the connection."""


class _Halaman(Protocol):
    """A listing that comes in pages."""

    def paginate(self, **apa: object) -> Iterable[dict[str, Any]]:
        """Page by page."""


class _Klien(Protocol):
    """What is asked of the service directly."""

    def put_object(self, **apa: object) -> object:
        """Put one object."""

    def get_object(self, **apa: object) -> dict[str, Any]:
        """One object and its body."""

    def get_paginator(self, apa: str) -> "_Halaman":
        """A listing page by page."""


class _Aliran(RawIOBase):
    """The body of an answer, with the errors of any other store."""

    def __init__(self, badan: _Badan, nama: str) -> None:
        self._badan, self._nama = badan, nama

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, wadah: "WriteableBuffer") -> int:
        """The next bytes."""
        tempat = memoryview(wadah)
        with _as_oserror(self._nama):
            isi = self._badan.read(len(tempat))
        tempat[: len(isi)] = isi
        return len(isi)

    def close(self) -> None:
        """Let go of the connection too."""
        self._badan.close()
        super().close()


class PenyimpananObjek(PenyimpananUtuh, S3Storage):
    """A private bucket, or the part of one below `location`."""

    def __init__(self, *, gaya: str = "auto", **setelan: object) -> None:
        super().__init__(
            **setelan,
            client_config=Config(
                signature_version="s3v4", s3={"addressing_style": gaya}, **_SETELAN_KLIEN
            ),
            file_overwrite=False,
            max_memory_size=_MAKS_MEMORI,
        )

    def _key(self, nama: str) -> str:
        return self._normalize_name(clean_name(nama))

    @property
    def _klien(self) -> _Klien:
        klien: _Klien = self.connection.meta.client
        return klien

    def _save(self, name: str, content: File[bytes]) -> str:
        require_bersih(content.chunks())
        # Not `sekali`: the name is new, and a request sent again after a lost answer would be
        # refused because of itself.
        content.seek(0)
        self.store(name, content)
        return name

    def store(self, nama: str, isi: IO[bytes] | File[bytes], *, sekali: bool = False) -> None:
        """As every store; one request, so no part of it is ever seen."""
        syarat = {"IfNoneMatch": "*"} if sekali else {}
        with _as_oserror(nama):
            self._klien.put_object(Bucket=self.bucket_name, Key=self._key(nama), Body=isi, **syarat)

    def open_alir(self, nama: str) -> tuple[IO[bytes], int]:
        """As every store; read from the service while it is handed on."""
        with _as_oserror(nama):
            jawab = self._klien.get_object(Bucket=self.bucket_name, Key=self._key(nama))
        aliran = BufferedReader(_Aliran(jawab["Body"], nama), _PENYANGGA)
        return aliran, jawab["ContentLength"]

    def list_nama(self) -> Iterator[str]:
        """As every store; nothing half written or made again is ever put there."""
        awalan = f"{self.location.rstrip('/')}/" if self.location else ""
        halaman = self._klien.get_paginator("list_objects_v2")
        with _as_oserror(awalan):
            for satu in halaman.paginate(Bucket=self.bucket_name, Prefix=awalan):
                for objek in satu.get("Contents", ()):
                    yield objek["Key"].removeprefix(awalan)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError(f"{name}: what is stored is not written to in place")
        with _as_oserror(name):
            berkas = super()._open(name, mode)
            _ = berkas.file  # fetched now, so that whoever reads meets no error of the service
        return berkas

    def delete(self, name: str) -> None:
        """Take the object away, if it is there."""
        with _as_oserror(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is an object of that name."""
        with _as_oserror(name):
            return bool(super().exists(name))

    def url(self, name: str | None, *_args: object, **_lain: object) -> str:
        """None: a link would work for whoever has it, and nobody would be asked."""
        raise NotImplementedError(f"{name}: stored files have no address")
