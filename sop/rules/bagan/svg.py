"""Writing a drawing as SVG with presentation attributes only, fit for a strict CSP and for PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from sakip.common.huruf import TEBAL
from sop.rules.bagan.bentuk import KONEKTOR, Garis, Simbol, Titik
from sop.rules.bagan.denah import UKURAN_ISI, UKURAN_KEPALA
from sop.rules.bagan.tata import DASAR_TEKS, Tata
from sop.rules.bagan.tema import CETAK, LAYAR, Tema
from sop.rules.bagan.uji import Susunan

_FON = "'Meja Sans', 'Source Sans 3', Arial, sans-serif"
_LONCAT = 4


@dataclass(frozen=True)
class Kemajuan:
    """How a running draft fares, by nomor of the step.

    keadaan: "lalu", "kini", "ulang" (done, and to be done again after a return) or "galat".
    putaran: rounds, where there was more than one.
    """

    keadaan: Mapping[int, str] = field(default_factory=dict)
    putaran: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sampul:
    """Words around the drawing: heads of the columns, title, description for who cannot see it.

    keadaan, putaran: as in `Kemajuan`.
    """

    kepala: Mapping[str, str]
    judul: str
    keterangan: str
    keadaan: Mapping[int, str] = field(default_factory=dict)
    putaran: Mapping[int, int] = field(default_factory=dict)


def write_svg(susunan: Susunan, sampul: Sampul, tema: Tema = LAYAR) -> str:
    """The whole drawing; every text in it is escaped."""
    tata = susunan.tata
    lebar, tinggi = tata.x["kanan"] + 1, tata.tinggi + 1
    potongan = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {lebar + 1} {tinggi + 1}" '
        f'width="{lebar + 1}" height="{tinggi + 1}" role="img" '
        f'aria-labelledby="alur-judul alur-ket" font-family="{_FON}">',
        f'<title id="alur-judul">{escape(sampul.judul)}</title>',
        f'<desc id="alur-ket">{escape(sampul.keterangan)}</desc>',
        *_rangka(tata, sampul, tema),
        *_kepala(tata, sampul, tema),
        *_isi(tata, sampul, tema),
        *_gambar(susunan, sampul, tema),
    ]
    return "".join([*potongan, "</svg>"])


def write_jalan(susunan: Susunan, judul: str, tema: Tema = CETAK) -> str:
    """The actor columns alone: lines and symbols, to lie over a table that holds the words."""
    a = susunan.tata.area
    kotak = f"{a.kiri} {a.atas} {a.kanan - a.kiri} {a.bawah - a.atas}"
    kepala = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{kotak}" font-family="{_FON}">'
    isi = _gambar(susunan, Sampul({}, "", ""), tema)
    return "".join([kepala, f"<title>{escape(judul)}</title>", *isi, "</svg>"])


def _gambar(susunan: Susunan, sampul: Sampul, tema: Tema) -> Iterator[str]:
    for garis in susunan.garis:
        yield from _garis(garis, susunan.garis, tema)
    for simbol in susunan.simbol:
        yield from _simbol(simbol, sampul.keadaan.get(simbol.nomor, ""), tema)
    yield from _label(susunan, tema)


def _teks(titik: Titik, teks: str, isi: str, *, tebal: bool = False, tengah: bool = False) -> str:
    ukuran = UKURAN_KEPALA if tebal else UKURAN_ISI
    lain = ' font-weight="600"' if tebal else ""
    lain += ' text-anchor="middle"' if tengah else ""
    x, y = titik
    return f'<text x="{x}" y="{y}" font-size="{ukuran}" fill="{isi}"{lain}>{escape(teks)}</text>'


def _rangka(tata: Tata, sampul: Sampul, tema: Tema) -> Iterator[str]:
    """Background of the head and of running rows, then the rules of the table."""
    kanan, bawah = tata.x["kanan"], tata.tinggi
    atas, isi = tata.tinggi_kepala[0], sum(tata.tinggi_kepala)
    yield f'<rect x="0" y="0" width="{kanan}" height="{isi}" fill="{tema.kepala}"/>'
    for nomor, (y, tinggi) in zip(tata.nomor, tata.baris, strict=True):
        if sampul.keadaan.get(nomor) == "kini":
            warna = tema.baris_kini
            yield f'<rect x="0" y="{y}" width="{kanan}" height="{tinggi}" fill="{warna}"/>'
    area = tata.area
    jalan = [f"M0 0H{kanan}V{bawah}H0Z"]
    jalan += [f"M0 {y}H{kanan}" for y, _ in tata.baris]
    tegak = [tata.x["kegiatan"], area.kiri, area.kanan, tata.x["keterangan"]]
    jalan += [f"M{x} 0V{bawah}" for x in tegak]
    bagian = [x for x, _ in tata.kolom[1:]] + [tata.x["waktu"], tata.x["output"]]
    jalan += [f"M{x} {atas}V{bawah}" for x in bagian]
    jalan.append(f"M{area.kiri} {atas}H{tata.x['keterangan']}")
    yield f'<path d="{"".join(jalan)}" fill="none" stroke="{tema.rangka}" stroke-width="1"/>'


def _kepala(tata: Tata, sampul: Sampul, tema: Tema) -> Iterator[str]:
    x, kata = tata.x, sampul.kepala
    atas, bawah = tata.tinggi_kepala
    area = tata.area
    tunggal = (atas + bawah) // 2
    mendatar = (
        ("no", 0, x["kegiatan"], tunggal),
        ("kegiatan", x["kegiatan"], area.kiri, tunggal),
        ("pelaksana", area.kiri, area.kanan, 12),
        ("mutu_baku", area.kanan, x["keterangan"], 12),
        ("kelengkapan", x["kelengkapan"], x["waktu"], atas + bawah // 2),
        ("waktu", x["waktu"], x["output"], atas + bawah // 2),
        ("output", x["output"], x["keterangan"], atas + bawah // 2),
        ("keterangan", x["keterangan"], x["kanan"], tunggal),
    )
    judul = [
        (TEBAL.wrap(kata[nama], kanan - kiri - 8, UKURAN_KEPALA), (kiri + kanan) // 2, y)
        for nama, kiri, kanan, y in mendatar
    ]
    judul += [
        (list(baris), kiri + lebar // 2, atas + bawah // 2)
        for (kiri, lebar), baris in zip(tata.kolom, tata.judul, strict=True)
    ]
    for baris, tengah, y in judul:
        for n, teks in enumerate(baris):
            titik = (tengah, y - 7 * (len(baris) - 1) + 4 + 14 * n)
            yield _teks(titik, teks, tema.teks, tebal=True, tengah=True)


def _isi(tata: Tata, sampul: Sampul, tema: Tema) -> Iterator[str]:
    tengah = tata.x["kegiatan"] // 2
    for nomor, (atas, _tinggi) in zip(tata.nomor, tata.baris, strict=True):
        if nomor:
            yield _teks((tengah, atas + DASAR_TEKS), str(nomor), tema.redup, tengah=True)
        putaran = sampul.putaran.get(nomor, 1)
        if putaran > 1:
            titik = (tengah, atas + DASAR_TEKS + 17)
            yield _teks(titik, f"{putaran}×", tema.balik, tebal=True, tengah=True)
    for teks, x, y, _kotak in tata.list_teks:
        yield _teks((x, y), teks, tema.teks)


def _garis(garis: Garis, semua: Sequence[Garis], tema: Tema) -> Iterator[str]:
    """The line, hopping over those it crosses, and its head."""
    warna = tema.balik if garis.panah.mundur else tema.garis
    x, y = garis.titik[0]
    jalan = [f"M{x} {y}"]
    for p, q in garis.ruas:
        arah = 1 if q[0] > p[0] else -1
        for loncat in sorted(_crossings(p, q, garis, semua), reverse=arah < 0):
            sapuan = 1 if arah > 0 else 0
            jalan.append(f"H{loncat - _LONCAT * arah}")
            jalan.append(f"a{_LONCAT} {_LONCAT} 0 0 {sapuan} {2 * _LONCAT * arah} 0")
        jalan.append(f"L{q[0]} {q[1]}")
    putus = f' stroke-dasharray="{tema.putus}"' if garis.panah.mundur and tema.putus else ""
    yield f'<path d="{"".join(jalan)}" fill="none" stroke="{warna}" stroke-width="1.5"{putus}/>'
    yield _head(*garis.ruas[-1], warna)


def _crossings(p: Titik, q: Titik, garis: Garis, semua: Sequence[Garis]) -> list[int]:
    """Where a level piece crosses upright pieces of other lines."""
    if p[1] != q[1]:
        return []
    kiri, kanan = sorted((p[0], q[0]))
    hasil = set()
    for lain in semua:
        for a, b in lain.ruas if lain is not garis else []:
            atas, bawah = sorted((a[1], b[1]))
            if a[0] == b[0] and kiri + 3 < a[0] < kanan - 3 and atas + 1 < p[1] < bawah - 1:
                hasil.add(a[0])
    return list(hasil)


def _head(p: Titik, q: Titik, warna: str) -> str:
    """A filled arrow head at `q`, coming from `p`."""
    dx, dy = (q[0] > p[0]) - (q[0] < p[0]), (q[1] > p[1]) - (q[1] < p[1])
    x, y = q
    sudut = (
        (x, y),
        (x - 7 * dx - 4 * dy, y - 7 * dy - 4 * dx),
        (x - 7 * dx + 4 * dy, y - 7 * dy + 4 * dx),
    )
    return f'<polygon points="{_titik(sudut)}" fill="{warna}"/>'


def _simbol(simbol: Simbol, keadaan: str, tema: Tema) -> Iterator[str]:
    isi, tepi, teks = tema.simbol("" if simbol.jenis == KONEKTOR else keadaan)
    gaya = f'fill="{isi}" stroke="{tepi}" stroke-width="1.5"'
    if keadaan == "ulang" and tema.putus and simbol.jenis != KONEKTOR:
        gaya += f' stroke-dasharray="{tema.putus}"'
    k = simbol.kotak
    sudut = _sudut(simbol)
    if sudut:
        yield f'<polygon points="{_titik(sudut)}" {gaya}/>'
    else:
        lengkung = (k.bawah - k.atas) // 2 if simbol.jenis in ("mulai", "akhir") else 2
        ukuran = f'width="{k.kanan - k.kiri}" height="{k.bawah - k.atas}" rx="{lengkung}"'
        yield f'<rect x="{k.kiri}" y="{k.atas}" {ukuran} {gaya}/>'
    yield _teks((simbol.x, simbol.y + 4), simbol.teks, teks, tebal=True, tengah=True)


def _sudut(simbol: Simbol) -> tuple[Titik, ...]:
    """Corners of a diamond or of a connector (segilima); none for the round and square ones."""
    k, x, y = simbol.kotak, simbol.x, simbol.y
    if simbol.jenis == "keputusan":
        return (x, k.atas), (k.kanan, y), (x, k.bawah), (k.kiri, y)
    if simbol.jenis == KONEKTOR:
        lutut = k.bawah - 8
        kepala = ((k.kiri, k.atas), (k.kanan, k.atas))
        return (*kepala, (k.kanan, lutut), (x, k.bawah), (k.kiri, lutut))
    return ()


def _label(susunan: Susunan, tema: Tema) -> Iterator[str]:
    for label in susunan.label:
        k = label.kotak
        if label.berpelat:
            ukuran = f'width="{k.kanan - k.kiri + 4}" height="{k.bawah - k.atas + 2}"'
            yield f'<rect x="{k.kiri - 2}" y="{k.atas - 1}" {ukuran} fill="{tema.isi}"/>'
        yield _teks(label.dasar, label.teks, tema.balik if label.mundur else tema.teks, tebal=True)


def _titik(sudut: Sequence[Titik]) -> str:
    return " ".join(f"{x},{y}" for x, y in sudut)
