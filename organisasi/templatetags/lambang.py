"""The emblem of an office in a letterhead."""

import base64

from django import template

from organisasi.models import Instansi, Lambang

register = template.Library()


@register.simple_tag
def lambang_data(instansi: Instansi | None) -> str:
    """The picture as a data address, "" where the office has none. One query."""
    if instansi is None:
        return ""
    isi = Lambang.objects.filter(instansi=instansi.pk).values_list("isi", flat=True).first()
    return f"data:image/png;base64,{base64.b64encode(bytes(isi)).decode()}" if isi else ""
