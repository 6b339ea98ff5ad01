"""What a signature looks like on the page: QR, post, name, rank and NIP of the signer.

Drawn twice over: as PDF, with embedded fonts, for signatures made here; as PNG for services that
take a picture.
"""

import io

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


def make_stempel(
    permintaan: Permintaan, ukuran: tuple[float, float], sertifikat: Sertifikat
) -> bytes:
    """One PDF page of exactly that size in points."""
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
    lebar, tinggi = (f"{u:.2f}pt" for u in ukuran)
    gaya = f"@page {{ size: {lebar} {tinggi} }} body {{ height: {tinggi} }}"
    return render_pdf(html, varian="pdf/a-3b", gaya=gaya).isi


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
    kaki = make_kaki(penerbit, is_uji=is_uji)
    baris = [
        (make_kepala(is_paraf=permintaan.is_paraf), 7.0, False),
        *((b, 8.8, n == 1) for n, b in enumerate(list_baris(permintaan))),
        *((b, 6.0, is_uji) for b in _wrap(kaki, lebar - kiri - _TEPI * _RAPAT, 6.0)),
    ]
    turun = (tinggi - sum(round(u * 1.3 * _RAPAT) for _b, u, _t in baris)) // 2
    for teks, besar, tebal in baris:
        huruf = _fit(teks, besar, lebar - kiri - _TEPI * _RAPAT, tebal=tebal)
        pena.text((kiri, turun), teks, fill="#111111", font=huruf)
        turun += round(besar * 1.3 * _RAPAT)
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


def _fit(teks: str, besar: float, lebar: int, *, tebal: bool) -> ImageFont.FreeTypeFont:
    """The font at its size, or smaller where a long name would leave the box."""
    huruf = _font(besar, tebal=tebal)
    panjang = huruf.getlength(teks)
    return huruf if panjang <= lebar else _font(besar * lebar / panjang, tebal=tebal)


def _wrap(teks: str, lebar: int, besar: float) -> list[str]:
    """Lines of at most that width; a single long word stays whole."""
    huruf, baris = _font(besar, tebal=False), [""]
    for kata in teks.split():
        calon = f"{baris[-1]} {kata}".strip()
        if huruf.getlength(calon) <= lebar or not baris[-1]:
            baris[-1] = calon
        else:
            baris.append(kata)
    return baris
