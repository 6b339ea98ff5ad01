"""Pasting figures of others from a sheet."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from kinerja.rules.pembanding import Pembanding, TempelanTidakSah, read_tempelan


class TempelanForm(forms.Form):
    """Rows as copied: one field, because a sheet is where these figures live."""

    isi = forms.CharField(
        label=_("Baris dari Excel"),
        max_length=400_000,
        help_text=_("Kolom: kode indikator, tahun, tingkat, nilai, sumber, wilayah."),
        widget=forms.Textarea(attrs={"class": "isian", "rows": 8, "spellcheck": "false"}),
    )

    def __init__(
        self, *args: object, baca: Mapping[str, Callable[[str], Decimal]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self._baca = baca

    def clean_isi(self) -> list[tuple[str, Pembanding]]:
        """Every row, or every fault."""
        try:
            baris = read_tempelan(self.cleaned_data["isi"], self._baca)
        except TempelanTidakSah as galat:
            raise forms.ValidationError(galat.masalah) from galat
        if not baris:
            raise forms.ValidationError(_("Belum ada baris angka. Salin dari Excel, lalu tempel."))
        return baris
