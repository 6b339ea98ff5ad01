"""Forms as pages show them: where they go, and what a person would send without a change."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

_TIDAK_TERKIRIM = frozenset({"button", "image", "reset", "submit", "file"})


@dataclass(frozen=True)
class Formulir:
    """One form of a page. isian: in the order of the page; teks, berkas: names of the fields that
    take words, and files."""

    metode: str
    alamat: str
    isian: tuple[tuple[str, str], ...] = ()
    teks: tuple[str, ...] = ()
    berkas: tuple[str, ...] = ()


def read_formulir(halaman: bytes, alamat: str) -> Iterator[Formulir]:
    """Every form of that page, once for each of its buttons that has a name."""
    pohon = html.document_fromstring(halaman)
    for form in pohon.iter("form"):
        milik = [
            r for r in pohon.iter("input", "select", "textarea", "button") if _owner(r) is form
        ]
        dasar = [(str(r.get("name")), v) for r in milik if r.get("name") for v in _list_nilai(r)]
        tombol = [(r.get("name"), r.get("value", "")) for r in milik if _is_tombol(r)]
        nama = [(str(r.get("name")), _jenis(r)) for r in milik if r.get("name")]
        for pilihan in [[(n, v)] for n, v in tombol if n] or [[]]:
            yield Formulir(
                metode=form.get("method", "get").upper(),
                alamat=urljoin(alamat, form.get("action") or alamat),
                isian=(*dasar, *pilihan),
                teks=tuple(n for n, jenis in nama if jenis in ("text", "textarea")),
                berkas=tuple(dict.fromkeys(n for n, jenis in nama if jenis == "file")),
            )


def _owner(ruas: html.HtmlElement) -> html.HtmlElement | None:
    kode = ruas.get("form")
    if kode:
        return next(iter(ruas.getroottree().xpath("//form[@id=$kode]", kode=kode)), None)
    return next(ruas.iterancestors("form"), None)


def _jenis(ruas: html.HtmlElement) -> str:
    return ruas.get("type", "text") if ruas.tag == "input" else str(ruas.tag)


def _is_tombol(ruas: html.HtmlElement) -> bool:
    return ruas.tag == "button" and ruas.get("type", "submit") == "submit"


def _list_nilai(ruas: html.HtmlElement) -> list[str]:
    """What the field sends. A choice nobody made yet counts as its last one."""
    jenis = _jenis(ruas)
    if jenis in _TIDAK_TERKIRIM:
        return []
    if jenis == "textarea":
        return [ruas.text or ""]
    if jenis == "select":
        pilihan = list(ruas.iter("option"))
        dipilih = [p for p in pilihan if "selected" in p.attrib] or pilihan[-1:]
        return [p.get("value", p.text or "") for p in dipilih]
    return [ruas.get("value", "on" if jenis in ("checkbox", "radio") else "")]
