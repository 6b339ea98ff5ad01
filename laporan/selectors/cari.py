"""Looking reports up by the beginnings of words, in every database alike.

In PostgreSQL an index of words answers, on SQLite the texts are read through.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import Func, Model, Q, QuerySet

from laporan.models import Draf, TeksNaskah
from laporan.rules.cuplikan import Cuplikan, find_cuplikan

MAKS_TEKS = 300_000
_KATA = re.compile(r"\w+")
_KOLOM_DRAF = ("judul", "sop__nama", "instansi__nama", "nomor_laporan__nomor__nomor")
M = TypeVar("M", bound=Model)


class _Indeks(Func):
    """The words of a text; the same expression as the indexes of migrations 0008 and 0019."""

    template = "to_tsvector('simple'::regconfig, COALESCE(%(expressions)s, ''))"
    output_field = SearchVectorField()


def split_kata(cari: str) -> list[str]:
    """What is looked for, word by word: what parts a number counts as a space."""
    return _KATA.findall(cari)


def list_kata(teks: str) -> str:
    """The words of a text alone, as they are stored to be searched."""
    return " ".join(_KATA.findall(teks))[:MAKS_TEKS]


def search_teks(daftar: QuerySet[M], kata: Sequence[str]) -> QuerySet[M]:
    """Rows whose `teks` has for each of `kata` a word that begins so."""
    if kata and connection.vendor == "postgresql":
        cari = SearchQuery(" & ".join(f"{k}:*" for k in kata), search_type="raw", config="simple")
        return cast("QuerySet[M]", daftar.alias(indeks=_Indeks("teks")).filter(indeks=cari))
    for k in kata:
        daftar = daftar.filter(teks__iregex=rf"\b{re.escape(k)}")
    return daftar


def search_draf(daftar: QuerySet[Draf], kata: Sequence[str]) -> QuerySet[Draf]:
    """Drafts that have each of `kata` in title, number, SOP or office, or in the newest version.

    The text being written is its writer's until it is handed over, and is not looked through.
    """
    mulai = r"\m" if connection.vendor == "postgresql" else r"\b"
    for k in kata:
        cocok = Q(pk__in=search_teks(TeksNaskah.objects.all(), [k]).values("draf"))
        for kolom in _KOLOM_DRAF:
            cocok |= Q(**{f"{kolom}__iregex": f"{mulai}{re.escape(k)}"})
        daftar = daftar.filter(cocok)
    return daftar


def list_cuplikan(draf: Iterable[Draf], kata: Sequence[str]) -> Mapping[int, Cuplikan]:
    """By draft: where its newest version has one of the words. One query, none without words."""
    if not kata:
        return {}
    teks = TeksNaskah.objects.filter(draf__in=[d.pk for d in draf])
    ada = ((t.draf_id, find_cuplikan(t.isi, kata)) for t in teks)
    return {pk: cuplikan for pk, cuplikan in ada if cuplikan is not None}
