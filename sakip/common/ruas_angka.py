"""A form field for figures as Indonesian offices write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.utils.translation import gettext as _

from sakip.common.angka import AngkaTidakTerbaca, format_angka, parse_angka


class AngkaField(forms.Field):
    """ "1.234,5" to Decimal("1234.5"); empty is None, which is not zero.

    paling_sedikit: the least that makes sense, None for any.
    """

    widget = TextInput(attrs={"class": "isian angka", "inputmode": "decimal"})

    def __init__(self, *, paling_sedikit: Decimal | None = None, **isi: Any) -> None:
        super().__init__(**isi)
        self.paling_sedikit = paling_sedikit

    def validate(self, nilai: object) -> None:
        """Refuse what is less than makes sense.

        Raises:
            ValidationError: it is.
        """
        super().validate(nilai)
        batas = self.paling_sedikit
        if batas is not None and isinstance(nilai, Decimal) and nilai < batas:
            pesan = _("Isi dengan angka yang tidak kurang dari %(batas)s.")
            raise ValidationError(pesan % {"batas": format_angka(batas)}, code="kurang")

    def to_python(self, nilai: object) -> Decimal | None:
        """Read the text.

        Raises:
            ValidationError: it is not one figure.
        """
        teks = str(nilai or "").strip()
        if not teks:
            return None
        try:
            return parse_angka(teks)
        except AngkaTidakTerbaca as galat:
            raise ValidationError(str(galat), code="angka") from galat

    def prepare_value(self, nilai: object) -> object:
        """A stored figure as people read it; typed text as it was typed."""
        return format_angka(nilai) if isinstance(nilai, Decimal) else nilai
