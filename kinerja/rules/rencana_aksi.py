"""Actions of an indikator as a plan file says them: what is done, by whom, and how much by when."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import yaml

from kinerja.rules.berkas import Peta
from kinerja.rules.nilai import JenisNilai, Tingkat
from kinerja.rules.periode import TRIWULAN
from kinerja.rules.target import IsiTarget, TargetTidakTerbaca, parse_target, split_target

_AKSI = ("tahun", "uraian", "keluaran", "satuan", "jenis", "jadwal", "unit", "anggaran", "target")
BacaAngka = Callable[[yaml.Node], Decimal]


@dataclass(frozen=True)
class AksiBaca:
    """One action. target: by triwulan, those that have any; anggaran None: not known.

    jenis_nilai: how its targets are written.
    """

    tahun: int
    uraian: str
    keluaran: str
    satuan: str
    jadwal: str
    unit: str
    anggaran: Decimal | None
    target: dict[int, IsiTarget]
    jenis_nilai: str = JenisNilai.ANGKA.value


def list_aksi(
    peta: Peta,
    read_unit: Callable[[Peta], str],
    read_angka: BacaAngka,
    tingkat: Sequence[Tingkat] = (),
) -> Iterator[AksiBaca]:
    """The actions of one indikator; faults are noted in the file's own list.

    tingkat: levels of the indikator.
    """
    for node in peta.daftar("aksi") if peta.find("aksi") else ():
        p = Peta(node, _AKSI, peta.catatan)
        anggaran = p.find("anggaran")
        jenis = JenisNilai(p.pilihan("jenis", list(JenisNilai), bila_tiada=JenisNilai.ANGKA))
        yield AksiBaca(
            tahun=p.bulat("tahun"),
            uraian=p.teks("uraian"),
            keluaran=p.teks("keluaran", bila_tiada=""),
            satuan=p.teks("satuan"),
            jadwal=p.teks("jadwal", bila_tiada=""),
            unit=read_unit(p),
            anggaran=None if anggaran is None else read_angka(anggaran),
            target=_read_target(p, jenis, tingkat),
            jenis_nilai=jenis.value,
        )


def _read_target(peta: Peta, jenis: JenisNilai, tingkat: Sequence[Tingkat]) -> dict[int, IsiTarget]:
    """Four values; a dash leaves a triwulan without one, and one at least has to be there."""
    node = peta.find("target")
    isi = node.value if isinstance(node, yaml.SequenceNode) else []
    if len(isi) != len(TRIWULAN):
        kata = "“target” aksi terdiri atas empat nilai, TW I sampai IV"
        peta.catatan.add(node or peta.node, kata)
        return {}
    ada: dict[int, IsiTarget] = {}
    for tw, n in zip(TRIWULAN, isi, strict=True):
        try:
            teks = parse_target(str(n.value), jenis, tingkat, negatif=False, rentang=True)
        except TargetTidakTerbaca as galat:
            peta.catatan.add(n, f"“{n.value}” tidak terbaca sebagai target aksi. {galat}")
        else:
            ada |= {tw: split_target(teks)} if teks else {}
    if not ada:
        peta.catatan.add(peta.node, "“target” aksi diisi pada satu triwulan atau lebih")
    return ada
