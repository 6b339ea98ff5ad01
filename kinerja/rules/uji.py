"""Judging published figures: does the printed capaian follow from the printed target and realisasi?

The engine of this product reckons (kinerja.rules.capaian); this module only chooses its settings
from what the document says of itself, tries what an ambiguous print can mean, and compares.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal
from enum import StrEnum
from itertools import product

from kinerja.rules.capaian import RUMUS_KATA, Aturan, Rumus, persen_capaian
from kinerja.rules.tercetak import Jenis, Tercetak, read_tercetak
from sakip.common.angka import bulatkan

_KONTEKS = Context(prec=34)
_SERATUS = Decimal(100)


class Keputusan(StrEnum):
    """What became of one row."""

    COCOK = "cocok"
    BEDA = "beda"
    TAK_TERHITUNG = "tidak dapat dihitung"
    AMBIGU = "ambigu"
    TANPA_PEMBANDING = "tanpa pembanding"


class Cara(StrEnum):
    """Where the figure in the printed column comes from."""

    RUMUS = "rumus"
    RERATA = "rerata indikator di atasnya"
    ULANG = "realisasi yang diulang"


@dataclass(frozen=True)
class Pengaturan:
    """Settings of the engine for one row. disebut: the document names its formula.

    sebagai_pecahan: the ratio is printed as 1,08, not as 108. catatan: what had to be assumed.
    """

    rumus: Rumus
    batas: Decimal | None = None
    cara: Cara = Cara.RUMUS
    sebagai_pecahan: bool = False
    disebut: bool = False
    catatan: str = ""


@dataclass(frozen=True)
class BarisUji:
    """One printed row, every cell as text."""

    target: str
    realisasi: str
    tercetak: str = ""
    polaritas: str = ""
    rumus: str = ""


@dataclass(frozen=True)
class Putusan:
    """The outcome of one row. hasil: full precision, None where there is none.

    goyang: how far `hasil` may lie from the publisher's own, who had digits that were not printed.
    """

    keputusan: Keputusan
    target: str
    realisasi: str
    hasil: Decimal | None
    aturan: str
    alasan: str
    goyang: Decimal = Decimal(0)


@dataclass(frozen=True)
class _Calon:
    """One way to read the row and what it gives; mentah is before floor and cap."""

    target: str
    realisasi: str
    nilai: Decimal | None
    mentah: Decimal | None
    aturan: str
    alasan: str
    goyang: Decimal = Decimal(0)


def read_pengaturan(polaritas: str, rumus: str) -> Pengaturan:
    """Settings from the document's own words; what is missing is assumed, and said."""
    kata = re.sub(r"\[.*", "", rumus).strip()
    turun = polaritas.strip().casefold().startswith(("lower", "turun", "rendah", "minim"))
    baku = Rumus.CERMIN if turun else Rumus.PER_TARGET
    catatan = "" if polaritas.strip() else "arah tidak tercetak, dipakai makin tinggi makin baik"
    if "mean of" in kata:
        return Pengaturan(baku, cara=Cara.RERATA, disebut=True)
    if kata == "=R":
        return Pengaturan(baku, cara=Cara.ULANG, disebut=True, catatan=catatan)
    batas = re.search(r"capped at ([0-9]+)", kata)
    return Pengaturan(
        _find_rumus(kata) or baku,
        batas=Decimal(batas[1]) if batas else None,
        sebagai_pecahan="as a fraction" in kata,
        disebut=bool(kata) and not kata.startswith(("none", "no ", "empty")),
        catatan=catatan,
    )


def judge_baris(baris: BarisUji, di_atas: Sequence[Putusan] = ()) -> Putusan:
    """Reckon one row and compare it with what is printed.

    di_atas: outcomes of the rows above that belong to the same mean.
    """
    aturan = read_pengaturan(baris.polaritas, baris.rumus)
    calon = _list_calon(baris, aturan, di_atas)
    terhitung = [c for c in calon if c.nilai is not None]
    if not terhitung:
        return _putus(Keputusan.TAK_TERHITUNG, calon[0], aturan, calon[0].alasan)
    pembanding = read_tercetak(baris.tercetak)
    if pembanding.jenis is not Jenis.ANGKA:
        tanpa = f"capaian tercetak {pembanding.catatan}"
        if len({c.nilai for c in terhitung}) > 1:
            return _putus(Keputusan.AMBIGU, terhitung[0], aturan, _tulis_ambigu(terhitung))
        return _putus(Keputusan.TANPA_PEMBANDING, terhitung[0], aturan, tanpa)
    return _compare(terhitung, pembanding, aturan)


