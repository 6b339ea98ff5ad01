"""Forms of assessing an SOP: begin one, fill in its rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from laporan.models import ButirPenilaian, PenilaianSOP
from laporan.rules.rentang import Rentang, RentangTidakSah, read_rentang
from laporan.services.penilaian import IsianButir


class PenilaianBaruForm(forms.Form):
    """Which form to begin: version, kind, and period by code."""

    versi = forms.IntegerField()
    jenis = forms.ChoiceField(choices=PenilaianSOP.Jenis.choices)
    periode = forms.CharField(max_length=10)

    def clean_periode(self) -> Rentang:
        """The half-year or year."""
        try:
            return read_rentang(self.cleaned_data["periode"])
        except RentangTidakSah as galat:
            raise forms.ValidationError(str(galat)) from galat


class PenilaianForm(forms.Form):
    """Rows of one form: answer, note, and for monitoring what is to be done."""

    urut = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        penilaian: PenilaianSOP,
        butir: Sequence[ButirPenilaian],
    ) -> None:
        super().__init__(data, initial={"urut": penilaian.isian_urut})
        self.butir = butir
        self.penilaian = penilaian
        for b in butir:
            self._add_baris(b)

    def _add_baris(self, butir: ButirPenilaian) -> None:
        monitoring = self.penilaian.is_monitoring
        self.fields[f"jawaban-{butir.pk}"] = forms.ChoiceField(
            label=_("Penilaian"),
            choices=self.penilaian.pilihan,
            required=False,
            initial=butir.jawaban,
            widget=forms.RadioSelect,
        )
        self._add_teks(
            "catatan", butir, _("Catatan hasil penilaian") if monitoring else _("Alasan")
        )
        if monitoring:
            self._add_teks("tindakan", butir, _("Tindakan yang harus diambil"))

    def _add_teks(self, nama: str, butir: ButirPenilaian, label: Any) -> None:  # noqa: ANN401 - a lazy text
        self.fields[f"{nama}-{butir.pk}"] = forms.CharField(
            label=label,
            required=False,
            max_length=4000,
            initial=getattr(butir, nama),
            widget=forms.Textarea(attrs={"class": "isian", "rows": 2}),
        )

    def baris(self) -> Iterator[tuple[ButirPenilaian, BoundField, list[BoundField]]]:
        """Rows with their fields, for the page."""
        for b in self.butir:
            teks = [
                self[f"{n}-{b.pk}"] for n in ("catatan", "tindakan") if f"{n}-{b.pk}" in self.fields
            ]
            yield b, self[f"jawaban-{b.pk}"], teks

    def read_isian(self) -> dict[int, IsianButir]:
        """What was typed, by row."""
        return {
            b.pk: IsianButir(
                *(
                    str(self.cleaned_data.get(f"{n}-{b.pk}", ""))
                    for n in ("jawaban", "catatan", "tindakan")
                )
            )
            for b in self.butir
        }
