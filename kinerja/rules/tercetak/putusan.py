"""Judging published figures: does the printed capaian follow from the printed target and realisasi?

The engine of this product reckons (kinerja.rules.capaian); this package only chooses its settings
from what the document says of itself, tries what an ambiguous print can mean, and compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import product

from kinerja.rules.capaian import RUMUS_KATA
from kinerja.rules.hitung import TEPAT, to_decimal
from kinerja.rules.tercetak.calon import Calon, describe, half_digit, list_calon, write_bacaan
from kinerja.rules.tercetak.pengaturan import Cara, Pengaturan, read_pengaturan
from kinerja.rules.tercetak.sel import Jenis, Tercetak, read_tercetak
from kinerja.rules.tercetak.ungkapan import FUNGSI, evaluate
from sakip.common.angka import bulatkan, format_angka

_NOL = Decimal(0)
_AMBIGU = "angka ambigu"
_BATAS_LAZIM = (100, 110, 120, 150)
_RUPIAH = frozenset({"rp", "rp.", "rupiah", "idr"})


class Keputusan(StrEnum):
    """What became of one row."""

    COCOK = "cocok"
    BEDA = "beda"
    TAK_TERHITUNG = "tidak dapat dihitung"
    AMBIGU = "ambigu"
    TANPA_PEMBANDING = "tanpa pembanding"


@dataclass(frozen=True)
class BarisUji:
    """One printed row, every cell as text."""

    target: str
    realisasi: str
    tercetak: str = ""
    polaritas: str = ""
    rumus: str = ""
    satuan: str = ""


@dataclass(frozen=True)
class Putusan:
    """The outcome of one row. hasil: full precision, None where there is none.

    calon: the reading that was settled on. tercetak: the printed figure, where it is one.
    bacaan_lain: every meaning of ambiguous cells, also where they do not change the outcome.
    """

    keputusan: Keputusan
    calon: Calon
    alasan: str
    tercetak: Decimal | None = None
    bacaan_lain: str = ""
    is_rerata: bool = False

    @property
    def hasil(self) -> Decimal | None:
        """The percentage as reckoned; None where there is none."""
        return self.calon.nilai


@dataclass
class Kelompok:
    """Running sums of the rows above a mean, so that a file of any length needs no more."""

    hasil: Fraction = field(default_factory=Fraction)
    banyak: int = 0
    goyang: Decimal = Decimal(0)
    tercetak: Fraction = field(default_factory=Fraction)
    banyak_tercetak: int = 0

    def add(self, putusan: Putusan) -> None:
        """Take one row into the mean; an ambiguous one has no result."""
        if putusan.hasil is not None:
            self.hasil += Fraction(putusan.hasil)
            self.goyang += putusan.calon.goyang
            self.banyak += 1
        if putusan.tercetak is not None:
            self.tercetak += Fraction(putusan.tercetak)
            self.banyak_tercetak += 1


def judge_baris(baris: BarisUji, di_atas: Kelompok | None = None) -> Putusan:
    """Reckon one row and compare it with what is printed.

    di_atas: the rows above that belong to the same mean.
    """
    aturan = read_pengaturan(baris.polaritas, baris.rumus)
    is_rupiah = baris.satuan.strip().casefold() in _RUPIAH
    target, realisasi = (
        read_tercetak(t, is_rupiah=is_rupiah) for t in (baris.target, baris.realisasi)
    )
    pembanding = read_tercetak(baris.tercetak)
    if aturan.cara is Cara.RERATA:
        putusan = _judge_rerata(di_atas or Kelompok(), pembanding, aturan)
    else:
        putusan = _putus(list_calon(target, realisasi, aturan), pembanding, aturan)
    lain = _tulis_lain(target, realisasi)
    catatan = _list_catatan(target, realisasi, aturan)
    if lain and _AMBIGU not in putusan.alasan:
        catatan.insert(0, f"{_AMBIGU}: {lain}, hasilnya sama")
    if aturan.tak_dikenal and "rumus tidak dikenal" not in putusan.alasan:
        catatan.append(f"rumus tidak dikenal: “{aturan.tak_dikenal}”, dipakai rumus baku")
    tercetak = pembanding.bacaan[0].nilai if pembanding.jenis is Jenis.ANGKA else None
    return replace(
        putusan,
        alasan="; ".join(filter(None, [putusan.alasan, *catatan])),
        tercetak=tercetak,
        bacaan_lain=lain,
        is_rerata=aturan.cara is Cara.RERATA,
    )


def refuse_baris(alasan: str, sebab: str) -> Putusan:
    """The outcome of a row that cannot even be taken apart."""
    return Putusan(
        Keputusan.TAK_TERHITUNG, Calon("", "", None, None, "", alasan, sebab=sebab), alasan
    )


def _putus(calon: Sequence[Calon], pembanding: Tercetak, aturan: Pengaturan) -> Putusan:
    terhitung = [c for c in calon if c.nilai is not None and not c.sebab]
    if not terhitung:
        return _judge_tanpa_mesin(calon, pembanding)
    # A reading without a result counts as well: "(5,2)" is a figure, or one below zero.
    calon = [c if c in terhitung else replace(c, nilai=None, mentah=None) for c in calon]
    if pembanding.jenis is not Jenis.ANGKA:
        if _is_banyak(calon):
            return _ambigu(calon)
        tanpa = f"{terhitung[0].alasan}; capaian tercetak {describe(pembanding)}"
        return Putusan(Keputusan.TANPA_PEMBANDING, terhitung[0], tanpa)
    return _compare(calon, pembanding, aturan)


def _judge_tanpa_mesin(calon: Sequence[Calon], pembanding: Tercetak) -> Putusan:
    """Where the engine has no result, the document's own formula may still explain the print."""
    for c in calon:
        if cocok := _find_cocok(c, pembanding, longgar=False):
            return cocok
    satu, alasan = calon[0], calon[0].alasan
    if pembanding.jenis in (Jenis.GALAT, Jenis.TEKS):
        alasan = f"{alasan}; capaian tercetak {describe(pembanding)}"
    return Putusan(Keputusan.TAK_TERHITUNG, replace(satu, nilai=None, mentah=None), alasan)


