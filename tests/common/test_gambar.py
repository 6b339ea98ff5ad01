"""Pictures people upload: turned upright, made smaller, stripped, or refused in words."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, ImageFile

from sakip.common import gambar
from sakip.common.gambar import GambarDitolak, rapikan_gambar


def foto(lebar: int, tinggi: int, bentuk: str = "JPEG", **lain: object) -> io.BytesIO:
    """A picture whose left half is red."""
    isi = Image.new(str(lain.pop("mode", "RGB")), (lebar, tinggi), "white")
    isi.paste("red", (0, 0, lebar // 2, tinggi))
    berkas = io.BytesIO()
    isi.save(berkas, bentuk, **lain)
    return berkas


def buka(isi: bytes) -> Image.Image:
    """The stored picture."""
    return Image.open(io.BytesIO(isi))


def test_photo_of_a_phone_is_upright_small_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Telepon"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 28.0, 12.0)})
    rapi = rapikan_gambar(foto(8000, 5000, exif=exif))
    assert (rapi.jenis, rapi.akhiran) == ("image/jpeg", ".jpg")
    assert (rapi.lebar, rapi.tinggi) == (1500, 2400)
    hasil = buka(rapi.isi)
    assert hasil.size == (1500, 2400)
    assert not hasil.getexif()
    assert b"Telepon" not in rapi.isi
    assert b"Exif" not in rapi.isi
    # What was left is on top after the turn.
    atas, bawah = hasil.getpixel((700, 100)), hasil.getpixel((700, 2300))
    assert isinstance(atas, tuple)
    assert isinstance(bawah, tuple)
    assert (atas[0] > 200, atas[2] > 100) == (True, False)
    assert bawah[2] > 200


def test_drawings_stay_png_and_lie_on_white() -> None:
    isi = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    berkas = io.BytesIO()
    isi.save(berkas, "PNG", pnginfo=None)
    rapi = rapikan_gambar(berkas)
    assert (rapi.jenis, rapi.lebar, rapi.tinggi) == ("image/png", 300, 100)
    assert buka(rapi.isi).mode == "RGB"
    assert buka(rapi.isi).getpixel((5, 5)) == (255, 255, 255)


def test_screenshot_of_a_photo_becomes_jpeg() -> None:
    berkas = io.BytesIO()
    Image.effect_noise((900, 900), 80).convert("RGB").save(berkas, "PNG")
    rapi = rapikan_gambar(berkas)
    assert rapi.jenis == "image/jpeg"
    assert len(rapi.isi) < berkas.tell()


@pytest.mark.parametrize(("mode", "bentuk"), [("RGB", "WEBP"), ("CMYK", "JPEG"), ("L", "JPEG")])
def test_other_kinds_and_colours_become_plain_jpeg(mode: str, bentuk: str) -> None:
    isi = Image.new(mode, (64, 48))
    berkas = io.BytesIO()
    isi.save(berkas, bentuk)
    rapi = rapikan_gambar(berkas)
    assert buka(rapi.isi).mode == "RGB"
    assert buka(rapi.isi).format == "JPEG"


@pytest.mark.parametrize("rusak", [False, True], ids=["utuh", "rusak"])
def test_colour_profiles_are_applied_once_and_dropped(rusak: bool) -> None:  # noqa: FBT001 - a case
    profil = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rapi = rapikan_gambar(foto(60, 40, icc_profile=b"bukan profil" if rusak else profil))
    assert "icc_profile" not in buka(rapi.isi).info
    assert (rapi.lebar, rapi.tinggi) == (60, 40)


def test_profile_of_an_indexed_picture_is_ignored() -> None:
    profil = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    berkas = io.BytesIO()
    Image.new("P", (30, 20)).save(berkas, "PNG", icc_profile=profil)
    assert rapikan_gambar(berkas).jenis == "image/png"


def svg() -> io.BytesIO:
    """A drawing that would run something."""
    return io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')


def terpotong() -> io.BytesIO:
    """An upload that broke off."""
    return io.BytesIO(foto(2000, 2000, quality=95).getvalue()[:9000])


def gif() -> io.BytesIO:
    """A kind we do not take."""
    return foto(10, 10, "GIF")


@pytest.mark.parametrize(
    ("buat", "pesan"),
    [
        (svg, "bukan gambar JPG, PNG, atau WebP"),
        (gif, "bukan gambar JPG, PNG, atau WebP"),
        (io.BytesIO, "bukan gambar JPG, PNG, atau WebP"),
        (terpotong, "tidak dapat dibaca sampai habis"),
    ],
    ids=["svg", "gif", "kosong", "terpotong"],
)
def test_what_is_no_picture_is_refused_in_words(buat: Callable[[], io.BytesIO], pesan: str) -> None:
    with pytest.raises(GambarDitolak, match=pesan):
        rapikan_gambar(buat())


def test_broken_upload_is_refused_beside_a_library_that_fills_up_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(GambarDitolak, match="tidak dapat dibaca sampai habis"):
        rapikan_gambar(terpotong())


def test_bombs_are_refused_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    kecil_di_cakram = foto(9000, 9000, "PNG")
    assert kecil_di_cakram.tell() < 400_000
    with pytest.raises(GambarDitolak, match="9000 × 9000 piksel"):
        rapikan_gambar(kecil_di_cakram)
    with pytest.raises(GambarDitolak, match="Perkecil dahulu"):
        rapikan_gambar(foto(40_000, 2, "PNG"))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    monkeypatch.setattr(gambar, "MAKS_PIKSEL", 10)
    with pytest.raises(GambarDitolak, match="bukan gambar"):
        rapikan_gambar(foto(100, 100, "PNG"))
