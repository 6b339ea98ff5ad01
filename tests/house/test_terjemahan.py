"""What people read is what stands in the code: Django's own catalogue translates none of it."""

import ast

from django import forms
from django.utils.translation import gettext, override

from tests.house.sumber import list_modul, parse, tempat


def test_no_word_of_ours_is_a_word_django_translates() -> None:
    """`_("No")` once stood above the first column of every workbook as "Tidak"."""
    with override("id"):
        lain = [
            f"{tempat(berkas, s)}: {s.args[0].value!r}"
            for berkas in list_modul()
            for s in ast.walk(parse(berkas))
            if isinstance(s, ast.Call)
            and isinstance(s.func, ast.Name)
            and s.func.id == "_"
            and isinstance(s.args[0], ast.Constant)
            and gettext(str(s.args[0].value)) != s.args[0].value
        ]
    assert not lain


def test_a_field_left_empty_is_not_called_a_bidang() -> None:
    with override("id"):
        assert forms.CharField().error_messages["required"] == "Wajib diisi."
