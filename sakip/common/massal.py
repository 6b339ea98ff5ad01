"""Writing some columns of many rows that are there, in one statement.

Django's bulk_update builds a CASE for every cell, its upsert sends every column.
Here only the keys and the values that differ travel; what is the same in all rows is sent once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, models

Field = models.Field[Any, Any]


def update_massal(baris: Sequence[models.Model], kolom: Sequence[str]) -> None:
    """Write the named fields of these rows, all of one model, by their primary key.

    kolom: names of fields without relations to many. Otherwise as `write_massal`.
    """
    if not baris:
        return
    attname = [_find_field(type(baris[0]), nama).attname for nama in kolom]
    isi = {n: [getattr(b, a) for b in baris] for n, a in zip(kolom, attname, strict=True)}
    write_massal(type(baris[0]), [b.pk for b in baris], isi)


def write_massal(
    model: type[models.Model], kunci: Sequence[Any], isi: Mapping[str, Sequence[Any]]
) -> None:
    """Write values by name of field into the rows with these primary keys, in the same order.

    A relation is written by its key. The caller holds the rows locked and has checked them: signals
    and `save()` are not run. One statement, whatever the number of rows.
    """
    if not kunci:
        return
    kolom = [_Kolom.read(_find_field(model, nama), nilai) for nama, nilai in isi.items()]
    tabel = connection.ops.quote_name(model._meta.db_table)
    tulis = _update_sekaligus if connection.vendor == "postgresql" else _update_berurutan
    tulis(tabel, kolom, _Kolom.read(_find_field(model, "pk"), kunci))


@dataclass(frozen=True)
class _Kolom:
    """One column of the rows. nama: quoted; jenis: its type in the database."""

    nama: str
    jenis: str
    nilai: list[Any]

    @classmethod
    def read(cls, field: Field, nilai: Sequence[Any]) -> "_Kolom":
        jenis = _dasar(field.db_type(connection) or "")
        return cls(connection.ops.quote_name(field.column or ""), jenis, _prepare(field, nilai))

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
    nilai = [*(k.nilai[0] for k in seragam), *(_write_larik(k.nilai) for k in (*beragam, kunci))]
    with connection.cursor() as kursor:
        kursor.execute(" ".join(bagian), nilai)


def _write_larik(nilai: Sequence[Any]) -> Sequence[Any]:
    """Figures as one literal, which the server reads faster than thousands of expressions; arrays
    of other kinds the driver knows how to write.
    """
    if not all(n is None or isinstance(n, int | Decimal) for n in nilai):
        return nilai
    return f"{{{','.join('NULL' if n is None else str(n) for n in nilai)}}}"


def _update_berurutan(tabel: str, isi: Sequence[_Kolom], kunci: _Kolom) -> None:
    """SQLite: one statement prepared once, run for each row within the process."""
    setel = ", ".join(f"{k.nama} = %s" for k in isi)
    bagian = ["UPDATE", tabel, "SET", setel, "WHERE", kunci.nama, "= %s"]
    with connection.cursor() as kursor:
        nilai = list(zip(*(k.nilai for k in (*isi, kunci)), strict=True))
        kursor.executemany(" ".join(bagian), nilai)


def _prepare(field: Field, nilai: Sequence[Any]) -> list[Any]:
    """Values as the driver takes them; what stands in many rows is prepared once."""
    if isinstance(field, models.JSONField):  # its values cannot be looked up by
        return [field.get_db_prep_save(n, connection) for n in nilai]
    siap = {n: field.get_db_prep_save(n, connection) for n in set(nilai)}
    return [siap[n] for n in nilai]


def _find_field(model: type[models.Model], nama: str) -> Field:
    field = model._meta.pk if nama == "pk" else model._meta.get_field(nama)
    if not isinstance(field, models.Field):
        raise TypeError(f"{nama} bukan kolom")
    return field


def _dasar(jenis: str) -> str:
    """The type of an array's elements: a key's own kind without how it is numbered."""
    return {"serial": "integer", "bigserial": "bigint"}.get(jenis, jenis.partition(" GENERATED")[0])
