"""Somebody who owns the database changes the audit trail in every way, past its triggers."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from organisasi.models import Instansi, Jejak
from organisasi.selectors import list_jejak
from organisasi.selectors_jejak import Kepala, find_putus, gather_tercatat

Acak = random.Random
Palsu = Callable[[list[Jejak], Acak], None]
_RUAS = ("objek_nama", "aksi", "aktor_nama", "sebagai", "request_id", "sebelum", "sidik")


def _semua() -> models.QuerySet[Jejak]:
    """Without the manager that refuses."""
    return models.QuerySet(Jejak)


def _set_kepala(instansi_id: int, urut: int, sidik: str) -> None:
    Instansi.objects.filter(pk=instansi_id).update(jejak_urut=urut, jejak_sidik=sidik)


def edit(rantai: list[Jejak], acak: Acak) -> None:
    """One column of one row."""
    b = acak.choice(rantai)
    isi: dict[str, object] = {
        **{r: hashlib.sha256(acak.randbytes(8)).hexdigest() for r in _RUAS},
        "request_id": f"{acak.getrandbits(64):x}",
        "waktu": b.waktu + timedelta(microseconds=acak.randint(1, 10**9)),
        "data": {**b.data, "nomor": acak.getrandbits(32) + 1000},
        "urut": b.urut + 1000,
        "object_id": b.object_id + 1000,
        "content_type": ContentType.objects.get_for_model(Jejak),
    }
    ruas = acak.choice(sorted(isi))
    _semua().filter(pk=b.pk).update(**{ruas: isi[ruas]})


def remove(rantai: list[Jejak], acak: Acak) -> None:
    """One row, or some in a row."""
    n = acak.randrange(len(rantai))
    pk = [b.pk for b in rantai[n : n + acak.randint(1, 3)]]
    _semua().filter(pk__in=pk)._raw_delete(using="default")


def insert(rantai: list[Jejak], acak: Acak) -> None:
    """A row after the last one, or of a thing that is not there, with a fingerprint of its own."""
    akhir = rantai[-1]
    baru = Jejak(
        content_type=akhir.content_type,
        object_id=acak.choice([akhir.object_id, 999_999]),
        objek_nama=akhir.objek_nama,
        urut=akhir.urut + 1,
        waktu=akhir.waktu,
        aksi="uji.sisip",
        data={},
        sebelum=akhir.sidik,
    )
    baru.sidik = baru.compute_sidik()
    baru.save(force_insert=True)


def swap(rantai: list[Jejak], acak: Acak) -> None:
    """Two rows change places."""
    a, b = acak.sample(rantai, 2)
    _semua().filter(pk=a.pk).update(urut=9_999)
    _semua().filter(pk=b.pk).update(urut=a.urut)
    _semua().filter(pk=a.pk).update(urut=b.urut)


def cut(rantai: list[Jejak], acak: Acak) -> None:
    """The tail, with the head moved back to what is left; or all of it."""
    sisa = acak.randrange(len(rantai))
    _semua().filter(pk__in=[b.pk for b in rantai[sisa:]])._raw_delete(using="default")
    _set_kepala(rantai[0].object_id, sisa, rantai[sisa - 1].sidik if sisa else "")


def rewrite(rantai: list[Jejak], acak: Acak) -> None:
    """One row, and every fingerprint after it, and the head: a chain that fits in itself."""
    n = acak.randrange(len(rantai))
    rantai[n].aktor_nama = f"Orang lain {acak.getrandbits(32)}"
    sidik = rantai[n].sebelum
    for b in rantai[n:]:
        b.sebelum = sidik
        sidik = b.compute_sidik()
        isi = {"aktor_nama": b.aktor_nama, "sebelum": b.sebelum, "sidik": sidik}
        _semua().filter(pk=b.pk).update(**isi)
    _set_kepala(rantai[0].object_id, rantai[-1].urut, sidik)


CARA: Mapping[str, Palsu] = {f.__name__: f for f in (edit, remove, insert, swap, cut, rewrite)}


def forge(banyak: int, *, benih: int) -> Counter[tuple[str, bool]]:
    """So many forgeries, each undone again: how often each kind was found, and how often not."""
    acak, hitung = random.Random(benih), Counter[tuple[str, bool]]()  # noqa: S311 - repeatable on purpose
    tercatat = gather_tercatat(list_kepala_kini())
    for n in range(banyak):
        nama = list(CARA)[n % len(CARA)]
        with transaction.atomic():
            instansi = acak.choice(list(Instansi.objects.order_by("pk")))
            CARA[nama](list(list_jejak(instansi)), acak)
            hitung[nama, any(find_putus(tercatat))] += 1
            transaction.set_rollback(True)
    return hitung


def list_kepala_kini() -> list[Kepala]:
    """The heads as they are now."""
    daftar = Instansi.objects.values_list("pk", "jejak_urut", "jejak_sidik")
    return [Kepala(("organisasi.instansi", pk), urut, sidik) for pk, urut, sidik in daftar]
