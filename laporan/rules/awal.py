"""Where a report of a kind begins on a route, and which kinds a route is about."""

from collections.abc import Iterable

from sop.rules.graf import Graf, SimpulLangkah


def find_awal(graf: Graf, jenis: str) -> SimpulLangkah | None:
    """The first step of that kind of report; the start of a route that names no period.

    None: the route begins in another period and has no step of this one.
    """
    langkah = next((s for s in graf.langkah if s.periode == jenis), graf.langkah[0])
    return langkah if langkah.periode in ("", jenis) else None


def list_jenis(graf: Graf, jenis: Iterable[str]) -> list[str]:
    """Those of the kinds that can be started on the route, in their order."""
    return [j for j in jenis if find_awal(graf, j)]
