"""Criteria of the evaluation of accountability (AKIP): what our own records can prove of each.

Sumber: EVALUASI-AKIP in docs/regulasi.md
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Keadaan(StrEnum):
    """How far the application proves a criterion."""

    LENGKAP = "lengkap"
    SEBAGIAN = "sebagian"
    BELUM = "belum"
    LUAR = "luar"


@dataclass(frozen=True)
class Butir:
    """One criterion. bukti: codes of sources; empty where the proof lies outside of here.

    sisa: what of it our records never prove, to be added by the office; it is then at best partial.
    """

    kode: str
    teks: str
    bagian: str
    bukti: tuple[str, ...]
    sisa: str = ""


@dataclass(frozen=True)
class Komponen:
    """One component with its weight."""

    kode: str
    nama: str
    bobot: int
    butir: tuple[Butir, ...]


BAGIAN = ("keberadaan", "kualitas", "pemanfaatan")


def read_komponen(data: Sequence[Mapping[str, Any]], sumber: Iterable[str]) -> tuple[Komponen, ...]:
    """The criteria of a data file.

    Raises:
        ValueError: the weights are not 100 together, a code is doubled, or a part or source is
            unknown.
    """
    semua = tuple(
        Komponen(
            str(k["kode"]),
            k["nama"],
            int(k["bobot"]),
            tuple(
                Butir(str(b["kode"]), b["teks"], b["bagian"], tuple(b["bukti"]), b.get("sisa", ""))
                for b in k["butir"]
            ),
        )
        for k in data
    )
    butir = [b for k in semua for b in k.butir]
    dikenal = frozenset(sumber)
    asing = {s for b in butir for s in b.bukti} - dikenal
    if sum(k.bobot for k in semua) != 100:
        raise ValueError("bobot komponen tidak berjumlah 100")
    if len({b.kode for b in butir}) != len(butir):
        raise ValueError("kode butir kembar")
    if asing or any(b.bagian not in BAGIAN for b in butir):
        raise ValueError(f"bagian atau sumber bukti tidak dikenal: {sorted(asing)}")
    return semua


def judge_butir(butir: Butir, banyak: Mapping[str, int]) -> Keadaan:
    """How far it is proven, given how many records each source has."""
    if not butir.bukti:
        return Keadaan.LUAR
    ada = sum(bool(banyak.get(s)) for s in butir.bukti)
    if not ada:
        return Keadaan.BELUM
    lengkap = ada == len(butir.bukti) and not butir.sisa
    return Keadaan.LENGKAP if lengkap else Keadaan.SEBAGIAN
