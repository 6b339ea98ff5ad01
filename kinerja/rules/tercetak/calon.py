"""Every way to read one printed row, and what the engine makes of each."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from kinerja.rules.capaian import RUMUS_KATA, Aturan, Rumus, Setelan, reckon_capaian
from kinerja.rules.hitung import divide, to_decimal
from kinerja.rules.tercetak.bilangan import Bacaan
from kinerja.rules.tercetak.pengaturan import Cara, Pengaturan
from kinerja.rules.tercetak.sel import Jenis, Tercetak, pair
from kinerja.rules.tercetak.ungkapan import FUNGSI, Fungsi, Ungkapan, evaluate

_SERATUS = Decimal(100)
_SATU = Decimal(1)
_DAPAT_TARGET = (Jenis.ANGKA, Jenis.RENTANG)
_DAPAT_REALISASI = (Jenis.ANGKA,)


@dataclass(frozen=True)
class Calon:
    """One way to read the row and what it gives; mentah is before floor and cap.

    sebab: why the engine has no result, without the figures of the row; beside a `nilai`, that is
    what the document's own formula gives. goyang: how far `nilai` may lie
    from the publisher's own, who had digits that were not printed; fungsi and pasangan find it,
    when it is asked for.
    """

    target: str
    realisasi: str
    nilai: Decimal | None
    mentah: Decimal | None
    aturan: str
    alasan: str
    sebab: str = ""
    fungsi: Fungsi | None = None
    pasangan: tuple[Decimal, Decimal] = (_SERATUS, _SERATUS)
    bagi: Decimal = _SATU
    goyang_rerata: Decimal = Decimal(0)

    @property
    def goyang(self) -> Decimal:
        """Half the distance between the results that the unprinted digits allow."""
        if self.fungsi is None:
            return self.goyang_rerata
        return _sway(self.pasangan, self.fungsi) / self.bagi


def list_calon(target: Tercetak, realisasi: Tercetak, aturan: Pengaturan) -> list[Calon]:
    """Every way to read the row, at least one."""
    if target.jenis is Jenis.SEBUTAN and target.sebutan == realisasi.sebutan:
        t, r, alasan = write_sel(target), write_sel(realisasi), "realisasi sama dengan target"
        return [Calon(t, r, _SERATUS, _SERATUS, "sebutan sama", alasan)]
    if skor := _read_skor(target, realisasi, aturan):
        return [_hitung(*skor, aturan)]
    if target.jenis is realisasi.jenis is Jenis.TANGGAL:
        return [_tanggal(t, r) for t, r in pair(target.bacaan, realisasi.bacaan)]
    if buruk := _list_buruk(target, realisasi):
        alasan = "; ".join(f"{nama} {describe(sel)}" for nama, sel in buruk)
        nama, sel = buruk[0]
        return [_kosong(write_sel(target), write_sel(realisasi), alasan, f"{nama} {sel.jenis}")]
    if aturan.cara is Cara.ULANG:
        return [_ulang(target, r) for r in realisasi.bacaan]
    return [_hitung(t, r, aturan) for t, r in pair(target.bacaan, realisasi.bacaan)]


def write_sel(sel: Tercetak) -> str:
    """The cell as understood: a figure, or a predicate; "" where it holds neither."""
    return write_bacaan(sel.bacaan[0], sel.jenis) if sel.bacaan else sel.sebutan


def write_bacaan(bacaan: Bacaan, jenis: Jenis = Jenis.ANGKA) -> str:
    """One meaning: a figure, both ends of a range, a day."""
    awal, akhir = bacaan.nilai, bacaan.nilai if bacaan.atas is None else bacaan.atas
    tulis = _write_hari if jenis is Jenis.TANGGAL else _write_angka
    return tulis(awal) if awal == akhir else f"{tulis(awal)} - {tulis(akhir)}"


def _write_angka(nilai: Decimal) -> str:
    return f"{nilai:f}"


def _write_hari(nilai: Decimal) -> str:
    return date.fromordinal(int(nilai)).isoformat()


def _list_buruk(target: Tercetak, realisasi: Tercetak) -> list[tuple[str, Tercetak]]:
    """The cells that cannot be reckoned with."""
    boleh = ((target, "target", _DAPAT_TARGET), (realisasi, "realisasi", _DAPAT_REALISASI))
    return [(nama, sel) for sel, nama, jenis in boleh if sel.jenis not in jenis]


def describe(sel: Tercetak) -> str:
    """What a cell holds that is not the figure one looks for."""
    return sel.catatan or f"berupa {sel.jenis}: “{sel.teks.strip()}”"


def _kosong(target: str, realisasi: str, alasan: str, sebab: str) -> Calon:
    return Calon(target, realisasi, None, None, "", alasan, sebab=sebab)


def _read_skor(
    target: Tercetak, realisasi: Tercetak, aturan: Pengaturan
) -> tuple[Bacaan, Bacaan] | None:
    """Scores of both predicates, where the document lists them."""
    skor = {t.sebutan: t.skor for t in aturan.tingkat}
    t, r = skor.get(target.sebutan), skor.get(realisasi.sebutan)
    return None if t is None or r is None else (Bacaan(t), Bacaan(r))


def _hitung(target: Bacaan, realisasi: Bacaan, aturan: Pengaturan) -> Calon:
    """By the engine; by the document's own formula only where the engine has no answer."""
    setelan = Setelan(aturan.rumus, batas=aturan.batas, atas=target.atas)
    hasil = reckon_capaian(target.nilai, realisasi.nilai, setelan)
    if aturan.ungkapan and (aturan.ungkapan.rumus is None or hasil.persen is None):
        sebab = "" if hasil.persen is not None else hasil.alasan.rstrip(".")
        harfiah = _harfiah(target, realisasi, aturan, aturan.ungkapan, sebab)
        if sebab:
            harfiah = replace(harfiah, sebab=_name_sebab(target.nilai))
        if harfiah.nilai is not None:
            return harfiah
    bagi = Decimal(100 if aturan.sebagai_pecahan else 1)
    nilai, mentah = (None if p is None else divide(p, bagi) for p in (hasil.persen, hasil.mentah))
    return Calon(
        write_bacaan(target),
        write_bacaan(realisasi),
        nilai,
        mentah,
        _name_aturan(RUMUS_KATA[aturan.rumus], hasil.aturan, aturan),
        hasil.alasan.rstrip("."),
        sebab="" if nilai is not None else _name_sebab(target.nilai),
        fungsi=FUNGSI[aturan.rumus],
        pasangan=(_bound(target, realisasi.nilai), realisasi.nilai),
        bagi=bagi,
    )


