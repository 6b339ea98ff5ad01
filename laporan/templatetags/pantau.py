"""The panel "Pemantauan" beside an SOP.

A tag, because the room of the SOP stays ignorant of the reports that run on it.
"""

from typing import Any

from django import template

from laporan.selectors.pantau import get_pantau_terakhir
from sop.models import VersiSOP

register = template.Library()


@register.inclusion_tag("laporan/pantau/_panel.html")
def panel_pantau(versi: VersiSOP) -> dict[str, Any]:
    """One sentence about the last year the version was worked on; nothing for a konsep."""
    pantau = None if versi.is_konsep else get_pantau_terakhir(versi)
    return {"versi": versi, "pantau": pantau}
