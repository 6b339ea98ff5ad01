"""Choices that depend on who looks: only a field that offers them may be given them."""

import pytest
from django import forms

from organisasi.models import UnitKerja
from sakip.common.pilihan import limit_pilihan, set_pilihan


class _Isian(forms.Form):
    teks = forms.CharField()
    jenis = forms.ChoiceField(choices=[])


def test_values_come_with_their_words() -> None:
    isian = _Isian({"teks": "x", "jenis": "a"})
    set_pilihan(isian, "jenis", [("a", "Pertama")])
    assert isian.is_valid()


def test_a_field_without_choices_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(TypeError, match="teks"):
        set_pilihan(_Isian(), "teks", [])
    with pytest.raises(TypeError, match="jenis"):
        limit_pilihan(_Isian(), "jenis", UnitKerja.objects.none())
