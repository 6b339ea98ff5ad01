"""Writing rows of a workbook as they were judged when it was checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.isian import URAIAN, NilaiBaris
from kinerja.services.isian import record_isian, write_jejak
from kinerja.services.kunci import lock_formulir, require_draf, require_pengisi
from organisasi.models import Pengguna, Penugasan
from sakip.common.massal import write_massal

_DIBACA = ("indikator_id", "versi", "periksa", "realisasi", "penjelasan", "rtl", *URAIAN)


class _Kini(NamedTuple):
    """What a row holds when it is written."""

    indikator_id: int
    versi: int
    is_terkunci: bool
    nilai: NilaiBaris


@transaction.atomic
def write_dinilai(
    *,
    formulir_id: int,
    baris: Sequence[Mapping[str, Any]],
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> int | None:
    """Write rows as `lembar_baca.Isi` keeps them, without judging them again; how many.

    None, and nothing written, where one of them has to be judged again: another version stands in
    its place, it was locked, it is made of parts, or an earlier version of the product checked it.
    All else that a row was judged by stands still meanwhile: the form is locked and still a draf,
    every act on a row raises its version, and what it may hold was fixed when the form was opened.

    Raises:
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: the form was handed in (409).
    """
    formulir = lock_formulir(formulir_id)
    require_pengisi(formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_draf(formulir)
    if not all("nilai" in b for b in baris):
        return None
    kini = _list_kini(formulir)
    if not all(_is_sama(b, kini.get(b["capaian_id"])) for b in baris):
        return None
    if baris:
        baru = [_read_nilai(b) for b in baris]
        _write(baris, baru, aktor)
        perubahan = [
            _describe(b, kini[b["capaian_id"]], nilai) for b, nilai in zip(baris, baru, strict=True)
        ]
        record_isian(formulir, perubahan, aktor=aktor, sebagai=sebagai, now=now)
    return len(baris)


def _list_kini(formulir: FormulirCapaian) -> dict[int, _Kini]:
    """What the rows of the form hold, by capaian id. One query."""
    baris = Capaian.objects.filter(formulir=formulir).order_by()
    return {
        pk: _Kini(
            indikator,
            versi,
            periksa == Capaian.Periksa.SESUAI,
            NilaiBaris(realisasi, penjelasan, rtl, dict(zip(URAIAN, uraian, strict=True))),
        )
        for pk, indikator, versi, periksa, realisasi, penjelasan, rtl, *uraian in (
            baris.values_list("pk", *_DIBACA)
        )
    }


def _is_sama(b: Mapping[str, Any], kini: _Kini | None) -> bool:
    return kini is not None and kini.versi == b["versi"] and not kini.is_terkunci


def _read_nilai(b: Mapping[str, Any]) -> NilaiBaris:
    """A row as it was understood."""
    realisasi, uraian = b["nilai"], b["uraian"]
    return NilaiBaris(
        None if realisasi is None else Decimal(realisasi),
        b["penjelasan"],
        b.get("rtl", ""),
        {n: uraian.get(n, "") for n in URAIAN},
    )


def _write(
    baris: Sequence[Mapping[str, Any]], nilai: Sequence[NilaiBaris], aktor: Pengguna
) -> None:
    isi: dict[str, list[Any]] = {
        "realisasi": [n.realisasi for n in nilai],
        "penjelasan": [n.penjelasan for n in nilai],
        "rtl": [n.rtl for n in nilai],
        "versi": [b["versi"] + 1 for b in baris],
        "diisi_oleh": [aktor.pk] * len(baris),
    }
    isi |= {nama: [n.uraian[nama] for n in nilai] for nama in URAIAN}
    write_massal(Capaian, [b["capaian_id"] for b in baris], isi)


def _describe(b: Mapping[str, Any], kini: _Kini, baru: NilaiBaris) -> dict[str, Any]:
    """What became of a row, for its trail."""
    return {
        "capaian": b["capaian_id"],
        "indikator": kini.indikator_id,
        "kode": b["kode"],
        "dari": write_jejak(kini.nilai),
        "ke": write_jejak(baru),
    }
