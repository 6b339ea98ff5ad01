"""Forms about a draft as a whole, and the decision on one turn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.rules.periode import BANYAK, name_bagian

SEBAB = [
    ("Data belum sesuai", _("Data belum sesuai")),
    ("Bukti dukung kurang", _("Bukti dukung kurang")),
    ("Redaksi", _("Redaksi")),
    ("Tata naskah", _("Tata naskah")),
]


class LaporanBaruForm(forms.Form):
    """Which report is ordered. Periods are offered as one list, "triwulan-3" and so on."""

    periode = forms.ChoiceField(label=_("Periode"), widget=forms.Select(attrs={"class": "isian"}))
    tahun = forms.IntegerField(
        label=_("Tahun"),
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "isian", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, jenis: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periode"].choices = [  # type: ignore[attr-defined]  # ChoiceField, set above
            (f"{j}-{n}", name_bagian(j, n))
            for j in jenis
            for n in ([0] if j == "tahunan" else range(1, BANYAK[j] + 1))
        ]

    def clean_periode(self) -> tuple[str, int]:
        """Kind and number of the period."""
        jenis, nomor = str(self.cleaned_data["periode"]).rsplit("-", 1)
        return jenis, int(nomor)


class PutusanForm(forms.Form):
    """What every finishing form carries: outcome, words, what was seen, idempotency key."""

    hasil = forms.ChoiceField(
        choices=[(h, h) for h in ("lanjut", "ya", "tidak")], initial="lanjut", required=False
    )
    catatan = forms.CharField(
        label=_("Catatan"), required=False, max_length=5000, widget=forms.Textarea
    )
    sebab = forms.MultipleChoiceField(label=_("Sebab pengembalian"), choices=SEBAB, required=False)
    baku = forms.MultipleChoiceField(label=_("Kalimat dari SOP"), required=False)
    unit = forms.TypedMultipleChoiceField(coerce=int, required=False)
    naskah_urut = forms.IntegerField(required=False, min_value=0)
    kunci = forms.CharField(required=False, max_length=64)
    tetap = forms.BooleanField(required=False)

    def __init__(
        self,
        *args: Any,
        unit: list[tuple[int, str]] | None = None,
        baku: Sequence[str] = (),
        banyak_catatan: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.banyak_catatan = banyak_catatan
        self.fields["unit"].choices = unit or []  # type: ignore[attr-defined]  # TypedMultipleChoiceField
        self.fields["baku"].choices = [(b, b) for b in baku]  # type: ignore[attr-defined]  # MultipleChoiceField

    def clean(self) -> dict[str, Any]:
        """A return needs its reason in words or notes; the chips alone do not say what to mend."""
        data = super().clean() or {}
        tanpa_kata = not str(data.get("catatan", "")).strip() and not self.banyak_catatan
        if data.get("hasil") == "tidak" and tanpa_kata:
            self.add_error(
                "catatan",
                _("Tuliskan apa yang harus diperbaiki. Pengembalian wajib disertai alasan."),
            )
        return data


class AlasanForm(forms.Form):
    """Reason for halting, resuming or cancelling a report."""

    alasan = forms.CharField(
        label=_("Alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
    )


class BukaCapaianForm(AlasanForm):
    """Whose figures are to be done again, and why."""

    unit = forms.TypedMultipleChoiceField(
        label=_("Unit"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["unit", "alasan"]

    def __init__(self, *args: Any, unit: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit  # type: ignore[attr-defined]  # TypedMultipleChoiceField
        self.fields["alasan"].help_text = _("Dibaca unit, dan tercatat pada riwayat laporan.")


class PerpanjanganForm(forms.Form):
    """More time for open turns: which, until when on the clock of the office, and why."""

    tugas = forms.TypedMultipleChoiceField(
        label=_("Tugas"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    tanggal = forms.DateField(
        label=_("Tenggat baru"),
        widget=forms.DateInput(attrs={"type": "date", "class": "isian"}, format="%Y-%m-%d"),
    )
    jam = forms.TimeField(
        label=_("Pukul"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "isian"}, format="%H:%M"),
    )
    alasan = forms.CharField(
        label=_("Alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
        help_text=_("Dibaca pelaksana dan tercatat pada riwayat laporan."),
    )

    def __init__(self, *args: Any, tugas: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tugas"].choices = tugas  # type: ignore[attr-defined]  # TypedMultipleChoiceField
        if len(tugas) == 1:
            self.fields["tugas"].widget = forms.MultipleHiddenInput()