def _compare(calon: Sequence[Calon], pembanding: Tercetak, aturan: Pengaturan) -> Putusan:
    """What fits digit by digit goes before what fits only with digits that were not printed."""
    for longgar in (False, True) if aturan.disebut else (False,):
        cocok = [p for c in calon if (p := _find_cocok(c, pembanding, longgar=longgar))]
        if cocok and not _is_banyak([p.calon for p in cocok]):
            pilihan = cocok[0]
            if not _is_banyak(calon):
                return pilihan
            alasan = f"{pilihan.alasan}; {_tulis_ambigu(calon)}, dipilih yang cocok dengan tercetak"
            return replace(pilihan, alasan=alasan)
    if _is_banyak(calon):
        return _ambigu(calon)
    if aturan.tak_dikenal:
        sebab = "rumus tidak dikenal"
        kosong = replace(calon[0], nilai=None, mentah=None, aturan="", sebab=sebab)
        return Putusan(Keputusan.TAK_TERHITUNG, kosong, f"{sebab}: “{aturan.tak_dikenal}”")
    return Putusan(Keputusan.BEDA, calon[0], _explain_beda(calon[0], pembanding))


def _explain_beda(calon: Calon, pembanding: Tercetak) -> str:
    selisih = min(abs((calon.nilai or _NOL) - p.nilai) for p in pembanding.bacaan)
    alasan = (
        f"{calon.alasan}; tercetak {pembanding.teks.strip()}, "
        f"selisih {format_angka(bulatkan(selisih, 4))}"
    )
    if selisih <= calon.goyang:
        alasan += ", dapat berasal dari angka di belakang koma yang tidak tercetak"
    lain = _suggest(calon, pembanding)
    return f"{alasan}; cocok bila dihitung {lain}" if lain else alasan


def _suggest(calon: Calon, pembanding: Tercetak) -> str:
    """Another formula, a cap or a fraction that gives the printed figure; "" where none does."""
    if calon.fungsi is None:
        return ""
    t, r = (Fraction(n) for n in calon.pasangan)
    for rumus, fungsi in FUNGSI.items():
        hasil = evaluate(fungsi, t, r)
        if hasil is None:
            continue
        persen, nama = to_decimal(hasil), RUMUS_KATA[rumus]
        pilihan = [(persen, nama), (persen / 100, f"{nama} sebagai pecahan")]
        if fungsi is calon.fungsi:
            pilihan += [(Decimal(b), f"dengan batas {b}%") for b in _BATAS_LAZIM if persen > b]
        for nilai, kata in pilihan:
            if any(match_cetak(nilai, p.nilai) for p in pembanding.bacaan):
                return kata
    return ""


