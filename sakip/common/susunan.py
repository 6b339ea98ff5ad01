"""The shape of rich text after the allow-list: no half figures, no empty links, no endless nesting.

The input is what nh3 writes, so tags are balanced and attributes quoted.
"""

import re
from html.parser import HTMLParser

# The layout engine recurses; no report needs lists or quotations deeper than this.
MAKS_DALAM = 40
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_KOSONG = frozenset({"br", "img"})
# Before cleaning, tags may be unbalanced: these close by themselves and never pile up.
_MENUTUP_SENDIRI = _KOSONG | frozenset(
    "p li tr td th thead tbody tfoot col colgroup hr input meta link wbr h1 h2 h3 h4 h5 h6".split()  # noqa: SIM905 - reads as a list
)
_TAG_MENTAH = re.compile(r"<(/?)([a-z][a-z0-9:]*)\b[^<>]*>?", re.I)
_MAKS_MENTAH = 200
_PERLU = re.compile(r"<(?:a|img|figure|figcaption)\b")
_BARIS = frozenset({"strong", "em", "u", "sub", "sup", "a", "br"})


def rapikan_susunan(html: str) -> str:
    """`html` with links that lead somewhere, figures that show something, at most forty levels.

    A figure is a picture and its caption; a picture elsewhere goes, a caption without its picture
    becomes a paragraph. No word of the text is lost. Text that needs none of this is not read
    twice.
    """
    if not _PERLU.search(html) and _dalam(html) <= MAKS_DALAM:
        return html
    pembaca = _Penyusun()
    pembaca.feed(html)
    pembaca.close()
    return "".join(pembaca.keluar)


def ratakan(html: str) -> str:
    """`html` as it came, without the tags that lie deeper than anything people write.

    The cleaner's time grows with the square of the depth: a hundred thousand open tags in one
    request would keep a worker busy for minutes. Words stay.
    """
    dalam = 0

    def pilih(cocok: re.Match[str]) -> str:
        nonlocal dalam
        tutup, tag = cocok[1], cocok[2].lower()
        if tag in _MENUTUP_SENDIRI:
            return cocok[0]
        dalam = max(dalam - 1, 0) if tutup else dalam + 1
        return cocok[0] if dalam < _MAKS_MENTAH or tutup else ""

    return _TAG_MENTAH.sub(pilih, html)


def _dalam(html: str) -> int:
    kini = paling = 0
    for tutup, tag in _TAG.findall(html):
        if tag in _KOSONG:
            continue
        kini += -1 if tutup else 1
        paling = max(paling, kini)
    return paling


class _Penyusun(HTMLParser):
    """Writes the text anew; `tumpuk` says of each open tag whether it was written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.keluar: list[str] = []
        self.tumpuk: list[tuple[str, bool]] = []
        self.gambar: str | None = None
        self.keterangan: list[str] | None = None
        self.kepala = ""
        self.luar: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write it, or note that it was left out."""
        mulai, ada = self.get_starttag_text() or "", dict(attrs)
        if tag == "figure" and self.keterangan is None:
            self.kepala, self.gambar, self.keterangan = mulai, None, []
            self.luar, self.keluar = self.keluar, self.keterangan
            self.tumpuk.append((tag, False))
        elif tag == "img":
            if self.keterangan is not None and ada.get("src") and self.gambar is None:
                self.gambar = mulai
        elif tag == "br":
            self.keluar.append(mulai)
        else:
            self._buka(tag, mulai, boleh=tag != "a" or bool(ada.get("href")))

    def _buka(self, tag: str, mulai: str, *, boleh: bool) -> None:
        dalam_gambar = self.keterangan is not None and tag not in _BARIS
        tulis = boleh and not dalam_gambar and tag not in ("figure", "figcaption")
        tulis = tulis and len(self.tumpuk) < MAKS_DALAM
        self.tumpuk.append((tag, tulis))
        if tulis:
            self.keluar.append(mulai)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if not self.tumpuk or self.tumpuk[-1][0] != tag:
            return
        _tag, ditulis = self.tumpuk.pop()
        if ditulis:
            self.keluar.append(f"</{tag}>")
        elif tag == "figure" and self.keterangan is not None and self._is_terluar():
            self._tutup_gambar()

    def _is_terluar(self) -> bool:
        return all(tag != "figure" for tag, _ditulis in self.tumpuk)

    def _tutup_gambar(self) -> None:
        isi = "".join(self.keterangan or []).strip()
        self.keluar, self.keterangan = self.luar, None
        if self.gambar:
            self.keluar.append(f"{self.kepala}{self.gambar}<figcaption>{isi}</figcaption></figure>")
        elif isi:
            self.keluar.append(f"<p>{isi}</p>")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.keluar.append(data)

    def handle_entityref(self, name: str) -> None:
        """Keep the character as written."""
        self.keluar.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep the character as written."""
        self.keluar.append(f"&#{name};")
