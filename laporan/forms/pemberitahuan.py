"""When an office reminds."""

from django import forms

from laporan.models import AturanPengingat


class AturanForm(forms.ModelForm[AturanPengingat]):
    """The rule of reminders."""

    class Meta:
        model = AturanPengingat
        fields = ["sisa_persen", "paling_awal_hari", "atasan_setelah_hari"]
        widgets = {n: forms.NumberInput(attrs={"class": "isian"}) for n in fields}
