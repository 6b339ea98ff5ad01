"""Who may read, fill in and judge the figures of a unit. Authority follows penugasan, by date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from organisasi.models import Jabatan, Pengguna, Penugasan

if TYPE_CHECKING:
    from kinerja.models import FormulirCapaian

# Posts that do the work of units; without a unit of their own they do it for every unit.
_PENGISI = (Jabatan.Tingkat.BIDANG, Jabatan.Tingkat.STAF)
_PENGINGAT = frozenset({"kepala", "sekretaris", "perencana"})
_PERENCANA = frozenset({"kepala", "sekretaris", "perencana", "pengelola"})


def can_plan(instansi_id: int, penugasan: Sequence[Penugasan]) -> bool:
    """Whether the holder of `penugasan` may write the plan of that office."""
    return any(
        p.jabatan.instansi_id == instansi_id and p.jabatan.tingkat in _PERENCANA for p in penugasan
    )


def find_pengingat(instansi_id: int, penugasan: Sequence[Penugasan]) -> Penugasan | None:
    """The mandate under which units of that office are reminded of figures they owe."""
    milik = (p for p in penugasan if p.jabatan.instansi_id == instansi_id)
    return next((p for p in milik if p.jabatan.tingkat in _PENGINGAT), None)


def list_unit_aksi(instansi_id: int, penugasan: Sequence[Penugasan]) -> frozenset[int | None]:
    """Units whose Rencana Aksi the holder may write; with None among them, those of every unit."""
    if can_plan(instansi_id, penugasan):
        return frozenset({None})
    return frozenset(
        p.unit_id
        for p in penugasan
        if p.jabatan.instansi_id == instansi_id and p.jabatan.tingkat in _PENGISI
    )


def can_act(instansi_id: int, unit_id: int, penugasan: Sequence[Penugasan]) -> bool:
    """Whether the holder may write and report on the Rencana Aksi of that unit."""
    return not list_unit_aksi(instansi_id, penugasan).isdisjoint({None, unit_id})


def find_pembinaan(penugasan: Sequence[Penugasan]) -> str:
    """Name of the government whose offices a pembina looks after; "" for everybody else."""
    bina = Jabatan.Tingkat.PEMBINA
    return next((p.jabatan.instansi.pemerintah for p in penugasan if p.jabatan.tingkat == bina), "")


def can_view(formulir: FormulirCapaian, penugasan: Sequence[Penugasan]) -> bool:
    """Everybody who holds a post in the same office."""
    return any(p.jabatan.instansi_id == formulir.unit.instansi_id for p in penugasan)


def can_fill(formulir: FormulirCapaian, penugasan: Sequence[Penugasan]) -> bool:
    """Whoever works for that unit."""
    return find_pengisi(formulir, penugasan) is not None


def find_pengisi(
    formulir: FormulirCapaian, penugasan: Sequence[Penugasan], utama: Penugasan | None = None
) -> Penugasan | None:
    """The mandate under which the form is filled in; the one in use (`utama`) first."""
    urut = sorted(penugasan, key=lambda p: utama is None or p.pk != utama.pk)
    return next((p for p in urut if _works_for(p, formulir)), None)


def can_submit(formulir: FormulirCapaian, aktor: Pengguna) -> bool:
    """The service has matched the mandate to the unit; what is left is that the account lives."""
    return aktor.is_active


def can_judge(formulir: FormulirCapaian, aktor: Pengguna) -> bool:
    """Nobody judges figures he handed in himself, whatever else he is; who filled them in is for
    the service to look up."""
    return aktor.is_active and formulir.diajukan_oleh_id != aktor.pk


def can_return(formulir: FormulirCapaian, aktor: Pengguna) -> bool:
    """The service has matched the mandate; sending one's own figures back harms nobody."""
    return aktor.is_active


def _works_for(penugasan: Penugasan, formulir: FormulirCapaian) -> bool:
    if penugasan.unit_id is not None:
        return penugasan.unit_id == formulir.unit_id
    jabatan = penugasan.jabatan
    return jabatan.instansi_id == formulir.unit.instansi_id and jabatan.tingkat in _PENGISI
