"""Keeping the emblem of an office: what people upload is drawn anew, never passed on."""

import io
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from organisasi.models import Lambang, Pengguna
from organisasi.services.kelola import open_kelola
from sakip.common.berkas import sha256_hex
from sakip.common.errors import IsianTidakSah

MAKS_BYTE = 2 * 1024 * 1024
# A picture of a few kB can unpack to gigabytes: its size is read before its dots.
_MAKS_SISI = 5000
_MIN_SISI = 100
_SISI = 600
_AKHIR = {"PNG": b"IEND", "JPEG": b"\xff\xd9"}


@transaction.atomic
def save_lambang(*, instansi_id: int, isi: bytes, aktor: Pengguna, now: datetime) -> Lambang:
    """Put a picture in the place of the present emblem.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        IsianTidakSah: no PNG or JPEG, too large or too small (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    gambar = redraw(isi)
    sidik = sha256_hex(gambar)
    lambang, _baru = Lambang.objects.update_or_create(
        instansi=kelola.instansi,
        defaults={"isi": gambar, "sha256": sidik, "diubah_pada": now},
    )
    kelola.record("organisasi.lambang.simpan", sha256=sidik, ukuran=len(gambar))
    return lambang


@transaction.atomic
def remove_lambang(*, instansi_id: int, aktor: Pengguna, now: datetime) -> None:
    """Letterheads without an emblem again. Raises AksesDitolak as `save_lambang`."""
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    banyak, _per_model = Lambang.objects.filter(instansi=kelola.instansi).delete()
    if banyak:
        kelola.record("organisasi.lambang.hapus")


def redraw(isi: bytes) -> bytes:
    """The same picture as a PNG of ours, at most 600 dots wide and high, with nothing else in it.

    Raises:
        IsianTidakSah: no PNG or JPEG, too large or too small.
    """
    if len(isi) > MAKS_BYTE:
        raise IsianTidakSah(_("Gambar lebih besar dari 2 MB. Perkecil dahulu."))
    try:
        with Image.open(io.BytesIO(isi), formats=("PNG", "JPEG")) as gambar:
            if max(gambar.size) > _MAKS_SISI or min(gambar.size) < _MIN_SISI:
                raise IsianTidakSah(
                    _("Ukuran gambar harus antara %(min)d dan %(maks)d titik tiap sisinya.")
                    % {"min": _MIN_SISI, "maks": _MAKS_SISI}
                )
            # Said here, not left to the decoder: WeasyPrint makes that accept half a picture.
            if isi.rfind(_AKHIR[gambar.format or ""]) < 0:
                raise SyntaxError
            baru = gambar.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as galat:
        raise IsianTidakSah(
            _("Berkas ini bukan gambar PNG atau JPEG yang utuh. Pilih berkas lain.")
        ) from galat
    baru.thumbnail((_SISI, _SISI))
    keluar = io.BytesIO()
    Image.frombytes("RGBA", baru.size, baru.tobytes()).save(keluar, "PNG", optimize=True)
    return keluar.getvalue()