def _find_cocok(calon: Calon, pembanding: Tercetak, *, longgar: bool) -> Putusan | None:
    """The outcome if the printed figure follows from this reading, None where it does not.

    longgar: digits that were not printed are accepted as an explanation. Only where the document
    itself names the formula: otherwise any nearby figure would agree.
    """
    for nilai, nama in ((calon.nilai, ""), (calon.mentah, "sebelum lantai dan batas")):
        if nilai is None:
            continue
        for p in pembanding.bacaan:
            kata = _match_longgar(nilai, p.nilai, calon) if longgar else match_cetak(nilai, p.nilai)
            if kata:
                aturan = ", ".join(filter(None, [calon.aturan, nama]))
                pilihan = replace(calon, nilai=nilai, aturan=aturan, sebab="")
                alasan = "; ".join(filter(None, [calon.alasan, nama, kata]))
                return Putusan(Keputusan.COCOK, pilihan, alasan)
    return None


def match_cetak(nilai: Decimal, tercetak: Decimal) -> str:
    """How one figure was printed as the other: rounded or cut; "" where it was not."""
    desimal = max(-int(tercetak.as_tuple().exponent), 0)
    if bulatkan(nilai, desimal) == tercetak:
        return f"dibulatkan {desimal} desimal"
    if nilai.quantize(Decimal(1).scaleb(-desimal), ROUND_DOWN, TEPAT) == tercetak:
        return f"dipotong {desimal} desimal"
    return ""


def _match_longgar(nilai: Decimal, tercetak: Decimal, calon: Calon) -> str:
    dekat = abs(nilai - tercetak) <= calon.goyang + half_digit(tercetak)
    return "cocok dengan angka yang tidak tercetak" if dekat else ""


def _judge_rerata(di_atas: Kelompok, pembanding: Tercetak, aturan: Pengaturan) -> Putusan:
    """Mean at full precision, or of the figures as printed: publishers take either."""
    penuh = _rerata(di_atas.hasil, di_atas.banyak, Cara.RERATA)
    if penuh.nilai is not None:
        penuh = replace(penuh, goyang_rerata=di_atas.goyang / di_atas.banyak)
    nama = f"{Cara.RERATA}, angka tercetak"
    cetak = _rerata(di_atas.tercetak, di_atas.banyak_tercetak, nama)
    for longgar, calon in product((False, True), (penuh, cetak)):
        if cocok := _find_cocok(calon, pembanding, longgar=longgar):
            return cocok
    return _putus([penuh], pembanding, aturan)


def _rerata(jumlah: Fraction, banyak: int, nama: str) -> Calon:
    if not banyak:
        kosong = "tidak ada indikator di atasnya"
        return Calon("", "", None, None, nama, kosong, sebab=kosong)
    rata = to_decimal(jumlah / banyak)
    return Calon("", "", rata, rata, nama, f"rata-rata {banyak} indikator")


def _is_banyak(calon: Sequence[Calon]) -> bool:
    """Whether the readings give different results."""
    return len({c.nilai for c in calon}) > 1


def _ambigu(calon: Sequence[Calon]) -> Putusan:
    """No result is chosen: every reading is named, with what it would give."""
    target, realisasi = (
        " atau ".join(dict.fromkeys(teks))
        for teks in ([c.target for c in calon], [c.realisasi for c in calon])
    )
    kosong = Calon(target, realisasi, None, None, calon[0].aturan, "", sebab="angka ambigu")
    return Putusan(Keputusan.AMBIGU, kosong, _tulis_ambigu(calon))


def _tulis_ambigu(calon: Sequence[Calon]) -> str:
    bacaan = " atau ".join(
        f"{c.realisasi} terhadap {c.target} = "
        f"{'tidak dapat dihitung' if c.nilai is None else format_angka(bulatkan(c.nilai, 2))}"
        for c in calon
    )
    return f"{_AMBIGU}: {bacaan}"


def _tulis_lain(target: Tercetak, realisasi: Tercetak) -> str:
    """Every meaning of the cells that have more than one."""
    bagian = []
    for nama, sel in (("target", target), ("realisasi", realisasi)):
        if sel.is_ambigu:
            isi = " atau ".join(f"{write_bacaan(b, sel.jenis)} ({b.cara})" for b in sel.bacaan)
            bagian.append(f"{nama} {isi}")
    return "; ".join(bagian)


def _list_catatan(target: Tercetak, realisasi: Tercetak, aturan: Pengaturan) -> list[str]:
    """What was set aside in reading, and what was assumed."""
    sisa = [
        f"{nama} {sel.catatan}"
        for nama, sel in (("target", target), ("realisasi", realisasi))
        if sel.bacaan and sel.catatan
    ]
    return [*sisa, aturan.catatan]
