"""What a route asks of its office: somebody for every post, a unit for every fan-out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.masalah import Masalah, Tingkat

# A message names so many units and counts the rest.
_DISEBUT = 3


@dataclass(frozen=True)
class Kantor:
    """An office on a day. unit: kind of unit to its units, id to name.

    pemegang: held posts as (jabatan id, unit id), unit None for a mandate over all units.
    """

    pemegang: frozenset[tuple[int, int | None]] = frozenset()
    unit: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def list_unit(self, jenis: tuple[str, ...]) -> dict[int, str]:
        """Units of those kinds."""
        return {i: nama for j in jenis for i, nama in self.unit.get(j, {}).items()}

    def is_dipegang(self, jabatan_id: int, unit_id: int | None = None) -> bool:
        """Whether somebody holds the post, for that unit where one is named."""
        return any(
            j == jabatan_id and (unit_id is None or u is None or u == unit_id)
            for j, u in self.pemegang
        )


def check_kantor(graf: Graf, kantor: Kantor) -> list[Masalah]:
    """Steps whose turns would reach nobody (galat), or not all of their units (peringatan)."""
    return [m for s in graf.langkah for p in s.pelaksana for m in _pelaksana(s, p, kantor)]


def _pelaksana(s: SimpulLangkah, p: SimpulPelaksana, kantor: Kantor) -> Iterator[Masalah]:
    if not kantor.is_dipegang(p.jabatan_id):
        pesan = (
            f"{p.jabatan_nama} belum punya pemegang, jadi pekerjaan tidak akan sampai ke siapa "
            "pun. Tunjuk pejabatnya atau pilih jabatan lain."
        )
        yield Masalah("tanpa-pemegang", s.nomor, "pelaksana", pesan)
        return
    if not p.per_unit:
        return
    unit = kantor.list_unit(p.per_unit)
    if not unit:
        jenis = " dan ".join(p.per_unit)
        pesan = f"Instansi ini tidak punya {jenis}. Tambahkan unitnya atau ubah sebarannya."
        yield Masalah("tanpa-unit", s.nomor, "pelaksana", pesan)
    kosong = [nama for i, nama in unit.items() if not kantor.is_dipegang(p.jabatan_id, i)]
    if kosong:
        sebut = ", ".join(kosong[:_DISEBUT])
        sebut += f", dan {len(kosong) - _DISEBUT} lainnya" if len(kosong) > _DISEBUT else ""
        pesan = f"{p.jabatan_nama} belum punya pemegang pada {sebut}."
        yield Masalah("unit-tanpa-pemegang", s.nomor, "pelaksana", pesan, Tingkat.PERINGATAN)