def _harfiah(
    target: Bacaan, realisasi: Bacaan, aturan: Pengaturan, ungkapan: Ungkapan, sebab: str
) -> Calon:
    """What the document's formula gives as it stands. sebab: why the engine gives nothing."""
    t, r = _bound(target, realisasi.nilai), realisasi.nilai
    hasil = evaluate(ungkapan.fungsi, Fraction(t), Fraction(r))
    bagi = Decimal(100 if aturan.sebagai_pecahan else 1)
    persen = None if hasil is None else to_decimal(hasil)
    salah = "" if ungkapan.is_bertemu else "rumus ini tidak memberi 100 saat target tercapai"
    alasan = "; ".join(filter(None, ["rumus dokumen, dihitung apa adanya", salah, sebab]))
    return Calon(
        write_bacaan(target),
        write_bacaan(realisasi),
        None if persen is None else _cap(persen, aturan.batas) / bagi,
        None if persen is None else persen / bagi,
        _name_aturan(f"{ungkapan.teks} menurut dokumen, di luar mesin", Aturan.RUMUS, aturan),
        alasan,
        fungsi=ungkapan.fungsi,
        pasangan=(t, r),
        bagi=bagi,
    )


def _cap(persen: Decimal, batas: Decimal | None) -> Decimal:
    return persen if batas is None else min(persen, batas)


def _name_aturan(rumus: str, aturan: Aturan, pengaturan: Pengaturan) -> str:
    """The formula, and the rule that settled the result where it was not the formula alone."""
    khusus = "" if aturan is Aturan.RUMUS else aturan.value.replace("_", " ")
    pecahan = "dicetak sebagai pecahan" if pengaturan.sebagai_pecahan else ""
    return ", ".join(filter(None, [rumus, khusus, pecahan]))


def _name_sebab(target: Decimal) -> str:
    """Why the engine has no result for two figures."""
    if target < 0:
        return "target kurang dari nol"
    return "realisasi tidak dapat menjadi pembagi" if target else "target nol"


def _bound(target: Bacaan, realisasi: Decimal) -> Decimal:
    """What stands in the denominator: of a range the nearest bound."""
    if target.atas is None:
        return target.nilai
    return max(target.nilai, min(target.atas, realisasi))


def _tanggal(target: Bacaan, realisasi: Bacaan) -> Calon:
    """On time is 100. What a late day costs stands in a table, which documents do not print."""
    t, r = write_bacaan(target, Jenis.TANGGAL), write_bacaan(realisasi, Jenis.TANGGAL)
    tenggat, selesai = target.atas or target.nilai, realisasi.atas or realisasi.nilai
    if selesai <= tenggat:
        hasil = reckon_capaian(tenggat, selesai, Setelan(Rumus.TANGGAL))
        alasan = f"selesai {r}, paling lambat {t}"
        return Calon(t, r, hasil.persen, hasil.mentah, RUMUS_KATA[Rumus.TANGGAL], alasan)
    if realisasi.nilai <= tenggat:
        sebab = "hari selesai tidak tercetak"
        return _kosong(t, r, f"{sebab}: {r} terhadap {t}", sebab)
    sebab = "tabel keterlambatan tidak tercetak"
    return _kosong(t, r, f"terlambat {realisasi.nilai - tenggat} hari, {sebab}", sebab)


def _ulang(target: Tercetak, realisasi: Bacaan) -> Calon:
    alasan = "kolom capaian mengulang realisasi, bukan persentase capaian"
    nilai = realisasi.nilai
    return Calon(write_sel(target), f"{nilai:f}", nilai, nilai, Cara.ULANG, alasan)


def _sway(pasangan: tuple[Decimal, Decimal], fungsi: Fungsi) -> Decimal:
    """How far the result moves when both figures had digits that were rounded away in print."""
    geser = [unprinted(n) for n in pasangan]
    if not any(geser):
        return Decimal(0)
    ujung = [(Fraction(n - g), Fraction(n + g)) for n, g in zip(pasangan, geser, strict=True)]
    tepi = [p for t, r in product(*ujung) if (p := evaluate(fungsi, t, r)) is not None]
    return to_decimal((max(tepi) - min(tepi)) / 2) if tepi else Decimal(0)


def unprinted(nilai: Decimal) -> Decimal:
    """The most that rounding in print can have taken away. A whole number is taken as exact."""
    return half_digit(nilai) if nilai.as_tuple().exponent else Decimal(0)


def half_digit(nilai: Decimal) -> Decimal:
    """Half a unit of the last printed digit."""
    return Decimal(5).scaleb(int(nilai.as_tuple().exponent) - 1)
