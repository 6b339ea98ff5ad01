"""The archive: its retention classes, and proof that nothing in it has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import ArsipDokumen, KelasArsip
from organisasi.models import Pengguna
from organisasi.services.kelola import open_kelola
from sakip.common.errors import IsianTidakSah
from sakip.common.sekali_tulis import is_utuh


@dataclass(frozen=True)
class IsianKelas:
    """A retention class as filled in."""

    kode: str
    nama: str
    aktif_tahun: int
    inaktif_tahun: int
    nasib: str
    dasar: str = ""
    is_aktif: bool = True


@transaction.atomic
def save_kelas(
    *,
    instansi_id: int,
    isian: IsianKelas,
    aktor: Pengguna,
    now: datetime,
    kelas_id: int | None = None,
) -> KelasArsip:
    """Add a retention class of the office, or change one. What was archived keeps its own words.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        KelasArsip.DoesNotExist: the office has no such class.
        IsianTidakSah: there is one of that code and name (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    daftar = KelasArsip.objects.filter(instansi=kelola.instansi)
    kelas = daftar.get(pk=kelas_id) if kelas_id else KelasArsip(instansi=kelola.instansi)
    kembar = daftar.filter(kode=isian.kode, nama=isian.nama)
    if (kembar.exclude(pk=kelas.pk) if kelas_id else kembar).exists():
        raise IsianTidakSah(
            _("Kelas %(kode)s %(nama)s sudah ada.") % {"kode": isian.kode, "nama": isian.nama}
        )
    for nama, nilai in vars(isian).items():
        setattr(kelas, nama, nilai)
    kelas.save()
    kelola.record("laporan.kelas_arsip.simpan", kelas=kelas.pk, **vars(isian))
    return kelas


def check_arsip() -> Iterator[tuple[ArsipDokumen, bool]]:
    """Every archived document, and whether its file is still what was archived."""
    for arsip in ArsipDokumen.objects.select_related("dokumen__draf").order_by("pk").iterator():
        yield arsip, is_utuh(arsip.berkas, arsip.sha256)
