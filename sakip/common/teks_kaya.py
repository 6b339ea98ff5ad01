"""Rich text: one allow-list for what is typed, pasted, stored, compared and printed."""

import nh3

from sakip.common.blok import mark_blok as mark_blok

# The same list as the editor's schema in static/js; no links, no styles, nothing that fetches.
TAG = frozenset(
    "p h3 h4 strong em u sub sup ul ol li blockquote table thead tbody tr th td br".split()  # noqa: SIM905 - reads as a list
)
_ATRIBUT = {
    "*": {"data-blok"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
# A hostile span stops the renderer; no honest table is wider or taller than this.
_MAKS_RENTANG = 50
_BUANG_ISI = {"script", "style", "template", "svg", "math", "iframe", "object"}


def _batasi(_tag: str, atribut: str, nilai: str) -> str | None:
    if atribut not in ("colspan", "rowspan", "start"):
        return nilai
    return (
        nilai
        if nilai.isascii() and nilai.isdigit() and 1 <= int(nilai[:6]) <= _MAKS_RENTANG
        else None
    )


def bersihkan(html: str) -> str:
    """`html` with only what a report needs: allowed tags and attributes, no scripts, links or
    styles.
    """
    return nh3.clean(
        html,
        tags=set(TAG),
        attributes=_ATRIBUT,
        clean_content_tags=_BUANG_ISI,
        attribute_filter=_batasi,
        url_schemes=set(),
        link_rel=None,
    ).strip()


def teks_polos(html: str) -> str:
    """The words of rich text, tags removed, spaces folded."""
    return " ".join(nh3.clean(html.replace("<", " <"), tags=set()).split())
