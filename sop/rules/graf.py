"""The route of an SOP as frozen values: what a draft walks and what every check reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from sakip.common.waktu import Durasi
from sop.rules.istilah import Hasil, Simbol

_KOSONG: Mapping[str, str] = MappingProxyType({})


class JalurBuntu(LookupError):
    """No arrow leaves the step for that outcome, or it leads nowhere."""


@dataclass(frozen=True)
class SimpulPelaksana:
    """One actor line of a step. Equal `urutan` = joint, next `urutan` = hand-over inside the row.

    per_unit: kinds of unit the line fans out to, alphabetical; empty = one task.
    """

    id: int
    jabatan_id: int
    jabatan_kode: str
    jabatan_nama: str
    tingkat: str
    urutan: int = 1
    per_unit: tuple[str, ...] = ()


@dataclass(frozen=True)
class SimpulLangkah:
    """One step. `ke` maps an outcome to the id of the next step, None = the route ends.

    waktu: None means without time limit, never zero. waktu_per_unit: it is per unit in scope.
    efek: extra effects on finishing, besides that of `tindakan`. kelengkapan_ulang: attachments
    demanded from the second round on. beda_orang_dari: steps whose person may not act here.
    """

    id: int
    nomor: int
    kegiatan: str
    simbol: str = Simbol.PROSES
    tindakan: str = ""
    pelaksana: tuple[SimpulPelaksana, ...] = ()
    ke: Mapping[str, int | None] = field(default_factory=dict)
    kelengkapan: tuple[str, ...] = ()
    kelengkapan_ulang: tuple[str, ...] = ()
    waktu: Durasi | None = None
    waktu_per_unit: bool = False
    waktu_teks: str = ""
    output: str = ""
    keterangan: str = ""
    periode: str = ""
    efek: tuple[str, ...] = ()
    beda_orang_dari: tuple[int, ...] = ()
    catatan_sumber: Mapping[str, str] = field(default_factory=lambda: _KOSONG)
    perlu_konfirmasi: tuple[str, ...] = ()

    @property
    def is_keputusan(self) -> bool:
        """Whether the actor answers Ya or Tidak."""
        return self.simbol == Simbol.KEPUTUSAN

    @property
    def per_unit(self) -> tuple[str, ...]:
        """Kinds of unit this step fans out to; empty when none of its lines does."""
        return next((p.per_unit for p in self.pelaksana if p.per_unit), ())

    @property
    def arsipkan(self) -> bool:
        """Whether the outcome is archived when the step is done."""
        return "arsip" in (self.tindakan, *self.efek)

    @property
    def urutan_awal(self) -> int:
        """The `urutan` whose actors are up first."""
        return min(p.urutan for p in self.pelaksana)


@dataclass(frozen=True)
class Graf:
    """A whole route, steps in order of nomor."""

    langkah: tuple[SimpulLangkah, ...]

    @cached_property
    def menurut_id(self) -> Mapping[int, SimpulLangkah]:
        """Steps by id."""
        return MappingProxyType({s.id: s for s in self.langkah})

    @cached_property
    def menurut_nomor(self) -> Mapping[int, SimpulLangkah]:
        """Steps by nomor."""
        return MappingProxyType({s.nomor: s for s in self.langkah})

    def langkah_awal(self, periode: str = "") -> SimpulLangkah:
        """Where a draft of that period starts: the first step of the period, or of the route.

        Raises:
            JalurBuntu: the route has no such step.
        """
        for s in self.langkah:
            if not periode or s.periode == periode:
                return s
        raise JalurBuntu(f"Tidak ada langkah untuk periode {periode or 'apa pun'}.")

    def next_langkah(self, posisi: int, hasil: str = Hasil.LANJUT) -> SimpulLangkah | None:
        """The step after `posisi` for that outcome, or None when the route ends there.

        Raises:
            JalurBuntu: no arrow leaves `posisi` for `hasil`, or it points outside of the route.
        """
        langkah = self.menurut_id.get(posisi)
        if langkah is None or hasil not in langkah.ke:
            raise JalurBuntu(
                f"Langkah {langkah.nomor if langkah else posisi} tidak punya jalur {hasil}."
            )
        tujuan = langkah.ke[hasil]
        if tujuan is None:
            return None
        if tujuan not in self.menurut_id:
            raise JalurBuntu(
                f"Jalur {hasil} dari langkah {langkah.nomor} menuju langkah yang tidak ada."
            )
        return self.menurut_id[tujuan]

    def nomor(self, langkah_id: int | None) -> int | None:
        """Number of a step; None for the end and for a step outside of the route."""
        langkah = None if langkah_id is None else self.menurut_id.get(langkah_id)
        return langkah.nomor if langkah else None
