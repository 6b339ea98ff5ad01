"""Layout: how wide each column, how high each row, where each symbol stands, which arrows run."""

from collections.abc import Mapping
from dataclasses import dataclass

from sop.rules.bagan.bentuk import Kotak, Panah, Simbol
from sop.rules.bagan.huruf import BIASA, TEBAL
from sop.rules.bagan.kisi import Rentang
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.matriks import Matriks, Tempat

UKURAN_ISI, UKURAN_KEPALA, TINGGI_BARIS = 13, 12, 16
SELESAI = "selesai"
LEBAR: Mapping[str, int] = {
    "no": 32,
    "kegiatan": 236,
    "kelengkapan": 124,
    "waktu": 72,
    "output": 116,
    "keterangan": 104,
}
TEKS = ("kegiatan", "kelengkapan", "waktu", "output", "keterangan")
_KEPALA_ATAS = 24
_SISI = 7
_KATA = {"mulai": "Mulai", "akhir": "Selesai"}
# Room beside a symbol for a lettered connector on either side.
_LEBAR_KONEKTOR = 140


@dataclass(frozen=True)
class Tata:
    """A laid out drawing. x: left edge of each text column, "kanan" the right edge of the whole.

    baris: rows of steps (and one for the end where a decision ends the route). isi: wrapped texts
    of each step. tinggi_kepala: upper and lower half of the head.
    """

    x: Mapping[str, int]
    kolom: tuple[Rentang, ...]
    baris: tuple[Rentang, ...]
    tinggi_kepala: tuple[int, int]
    judul: tuple[tuple[str, ...], ...]
    isi: tuple[Mapping[str, tuple[str, ...]], ...]
    simbol: Mapping[str, Simbol]
    panah: tuple[Panah, ...]

    @property
    def tinggi(self) -> int:
        """Height of the whole."""
        awal, panjang = self.baris[-1]
        return awal + panjang

    @property
    def area(self) -> Kotak:
        """Where lines may run: the actor columns below the head."""
        kiri, _ = self.kolom[0]
        awal, panjang = self.kolom[-1]
        return Kotak(kiri, self.baris[0][0], awal + panjang, self.tinggi)

    def list_teks(self) -> list[tuple[str, int, int, Kotak]]:
        """Every line of text in the rows: text, place of its base line, box."""
        hasil = []
        for (atas, _), isi in zip(self.baris, self.isi, strict=False):
            for kolom, baris in isi.items():
                x = self.x[kolom] + _SISI
                for n, teks in enumerate(baris):
                    y = atas + 20 + TINGGI_BARIS * n
                    lebar = BIASA.measure(teks, UKURAN_ISI)
                    hasil.append((teks, x, y, Kotak(x, y - 12, x + lebar, y + 4)))
        return hasil


def build_tata(graf: Graf, matriks: Matriks, *, jalur: int, berkonektor: bool) -> Tata:
    """Lay out a route. jalur: tracks along each edge; berkonektor: leave room for connectors."""
    kata = [k for kolom in matriks.kolom for k in kolom.judul.split()]
    terlebar = max((TEBAL.measure(k, UKURAN_KEPALA) for k in kata), default=0)
    lebar = max((_LEBAR_KONEKTOR if berkonektor else 64) + 14 * jalur, terlebar + 14)
    lebar += lebar % 2
    x, kolom = _kolom(len(matriks.kolom), lebar)
    judul = tuple(
        tuple(TEBAL.wrap(k.judul, lebar - 12, UKURAN_KEPALA)) or ("",) for k in matriks.kolom
    )
    bawah = 14 + 14 * max(2, *(len(j) for j in judul), 0)
    isi = tuple(_isi(s) for s in graf.langkah)
    baris = _baris(isi, _KEPALA_ATAS + bawah, jalur, berakhir=_punya_selesai(graf))
    simbol, ujung = _simbol(graf, matriks, kolom, baris)
    return Tata(
        x=x,
        kolom=kolom,
        baris=baris,
        tinggi_kepala=(_KEPALA_ATAS, bawah),
        judul=judul,
        isi=isi,
        simbol=simbol,
        panah=_panah(graf, matriks, simbol, ujung),
    )


