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
    isi = _BALIK.sub(" <br> ", tidy_angka(isi))
    baru = usul.split()
    while True:
        potong, lama = _split_potong(isi, angka)
        langkah = difflib.SequenceMatcher(None, lama, baru, autojunk=False).get_opcodes()
        pecah = {p.html for p in potong if not _is_utuh(p, langkah)}
        urai = {p: _expand(p, angka) for p in pecah if _expand(p, angka) != p}
        if not urai:
            break
        for p, terurai in urai.items():
            isi = isi.replace(p, terurai)
    hasil = (_write_langkah(satu, potong, baru) for satu in langkah)
    return _HAMPA.sub("", " ".join(h for h in hasil if h))


_Langkah = tuple[str, int, int, int, int]


def _split_potong(isi: str, angka: Mapping[str, str]) -> tuple[list[_Potong], list[str]]:
    """Pieces of a block, and the words they read as; a tag by itself reads as one empty word."""
    potong: list[_Potong] = []
    kata: list[str] = []
    for p in _PATAH.findall(isi):
        baca = kata_polos(_expand(p, angka)).split() or [""]
        potong.append(_Potong(p, len(kata), len(kata) + len(baca)))
        kata += baca
    return potong, kata


def _expand(potong: str, angka: Mapping[str, str]) -> str:
    """A piece with its figures and its spaces; most are neither."""
    return fill_angka(potong, angka).replace("&nbsp;", " ")


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
