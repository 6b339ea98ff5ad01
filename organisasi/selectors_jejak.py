"""Whether the audit trail still is what was written, chain by chain.

A chain alone shows an edit or a gap. Whoever owns the database can also write a whole chain anew,
or cut its tail together with its head: that shows against heads noted elsewhere
(services/kepala_jejak).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from organisasi.models import Berjejak, Jejak

# A thing that was thrown away leaves its trail behind, and this is how that ends.
_DIBUANG = ".discard"
Kunci = tuple[str, int]
# What each chain had as its fingerprint at some number, when its head was noted.
Tercatat = Mapping[Kunci, Mapping[int, str]]


@dataclass(frozen=True)
class Kepala:
    """The head of one chain: of what, its last number and fingerprint."""

    kunci: Kunci
    urut: int
    sidik: str


@dataclass(frozen=True)
class Putus:
    """Where one chain stops being true, and why."""

    kunci: Kunci
    urut: int
    sebab: str

    def __str__(self) -> str:
        jenis, pk = self.kunci
        return f"{jenis} {pk}, jejak nomor {self.urut}: {self.sebab}"


def list_kepala() -> Iterator[Kepala]:
    """The head of every chain, as the things themselves hold it. One query per kind of thing."""
    for model in list_berjejak():
        yield from _read_kepala(model)


def list_berjejak() -> list[type[Berjejak]]:
    """Every kind of thing that has a trail."""
    return [m for m in apps.get_models() if issubclass(m, Berjejak)]


def _read_kepala(model: type[Berjejak], **cari: int) -> Iterator[Kepala]:
    daftar = model._default_manager.filter(jejak_urut__gt=0, **cari).order_by("pk")
    for pk, urut, sidik in daftar.values_list("pk", "jejak_urut", "jejak_sidik").iterator():
        yield Kepala((model._meta.label_lower, pk), urut, sidik)


def _get_kepala(kunci: Kunci) -> Kepala | None:
    jenis, pk = kunci
    model = [m for m in list_berjejak() if m._meta.label_lower == jenis]
    return next((k for m in model for k in _read_kepala(m, pk=pk)), None)


def find_putus(tercatat: Tercatat) -> Iterator[Putus]:
    """The first break of every chain that has one. Reads the whole trail once, row by row.

    People go on working: a chain that seems broken may only have grown since its head was read, so
    it is followed once more by itself.
    """
    kepala = {k.kunci: k for k in list_kepala()}
    catatan = dict(tercatat)
    for kunci, baris in groupby(_list_baris(), key=_get_kunci):
        milik = catatan.pop(kunci, {})
        tanda = _follow(kunci, baris, kepala.pop(kunci, None), milik)
        tanda = tanda and _follow_again(kunci, milik)
        if tanda is not None:
            yield tanda
    for kunci in sorted(kepala.keys() | catatan.keys()):
        yield Putus(kunci, 1, "seluruh jejaknya hilang")


def gather_tercatat(kepala: Iterable[Kepala]) -> Tercatat:
    """Heads noted at different times, by chain."""
    hasil: dict[Kunci, dict[int, str]] = defaultdict(dict)
    for k in kepala:
        hasil[k.kunci][k.urut] = k.sidik
    return hasil


def _list_baris() -> Iterator[Jejak]:
    semua = Jejak.objects.order_by("content_type", "object_id", "urut", "pk")
    return semua.iterator(chunk_size=1000)


def _get_kunci(baris: Jejak) -> Kunci:
    jenis = ContentType.objects.get_for_id(baris.content_type_id)
    return f"{jenis.app_label}.{jenis.model}", baris.object_id


def _follow_again(kunci: Kunci, tercatat: Mapping[int, str]) -> Putus | None:
    """One chain by itself, with a head that did not move while its rows were read."""
    (label, model), pk = kunci[0].split("."), kunci[1]
    baris = Jejak.objects.filter(
        content_type__app_label=label, content_type__model=model, object_id=pk
    ).order_by("urut", "pk")
    while True:
        kepala = _get_kepala(kunci)
        tanda = _follow(kunci, baris.all(), kepala, tercatat)
        if _get_kepala(kunci) == kepala:
            return tanda


def _follow(
    kunci: Kunci, baris: Iterable[Jejak], kepala: Kepala | None, tercatat: Mapping[int, str]
) -> Putus | None:
    """The first break of one chain; None when it holds from its first row to its head."""
    sidik, urut, aksi = "", 0, ""
    for b in baris:
        urut += 1
        if b.urut != urut:
            return Putus(kunci, urut, "hilang, ganda, atau tertukar")
        if b.sebelum != sidik or b.sidik != b.compute_sidik():
            return Putus(kunci, urut, "isinya tidak cocok dengan sidiknya")
        if tercatat.get(urut, b.sidik) != b.sidik:
            return Putus(kunci, urut, "ditulis ulang sesudah kepalanya dicatat")
        sidik, aksi = b.sidik, b.aksi
    if tercatat and max(tercatat) > urut:
        return Putus(kunci, urut + 1, "hilang, padahal sudah dicatat")
    if kepala is None:
        dibuang = aksi.endswith(_DIBUANG)
        return None if dibuang else Putus(kunci, urut, "yang dijejaki tidak ada lagi")
    if (kepala.urut, kepala.sidik) != (urut, sidik):
        return Putus(kunci, urut + 1, "hilang: ekor rantai terpotong")
    return None
