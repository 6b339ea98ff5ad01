"""Forms of correcting: a note, and the answer to one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.services.koreksi import MAKS_CATATAN


class CatatanForm(forms.Form):
    """A remark, and the sentence one would rather read. baris: rows of figures of the part."""

    nomor = forms.IntegerField(widget=forms.HiddenInput)
    baris = forms.ChoiceField(
        label=_("Yang dicatat"),
        required=False,
        widget=forms.Select(attrs={"class": "isian"}),
    )
    isi = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=MAKS_CATATAN,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
    )
    usul = forms.CharField(
        label=_("Usul kalimat"),
        required=False,
        max_length=MAKS_CATATAN,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 4}),
        help_text=_("Ubah langsung kalimatnya. Penulis dapat menerapkannya dengan satu ketukan."),
    )

    def __init__(
        self, *args: Any, baris: Sequence[str] = (), berusul: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [("", _("Seluruh bagian ini")), *((b, b) for b in baris)]
        self.fields["baris"].choices = pilihan  # type: ignore[attr-defined]  # ChoiceField, set above
        if not baris:
            del self.fields["baris"]
        if not berusul:
            del self.fields["usul"]


class JawabanForm(forms.Form):
    """What the writer says to a note."""

    aksi = forms.ChoiceField(
        choices=[(a, a) for a in ("selesai", "tolak", "terapkan", "tarik")],
        widget=forms.HiddenInput,
    )
    jawaban = forms.CharField(
        label=_("Jawaban"),
        required=False,
        max_length=MAKS_CATATAN,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 3}),
        help_text=_("Boleh kosong bila sudah diperbaiki; wajib bila catatan tidak diikuti."),
    )
