"""Pictures of a draft: for the page that shows them, for paper, and against the quota."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.functional import cached_property

from laporan.models import Draf, GambarNaskah
from sakip.common.berkas import read_berkas


@dataclass(frozen=True)
class GambarBerkas:
    """A stored picture for whoever prints it: what it is, how large."""

    uuid: str
    nama: str
    sidik: str
    jenis: str
    lebar: int
    tinggi: int

    @cached_property
    def isi(self) -> bytes:
        """Its bytes, checked against the fingerprint.

        Raises:
            BerkasBerubah: gone or changed on the disk.
        """
        return read_berkas(self.nama, self.sidik)


def get_gambar(uuid: str) -> GambarBerkas | None:
    """One picture by its uuid, or None. For text that was checked when saved: asks no right."""
    gambar = GambarNaskah.objects.filter(uuid=uuid).first()
    return _open(gambar) if gambar else None


def list_gambar_draf(draf: Draf, uuid: Collection[str]) -> Mapping[str, GambarBerkas]:
    """The pictures of that draft with those uuids; others are missing. One query, none for none."""
    if not uuid:
        return {}
    daftar = GambarNaskah.objects.filter(draf=draf, uuid__in=uuid)
    return {str(g.uuid): _open(g) for g in daftar}


def _open(g: GambarNaskah) -> GambarBerkas:
    return GambarBerkas(str(g.uuid), str(g.berkas.name), g.sidik, g.jenis, g.lebar, g.tinggi)


def sum_gambar(draf: Draf) -> int:
    """Bytes that the pictures of the draft take. One query."""
    return GambarNaskah.objects.filter(draf=draf).aggregate(n=Sum("ukuran"))["n"] or 0