def _kolom(banyak: int, lebar: int) -> tuple[dict[str, int], tuple[Rentang, ...]]:
    x = {"no": 0, "kegiatan": LEBAR["no"]}
    kiri = LEBAR["no"] + LEBAR["kegiatan"]
    kolom = tuple((kiri + n * lebar, lebar) for n in range(banyak))
    kini = kiri + banyak * lebar
    for nama in TEKS[1:]:
        x[nama] = kini
        kini += LEBAR[nama]
    return x | {"kanan": kini}, kolom


def _isi(s: SimpulLangkah) -> dict[str, tuple[str, ...]]:
    sel = {
        "kegiatan": [s.kegiatan],
        "kelengkapan": list(s.kelengkapan),
        "waktu": [s.waktu_teks],
        "output": [s.output],
        "keterangan": [s.keterangan],
    }
    return {
        nama: tuple(
            baris
            for butir in sel[nama]
            for baris in BIASA.wrap(butir, LEBAR[nama] - 2 * _SISI, UKURAN_ISI)
        )
        for nama in TEKS
    }


def _baris(
    isi: tuple[Mapping[str, tuple[str, ...]], ...], atas: int, jalur: int, *, berakhir: bool
) -> tuple[Rentang, ...]:
    hasil: list[Rentang] = []
    paling_rendah = 40 + 14 * jalur
    tinggi = [22 + TINGGI_BARIS * max(len(baris) for baris in sel.values()) for sel in isi]
    for t in [*tinggi, *([0] if berakhir else [])]:
        hasil.append((atas, max(paling_rendah, t + t % 2)))
        atas += hasil[-1][1]
    return tuple(hasil)


def _punya_selesai(graf: Graf) -> bool:
    """Whether a decision ends the route, so that the end needs a symbol of its own."""
    return any(s.is_keputusan and None in s.ke.values() for s in graf.langkah)


def _simbol(
    graf: Graf, matriks: Matriks, kolom: tuple[Rentang, ...], baris: tuple[Rentang, ...]
) -> tuple[dict[str, Simbol], dict[int, tuple[str, str]]]:
    """Symbols by kunci, and for each step by id where arrows enter and leave it."""
    simbol: dict[str, Simbol] = {}
    ujung: dict[int, tuple[str, str]] = {}
    for s, tempat, (atas, tinggi) in zip(graf.langkah, matriks.tempat, baris, strict=False):
        for n, t in enumerate(tempat):
            awal, lebar = kolom[t.kolom]
            pertama = next(i for i, lain in enumerate(tempat) if lain.urutan == t.urutan)
            teks = _KATA.get(t.simbol, str(s.nomor))
            kunci = f"{s.nomor}.{n}"
            tengah = (awal + lebar // 2, atas + tinggi // 2)
            simbol[kunci] = Simbol(kunci, *tengah, t.simbol, s.nomor, teks)
            if n == pertama:
                ujung[s.id] = (ujung.get(s.id, (kunci, kunci))[0], kunci)
    if _punya_selesai(graf):
        penutup = [s for s in graf.langkah if s.is_keputusan and None in s.ke.values()]
        atas, tinggi = baris[-1]
        x = simbol[ujung[penutup[-1].id][1]].x
        simbol[SELESAI] = Simbol(SELESAI, x, atas + tinggi // 2, "akhir", 0, _KATA["akhir"])
    return simbol, ujung


def _panah(
    graf: Graf,
    matriks: Matriks,
    simbol: Mapping[str, Simbol],
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
            lurus = simbol[panah.asal].x == simbol[panah.tujuan].x
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
