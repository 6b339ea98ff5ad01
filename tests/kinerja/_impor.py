"""Ground of the tests of the plan's workbook: one indikator, uploading, what came of it."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kinerja.models import UnggahanRencana
from kinerja.services.impor_rencana import apply_rencana, check_unggahan_rencana, receive_rencana
from kinerja.services.lembar_rencana import write_rencana
from organisasi.models import Instansi
from tests.kinerja.conftest import Bidang

Unggah = Callable[..., UnggahanRencana]
Baris = dict[str, Any]


def buku(instansi: Instansi, ubah: Callable[[Workbook], None] | None = None) -> bytes:
    """The format of 2026, changed."""
    isi = load_workbook(io.BytesIO(write_rencana(instansi, 2026)))
    if ubah:
        ubah(isi)
    keluar = io.BytesIO()
    isi.save(keluar)
    return keluar.getvalue()


def isi(**sel: Any) -> Callable[[Workbook], None]:
    """Set cells: Sasaran_B5="x"; an underscore for the space in Target Renstra is `TR`."""

    def ubah(kerja: Workbook) -> None:
        for tempat, nilai in sel.items():
            lembar, _tanda, alamat = tempat.rpartition("_")
            kerja["Target Renstra" if lembar == "TR" else lembar][alamat] = nilai

    return ubah


def kirim_rencana(bidang: Bidang, now: datetime, berkas: bytes) -> UnggahanRencana:
    """Upload bytes as the Perencana, and check them."""
    unggahan = receive_rencana(
        unggahan=UnggahanRencana(instansi=bidang.instansi, jenis="rencana", tahun=2026),
        berkas=SimpleUploadedFile("rencana.xlsx", berkas),
        aktor=bidang.perencana.pengguna,
        now=now,
    )
    check_unggahan_rencana(unggahan_id=unggahan.pk)
    check_unggahan_rencana(unggahan_id=unggahan.pk)
    return UnggahanRencana.objects.get(pk=unggahan.pk)


def terapkan(u: UnggahanRencana, bidang: Bidang, now: datetime, *, hanya_sah: bool = False) -> int:
    aktor = bidang.perencana.pengguna
    return apply_rencana(unggahan_id=u.pk, hanya_sah=hanya_sah, aktor=aktor, now=now)


def pilih(u: UnggahanRencana, lembar: str) -> list[Baris]:
    """Rows of one sheet."""
    assert u.status == "siap", u.pesan
    return [b for b in u.baris if b["lembar"] == lembar]


def galat(u: UnggahanRencana) -> list[str]:
    """Every fault with its cell."""
    assert u.status == "siap", u.pesan
    return [f"{a}: {p}" for b in u.baris for a, p in b["galat"]]
