"""Forms of monitoring: which version and period to look at."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.rules.rentang import Rentang, RentangTidakSah, make_rentang, read_rentang
from laporan.selectors.pantau import VersiPilihan

BEBAS = "bebas"
_TANGGAL = {"type": "date", "class": "isian"}


class PantauForm(forms.Form):
    """Version, and a period by code; with "bebas" the two dates count."""

    versi = forms.TypedChoiceField(
        label=_("SOP"), coerce=int, widget=forms.Select(attrs={"class": "isian"})
    )
    periode = forms.ChoiceField(label=_("Periode"), widget=forms.Select(attrs={"class": "isian"}))
    dari = forms.DateField(
        label=_("Dari tanggal (rentang bebas)"),
        required=False,
        widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d"),
    )
    sampai = forms.DateField(
        label=_("Sampai tanggal (rentang bebas)"),
        required=False,
        widget=forms.DateInput(attrs=_TANGGAL, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        versi: Sequence[VersiPilihan] = (),
        rentang: Sequence[Rentang] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].choices = [  # type: ignore[attr-defined]  # TypedChoiceField, set above
            (p.versi.pk, str(p.versi)) for p in versi
        ]
        self.fields["periode"].choices = [  # type: ignore[attr-defined]  # ChoiceField, set above
            *((r.kode, r.nama) for r in rentang),
            (BEBAS, _("Rentang bebas")),
        ]

    def clean(self) -> dict[str, Any]:
        """Put the chosen `Rentang` under "rentang"; dates are asked for only where they count."""
        data = super().clean() or {}
        try:
            if data.get("periode") != BEBAS:
                data["rentang"] = read_rentang(str(data.get("periode", "")))
            elif data.get("dari") and data.get("sampai"):
                data["rentang"] = make_rentang(data["dari"], data["sampai"])
            elif not self.errors:
                self.add_error("dari", _("Isi kedua tanggal untuk rentang bebas."))
        except RentangTidakSah as galat:
            if not self.errors:
                self.add_error("dari" if data.get("periode") == BEBAS else "periode", str(galat))
        return data
