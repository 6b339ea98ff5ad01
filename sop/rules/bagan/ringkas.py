"""A narrow drawing for the side of an editor: number, actors, time. Faulty routes are drawn too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from sakip.common.huruf import BIASA
from sop.rules.bagan.svg import Sampul, _garis, _label, _simbol, _teks
from sop.rules.bagan.tema import LAYAR, Tema
from sop.rules.bagan.uji import Susunan
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana

_NO, _WAKTU, _SISI = 36, 84, 8
_FON = "'Meja Sans', 'Source Sans 3', Arial, sans-serif"
# Stands in the drawing for an actor that nobody has chosen yet.
BELUM = "belum-ditentukan"


@dataclass(frozen=True)
class Ringkas:
    """Words of the narrow drawing. waktu: text of each step by nomor; sunting: the edited one."""

    sampul: Sampul
    waktu: Mapping[int, str] = field(default_factory=dict)
    sunting: int | None = None


def make_tergambar(graf: Graf, nama_belum: str) -> Graf:
    """The route as far as it can be drawn: every step with an actor, no arrow outside or to itself.

    Texts are left out, so that the rows are low and a changed word asks for no new drawing.
    """
    return Graf(tuple(_tergambar(s, graf, nama_belum) for s in graf.langkah))


def _tergambar(s: SimpulLangkah, graf: Graf, nama_belum: str) -> SimpulLangkah:
    belum = SimpulPelaksana(0, 0, BELUM, nama_belum, "")
    cocok = ("ya", "tidak") if s.is_keputusan else ("lanjut",)
    return SimpulLangkah(
        id=s.id,
        nomor=s.nomor,
        kegiatan="",
        simbol=s.simbol,
        pelaksana=tuple(replace(p, id=0) for p in s.pelaksana) or (belum,),
        ke={
            h: t
            for h, t in s.ke.items()
            if h in cocok and (t is None or (t in graf.menurut_id and t != s.id))
        },
    )


def write_ringkas(susunan: Susunan, ringkas: Ringkas, tema: Tema = LAYAR) -> str:
    """The drawing as SVG; every text in it is escaped."""
    tata, sampul = susunan.tata, ringkas.sampul
    geser = _NO - tata.area.kiri
    kanan, bawah = tata.area.kanan + geser, tata.tinggi
    lebar = kanan + _WAKTU
    potongan = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {lebar + 2} {bawah + 2}" '
        f'width="{lebar + 2}" height="{bawah + 2}" role="img" '
        f'aria-labelledby="alur-judul alur-ket" font-family="{_FON}">',
        f'<title id="alur-judul">{escape(sampul.judul)}</title>',
        f'<desc id="alur-ket">{escape(sampul.keterangan)}</desc>',
        *_rangka(susunan, ringkas, tema),
        *_kata(susunan, ringkas, tema),
        f'<g transform="translate({geser} 0)">',
    ]
    for garis in susunan.garis:
        potongan += _garis(garis, susunan.garis, tema)
    for simbol in susunan.simbol:
        potongan += _simbol(simbol, sampul.keadaan.get(simbol.nomor, ""), tema)
    potongan += _label(susunan, tema)
    return "".join([*potongan, "</g></svg>"])


def _nomor_baris(susunan: Susunan) -> list[tuple[int, int, int]]:
    """Rows as (nomor, top, height), 0 for the row of the end."""
    nomor = {s.y: s.nomor for s in susunan.tata.simbol.values()}
    return [(nomor.get(y + t // 2, 0), y, t) for y, t in susunan.tata.baris]


def _rangka(susunan: Susunan, ringkas: Ringkas, tema: Tema) -> Iterator[str]:
    tata = susunan.tata
    geser = _NO - tata.area.kiri
    kanan, bawah = tata.area.kanan + geser, tata.tinggi
    lebar, atas, kepala = kanan + _WAKTU, tata.tinggi_kepala[0], sum(tata.tinggi_kepala)
    yield f'<rect x="0" y="0" width="{lebar}" height="{kepala}" fill="{tema.kepala}"/>'
    for nomor, y, tinggi in _nomor_baris(susunan):
        if nomor and nomor == ringkas.sunting:
            warna = tema.baris_kini
            yield f'<rect x="0" y="{y}" width="{lebar}" height="{tinggi}" fill="{warna}"/>'
    jalan = [f"M0 0H{lebar}V{bawah}H0Z", f"M{_NO} {atas}H{kanan}"]
    jalan += [f"M0 {y}H{lebar}" for _nomor, y, _tinggi in _nomor_baris(susunan)]
    jalan += [f"M{x} 0V{bawah}" for x in (_NO, kanan)]
    jalan += [f"M{x + geser} {atas}V{bawah}" for x, _lebar in tata.kolom[1:]]
    yield f'<path d="{"".join(jalan)}" fill="none" stroke="{tema.rangka}" stroke-width="1"/>'


def _kata(susunan: Susunan, ringkas: Ringkas, tema: Tema) -> Iterator[str]:
    tata, kata = susunan.tata, ringkas.sampul.kepala
    geser = _NO - tata.area.kiri
    kanan = tata.area.kanan + geser
    atas, bawah = tata.tinggi_kepala
    tengah = (atas + bawah) // 2 + 4
    for nama, x, y in (
        ("no", _NO // 2, tengah),
        ("pelaksana", (_NO + kanan) // 2, 16),
        ("waktu", kanan + _WAKTU // 2, tengah),
    ):
        yield _teks((x, y), kata[nama], tema.teks, tebal=True, tengah=True)
    for (kiri, lebar), baris in zip(tata.kolom, tata.judul, strict=True):
        y = atas + bawah // 2 - 7 * (len(baris) - 1) + 4
        for n, teks in enumerate(baris):
            titik = (kiri + geser + lebar // 2, y + 14 * n)
            yield _teks(titik, teks, tema.teks, tebal=True, tengah=True)
    for nomor, y, tinggi in _nomor_baris(susunan):
        if nomor:
            yield _teks((_NO // 2, y + 20), str(nomor), tema.redup, tengah=True)
        muat = (tinggi - 12) // 16
        for n, teks in enumerate(_wrap(ringkas.waktu.get(nomor, ""))[:muat]):
            yield _teks((kanan + _SISI, y + 20 + 16 * n), teks, tema.redup)


def _wrap(teks: str) -> list[str]:
    return list(BIASA.wrap(teks, _WAKTU - 2 * _SISI, 13))
