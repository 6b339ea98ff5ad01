"""Choices of a form that depend on who looks at it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def limit_pilihan(form: forms.BaseForm, nama: str, pilihan: QuerySet[Any]) -> None:
    """Let that field offer these rows only.

    Raises:
        TypeError: it does not offer rows.
    """
    ruas = form.fields[nama]
    if not isinstance(ruas, forms.ModelChoiceField):
        raise TypeError(nama)
    ruas.queryset = pilihan


def set_pilihan(form: forms.BaseForm, nama: str, pilihan: Iterable[tuple[Any, Any]]) -> None:
    """Let that field offer these values with their words.

    Raises:
        TypeError: it does not offer values.
    """
    ruas = form.fields[nama]
    if not isinstance(ruas, forms.ChoiceField):
        raise TypeError(nama)
    ruas.choices = list(pilihan)
