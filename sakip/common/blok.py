"""The blocks of a rich text: its top-level elements, each with a code that outlives its words.

Notes hang on these codes and versions are compared by them. Only text that `bersihkan` let through
comes in here, so every element is closed and every attribute quoted.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser

_BARIS = frozenset({"strong", "em", "u", "sub", "sup", "a", "br"})
_KOSONG = frozenset({"br", "img"})
_ATRIBUT_BLOK = re.compile(r'\sdata-blok="([^"]*)"')
_KODE = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Blok:
    """One top-level element. isi: its inside as HTML; atribut: what stands in its tag besides."""

    kode: str
    tag: str
    isi: str
    atribut: str = ""

    @property
    def html(self) -> str:
        """The element as it is stored."""
        kode = f' data-blok="{self.kode}"' if self.kode else ""
        return f"<{self.tag}{self.atribut}{kode}>{self.isi}</{self.tag}>"

    @property
    def polos(self) -> str:
        """The element without its code."""
        return replace(self, kode="").html


class _Pemecah(HTMLParser):
    """Cuts a text at its top level; words outside any block become a paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blok: list[Blok] = []
        self._buka: Blok | None = None
        self._isi: list[str] = []
        self._dalam = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        teks = self.get_starttag_text() or ""
        if self._dalam == 0 and tag not in _BARIS:
            self._tutup()
            kode = next((nilai or "" for nama, nilai in attrs if nama == "data-blok"), "")
            self._buka = Blok(kode, tag, "", _ATRIBUT_BLOK.sub("", teks)[len(tag) + 1 : -1])
        else:
            self._isi.append(_ATRIBUT_BLOK.sub("", teks))
        if tag not in _KOSONG:
            self._dalam += 1

    def handle_endtag(self, tag: str) -> None:
        self._dalam -= 1
        if self._dalam == 0 and tag not in _BARIS:
            self._tutup()
        else:
            self._isi.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._isi.append(data)

    def handle_entityref(self, name: str) -> None:
        self._isi.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._isi.append(f"&#{name};")

    def _tutup(self) -> None:
        isi = "".join(self._isi)
        if self._buka is not None:
            self.blok.append(replace(self._buka, isi=isi))
        elif isi.strip():
            self.blok.append(Blok("", "p", isi.strip()))
        self._buka, self._isi = None, []

    def close(self) -> None:
        super().close()
        self._tutup()


def split_blok(html: str) -> list[Blok]:
    """The blocks of a text, in order, with the codes they carry."""
    pemecah = _Pemecah()
    pemecah.feed(html)
    pemecah.close()
    return pemecah.blok


def mark_blok(html: str) -> str:
    """The text with one code on each block: those it has are kept, missing and doubled ones given.

    A code comes from the words the block had when it got it, so a text whose codes were lost on the
    way gets the same ones again. Of two blocks with one code the first keeps it.
    """
    return "".join(b.html for b in _give_kode(split_blok(html)))


def _give_kode(blok: Iterable[Blok]) -> list[Blok]:
    semua = list(blok)
    jumlah = Counter(b.kode for b in semua)
    terpakai: set[str] = set()
    hasil = []
    for b in semua:
        kode = b.kode
        if not _KODE.fullmatch(kode) or kode in terpakai:
            kode = _new_kode(b, terpakai | jumlah.keys())
        terpakai.add(kode)
        hasil.append(replace(b, kode=kode))
    return hasil


def _new_kode(blok: Blok, terpakai: set[str]) -> str:
    ke = 0
    while True:
        bahan = f"{ke}:{blok.tag}:{blok.isi}"
        kode = hashlib.sha256(bahan.encode()).hexdigest()[:8]
        if kode not in terpakai:
            return kode
        ke += 1
