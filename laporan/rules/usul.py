"""Putting a proposed sentence into a block: words are exchanged, bold and italics stay."""

import difflib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laporan.rules.uraian import fill_angka, tidy_angka

_BALIK = re.compile(r"\s*<br>\s*")
_TAG = re.compile(r"<[^>]+>")
_PATAH = re.compile(r"(?:<[^>]+>|[^\s<])+")
_HAMPA = re.compile(r"<(strong|em|u|sub|sup)></\1>")
# Blocks that are one line of words; lists and tables are no sentence.
BERUSUL = frozenset({"p", "h3", "h4"})


def kata_polos(isi: str) -> str:
    """The inside of a block as people type it: no tags, no entities, spaces folded."""
    return " ".join(html.unescape(_TAG.sub("", _BALIK.sub(" <br> ", isi))).split())


@dataclass(frozen=True)
class _Potong:
    """One piece of a block without spaces. mulai, sampai: its words among those of the block."""

    html: str
    mulai: int
    sampai: int


def replace_kata(isi: str, usul: str, nilai: Mapping[str, str] | None = None) -> str:
    """The inside of a block with the words of `usul`, plain text. Common words keep their dress.

    nilai: figures that codes in the block stand for. A code stays where the proposal leaves its
    figure as it was; the words of a proposal take its place where it does not.
    """
    angka = nilai or {}
    pecahan = _PATAH.findall(_BALIK.sub(" <br> ", tidy_angka(isi)))
    baru = usul.split()
    while True:
        potong, lama = _read_potong(pecahan, angka)
        langkah = difflib.SequenceMatcher(None, lama, baru, autojunk=False).get_opcodes()
        terurai = [h for p in potong for h in _break_up(p, langkah, angka)]
        if terurai == pecahan:
            break
        pecahan = terurai
    hasil = (_write_langkah(satu, potong, baru) for satu in langkah)
    return _HAMPA.sub("", " ".join(h for h in hasil if h))


_Langkah = tuple[str, int, int, int, int]


def _read_potong(
    pecahan: Sequence[str], angka: Mapping[str, str]
) -> tuple[list[_Potong], list[str]]:
    """Pieces of a block, and the words they read as; a tag by itself reads as one empty word."""
    potong: list[_Potong] = []
    kata: list[str] = []
    for p in pecahan:
        baca = kata_polos(_expand(p, angka)).split() or [""]
        potong.append(_Potong(p, len(kata), len(kata) + len(baca)))
        kata += baca
    return potong, kata


def _expand(potong: str, angka: Mapping[str, str]) -> str:
    """A piece with its figures and its spaces; most are neither."""
    return fill_angka(potong, angka).replace("&nbsp;", " ")


def _break_up(potong: _Potong, langkah: Sequence[_Langkah], angka: Mapping[str, str]) -> list[str]:
    """A piece whose words the proposal parts, word by word; another as it is."""
    if _is_utuh(potong, langkah):
        return [potong.html]
    return _PATAH.findall(_expand(potong.html, angka))


def _is_utuh(potong: _Potong, langkah: Sequence[_Langkah]) -> bool:
    """Whether it is one word, or all its words stay together."""
    return potong.sampai - potong.mulai == 1 or any(
        jenis == "equal" and a1 <= potong.mulai and potong.sampai <= a2
        for jenis, a1, a2, _b1, _b2 in langkah
    )


def _write_langkah(langkah: _Langkah, potong: list[_Potong], baru: list[str]) -> str:
    jenis, a1, a2, b1, b2 = langkah
    lama = [p.html for p in potong if a1 <= p.mulai < a2]
    if jenis == "equal":
        return " ".join(lama)
    return _dress(_TAG.findall("".join(lama)), html.escape(" ".join(baru[b1:b2]), quote=False))


def _dress(tag: list[str], kata: str) -> str:
    """New words in the place of old ones: inside a pair of tags that stood there, else beside."""
    if len(tag) == 2 and tag[1] == f"</{tag[0][1:]}":
        return f"{tag[0]}{kata}{tag[1]}"
    if all(t.startswith("</") for t in tag):
        return f"{kata}{''.join(tag)}"
    return f"{''.join(tag)}{kata}"