def _find_rumus(kata: str) -> Rumus | None:
    padat = kata.replace(" ", "")
    if "2T-R" in padat or "1+(1-R" in padat:
        return Rumus.CERMIN
    if padat.startswith("T/R"):
        return Rumus.KEBALIKAN
    return Rumus.PER_TARGET if "R/" in padat else None


def _list_calon(baris: BarisUji, aturan: Pengaturan, di_atas: Sequence[Putusan]) -> list[_Calon]:
    """Every way to read the row, at least one."""
    if aturan.cara is Cara.RERATA:
        return [_rerata(di_atas)]
    target, realisasi = read_tercetak(baris.target), read_tercetak(baris.realisasi)
    if target.jenis is Jenis.SEBUTAN and target.sebutan == realisasi.sebutan:
        return [_Calon("", "", _SERATUS, _SERATUS, "sebutan sama", "realisasi sama dengan target")]
    sebab = _find_sebab(target, realisasi)
    if sebab:
        return [_Calon(_tulis(target), _tulis(realisasi), None, None, "", sebab)]
    if aturan.cara is Cara.ULANG:
        return [_ulang(target, r) for r in realisasi.bacaan]
    return [_hitung(t, r, aturan) for t, r in _list_pasangan(target, realisasi)]


def _find_sebab(target: Tercetak, realisasi: Tercetak) -> str:
    """Why nothing can be reckoned, "" where it can."""
    if target.jenis not in (Jenis.ANGKA, Jenis.RENTANG):
        return f"target {target.catatan}"
    if realisasi.jenis is Jenis.RENTANG:
        return f"realisasi berupa rentang: “{realisasi.teks}”"
    return f"realisasi {realisasi.catatan}" if realisasi.jenis is not Jenis.ANGKA else ""


def _list_pasangan(
    target: Tercetak, realisasi: Tercetak
) -> list[tuple[tuple[Decimal, str], Decimal]]:
    """Target (with a word on its range) and realisasi. Two ambiguous cells are read alike."""
    if target.atas is not None:
        return [(_nearest(target, r), r) for r in realisasi.bacaan]
    if target.is_ambigu and realisasi.is_ambigu:
        pasangan = list(zip(target.bacaan, realisasi.bacaan, strict=True))
    else:
        pasangan = list(product(target.bacaan, realisasi.bacaan))
    return [((t, ""), r) for t, r in pasangan]


def _nearest(target: Tercetak, realisasi: Decimal) -> tuple[Decimal, str]:
    """The bound of a range that counts; inside the range the target is what was reached."""
    bawah, atas = target.bacaan[0], target.atas or target.bacaan[0]
    if realisasi > atas:
        return atas, "di atas rentang, dipakai batas atas"
    if realisasi < bawah:
        return bawah, "di bawah rentang, dipakai batas bawah"
    return realisasi, "di dalam rentang"


def _hitung(target: tuple[Decimal, str], realisasi: Decimal, aturan: Pengaturan) -> _Calon:
    t, kata = target
    hasil = persen_capaian(t, realisasi, aturan.rumus, batas=aturan.batas)
    bagi = _SERATUS if aturan.sebagai_pecahan else Decimal(1)
    nilai, mentah = (
        None if p is None else _KONTEKS.divide(p, bagi) for p in (hasil.persen, hasil.mentah)
    )
    nama = RUMUS_KATA[aturan.rumus] if hasil.aturan is Aturan.RUMUS else hasil.aturan.value
    return _Calon(
        f"{t:f}",
        f"{realisasi:f}",
        nilai,
        mentah,
        f"{nama}, dicetak sebagai pecahan" if aturan.sebagai_pecahan else nama,
        "; ".join(filter(None, [kata, hasil.alasan.rstrip(".")])),
        goyang=_sway(t, realisasi, aturan) / bagi,
    )


def _sway(target: Decimal, realisasi: Decimal, aturan: Pengaturan) -> Decimal:
    """How far the result moves when both figures had digits that were rounded away in print."""
    tepi = []
    for a, b in product((-1, 1), repeat=2):
        t, r = (n + tanda * _unprinted(n) for n, tanda in ((target, a), (realisasi, b)))
        tepi.append(persen_capaian(t, r, aturan.rumus).mentah)
    ada = [p for p in tepi if p is not None]
    return (max(ada) - min(ada)) / 2 if ada else Decimal(0)


def _unprinted(nilai: Decimal) -> Decimal:
    """The most that rounding in print can have taken away. A whole number is taken as exact."""
    return _setengah(nilai) if int(nilai.as_tuple().exponent) < 0 else Decimal(0)


