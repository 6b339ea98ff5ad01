"""The stamp: who signed, what it rests on, and owning up to a test."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from sakip.common.tte import Sertifikat
from sakip.common.tte_stempel import make_kaki, make_stempel, make_stempel_png
from tests.tte import permintaan

KINI = datetime.now(UTC)
UKURAN = (238.0, 85.0)


def sertifikat(*, is_uji: bool) -> Sertifikat:
    """A certificate of some authority."""
    return Sertifikat("x", "1", "BSrE CA", KINI, KINI, is_uji=is_uji)


def teks_stempel(folder: Path, *, is_uji: bool, is_paraf: bool = False) -> str:
    """What the PDF stamp says, in one line."""
    berkas = folder / "stempel.pdf"
    minta = replace(permintaan(), is_paraf=is_paraf)
    berkas.write_bytes(make_stempel(minta, UKURAN, sertifikat(is_uji=is_uji)))
    keluaran = subprocess.run(
        ["pdftotext", "-layout", str(berkas), "-"], check=True, capture_output=True, text=True
    ).stdout
    with pikepdf.open(berkas) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(n)) for n in pdf.pages[0].mediabox] == [0, 0, 238, 85]
    return " ".join(keluaran.split())


def test_stamp_names_the_signer_as_of_that_day(tmp_path: Path) -> None:
    teks = teks_stempel(tmp_path, is_uji=True)
    orang = ("Plh. Kepala Dinas", "dr. Ratna Uji", "Pembina Utama Muda", "19720315 199803 2 001")
    assert all(kata in teks for kata in orang)


def test_only_a_certified_signature_says_so(tmp_path: Path) -> None:
    assert "SERTIFIKAT UJI, tidak berkekuatan hukum" in teks_stempel(tmp_path, is_uji=True)
    sungguhan = teks_stempel(tmp_path, is_uji=False)
    assert "UJI" not in sungguhan
    assert "sertifikat elektronik yang diterbitkan oleh BSrE CA" in sungguhan
    assert "diterbitkan" not in teks_stempel(tmp_path, is_uji=True)


def test_initials_are_no_signature(tmp_path: Path) -> None:
    teks = teks_stempel(tmp_path, is_uji=True, is_paraf=True)
    assert "Diparaf secara elektronik" in teks
    assert "Ditandatangani" not in teks
    assert "NIP" not in teks


@pytest.mark.parametrize(
    "jabatan",
    [
        "Kepala Dinas",
        "Plt. Kepala Dinas Kesehatan, Pengendalian "
        "Penduduk dan Keluarga Berencana Kabupaten Mojokerto",
    ],
)
def test_picture_for_services_is_plain_rgb_and_of_the_fields_shape(jabatan: str) -> None:
    minta = permintaan()
    minta = replace(minta, penanda=replace(minta.penanda, jabatan=jabatan))
    isi = make_stempel_png(minta, UKURAN, penerbit="BSrE", is_uji=False)
    with Image.open(io.BytesIO(isi)) as gambar:
        assert gambar.mode == "RGB"
        assert gambar.size == (238 * 4, 85 * 4)
        # The frame is whole: no text has run over the right edge.
        assert {gambar.getpixel((238 * 4 - 2, y)) for y in range(2, 85 * 4 - 2)} == {
            (170, 170, 170)
        }
    assert len(isi) < 60_000


def test_foot_names_the_issuer_or_the_test() -> None:
    assert make_kaki("BSrE", is_uji=False).endswith("BSrE")
    assert "BSrE" not in make_kaki("BSrE", is_uji=True)


@pytest.mark.parametrize("is_paraf", [True, False], ids=["paraf", "tanda"])
@pytest.mark.parametrize("is_uji", [True, False], ids=["uji", "sungguhan"])
def test_longest_post_leaves_room_for_what_the_signature_rests_on(
    tmp_path: Path, *, is_paraf: bool, is_uji: bool
) -> None:
    panjang = (
        "Plt. Kepala Dinas Perumahan Rakyat, Kawasan Permukiman, Pertanahan, dan Perhubungan "
        "Kabupaten Kepulauan Tanimbar"
    )
    minta = permintaan()
    minta = replace(minta, is_paraf=is_paraf, penanda=replace(minta.penanda, jabatan=panjang))
    ukuran = (187.0, 54.0) if is_paraf else UKURAN
    berkas = tmp_path / "stempel.pdf"
    berkas.write_bytes(make_stempel(minta, ukuran, sertifikat(is_uji=is_uji)))
    teks = subprocess.run(
        ["pdftotext", str(berkas), "-"], check=True, capture_output=True, text=True
    ).stdout
    rata = " ".join(teks.split())
    assert panjang in rata
    assert ("tidak berkekuatan hukum" if is_uji else "diterbitkan oleh BSrE CA") in rata
    with pikepdf.open(berkas) as pdf:
        assert len(pdf.pages) == 1
