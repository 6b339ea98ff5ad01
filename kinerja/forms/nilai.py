"""Form fields for a value of any kind: a figure, a level, a day, yes or no."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kinerja.models import Indikator
from kinerja.rules.nilai import ANGKA, JenisNilai, parse_nilai, write_nilai
from kinerja.rules.target import MAKS_URAIAN
from kinerja.selectors.teks import find_iso, format_nilai, list_pilihan
from sakip.common.angka import AngkaTidakTerbaca, format_angka
from sakip.common.ruas_angka import AngkaField


class TingkatField(forms.TypedChoiceField):
    """One of the levels of an indikator, as its score; empty is None."""

    def __init__(self, *, indikator: Indikator, label: str, kini: Decimal | None = None) -> None:
        """kini: the score that is stored; it stays among the choices, whatever became of it."""
        pilihan = [("", _("Belum ada")), *((p.skor, p.teks) for p in list_pilihan(indikator))]
        if kini is not None and _polos(kini) not in dict(pilihan):
            pilihan.append((_polos(kini), format_angka(kini)))
        super().__init__(
            label=label,
            required=False,
            choices=pilihan,
            coerce=Decimal,
            empty_value=None,
            widget=forms.Select(attrs={"class": "isian"}),
        )

    def prepare_value(self, nilai: object) -> object:
        """The score as the list names it."""
        return _polos(nilai) if isinstance(nilai, Decimal) else nilai


class HariInput(forms.DateInput):
    """The browser's calendar; words that name no day stay to be read, in a field for text."""

    input_type = "date"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A calendar shows nothing of what is no day."""
        konteks = super().get_context(name, value, attrs)
        try:
            date.fromisoformat(str(value or date.min))
        except ValueError:
            konteks["widget"]["type"] = "text"
        return konteks


class HariField(forms.Field):
    """A day, as it is kept; a browser without a calendar of its own takes it in words."""

    widget = HariInput(attrs={"class": "isian"})

    def __init__(self, *, indikator: Indikator, label: str) -> None:
        super().__init__(label=label, required=False)
        self.indikator = indikator

    def to_python(self, nilai: object) -> Decimal | None:
        """Read the day.

        Raises:
            ValidationError: it is none.
        """
        teks = str(nilai or "").strip()
        if not teks:
            return None
        try:
            return parse_nilai(teks, JenisNilai.TANGGAL)
        except AngkaTidakTerbaca as galat:
            raise ValidationError(str(galat), code="tanggal") from galat

    def prepare_value(self, nilai: object) -> object:
        """As the browser's calendar holds it; typed words as they were typed."""
        teks = str(nilai or "")
        if isinstance(nilai, Decimal):
            teks = format_nilai(nilai, self.indikator)
        return find_iso(teks, self.indikator) or teks

    def describe(self, nilai: object) -> str:
        """The day in words, for people who compare."""
        hari = self.to_python(nilai)
        return "" if hari is None else write_nilai(hari, JenisNilai.TANGGAL)


def make_ruas_target(
    indikator: Indikator, label: str, kini: Decimal | str | None = None
) -> forms.Field:
    """The field in which a target of that indikator is typed, words where it is judged in words.

    kini: what is stored now.
    """
    jenis = JenisNilai(indikator.jenis_nilai)
    if jenis is JenisNilai.KUALITATIF:
        kotak = forms.Textarea(attrs={"class": "isian", "rows": 2})
        return forms.CharField(label=label, required=False, max_length=MAKS_URAIAN, widget=kotak)
    nilai = kini if isinstance(kini, Decimal) else None
    if jenis is JenisNilai.TANGGAL:
        return HariField(indikator=indikator, label=label)
    if jenis in ANGKA:
        return AngkaField(label=label, required=False)
    return TingkatField(indikator=indikator, label=label, kini=nilai)


def _polos(nilai: Decimal) -> str:
    return f"{nilai.normalize():f}"
