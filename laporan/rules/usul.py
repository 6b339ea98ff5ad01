"""Putting a proposed sentence into a block: words are exchanged, bold and italics stay."""

import difflib
import html
import re

_BALIK = re.compile(r"\s*<br>\s*")
_TAG = re.compile(r"<[^>]+>")
_PATAH = re.compile(r"(?:<[^>]+>|[^\s<])+")
_HAMPA = re.compile(r"<(strong|em|u|sub|sup)></\1>")
# Blocks that are one line of words; lists and tables are no sentence.
BERUSUL = frozenset({"p", "h3", "h4"})


def kata_polos(isi: str) -> str:
    """The inside of a block as people type it: no tags, no entities, spaces folded."""
    return " ".join(html.unescape(_TAG.sub("", _BALIK.sub(" <br> ", isi))).split())


def replace_kata(isi: str, usul: str) -> str:
    """The inside of a block with the words of `usul`, plain text. Common words keep their dress."""
    lama = _PATAH.findall(_BALIK.sub(" <br> ", isi))
    baru = html.escape(usul, quote=False).split()
    cocok = difflib.SequenceMatcher(None, [_TAG.sub("", p) for p in lama], baru, autojunk=False)
    hasil: list[str] = []
    for jenis, a1, a2, b1, b2 in cocok.get_opcodes():
        if jenis == "equal":
            hasil += lama[a1:a2]
            continue
        tag = _TAG.findall("".join(lama[a1:a2]))
        hasil.append(_dress(tag, " ".join(baru[b1:b2])))
    return _HAMPA.sub("", " ".join(h for h in hasil if h))


def _dress(tag: list[str], kata: str) -> str:
    """New words in the place of old ones: inside a pair of tags that stood there, else beside."""
    if len(tag) == 2 and tag[1] == f"</{tag[0][1:]}":
        return f"{tag[0]}{kata}{tag[1]}"
    if all(t.startswith("</") for t in tag):
        return f"{kata}{''.join(tag)}"
    return f"{''.join(tag)}{kata}"
