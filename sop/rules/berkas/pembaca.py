"""YAML nodes with their lines, read one by one; what does not fit is noted, and reading goes on."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import yaml

from sakip.common.waktu import SatuanWaktu
from sop.rules.masalah import Masalah

Simpul = yaml.Node
_KOSONG = "tag:yaml.org,2002:null"
# What no database holds: NUL, half a surrogate pair.
_TAK_TERSIMPAN = re.compile("[\x00\ud800-\udfff]")
_BERKUTIP = ("'", '"')


@dataclass(frozen=True)
class MasalahBaris:
    """A finding with its line in the file, counted from 1."""

    baris: int
    masalah: Masalah

    def __str__(self) -> str:
        pemisah = ", " if self.masalah.langkah is not None or self.masalah.kolom else ": "
        return f"baris {self.baris}{pemisah}{self.masalah}"


@dataclass
class Pembaca:
    """What reading one file has found so far.

    jabatan: names of posts, casefolded, to kode. satuan: unit of bare numbers in Waktu. baris: line
    of each cell by (nomor of the step or None, column). langkah: nomor of the step being read.
    asing: names of posts that the office does not know, with their line.
    """

    jabatan: Mapping[str, str]
    satuan: SatuanWaktu | None = None
    masalah: list[MasalahBaris] = field(default_factory=list)
    baris: dict[tuple[int | None, str], int] = field(default_factory=dict)
    langkah: int | None = None
    asing: dict[str, int] = field(default_factory=dict)

    def note(self, simpul: Simpul, kolom: str, pesan: str, kode: str = "bentuk") -> None:
        """Record a galat at `simpul`."""
        masalah = Masalah(kode, self.langkah, kolom, pesan)
        self.masalah.append(MasalahBaris(line_of(simpul), masalah))

    def read_peta(
        self, simpul: Simpul | None, dikenal: Collection[str], kolom: str = ""
    ) -> dict[str, Simpul]:
        """The known keys of a mapping; unknown and repeated keys are noted."""
        if simpul is None or is_kosong(simpul):
            return {}
        if not isinstance(simpul, yaml.MappingNode):
            self.note(simpul, kolom, "Bagian ini harus berupa pasangan “kunci: isi”.")
            return {}
        hasil: dict[str, Simpul] = {}
        for kunci, isi in simpul.value:
            nama = str(kunci.value)
            if nama not in dikenal:
                pesan = f"Kunci “{nama}” tidak dikenal. Yang dikenal: {_daftar(dikenal)}."
                self.note(kunci, kolom, pesan, "kunci-tak-dikenal")
            elif nama in hasil:
                pesan = f"Kunci “{nama}” tertulis dua kali. Hapus salah satu."
                self.note(kunci, kolom, pesan, "kunci-ganda")
            else:
                hasil[nama] = isi
                self.baris.setdefault((self.langkah, kolom or nama), line_of(kunci))
        return hasil

    def read_teks(self, simpul: Simpul | None, kolom: str) -> str:
        """A single text, as it stands between quotes, else without outer spaces; "" when absent."""
        if simpul is None or is_kosong(simpul):
            return ""
        if not isinstance(simpul, yaml.ScalarNode):
            self.note(simpul, kolom, "Bagian ini harus berupa satu teks.")
            return ""
        teks = _TAK_TERSIMPAN.sub("", str(simpul.value))
        return teks if simpul.style in _BERKUTIP else teks.strip()

    def read_simpul(self, simpul: Simpul | None) -> list[Simpul]:
        """The items of a list; one item may stand without a list."""
        if simpul is None or is_kosong(simpul):
            return []
        return list(simpul.value) if isinstance(simpul, yaml.SequenceNode) else [simpul]

    def read_daftar(self, simpul: Simpul | None, kolom: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.read_teks(s, kolom) for s in self.read_simpul(simpul))

    def read_peta_teks(
        self, simpul: Simpul | None, dikenal: Collection[str], kolom: str
    ) -> dict[str, str]:
        """A mapping of texts."""
        peta = self.read_peta(simpul, dikenal, kolom)
        return {nama: self.read_teks(isi, kolom) for nama, isi in peta.items()}

    def read_pilihan(
        self, simpul: Simpul | None, dikenal: Collection[str], kolom: str
    ) -> tuple[str, ...]:
        """A list of texts out of a closed set; others are noted and left out."""
        hasil = []
        for butir in self.read_simpul(simpul):
            teks = self.read_teks(butir, kolom)
            if teks in dikenal:
                hasil.append(teks)
            else:
                pesan = f"“{teks}” tidak dikenal. Pilih dari: {_daftar(dikenal)}."
                self.note(butir, kolom, pesan)
        return tuple(hasil)

    def read_satuan(self, simpul: Simpul | None, kolom: str) -> SatuanWaktu | None:
        """A unit of time, None when absent or unknown."""
        pilihan = self.read_pilihan(simpul, [s.value for s in SatuanWaktu], kolom)
        return SatuanWaktu(pilihan[0]) if pilihan else None

    def read_bilangan(self, simpul: Simpul, kolom: str) -> int | None:
        """A positive whole number; None, and noted, when it is none."""
        teks = self.read_teks(simpul, kolom).strip()
        if teks.isdecimal() and 0 < int(teks) < 100_000:
            return int(teks)
        pesan = f"“{teks}” bukan nomor. Tulis bilangan bulat mulai dari 1."
        self.note(simpul, kolom, pesan)
        return None

    def read_jabatan(self, simpul: Simpul, kolom: str) -> str | None:
        """The kode of a post of the office; None, and noted, when there is no such post."""
        sebutan = self.read_teks(simpul, kolom).strip()
        kode = self.jabatan.get(sebutan.casefold())
        if kode is None:
            self.asing.setdefault(sebutan, line_of(simpul))
            ada = _daftar(set(self.jabatan.values())) or "belum ada satu pun"
            pesan = f"Jabatan “{sebutan}” tidak ada di instansi ini. Kode jabatan yang ada: {ada}."
            self.note(simpul, kolom, pesan, "jabatan-tak-dikenal")
        return kode


def line_of(simpul: Simpul) -> int:
    """Line of a node, counted from 1."""
    return simpul.start_mark.line + 1


def is_kosong(simpul: Simpul) -> bool:
    """Whether nothing stands after the colon."""
    return isinstance(simpul, yaml.ScalarNode) and simpul.tag == _KOSONG


def compose(teks: str) -> tuple[Simpul | None, list[MasalahBaris]]:
    """The root node, or the one reason why the text is no YAML."""
    try:
        return yaml.compose(teks, Loader=yaml.SafeLoader), []
    except yaml.MarkedYAMLError as galat:
        baris = galat.problem_mark.line + 1 if galat.problem_mark else 1
    except yaml.YAMLError:
        baris = 1
    pesan = (
        "Berkas bukan YAML yang sah. "
        "Periksa lekukan, tanda titik dua, dan tanda kutip di sekitar baris ini."
    )
    return None, [MasalahBaris(baris, Masalah("bukan-yaml", None, "", pesan))]


def _daftar(pilihan: Collection[str]) -> str:
    return ", ".join(sorted(pilihan))
