"""The plan of a drawing before it is cut into pages: columns, texts, heights, symbols, arrows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sakip.common.huruf import BIASA, TEBAL
from sop.rules.bagan.bentuk import Panah
from sop.rules.bagan.kisi import Rentang
from sop.rules.bagan.lembar import Sambungan
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.matriks import Matriks, Tempat

UKURAN_ISI, UKURAN_KEPALA, TINGGI_BARIS = 13, 12, 16
SELESAI = "selesai"
SISI = 7
TEKS = ("kegiatan", "kelengkapan", "waktu", "output", "keterangan")
_LEBAR_NO = 32
# Width of the text columns: at least, as on the screen, and their part of room to spare on paper.
_LEBAR: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "kegiatan": (186, 236, 5),
        "kelengkapan": (104, 124, 3),
        "waktu": (64, 72, 0),
        "output": (98, 116, 2),
        "keterangan": (92, 104, 1),
    }
)
_KEPALA_ATAS = 24
_KATA = {"mulai": "Mulai", "akhir": "Selesai"}
# Room beside a symbol for a lettered connector on either side.
_LEBAR_KONEKTOR = 140


@dataclass(frozen=True)
class Ruang:
    """How a drawing is laid out.

    jalur: tracks along each edge of columns and rows. berkonektor: leave room for connectors.
    lebar: width to fill on paper, 0 for that of the screen. kata_ragu: word in a doubtful cell.
    kata_masuk, kata_keluar: said of a connector, with %(huruf)s and %(nomor)s of the far step.
    """

    jalur: int = 2
    berkonektor: bool = False
    lebar: int = 0
    kata_ragu: str = ""
    kata_masuk: str = "%(huruf)s dari langkah %(nomor)s"
    kata_keluar: str = "%(huruf)s ke langkah %(nomor)s"


@dataclass(frozen=True)
class Letak:
    """A symbol by its row and column. nomor: its step, 0 for the end of the route."""

    kunci: str
    baris: int
    kolom: int
    jenis: str
    nomor: int
    teks: str


@dataclass(frozen=True)
class Denah:
    """Everything but places: one entry of tinggi, isi and nomor per row of the route."""

    ruang: Ruang
    x: Mapping[str, int]
    kolom: tuple[Rentang, ...]
    tinggi_kepala: tuple[int, int]
    judul: tuple[tuple[str, ...], ...]
    isi: tuple[Mapping[str, tuple[str, ...]], ...]
    tinggi: tuple[int, ...]
    nomor: tuple[int, ...]
    letak: Mapping[str, Letak]
    panah: tuple[Panah, ...]

    @property
    def lebar(self) -> int:
        """Width of the whole."""
        return self.x["kanan"]

    def list_sambungan(
        self, blok: Sequence[Sequence[Sambungan]]
    ) -> list[tuple[int, Mapping[str, tuple[str, ...]]]]:
        """Height and texts of rows of connectors."""
        hasil: list[tuple[int, Mapping[str, tuple[str, ...]]]] = []
        for sebaris in blok:
            kata = [self._kata(s) for s in sebaris]
            lebar = self.kolom[0][0] - self.x["kegiatan"] - 2 * SISI
            baris = tuple(BIASA.wrap("; ".join(kata), lebar, UKURAN_ISI))
            tinggi = max(self.tinggi_sambungan, 12 + TINGGI_BARIS * len(baris))
            hasil.append((tinggi + tinggi % 2, {"kegiatan": baris}))
        return hasil

    @property
    def tinggi_sambungan(self) -> int:
        """Height of one row of connectors, with a line or two of text."""
        return 32 + 14 * self.ruang.jalur

    def _kata(self, s: Sambungan) -> str:
        pola = self.ruang.kata_masuk if s.masuk else self.ruang.kata_keluar
        return pola % {"huruf": s.huruf, "nomor": s.nomor or _KATA["akhir"]}


def build_denah(graf: Graf, matriks: Matriks, ruang: Ruang) -> Denah:
    """Measure a whole route."""
    lebar = _lebar_kolom(matriks, ruang)
    banyak = len(matriks.kolom)
    lebar_teks = _lebar_teks(ruang.lebar - _LEBAR_NO - banyak * lebar if ruang.lebar else None)
    x, kolom = _kolom(banyak, lebar, lebar_teks)
    judul = tuple(
        tuple(TEBAL.wrap(k.judul, lebar - 12, UKURAN_KEPALA)) or ("",) for k in matriks.kolom
    )
    isi = [_isi(s, lebar_teks, ruang.kata_ragu) for s in graf.langkah]
    berakhir = [s for s in graf.langkah if s.is_keputusan and None in s.ke.values()]
    letak, ujung = _letak(graf, matriks)
    if berakhir:
        isi.append({})
        kolom_akhir = letak[ujung[berakhir[-1].id][1]].kolom
        akhir = Letak(SELESAI, len(graf.langkah), kolom_akhir, "akhir", 0, _KATA["akhir"])
        letak[SELESAI] = akhir
    return Denah(
        ruang=ruang,
        x=x,
        kolom=kolom,
        tinggi_kepala=(_KEPALA_ATAS, 14 + 14 * max(2, *(len(j) for j in judul), 0)),
        judul=judul,
        isi=tuple(isi),
        tinggi=tuple(_tinggi(sel, ruang.jalur) for sel in isi),
        nomor=(*(s.nomor for s in graf.langkah), *(0 for _ in isi[len(graf.langkah) :])),
        letak=letak,
        panah=_panah(graf, matriks, letak, ujung),
    )


def _lebar_kolom(matriks: Matriks, ruang: Ruang) -> int:
    """Width of an actor column: room for a symbol and its tracks, and for the longest word."""
    kata = [k for kolom in matriks.kolom for k in kolom.judul.split()]
    terlebar = max((TEBAL.measure(k, UKURAN_KEPALA) for k in kata), default=0)
    dasar = (_LEBAR_KONEKTOR if ruang.berkonektor else 64) + 14 * ruang.jalur
    lebar = max(dasar, terlebar + 14)
    return lebar + lebar % 2


def _kolom(
    banyak: int, lebar: int, teks: Mapping[str, int]
) -> tuple[dict[str, int], tuple[Rentang, ...]]:
    x = {"no": 0, "kegiatan": _LEBAR_NO}
    kiri = _LEBAR_NO + teks["kegiatan"]
    kolom = tuple((kiri + n * lebar, lebar) for n in range(banyak))
    kini = kiri + banyak * lebar
    for nama in TEKS[1:]:
        x[nama] = kini
        kini += teks[nama]
    return x | {"kanan": kini}, kolom


def _lebar_teks(tersedia: int | None) -> dict[str, int]:
    """Widths of the text columns; with less room than they need at least, the page shrinks."""
    biasa = {nama: lebar for nama, (_, lebar, _) in _LEBAR.items()}
    if tersedia is None:
        return biasa
    sisa = tersedia - sum(biasa.values())
    if sisa >= 0:
        bagian = sum(b for _, _, b in _LEBAR.values())
        return {nama: biasa[nama] + sisa * b // bagian for nama, (_, _, b) in _LEBAR.items()}
    lentur = sum(lebar - sempit for sempit, lebar, _ in _LEBAR.values())
    kurang = min(-sisa, lentur)
    return {
        nama: lebar - (lebar - sempit) * kurang // lentur
        for nama, (sempit, lebar, _) in _LEBAR.items()
    }


def _isi(s: SimpulLangkah, lebar: Mapping[str, int], ragu: str) -> dict[str, tuple[str, ...]]:
    sel = {
        "kegiatan": [s.kegiatan],
        "kelengkapan": list(s.kelengkapan),
        "waktu": [s.waktu_teks],
        "output": [s.output],
        "keterangan": [s.keterangan],
    }
    if ragu:
        for nama in {k if k in sel else "kegiatan" for k in s.perlu_konfirmasi}:
            sel[nama][-1:] = [f"{butir} {ragu}" for butir in sel[nama][-1:] or [""]]
    return {
        nama: tuple(
            baris
            for butir in sel[nama]
            for baris in BIASA.wrap(butir, lebar[nama] - 2 * SISI, UKURAN_ISI)
        )
        for nama in TEKS
    }


def _tinggi(sel: Mapping[str, tuple[str, ...]], jalur: int) -> int:
    tinggi = 22 + TINGGI_BARIS * max((len(baris) for baris in sel.values()), default=0)
    return max(40 + 14 * jalur, tinggi + tinggi % 2)


def _letak(graf: Graf, matriks: Matriks) -> tuple[dict[str, Letak], dict[int, tuple[str, str]]]:
    """Symbols by kunci, and for each step by id where arrows enter and leave it."""
    letak: dict[str, Letak] = {}
    ujung: dict[int, tuple[str, str]] = {}
    for baris, (s, tempat) in enumerate(zip(graf.langkah, matriks.tempat, strict=True)):
        for n, t in enumerate(tempat):
            pertama = next(i for i, lain in enumerate(tempat) if lain.urutan == t.urutan)
            teks = _KATA.get(t.simbol, str(s.nomor))
            kunci = f"{s.nomor}.{n}"
            letak[kunci] = Letak(kunci, baris, t.kolom, t.simbol, s.nomor, teks)
            if n == pertama:
                ujung[s.id] = (ujung.get(s.id, (kunci, kunci))[0], kunci)
    return letak, ujung


def _panah(
    graf: Graf,
    matriks: Matriks,
    letak: Mapping[str, Letak],
    ujung: Mapping[int, tuple[str, str]],
) -> tuple[Panah, ...]:
    """All arrows, those that are to lie straightest first."""
    hasil: list[tuple[tuple[int, int], Panah]] = []
    urut = {s.id: n for n, s in enumerate(graf.langkah)}
    for s, tempat in zip(graf.langkah, matriks.tempat, strict=True):
        hasil += [((-1, 0), p) for p in _panah_baris(s.nomor, tempat)]
        for hasil_langkah, tujuan in s.ke.items():
            if tujuan is None and not s.is_keputusan:
                continue
            masuk = SELESAI if tujuan is None else ujung[tujuan][0]
            jauh = len(urut) - urut[s.id] if tujuan is None else urut[tujuan] - urut[s.id]
            label = hasil_langkah if s.is_keputusan else ""
            panah = Panah(ujung[s.id][1], masuk, label, jauh <= 0)
            lurus = letak[panah.asal].kolom == letak[panah.tujuan].kolom
            golongan = 3 if jauh <= 0 else 2 if jauh > 1 else 0 if lurus else 1
            hasil.append(((golongan, abs(jauh)), panah))
    return tuple(p for _, p in sorted(hasil, key=lambda h: h[0]))


def _panah_baris(nomor: int, tempat: tuple[Tempat, ...]) -> list[Panah]:
    """Inside a row: from turn to turn between their leads, and from each lead to those with him."""
    hasil = []
    pemimpin = 0
    for n, t in enumerate(tempat[1:], start=1):
        hasil.append(Panah(f"{nomor}.{pemimpin}", f"{nomor}.{n}"))
        if t.urutan != tempat[pemimpin].urutan:
            pemimpin = n
    return hasil
