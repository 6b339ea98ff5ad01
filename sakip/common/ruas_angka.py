"""A form field for figures as Indonesian offices write them."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.forms import TextInput

from sakip.common.angka import AngkaTidakTerbaca, format_angka, parse_angka


class AngkaField(forms.Field):
    """ "1.234,5" to Decimal("1234.5"); empty is None, which is not zero."""

    widget = TextInput(attrs={"class": "isian angka", "inputmode": "decimal"})

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
