"""Try the store of files as this machine reaches it."""

import secrets
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sakip.common.berkas import discard_berkas, find_isi, has_berkas
from sakip.common.penyimpanan import PenyimpananUtuh, get_penyimpanan


class Command(BaseCommand):
    """manage.py periksa_penyimpanan"""

    help = (
        "Menulis, membaca, menolak tulis ulang, mendaftar, dan menghapus satu berkas percobaan di "
        "penyimpanan. Jalankan di tiap mesin sesudah setelannya diubah."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each step; fail at the first that does not do what the product counts on."""
        nama = f"periksa/{secrets.token_hex(16)}.txt"
        try:
            for langkah in _try_out(get_penyimpanan(), nama):
                self.stdout.write(f"Berhasil: {langkah}.")
        except OSError as galat:
            raise CommandError(f"Penyimpanan berkas: {galat!r} ({galat.__cause__}).") from galat


def _try_out(penyimpanan: PenyimpananUtuh, nama: str) -> Iterator[str]:
    isi = secrets.token_bytes(4096)
    penyimpanan.store(nama, BytesIO(isi), sekali=True)
    yield "menulis"
    try:
        if find_isi(nama) != isi:
            raise CommandError("Penyimpanan berkas: yang dibaca bukan yang ditulis.")
        yield "membaca"
        try:
            penyimpanan.store(nama, BytesIO(b"lain"), sekali=True)
        except FileExistsError:
            yield "menolak tulis ulang"
        else:
            raise CommandError(
                "Penyimpanan berkas: tulis ulang tidak ditolak. Layanan S3 ini belum mengenal "
                "If-None-Match; perbarui, atau pakai yang lain."
            )
        if nama not in penyimpanan.list_nama():
            raise CommandError("Penyimpanan berkas: yang ditulis tidak ada dalam daftar.")
        yield "mendaftar"
    finally:
        discard_berkas(nama)
    if has_berkas(nama):
        raise CommandError("Penyimpanan berkas: yang dihapus masih ada.")
    yield "menghapus"
