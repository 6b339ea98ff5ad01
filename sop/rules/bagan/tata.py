"""Layout: how wide each column, how high each row, where each symbol stands, which arrows run."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sakip.common.huruf import BIASA
from sop.rules.bagan.bentuk import KONEKTOR, Kotak, Panah, Simbol
from sop.rules.bagan.denah import SISI, TINGGI_BARIS, UKURAN_ISI, Denah
from sop.rules.bagan.kisi import Rentang
from sop.rules.bagan.lembar import Lembar, Sambungan

# From the upper edge of a row to the base line of its first line of text.
DASAR_TEKS = 20


@dataclass(frozen=True)
class Tata:
    """One laid out drawing. x: left edge of each text column, "kanan" the right edge of the whole.

    baris: rows of steps, of connectors to other pages, and one for the end where a decision ends
    the route; nomor: the step of each, 0 for none; isi: its wrapped texts. tinggi_kepala: upper
    and lower half of the head.
    """

    x: Mapping[str, int]
    kolom: tuple[Rentang, ...]
    baris: tuple[Rentang, ...]
    nomor: tuple[int, ...]
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

    @cached_property
    def list_teks(self) -> tuple[tuple[str, int, int, Kotak], ...]:
        """Every line of text in the rows: text, place of its base line, box."""
        hasil = []
        for (atas, _), isi in zip(self.baris, self.isi, strict=True):
            for kolom, baris in isi.items():
                x = self.x[kolom] + SISI
                for n, teks in enumerate(baris):
                    y = atas + DASAR_TEKS + TINGGI_BARIS * n
                    lebar = BIASA.measure(teks, UKURAN_ISI)
                    hasil.append((teks, x, y, Kotak(x, y - 12, x + lebar, y + 4)))
        return tuple(hasil)


def build_tata(denah: Denah, lembar: Lembar | None = None) -> Tata:
    """Lay out one page of a route, or all of it on one."""
    lembar = lembar or Lembar(0, len(denah.tinggi))
    atas, bawah = (denah.list_sambungan(blok) for blok in (lembar.atas, lembar.bawah))
    tengah = slice(lembar.mulai, lembar.akhir)
    tinggi = [t for t, _ in atas] + list(denah.tinggi[tengah]) + [t for t, _ in bawah]
    isi = [i for _, i in atas] + list(denah.isi[tengah]) + [i for _, i in bawah]
    y = sum(denah.tinggi_kepala)
    baris: list[Rentang] = []
    for t in tinggi:
        baris.append((y, t))
        y += t
    return Tata(
        x=denah.x,
        kolom=denah.kolom,
        baris=tuple(baris),
        nomor=(*(0 for _ in atas), *denah.nomor[tengah], *(0 for _ in bawah)),
        tinggi_kepala=denah.tinggi_kepala,
        judul=denah.judul,
        isi=tuple(isi),
        simbol=_simbol(denah, lembar, baris),
        panah=_panah(denah, lembar),
    )


def _simbol(denah: Denah, lembar: Lembar, baris: list[Rentang]) -> dict[str, Simbol]:
    hasil = {}
    geser = len(lembar.atas) - lembar.mulai
    for a in denah.letak.values():
        if lembar.mulai <= a.baris < lembar.akhir:
            titik = _tengah(denah.kolom[a.kolom], baris[a.baris + geser])
            hasil[a.kunci] = Simbol(a.kunci, *titik, a.jenis, a.nomor, a.teks)
    awal_bawah = len(baris) - len(lembar.bawah)
    for awal, blok in ((0, lembar.atas), (awal_bawah, lembar.bawah)):
        for n, sebaris in enumerate(blok, start=awal):
            for s in sebaris:
                titik = _tengah(denah.kolom[s.kolom], baris[n])
                hasil[s.kunci] = Simbol(s.kunci, *titik, KONEKTOR, 0, s.huruf)
    return hasil


def _tengah(kolom: Rentang, baris: Rentang) -> tuple[int, int]:
    return kolom[0] + kolom[1] // 2, baris[0] + baris[1] // 2


def _panah(denah: Denah, lembar: Lembar) -> tuple[Panah, ...]:
    """Arrows of the page in drawing order; one that leaves or comes in ends at its connector."""
    sambungan = {s.panah: s for blok in (lembar.atas, lembar.bawah) for b in blok for s in b}
    hasil = []
    for panah in denah.panah:
        ujung = [lembar.holds(denah.letak[k].baris) for k in (panah.asal, panah.tujuan)]
        if all(ujung):
            hasil.append(panah)
        elif any(ujung):
            hasil.append(_cut(panah, sambungan[panah]))
    return tuple(hasil)


def _cut(panah: Panah, s: Sambungan) -> Panah:
    if s.masuk:
        return Panah(s.kunci, panah.tujuan, "", panah.mundur)
    return Panah(panah.asal, s.kunci, panah.hasil, panah.mundur)
