"""Who would get each step of a version at a moment: posts, units, holders, and what is missing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from organisasi.models import Penugasan, UnitKerja
from organisasi.selectors import list_pemegang, list_unit_terbuka
from sop.models import VersiSOP
from sop.rules.graf import SimpulLangkah, SimpulPelaksana
from sop.rules.pejabat import Calon, Halangan, find_halangan
from sop.selectors.graf import read_graf


@dataclass(frozen=True)
class BarisPejabat:
    """One turn that the step would open: a post, its unit where it fans out, who would get it.

    pemegang: mandates, one per person. tanpa_unit: the step fans out, the office has no such unit.
    """

    pelaksana: SimpulPelaksana
    unit: UnitKerja | None
    pemegang: tuple[Penugasan, ...]
    tanpa_unit: bool = False
    halangan: Halangan = field(default_factory=Halangan)

    @property
    def calon(self) -> Calon:
        """Ids of the people who could act."""
        return frozenset(p.pengguna_id for p in self.pemegang)

    @property
    def bersyarat(self) -> list[Penugasan]:
        """Mandates of those who may act here only if somebody else acted at the earlier step."""
        return [p for p in self.pemegang if p.pengguna_id in self.halangan.bersyarat]

    @property
    def is_galat(self) -> bool:
        """Whether a draft would stop here."""
        return not self.pemegang or self.halangan.terhalang


@dataclass(frozen=True)
class LangkahPejabat:
    """One step with the turns it would open."""

    langkah: SimpulLangkah
    baris: tuple[BarisPejabat, ...]

    @property
    def is_bergilir(self) -> bool:
        """Whether one actor takes over from another inside the step."""
        return len({b.pelaksana.urutan for b in self.baris}) > 1


@dataclass(frozen=True)
class UjiTanggal:
    """The whole route at one moment."""

    langkah: tuple[LangkahPejabat, ...]

    @property
    def galat(self) -> int:
        """How many turns nobody could do."""
        return sum(b.is_galat for s in self.langkah for b in s.baris)

    @property
    def pengganti(self) -> int:
        """How many turns somebody acting for another would get."""
        return sum(any(p.is_pengganti for p in b.pemegang) for s in self.langkah for b in s.baris)


def get_uji_tanggal(versi: VersiSOP, *, pada: datetime) -> UjiTanggal:
    """Who would get each step of the version at that moment. Five queries."""
    graf = read_graf(versi.pk)
    unit: dict[str, list[UnitKerja]] = defaultdict(list)
    for u in list_unit_terbuka(versi.sop.instansi):
        unit[u.jenis].append(u)
    jabatan = {p.jabatan_id for s in graf.langkah for p in s.pelaksana}
    pemegang = list_pemegang(jabatan_ids=sorted(jabatan), pada=pada)
    baris = {
        s.nomor: [b for p in s.pelaksana for b in _list_baris(p, unit, pemegang)]
        for s in graf.langkah
    }
    per_langkah = {nomor: [b.calon for b in isi] for nomor, isi in baris.items()}
    return UjiTanggal(
        tuple(
            LangkahPejabat(s, _with_halangan(s, baris[s.nomor], per_langkah)) for s in graf.langkah
        )
    )


def _list_baris(
    p: SimpulPelaksana, unit: Mapping[str, Sequence[UnitKerja]], semua: Sequence[Penugasan]
) -> Iterator[BarisPejabat]:
    if not p.per_unit:
        yield BarisPejabat(p, None, _satu_per_orang(p.jabatan_id, None, semua))
        return
    tujuan = [u for jenis in p.per_unit for u in unit.get(jenis, ())]
    if not tujuan:
        yield BarisPejabat(p, None, (), tanpa_unit=True)
    for u in tujuan:
        yield BarisPejabat(p, u, _satu_per_orang(p.jabatan_id, u.pk, semua))


def _satu_per_orang(
    jabatan_id: int, unit_id: int | None, semua: Sequence[Penugasan]
) -> tuple[Penugasan, ...]:
    """Mandates that cover the turn, one per person, own post before acting for another."""
    urut = sorted(semua, key=lambda p: (p.is_pengganti, p.mulai, p.pk))
    pertama: dict[int, Penugasan] = {}
    for p in urut:
        if p.covers(jabatan_id, unit_id):
            pertama.setdefault(p.pengguna_id, p)
    return tuple(pertama.values())


def _with_halangan(
    s: SimpulLangkah, baris: Sequence[BarisPejabat], per_langkah: Mapping[int, Sequence[Calon]]
) -> tuple[BarisPejabat, ...]:
    return tuple(
        BarisPejabat(
            b.pelaksana,
            b.unit,
            b.pemegang,
            b.tanpa_unit,
            find_halangan(b.calon, beda_dari=s.beda_orang_dari, per_langkah=per_langkah),
        )
        for b in baris
    )
