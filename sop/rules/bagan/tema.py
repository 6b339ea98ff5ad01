"""Colours of the drawing: for the screen, and black on white for paper."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tema:
    """One set of colours. balik: returns; lalu, kini, ulang, galat: states of a step of a draft."""

    garis: str
    rangka: str
    kepala: str
    teks: str
    redup: str
    isi: str
    tepi: str
    balik: str
    lalu: tuple[str, str, str]
    kini: tuple[str, str, str]
    ulang: tuple[str, str, str]
    galat: tuple[str, str, str]
    baris_kini: str
    putus: str

    def simbol(self, keadaan: str) -> tuple[str, str, str]:
        """Fill, edge and text of a symbol in that state; "" is a step still to come."""
        pilihan = {
            "lalu": self.lalu,
            "kini": self.kini,
            "ulang": self.ulang,
            "galat": self.galat,
        }
        return pilihan.get(keadaan, (self.isi, self.tepi, self.tepi))


_HITAM = ("#ffffff", "#000000", "#000000")
LAYAR = Tema(
    garis="#5b6878",
    rangka="#c9d1db",
    kepala="#eef1f5",
    teks="#17212e",
    redup="#465160",
    isi="#ffffff",
    tepi="#2b3a4d",
    balik="#a3341b",
    lalu=("#dcebe2", "#1d6b45", "#1d6b45"),
    kini=("#1f4b8f", "#1f4b8f", "#ffffff"),
    ulang=("#ffffff", "#a3341b", "#a3341b"),
    galat=("#fbe9e4", "#a3341b", "#a3341b"),
    baris_kini="#eef4fc",
    putus="5 3",
)
CETAK = Tema(
    garis="#000000",
    rangka="#000000",
    kepala="#ffffff",
    teks="#000000",
    redup="#000000",
    isi="#ffffff",
    tepi="#000000",
    balik="#000000",
    lalu=_HITAM,
    kini=_HITAM,
    ulang=_HITAM,
    galat=_HITAM,
    baris_kini="#ffffff",
    putus="",
)
