"""Two states of one form side by side, for who meets a change of somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from kinerja.forms.nilai import HariField
from sakip.common.angka import format_angka


@dataclass(frozen=True)
class BedaRuas:
    """One field that differs: what is stored now, and what was typed."""

    label: str
    kini: str
    ketik: str


def list_beda(ketik: forms.BaseForm, kini: forms.BaseForm) -> Iterator[BedaRuas]:
    """Fields whose text differs, in the order of the form."""
    for nama in ketik.fields:
        satu, dua = _tulis(kini[nama]), _tulis(ketik[nama])
        if satu != dua:
            yield BedaRuas(str(ketik[nama].label), satu, dua)


def _tulis(ruas: forms.BoundField) -> str:
    """The value of a field as people read it."""
    nilai = ruas.value()
    if isinstance(ruas.field, forms.BooleanField):
        return _("Ya") if nilai else _("Tidak")
    if isinstance(ruas.field, forms.ChoiceField):
        kata = (str(b.data["label"]) for b in ruas.subwidgets if b.data["selected"] and nilai)
        return ", ".join(kata)
    if isinstance(ruas.field, HariField):
        return ruas.field.describe(nilai)
    if isinstance(nilai, Decimal):
        return format_angka(nilai)
    return " ".join(str("" if nilai is None else nilai).split())
