"""Rich text: one allow-list for what is typed, pasted, stored, compared and printed.

The same list stands in static/js/naskah-izin.js for the editor; a test compares the two.
"""

import re
from collections.abc import Callable, Collection
from html import escape
from urllib.parse import urlsplit

import nh3

from sakip.common.blok import mark_blok as mark_blok
from sakip.common.susunan import rapikan_susunan, ratakan

TAG = frozenset(
    {"p", "h3", "h4", "blockquote", "ul", "ol", "li", "br"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
    | {"figure", "img", "figcaption"}
    | {"strong", "em", "u", "sub", "sup", "a"}
)
ATRIBUT: dict[str, set[str]] = {
    "*": {"data-blok"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
# A hostile span stops the renderer; no honest table is wider or taller than this.
MAKS_RENTANG = 50
MAKS_TAUTAN = 1000
_MAKS_ALT = 500
_BUANG_ISI = {"script", "style", "template", "svg", "math", "iframe", "object"}
# Pictures come from our own store only: nothing is fetched from elsewhere, on screen or on paper.
POLA_GAMBAR = re.compile(r"/laporan/gambar/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
_NAMA_UMUM = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.I)
_NAMA_DALAM = (".internal", ".local", ".localhost", ".localdomain")
_TERLARANG = re.compile(r"[\s\x00-\x1f\x7f\\\"<>]")
_BERTAG = re.compile(r"<[a-z/!]", re.I)
_BUTIR = re.compile(r"[-*•]\s+")
_NOMOR = re.compile(r"\d{1,3}[.)]\s+")


def is_tautan_sah(alamat: str) -> bool:
    """Whether a link may stand in a report: https, to a public name. Nothing is fetched.

    Addresses by number and names of an internal network lead nowhere for the reader, and a
    forwarded report must not point into the office.
    """
    if len(alamat) > MAKS_TAUTAN or _TERLARANG.search(alamat):
        return False
    try:
        bagian = urlsplit(alamat)
        host, _port = bagian.hostname or "", bagian.port
    except ValueError:
        return False
    dalam = host.lower().endswith(_NAMA_DALAM)
    nama = _NAMA_UMUM.fullmatch(host) is not None and not dalam
    return bagian.scheme == "https" and nama and "@" not in bagian.netloc


def _saring(gambar: Collection[str] | None) -> Callable[[str, str, str], str | None]:
    def batasi(_tag: str, atribut: str, nilai: str) -> str | None:
        if atribut in ("colspan", "rowspan", "start"):
            wajar = nilai.isascii() and nilai.isdigit() and 1 <= int(nilai[:6]) <= MAKS_RENTANG
            return nilai if wajar else None
        if atribut == "href":
            return nilai if is_tautan_sah(nilai) else None
        if atribut == "src":
            cocok = POLA_GAMBAR.fullmatch(nilai)
            return nilai if cocok and (gambar is None or cocok[1] in gambar) else None
        return nilai[:_MAKS_ALT] if atribut == "alt" else nilai

    return batasi


def bersihkan(html: str, *, gambar: Collection[str] | None = None) -> str:
    """`html` with only what a report needs: allowed tags and attributes, links to public https
    addresses, pictures of our own store, no scripts and no styles.

    gambar: uuids of the pictures that may stay; None keeps each that looks like one of ours.
    """
    bersih = nh3.clean(
        ratakan(html.replace("\r\n", "\n")),
        tags=set(TAG),
        attributes=ATRIBUT,
        clean_content_tags=_BUANG_ISI,
        attribute_filter=_saring(gambar),
        url_schemes={"https"},
        link_rel=None,
    )
    return rapikan_susunan(bersih).strip()


def list_gambar(html: str) -> list[str]:
    """Uuids of the pictures a text shows, in order, each once."""
    return list(dict.fromkeys(POLA_GAMBAR.findall(html)))


def teks_polos(html: str) -> str:
    """The words of rich text, tags removed, spaces folded."""
    return " ".join(nh3.clean(html.replace("<", " <"), tags=set()).split())


def dari_ketikan(teks: str) -> str:
    """Rich text of what somebody typed without the editor; text that has tags stays as it is.

    An empty line ends a paragraph; lines that begin with "- " or "1. " are a list, "## " a heading.
    """
    if _BERTAG.search(teks) or not teks.strip():
        return teks
    return "".join(_blok_ketikan(b) for b in re.split(r"\n\s*\n", teks.replace("\r\n", "\n")))


def _blok_ketikan(blok: str) -> str:
    baris = [b.strip() for b in blok.strip().split("\n")]
    if baris[0].startswith("## ") and len(baris) == 1:
        return f"<h3>{escape(baris[0][3:].strip(), quote=False)}</h3>"
    for pola, tag in ((_BUTIR, "ul"), (_NOMOR, "ol")):
        if all(pola.match(b) for b in baris):
            butir = (escape(pola.sub("", b, count=1), quote=False) for b in baris)
            return f"<{tag}>{''.join(f'<li><p>{b}</p></li>' for b in butir)}</{tag}>"
    isi = "<br>".join(escape(b, quote=False) for b in baris)
    return f"<p>{isi}</p>" if isi else ""
