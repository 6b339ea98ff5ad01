"""What a writer is told about the text just kept: what was left out, and what will read badly."""

import re
from collections.abc import Iterator

MAKS_KARAKTER_BAB = 400_000
# Before cleaning; text from Word is mostly markup.
MAKS_KARAKTER_MASUK = 3_000_000
BARIS_WAJAR = 100

_TAUTAN = re.compile(r"<a\b[^<>]*\bhref\b", re.I)
_GAMBAR = re.compile(r"<img\b", re.I)
_TABEL = re.compile(r"<table\b.*?</table>", re.S)
_BARIS = re.compile(r"<tr\b")


def explain_isi(masuk: str, tersimpan: str) -> list[str]:
    """Sentences about what did not come along or should stand elsewhere; empty when all is well.

    masuk: the text as it was sent; tersimpan: as it was kept.
    """
    return [*_explain_hilang(masuk, tersimpan), *_explain_tabel(tersimpan)]


def _explain_hilang(masuk: str, tersimpan: str) -> Iterator[str]:
    tautan = len(_TAUTAN.findall(masuk)) - len(_TAUTAN.findall(tersimpan))
    if tautan > 0:
        yield f"{tautan} tautan dilepas karena bukan alamat https yang umum. Teksnya tetap ada."
    gambar = len(_GAMBAR.findall(masuk)) - len(_GAMBAR.findall(tersimpan))
    if gambar > 0:
        yield (
            f"{gambar} gambar tidak disimpan karena belum diunggah ke laporan ini. "
            "Unggah berkasnya dengan tombol Sisipkan gambar."
        )


def _explain_tabel(tersimpan: str) -> Iterator[str]:
    terpanjang = max((len(_BARIS.findall(t)) for t in _TABEL.findall(tersimpan)), default=0)
    if terpanjang > BARIS_WAJAR:
        yield (
            f"Ada tabel {terpanjang} baris. Tersimpan, tetapi tabel sepanjang itu lebih mudah "
            "dibaca sebagai lampiran."
        )
