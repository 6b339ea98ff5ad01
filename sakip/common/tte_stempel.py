"""What a signature looks like on the page: QR, post, name, rank and NIP of the signer.

Drawn twice over: as PDF, with embedded fonts, for signatures made here; as PNG for services that
take a picture.
"""

import io
from dataclasses import dataclass

import segno
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from sakip.common.pdf import ASET, render_pdf
from sakip.common.tte import Permintaan, Sertifikat
from sakip.env import BASE_DIR

# Pixels to the point: sharp in print, small enough to send.
_RAPAT = 4
_TEPI = 7
# Sizes of the letters in points, tried until everything fits, and the room left at the edge.
_HURUF = (8.8, 8.0, 7.2, 6.6, 6.0, 5.4, 4.8)
_RAPAT_TEPI = 3


def make_stempel(
    permintaan: Permintaan, ukuran: tuple[float, float], sertifikat: Sertifikat
) -> bytes:
    """One PDF page of exactly that size in points; long posts make the letters smaller."""
    qr = segno.make(permintaan.tautan, error="m", micro=False)
    html = render_to_string(
        "pdf/stempel.html",
        {
            "kepala": make_kepala(is_paraf=permintaan.is_paraf),
            "baris": list_baris(permintaan),
            "qr": qr.svg_data_uri(border=1),
            "kaki": make_kaki(sertifikat.penerbit, is_uji=sertifikat.is_uji),
            "is_uji": sertifikat.is_uji,
        },
    )
    lebar, tinggi = ukuran
    for huruf in _HURUF:
        gaya = (
            f"@page {{ size: {lebar:.2f}pt {tinggi:.2f}pt }} "
            f"html {{ font-size: {huruf}pt !important }} "
            f"body {{ height: {tinggi:.2f}pt }} .qr {{ height: {min(66, tinggi - 10):.0f}pt }}"
        )
        hasil = render_pdf(html, varian="pdf/a-3b", gaya=gaya)
        letak = hasil.kotak.get("kaki")  # what does not fit at all has no place
        if letak and letak[0] == 1 and letak[2] >= _RAPAT_TEPI:
            break
    return hasil.isi


def list_baris(permintaan: Permintaan) -> list[str]:
    """Post, name, rank and NIP as printed; initials have the first two only."""
    siapa = permintaan.penanda
    nip = f"NIP {siapa.nip[:8]} {siapa.nip[8:14]} {siapa.nip[14:15]} {siapa.nip[15:]}"
    semua = [f"{siapa.jabatan},", siapa.nama, siapa.pangkat, nip]
    return [b for b in (semua[:2] if permintaan.is_paraf else semua) if b]


def make_kepala(*, is_paraf: bool) -> str:
    """First line of the stamp."""
    return (
        _("Diparaf secara elektronik oleh:")
        if is_paraf
        else _("Ditandatangani secara elektronik oleh:")
    )


def make_kaki(penerbit: str, *, is_uji: bool) -> str:
    """Last line: what the signature rests on. A test certificate owns up instead."""
    if is_uji:
        return _("SERTIFIKAT UJI, tidak berkekuatan hukum")
    return _("Menggunakan sertifikat elektronik yang diterbitkan oleh %(penerbit)s") % {
        "penerbit": penerbit
    }


def make_stempel_png(
    permintaan: Permintaan, ukuran: tuple[float, float], *, penerbit: str, is_uji: bool
) -> bytes:
    """The same as a picture, RGB without transparency, which signing services take unharmed."""
    lebar, tinggi = (round(u * _RAPAT) for u in ukuran)
    gambar = Image.new("RGB", (lebar, tinggi), "white")
    pena = ImageDraw.Draw(gambar)
    pena.rectangle((0, 0, lebar - 1, tinggi - 1), outline="#aaaaaa", width=_RAPAT // 2)
    sisi = min(tinggi - 2 * _TEPI * _RAPAT, lebar // 3)
    gambar.paste(_draw_qr(permintaan.tautan, sisi), (_TEPI * _RAPAT, (tinggi - sisi) // 2))
    kiri = sisi + 2 * _TEPI * _RAPAT
    ruang = (lebar - kiri - _TEPI * _RAPAT, tinggi - 2 * _RAPAT)
    baris = _lay_out(permintaan, make_kaki(penerbit, is_uji=is_uji), ruang)
    turun = (tinggi - sum(b.tinggi for b in baris)) // 2
    for b in baris:
        pena.text((kiri, turun), b.teks, fill="#111111", font=_font(b.besar, tebal=b.tebal))
        turun += b.tinggi
    keluaran = io.BytesIO()
    gambar.save(keluaran, "PNG", optimize=True)
    return keluaran.getvalue()


def _draw_qr(tautan: str, sisi: int) -> Image.Image:
    keluaran = io.BytesIO()
    segno.make(tautan, error="m", micro=False).save(keluaran, kind="png", border=1, scale=1)
    with Image.open(keluaran) as qr:
        return qr.convert("RGB").resize((sisi, sisi), Image.Resampling.NEAREST)


def _font(besar: float, *, tebal: bool) -> ImageFont.FreeTypeFont:
    berkas, _jenis = ASET["bonum-bold.woff2" if tebal else "bonum-regular.woff2"]
    return ImageFont.truetype(BASE_DIR / berkas, besar * _RAPAT)


@dataclass(frozen=True)
class _Baris:
    """One line of the picture."""

    teks: str
    besar: float
    tebal: bool

    @property
    def tinggi(self) -> int:
        """Height in pixels."""
        return round(self.besar * 1.3 * _RAPAT)


def _lay_out(permintaan: Permintaan, kaki: str, ruang: tuple[int, int]) -> list[_Baris]:
    """The lines, in the largest letters with which they fit into `ruang` (width, height)."""
    isi = [
        (make_kepala(is_paraf=permintaan.is_paraf), 0.8, False),
        *((b, 1.0, n == 1) for n, b in enumerate(list_baris(permintaan))),
        (kaki, 0.7, False),
    ]
    for huruf in _HURUF:
        baris = [
            _Baris(potong, huruf * skala, tebal)
            for teks, skala, tebal in isi
            for potong in _wrap(teks, ruang[0], _font(huruf * skala, tebal=tebal))
        ]
        if sum(b.tinggi for b in baris) <= ruang[1]:
            break
    return baris


def _wrap(teks: str, lebar: int, huruf: ImageFont.FreeTypeFont) -> list[str]:
    """Lines of at most that width; a single long word stays whole."""
    baris = [""]
    for kata in teks.split():
        calon = f"{baris[-1]} {kata}".strip()
        if huruf.getlength(calon) <= lebar or not baris[-1]:
            baris[-1] = calon
        else:
            baris.append(kata)
    return baris
