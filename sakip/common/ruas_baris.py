"""A column of rows that look alike, such as what a check says of ten thousand rows of a sheet.

In the program they are dictionaries. In the database the names of each shape stand once, and of a
row its shape and its values: less than half as much to write, to keep and to read.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

Baris = dict[str, Any]


class BarisField(models.JSONField):
    """A list of dictionaries of JSON values; kept as they are by earlier versions, it is read too.

    Not to be looked into by queries.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To migrations it is a JSON column like any other."""
        nama, _jalur, argumen, pilihan = super().deconstruct()
        return nama, "django.db.models.JSONField", argumen, pilihan

    def get_prep_value(self, value: list[Baris]) -> dict[str, Any]:
        """What is written."""
        return pack_baris(value)

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> list[Baris]:
        """What was written."""
        return unpack_baris(super().from_db_value(value, expression, connection) or [])


def pack_baris(baris: Sequence[Baris]) -> dict[str, Any]:
    """Names by shape, then each row as number of its shape and its values."""
    bentuk: dict[tuple[str, ...], int] = {}
    isi = [[bentuk.setdefault(tuple(b), len(bentuk)), *b.values()] for b in baris]
    return {"bentuk": [list(b) for b in bentuk], "baris": isi}


def unpack_baris(isi: dict[str, Any] | list[Baris]) -> list[Baris]:
    """The rows again."""
    if isinstance(isi, list):
        return isi
    bentuk = isi["bentuk"]
    return [dict(zip(bentuk[nomor], nilai, strict=True)) for nomor, *nilai in isi["baris"]]
