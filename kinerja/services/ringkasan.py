"""Keeping the sum of a form handed in, and proving that kept sums are those of the rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from kinerja.models import FormulirCapaian, RingkasanCapaian
from kinerja.rules.ringkasan import Ringkasan
from kinerja.selectors.persen import sum_formulir

_SEKALI = 500


@dataclass(frozen=True)
class HasilPeriksa:
    """What a check found. beda: forms whose kept sum is not that of their rows."""

    diperiksa: int
    ditulis: int
    beda: list[int]


def keep_ringkasan(formulir: Iterable[int]) -> None:
    """Add the rows of these forms up and keep the sums. The caller holds the forms locked.

    Three queries, however many forms and rows.
    """
    pk = list(formulir)
    jumlah = sum_formulir(pk)
    write_ringkasan({f: jumlah[f] for f in pk})


def write_ringkasan(nilai: Mapping[int, Ringkasan]) -> None:
    """Keep what the rows of these forms come to, by form. The caller holds the forms locked."""
    RingkasanCapaian.objects.bulk_create(
        [_build(f, n) for f, n in nilai.items()],
        update_conflicts=True,
        unique_fields=["formulir"],
        update_fields=["jumlah", "banyak", "tak_terhitung"],
    )


def check_ringkasan() -> HasilPeriksa:
    """Add every form handed in up again, from its rows, and compare with what is kept.

    Missing sums are written; wrong ones are written anew and named. Some hundred forms at a time,
    each lot in a transaction of its own.
    """
    semua = FormulirCapaian.objects.filter(status__in=FormulirCapaian.TERKIRIM).order_by("pk")
    pk = list(semua.values_list("pk", flat=True))
    ditulis, beda = 0, list[int]()
    for awal in range(0, len(pk), _SEKALI):
        baru, salah = _check(pk[awal : awal + _SEKALI])
        ditulis += baru
        beda += salah
    return HasilPeriksa(len(pk), ditulis, beda)


@transaction.atomic
def _check(pk: list[int]) -> tuple[int, list[int]]:
    terkunci = FormulirCapaian.objects.select_for_update(of=("self",), no_key=True)
    ada = set(terkunci.filter(pk__in=pk).order_by("pk").values_list("pk", flat=True))
    benar = sum_formulir(ada)
    tersimpan = {r.pk: r.nilai for r in RingkasanCapaian.objects.filter(pk__in=ada)}
    salah = [f for f, nilai in tersimpan.items() if nilai != benar[f]]
    tulis = [f for f in sorted(ada) if f in salah or f not in tersimpan]
    if tulis:
        keep_ringkasan(tulis)
    return len(tulis), sorted(salah)


def _build(formulir: int, nilai: Ringkasan) -> RingkasanCapaian:
    return RingkasanCapaian(
        formulir_id=formulir,
        jumlah=str(nilai.jumlah),
        banyak=nilai.banyak,
        tak_terhitung=nilai.tak_terhitung,
    )
