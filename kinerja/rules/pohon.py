"""Gaps of a plan: what a tree of tujuan, sasaran and indikator still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class FaktaIndikator:
    """What is known of one indikator.

    target: how many triwulan of the year have one. janji: the target of the agreement in force,
    where the plan has another one.
    """

    aktif: bool
    target: int
    definisi: bool
    renstra: bool
    janji: str = ""


@dataclass(frozen=True)
class FaktaSasaran:
    """What is known of one sasaran."""

    indikator: tuple[FaktaIndikator, ...]
    program: int


@dataclass(frozen=True)
class FaktaProgram:
    """What is known of one row of the budget. unit: its own, or of a row above it."""

    unit: bool
    pagu: bool


def list_celah_indikator(i: FaktaIndikator) -> Iterator[str]:
    """What one indikator lacks; an indikator that is retired lacks nothing."""
    if not i.aktif:
        return
    if i.target == 0:
        yield "Belum ada target tahun ini"
    elif i.target < 4:
        yield f"Target baru {i.target} dari 4 triwulan"
    if i.janji:
        yield f"Target berbeda dengan Perjanjian Kinerja ({i.janji})"
    if not i.renstra:
        yield "Belum ada target akhir Renstra"
    if not i.definisi:
        yield "Belum ada definisi operasional"


def list_celah_sasaran(s: FaktaSasaran) -> Iterator[str]:
    """What one sasaran lacks itself."""
    if not any(i.aktif for i in s.indikator):
        yield "Belum ada indikator"
    if s.program == 0:
        yield "Belum didukung program"


def list_celah_program(p: FaktaProgram) -> Iterator[str]:
    """What one row of the budget lacks."""
    if not p.unit:
        yield "Belum ada penanggung jawab"
    if not p.pagu:
        yield "Belum ada pagu"
