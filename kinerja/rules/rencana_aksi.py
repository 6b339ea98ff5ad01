"""Actions of an indikator as a plan file says them: what is done, by whom, and how much by when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import yaml

from kinerja.rules.berkas import Peta
from kinerja.rules.periode import TRIWULAN

_AKSI = ("tahun", "uraian", "keluaran", "satuan", "jadwal", "unit", "anggaran", "target")
BacaAngka = Callable[[yaml.Node], Decimal]


@dataclass(frozen=True)
class AksiBaca:
    """One action. target: by triwulan, those that have any; anggaran None: not known."""

    tahun: int
    uraian: str
    keluaran: str
    satuan: str
    jadwal: str
    unit: str
    anggaran: Decimal | None
    target: dict[int, Decimal]


def list_aksi(
    peta: Peta, read_unit: Callable[[Peta], str], read_angka: BacaAngka
) -> Iterator[AksiBaca]:
    """The actions of one indikator; faults are noted in the file's own list."""
    for node in peta.daftar("aksi") if peta.find("aksi") else ():
        p = Peta(node, _AKSI, peta.catatan)
        anggaran = p.find("anggaran")
        yield AksiBaca(
            tahun=p.bulat("tahun"),
            uraian=p.teks("uraian"),
            keluaran=p.teks("keluaran", bila_tiada=""),
            satuan=p.teks("satuan"),
            jadwal=p.teks("jadwal", bila_tiada=""),
            unit=read_unit(p),
            anggaran=None if anggaran is None else read_angka(anggaran),
            target=_read_target(p, read_angka),
        )


def _read_target(peta: Peta, read_angka: BacaAngka) -> dict[int, Decimal]:
    """Four figures; a dash leaves a triwulan without one, and one at least has to be there."""
    node = peta.find("target")
    isi = node.value if isinstance(node, yaml.SequenceNode) else []
    if len(isi) != len(TRIWULAN):
        kata = "“target” aksi terdiri atas empat nilai, TW I sampai IV"
        peta.catatan.add(node or peta.node, kata)
        return {}
    pasangan = zip(TRIWULAN, isi, strict=True)
    ada = {tw: read_angka(n) for tw, n in pasangan if n.value != "-"}
    if not ada or any(n < 0 for n in ada.values()):
        kata = "“target” aksi diisi pada satu triwulan atau lebih, nol ke atas"
        peta.catatan.add(peta.node, kata)
    return ada
