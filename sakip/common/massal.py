"""Writing some columns of many rows that are there, in one statement.

Django's bulk_update builds a CASE for every cell, its upsert sends every column.
Here only the keys and the new values travel.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models


def update_massal(baris: Sequence[models.Model], kolom: Sequence[str]) -> None:
    """Write the named fields of these rows, all of one model, by their primary key.

    kolom: names of fields without relations to many. The caller holds the rows locked and has
    checked them: signals and `save()` are not run. One statement, whatever the number of rows.
    """
    if not baris:
        return
    fields = [*_list_field(baris[0], kolom)]
    nilai = [[f.get_db_prep_save(getattr(b, f.attname), connection) for b in baris] for f in fields]
    tabel = connection.ops.quote_name(baris[0]._meta.db_table)
    *nama, kunci = (connection.ops.quote_name(f.column or "") for f in fields)
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            isi = ", ".join(f"%s::{_dasar(f.db_type(connection) or '')}[]" for f in fields)
            setel = ", ".join(f"{n} = baru.k{k}" for k, n in enumerate(nama))
            baru = ", ".join(f"k{k}" for k in range(len(fields)))
            dari, syarat = f"unnest({isi}) AS baru({baru})", f"lama.{kunci} = baru.k{len(nama)}"
            bagian = ["UPDATE", tabel, "AS lama SET", setel, "FROM", dari, "WHERE", syarat]
            kursor.execute(" ".join(bagian), nilai)
        else:
            setel = ", ".join(f"{n} = %s" for n in nama)
            bagian = ["UPDATE", tabel, "SET", setel, "WHERE", kunci, "= %s"]
            kursor.executemany(" ".join(bagian), list(zip(*nilai, strict=True)))


def _list_field(contoh: models.Model, kolom: Sequence[str]) -> Iterator[models.Field[Any, Any]]:
    """The named fields, the primary key last."""
    for nama in (*kolom, "pk"):
        field = contoh._meta.pk if nama == "pk" else contoh._meta.get_field(nama)
        if not isinstance(field, models.Field):
            raise TypeError(f"{nama} bukan kolom")
        yield field


def _dasar(jenis: str) -> str:
    """The type of an array's elements: a key's own kind without how it is numbered."""
    return {"serial": "integer", "bigserial": "bigint"}.get(jenis, jenis.partition(" GENERATED")[0])
