"""Walking a YAML file by its lines: every fault is collected with where it stands.

Values are read as the text that was written, never as what YAML would make of it: a figure stays
what its author typed and does not pass through a float.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import yaml


class BerkasTidakSah(ValueError):
    """The file cannot be used; `masalah` lists every fault with its line."""

    def __init__(self, masalah: list[str]) -> None:
        super().__init__("\n".join(masalah))
        self.masalah = masalah


@dataclass
class Catatan:
    """Faults found so far, in any order."""

    isi: list[tuple[int, str]] = field(default_factory=list)

    def add(self, node: yaml.Node, kalimat: str) -> None:
        """Note a fault of that place."""
        self.isi.append((node.start_mark.line + 1, kalimat))

    def require_none(self) -> None:
        """Raises:
        BerkasTidakSah: anything was noted; faults in order of line.
        """
        if self.isi:
            raise BerkasTidakSah([f"baris {n}: {kalimat}" for n, kalimat in sorted(self.isi)])


class Peta:
    """A mapping of the file whose keys are known beforehand."""

    def __init__(self, node: yaml.Node, boleh: Collection[str], catatan: Catatan) -> None:
        self.node = node
        self.catatan = catatan
        self._isi: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            catatan.add(node, "di sini harus ada pasangan kunci dan nilai")
            return
        for kunci, nilai in node.value:
            if kunci.value not in boleh:
                catatan.add(kunci, f"kunci “{kunci.value}” tidak dikenal")
            elif kunci.value in self._isi:
                catatan.add(kunci, f"kunci “{kunci.value}” tertulis dua kali")
            else:
                self._isi[kunci.value] = nilai

    def find(self, kunci: str) -> yaml.Node | None:
        """The value behind a key, None where the key is absent."""
        return self._isi.get(kunci)

    def teks(self, kunci: str, *, bila_tiada: str | None = None) -> str:
        """The text behind a key; a fault where it is absent and `bila_tiada` is None."""
        node = self._isi.get(kunci)
        if node is None:
            if bila_tiada is None:
                self.catatan.add(self.node, f"“{kunci}” belum diisi")
            return bila_tiada or ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.catatan.add(node, f"“{kunci}” harus berisi teks")
            return ""
        return str(node.value).strip()

    def bulat(self, kunci: str, *, bila_tiada: int | None = None) -> int:
        """A whole number from 0 to 9999."""
        teks = self.teks(kunci, bila_tiada=None if bila_tiada is None else str(bila_tiada))
        if teks.isdecimal() and len(teks) <= 4:
            return int(teks)
        if teks:
            self.catatan.add(self._isi[kunci], f"“{kunci}” harus bilangan bulat")
        return 0

    def pilihan(self, kunci: str, boleh: Collection[str], *, bila_tiada: str) -> str:
        """One of the words that are allowed."""
        teks = self.teks(kunci, bila_tiada=bila_tiada)
        if teks in boleh:
            return teks
        if teks:
            self.catatan.add(
                self._isi[kunci], f"“{kunci}” harus salah satu dari {', '.join(boleh)}"
            )
        return bila_tiada

    def daftar(self, kunci: str) -> Iterator[yaml.Node]:
        """Items of the list behind a key; a fault where there are none."""
        node = self._isi.get(kunci)
        if isinstance(node, yaml.SequenceNode) and node.value:
            yield from node.value
        else:
            self.catatan.add(node or self.node, f"“{kunci}” harus daftar yang berisi")

    def pasangan(self, kunci: str) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        """Key and value nodes of the mapping behind a key; nothing where it is absent."""
        node = self._isi.get(kunci)
        if isinstance(node, yaml.MappingNode):
            yield from node.value
        elif node is not None:
            self.catatan.add(node, f"“{kunci}” harus berisi tahun dan nilainya")


def compose_yaml(teks: str) -> yaml.Node:
    """The root of the file.

    Raises:
        BerkasTidakSah: it is not YAML, or empty.
    """
    try:
        akar = yaml.compose(teks, Loader=yaml.SafeLoader)
    except yaml.YAMLError as sebab:
        tanda = getattr(sebab, "problem_mark", None)
        baris = tanda.line + 1 if tanda else 1
        raise BerkasTidakSah([f"baris {baris}: berkas bukan YAML yang dapat dibaca"]) from sebab
    if akar is None:
        raise BerkasTidakSah(["baris 1: berkas kosong"])
    return akar
