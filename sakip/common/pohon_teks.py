"""Rich text as a small tree, so that two texts can be laid over each other part by part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements inside a line; everything else holds lines or other elements.
BARIS = frozenset({"strong", "em", "u", "sub", "sup", "br", "img"})
_KOSONG = frozenset({"br", "img"})
_POTONG = re.compile(r"<[^>]+>|[^\s<]+\s*|\s+")


@dataclass
class Simpul:
    """One element: its tag as written, and what it holds; words keep their entities."""

    tag: str
    pembuka: str
    anak: list["Simpul | str"] = field(default_factory=list)

    @property
    def is_daun(self) -> bool:
        """Whether it holds a line of words and no other element but those inside a line."""
        return all(isinstance(a, str) or a.tag in BARIS for a in self.anak)

    @property
    def isi(self) -> str:
        """Its inside as HTML."""
        return "".join(a if isinstance(a, str) else a.html for a in self.anak)

    @property
    def html(self) -> str:
        """The element as HTML."""
        return self.wrap(self.isi)

    def wrap(self, isi: str) -> str:
        """The element with another inside; one that holds nothing stays as it is."""
        return self.pembuka if self.tag in _KOSONG else f"{self.pembuka}{isi}</{self.tag}>"

    def list_kata(self) -> list[str]:
        """Its words without any tag."""
        return [p.strip() for p in split_potong(self.isi) if not p.startswith("<") and p.strip()]


class _Penanam(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.jalan = [Simpul("", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        simpul = Simpul(tag, self.get_starttag_text() or "")
        self.jalan[-1].anak.append(simpul)
        if tag not in _KOSONG:
            self.jalan.append(simpul)

    def handle_endtag(self, tag: str) -> None:
        self.jalan.pop()

    def handle_data(self, data: str) -> None:
        self._tulis(data)

    def handle_entityref(self, name: str) -> None:
        self._tulis(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._tulis(f"&#{name};")

    def _tulis(self, teks: str) -> None:
        anak = self.jalan[-1].anak
        if anak and isinstance(anak[-1], str):
            anak[-1] += teks
        else:
            anak.append(teks)


def parse_pohon(html: str) -> list[Simpul]:
    """The elements of a cleaned text (`bersihkan`); words outside any element are left out."""
    penanam = _Penanam()
    penanam.feed(html)
    penanam.close()
    return [a for a in penanam.jalan[0].anak if isinstance(a, Simpul)]


def split_potong(html: str) -> list[str]:
    """A line cut into words, each with the space behind it, and tags."""
    return _POTONG.findall(html)


def wrap_kata(html: str, unsur: str, kata: str) -> str:
    """The line with its words inside `unsur`, an ins or del that says so to a screen reader.

    Tags stay outside, so the result nests as the line did.
    """
    return "".join(_bungkus(split_potong(html), unsur, kata))


def _bungkus(potong: list[str], unsur: str, kata: str) -> Iterator[str]:
    runtut: list[str] = []
    for p in [*potong, "<"]:
        if not p.startswith("<"):
            runtut.append(p)
            continue
        teks = "".join(runtut)
        if teks.strip():
            yield f'<{unsur}><span class="hanya-baca">{kata}: </span>{teks.rstrip()}</{unsur}>'
            yield teks[len(teks.rstrip()) :]
        else:
            yield teks
        runtut = []
        if p != "<":
            yield p
