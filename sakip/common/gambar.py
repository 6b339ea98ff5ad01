"""Pictures that people upload: decoded, turned upright, made smaller, and written anew.

What is stored is our own encoding of the pixels: no position, no camera, no hidden second file.
"""

import io
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

MAKS_SISI = 2400
# A good phone takes 50 megapixels; JPEG is decoded at a fraction of its size, others whole.
MAKS_PIKSEL_FOTO = 60_000_000
MAKS_PIKSEL = 20_000_000
# One side alone: a strip of a million by one asks for rows that no printer has.
MAKS_PANJANG = 30_000
_MUTU = 85
_JENIS = ("JPEG", "PNG", "WEBP")
_AKHIRAN = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}


class GambarDitolak(ValueError):
    """The file is no picture that can be kept; the message is a sentence for the person."""


@dataclass(frozen=True)
class GambarRapi:
    """A picture as it will be stored. jenis: MIME type; akhiran: with its dot."""

    isi: bytes
    jenis: str
    akhiran: str
    lebar: int
    tinggi: int


def rapikan_gambar(berkas: IO[bytes]) -> GambarRapi:
    """The picture upright, in RGB without transparency, its long side at most 2,400 pixels.

    Photos become JPEG; drawings and screenshots stay PNG while that is the smaller file.

    Raises:
        GambarDitolak: not JPEG, PNG or WebP, broken, or more pixels than can be decoded safely.
    """
    berkas.seek(0)
    # WeasyPrint lets Pillow fill up what is missing, in the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(berkas, formats=_JENIS) as asal:
            _require_wajar(asal)
            is_foto = asal.format not in ("PNG",)
            if is_foto:
                asal.draft("RGB", (MAKS_SISI, MAKS_SISI))
            gambar = _datarkan(asal)
    except (UnidentifiedImageError, Image.DecompressionBombError) as sebab:
        raise GambarDitolak(
            "Berkas ini bukan gambar JPG, PNG, atau WebP. "
            "Simpan sebagai JPG atau PNG, lalu unggah kembali."
        ) from sebab
    except (OSError, SyntaxError, ValueError, EOFError) as sebab:
        if isinstance(sebab, GambarDitolak):
            raise
        raise GambarDitolak(
            "Gambar tidak dapat dibaca sampai habis. Mungkin unggahannya terputus atau berkasnya "
            "rusak."
        ) from sebab
    gambar.thumbnail((MAKS_SISI, MAKS_SISI), Image.Resampling.LANCZOS)
    bentuk, isi = _tulis(gambar, is_foto=is_foto)
    jenis, akhiran = _AKHIRAN[bentuk]
    return GambarRapi(isi, jenis, akhiran, gambar.width, gambar.height)


def _require_wajar(asal: Image.Image) -> None:
    maks = MAKS_PIKSEL_FOTO if asal.format in ("JPEG", "MPO") else MAKS_PIKSEL
    piksel = asal.width * asal.height
    if piksel <= maks and max(asal.size) <= MAKS_PANJANG:
        return
    raise GambarDitolak(
        f"Gambar ini {asal.width} × {asal.height} piksel, lebih besar daripada yang dapat diolah. "
        "Perkecil dahulu, misalnya menjadi paling panjang 4.000 piksel."
    )


def _datarkan(asal: Image.Image) -> Image.Image:
    """Upright, sRGB, on white."""
    warna = asal.info.get("icc_profile")
    gambar = ImageOps.exif_transpose(asal)
    if gambar.has_transparency_data:
        gambar = gambar.convert("RGBA")
        alas = Image.new("RGBA", gambar.size, "white")
        return Image.alpha_composite(alas, gambar).convert("RGB")
    return _ke_srgb(gambar, warna) if warna else gambar.convert("RGB")


def _ke_srgb(gambar: Image.Image, profil: bytes) -> Image.Image:
    """Colours of phones and printers as screens show them; a broken profile is ignored."""
    if gambar.mode not in ("RGB", "CMYK", "L"):
        return gambar.convert("RGB")
    try:
        dari = ImageCms.ImageCmsProfile(io.BytesIO(profil))
        hasil = ImageCms.profileToProfile(
            gambar, dari, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return gambar.convert("RGB")
    return hasil or gambar.convert("RGB")


def _tulis(gambar: Image.Image, *, is_foto: bool) -> tuple[str, bytes]:
    bersih = Image.new("RGB", gambar.size)
    bersih.paste(gambar)
    foto = io.BytesIO()
    bersih.save(foto, "JPEG", quality=_MUTU, optimize=True, progressive=True)
    if is_foto:
        return "JPEG", foto.getvalue()
    lukisan = io.BytesIO()
    bersih.save(lukisan, "PNG")
    # A screenshot of a photo is several times larger as PNG; letters and lines stay sharp in PNG.
    if lukisan.tell() > 2 * foto.tell() and lukisan.tell() > 400_000:
        return "JPEG", foto.getvalue()
    return "PNG", lukisan.getvalue()
