"""What reports say beside an SOP: the panel "Pemantauan", units that it leaves out.

Tags, because the room of the SOP stays ignorant of the reports that run on it.
"""

from typing import Any

from django import template

from laporan.selectors.jangkauan import list_unit_tak_ditanya
from laporan.selectors.pantau import get_pantau_terakhir
from sop.models import VersiSOP

register = template.Library()


@register.inclusion_tag("laporan/pantau/_panel.html")
def panel_pantau(versi: VersiSOP) -> dict[str, Any]:
    """One sentence about the last year the version was worked on; nothing for a konsep."""
    pantau = None if versi.is_konsep else get_pantau_terakhir(versi)
    return {"versi": versi, "pantau": pantau}


@register.inclusion_tag("laporan/_tak_ditanya.html")
def unit_tak_ditanya(versi: VersiSOP) -> dict[str, Any]:
    """A warning that names the units whose figures no step asks for; nothing where all are."""
    return {"unit": list_unit_tak_ditanya(versi)}
