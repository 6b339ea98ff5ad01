"""Writing some columns of many rows that are there, in one statement.

Django's bulk_update builds a CASE for every cell, its upsert sends every column.
Here only the keys and the values that differ travel; what is the same in all rows is sent once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

Field = models.Field[Any, Any]


def update_massal(baris: Sequence[models.Model], kolom: Sequence[str]) -> None:
    """Write the named fields of these rows, all of one model, by their primary key.

    kolom: names of fields without relations to many. The caller holds the rows locked and has
    checked them: signals and `save()` are not run. One statement, whatever the number of rows.
    """
    if not baris:
        return
    *isi, kunci = (_Kolom.read(f, baris) for f in _list_field(baris[0], kolom))
    tabel = connection.ops.quote_name(baris[0]._meta.db_table)
    tulis = _update_sekaligus if connection.vendor == "postgresql" else _update_berurutan
    tulis(tabel, isi, kunci)


@dataclass(frozen=True)
class _Kolom:
    """One column of the rows. nama: quoted; jenis: its type in the database."""

    nama: str
    jenis: str
    nilai: list[Any]

    @classmethod
    def read(cls, field: Field, baris: Sequence[models.Model]) -> "_Kolom":
        jenis = _dasar(field.db_type(connection) or "")
        return cls(connection.ops.quote_name(field.column or ""), jenis, _prepare(field, baris))

    @property
    def is_seragam(self) -> bool:
        """Whether all rows hold the same."""
        return all(n == self.nilai[0] for n in self.nilai)


def _update_sekaligus(tabel: str, isi: Sequence[_Kolom], kunci: _Kolom) -> None:
    """PostgreSQL: one UPDATE beside arrays of what differs."""
    seragam = [k for k in isi if k.is_seragam]
    beragam = [k for k in isi if k not in seragam]
    setel = [f"{k.nama} = %s::{k.jenis}" for k in seragam]
    setel += [f"{k.nama} = baru.k{n}" for n, k in enumerate(beragam)]
    jajar = ", ".join(f"%s::{k.jenis}[]" for k in (*beragam, kunci))
    baru = ", ".join([*(f"k{n}" for n in range(len(beragam))), "kunci"])
    bagian = ["UPDATE", tabel, "AS lama SET", ", ".join(setel), f"FROM unnest({jajar})"]
    bagian += [f"AS baru({baru}) WHERE lama.{kunci.nama} = baru.kunci"]
    nilai = [*(k.nilai[0] for k in seragam), *(k.nilai for k in (*beragam, kunci))]
    with connection.cursor() as kursor:
        kursor.execute(" ".join(bagian), nilai)


def _update_berurutan(tabel: str, isi: Sequence[_Kolom], kunci: _Kolom) -> None:
    """SQLite: one statement prepared once, run for each row within the process."""
    setel = ", ".join(f"{k.nama} = %s" for k in isi)
    bagian = ["UPDATE", tabel, "SET", setel, "WHERE", kunci.nama, "= %s"]
    with connection.cursor() as kursor:
        nilai = list(zip(*(k.nilai for k in (*isi, kunci)), strict=True))
        kursor.executemany(" ".join(bagian), nilai)


def _prepare(field: Field, baris: Sequence[models.Model]) -> list[Any]:
    """Values as the driver takes them; what stands in many rows is prepared once."""
    mentah = [getattr(b, field.attname) for b in baris]
    if isinstance(field, models.JSONField):  # its values cannot be looked up by
        return [field.get_db_prep_save(n, connection) for n in mentah]
    siap = {n: field.get_db_prep_save(n, connection) for n in set(mentah)}
    return [siap[n] for n in mentah]


def _list_field(contoh: models.Model, kolom: Sequence[str]) -> Iterator[Field]:
    """The named fields, the primary key last."""
    for nama in (*kolom, "pk"):
        field = contoh._meta.pk if nama == "pk" else contoh._meta.get_field(nama)
        if not isinstance(field, models.Field):
            raise TypeError(f"{nama} bukan kolom")
        yield field


def _dasar(jenis: str) -> str:
    """The type of an array's elements: a key's own kind without how it is numbered."""
    return {"serial": "integer", "bigserial": "bigint"}.get(jenis, jenis.partition(" GENERATED")[0])
