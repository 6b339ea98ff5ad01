"""SOPs that a new one may begin from: those that come with the application."""

from dataclasses import dataclass
from functools import cache

from sakip.env import BASE_DIR
from sop.rules.berkas import read_berkas
from sop.rules.berkas.jabatan import list_jabatan_berkas
from sop.rules.pemetaan import Naskah


@dataclass(frozen=True)
class Contoh:
    """One SOP of another office, to begin from. kode: its key, naskah: all that it says."""

    kode: str
    nama: str
    asal: str
    naskah: Naskah
    menghasilkan: str


@cache
def list_contoh() -> tuple[Contoh, ...]:
    """Every data file that comes with the application, by name. Read once."""
    folder = BASE_DIR / "sop" / "data"
    hasil = []
    for berkas in sorted(folder.glob("*.yaml")):
        teks = berkas.read_text(encoding="utf-8")
        isi = read_berkas(teks, {kode: kode for kode in list_jabatan_berkas(teks)}).sop
        if isi is not None:
            naskah = Naskah(isi.identitas, isi.graf)
            asal = berkas.stem.replace("-", " ").title()
            hasil.append(Contoh(berkas.stem, isi.nama, asal, naskah, isi.menghasilkan))
    return tuple(hasil)