def _setengah(nilai: Decimal) -> Decimal:
    """Half a unit of the last printed digit."""
    return Decimal(5).scaleb(int(nilai.as_tuple().exponent) - 1)


def _rerata(di_atas: Sequence[Putusan]) -> _Calon:
    """Mean at full precision; publishers often took it over figures they had rounded before."""
    hasil = [p.hasil for p in di_atas if p.hasil is not None]
    if not hasil:
        return _Calon("", "", None, None, Cara.RERATA, "tidak ada indikator di atasnya")
    rata = _KONTEKS.divide(sum(hasil, Decimal(0)), Decimal(len(hasil)))
    goyang = sum((p.goyang for p in di_atas), Decimal(0)) / len(hasil)
    return _Calon("", "", rata, rata, Cara.RERATA, f"rata-rata {len(hasil)} indikator", goyang)


def _ulang(target: Tercetak, realisasi: Decimal) -> _Calon:
    alasan = "kolom capaian mengulang realisasi, bukan persentase capaian"
    return _Calon(_tulis(target), f"{realisasi:f}", realisasi, realisasi, Cara.ULANG, alasan)


def _compare(calon: Sequence[_Calon], pembanding: Tercetak, aturan: Pengaturan) -> Putusan:
    cocok = {c: kata for c in calon if (kata := _find_cocok(c, pembanding, aturan))}
    if len({c.nilai for c in cocok}) == 1:
        c, kata = next(iter(cocok.items()))
        if len({x.nilai for x in calon}) > 1:
            kata = f"{kata}; {_tulis_ambigu(calon)}, dipilih yang cocok dengan tercetak"
        return _putus(Keputusan.COCOK, c, aturan, kata)
    if len({c.nilai for c in calon}) > 1:
        return _putus(Keputusan.AMBIGU, calon[0], aturan, _tulis_ambigu(calon))
    satu = calon[0]
    selisih = min(abs((satu.nilai or Decimal(0)) - p) for p in pembanding.bacaan)
    alasan = f"{satu.alasan}; tercetak {pembanding.teks.strip()}, selisih {bulatkan(selisih, 4):f}"
    if selisih <= satu.goyang:
        alasan += ", dapat berasal dari angka di belakang koma yang tidak tercetak"
    return _putus(Keputusan.BEDA, satu, aturan, alasan)


def _find_cocok(calon: _Calon, pembanding: Tercetak, aturan: Pengaturan) -> str:
    """How the printed figure follows from this reading, "" where it does not.

    Digits that were not printed are accepted as an explanation only where the document itself
    names the formula: otherwise any nearby figure would agree.
    """
    pasangan = [(calon.nilai, ""), (calon.mentah, "sebelum batas, ")]
    for nilai, nama in [(n, kata) for n, kata in pasangan if n is not None]:
        for p in pembanding.bacaan:
            kata = _match(nilai, p, goyang=calon.goyang if aturan.disebut else None)
            if kata:
                return f"{calon.alasan}; {nama}{kata}"
    return ""


def _match(nilai: Decimal, tercetak: Decimal, *, goyang: Decimal | None) -> str:
    """How one figure was printed as the other. goyang: leeway for unprinted digits, if any."""
    desimal = max(-int(tercetak.as_tuple().exponent), 0)
    if bulatkan(nilai, desimal) == tercetak:
        return f"dibulatkan {desimal} desimal"
    if nilai.quantize(Decimal(1).scaleb(-desimal), ROUND_DOWN, _KONTEKS) == tercetak:
        return f"dipotong {desimal} desimal"
    if goyang is not None and abs(nilai - tercetak) <= goyang + _setengah(tercetak):
        return "cocok dengan angka yang tidak tercetak"
    return ""


def _putus(keputusan: Keputusan, calon: _Calon, aturan: Pengaturan, alasan: str) -> Putusan:
    return Putusan(
        keputusan,
        calon.target,
        calon.realisasi,
        calon.nilai,
        calon.aturan,
        "; ".join(filter(None, [alasan, aturan.catatan])),
        calon.goyang,
    )


def _tulis(sel: Tercetak) -> str:
    bawah = f"{sel.bacaan[0]:f}" if sel.bacaan else ""
    return bawah if sel.atas is None else f"{bawah} - {sel.atas:f}"


def _tulis_ambigu(calon: Sequence[_Calon]) -> str:
    bacaan = " atau ".join(f"{c.realisasi} terhadap {c.target}" for c in calon)
    return f"angka ambigu: {bacaan}"
