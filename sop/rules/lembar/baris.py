"""Rows of the table of steps: which rows make one step, and what stands in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sakip.common.lembar_isi import Jenis, Lembar, Sel
from sop.rules.lembar.hasil import Derajat, Pencatat, Temuan
from sop.rules.lembar.kata import KOLOM_SEMUA, find_kolom
from sop.rules.lembar.kepala import Tabel

_LABEL = re.compile(r"(\d{1,5}|[a-z])\s*[.)]?\s*([a-z])?[.)]?", re.IGNORECASE)
_ANAK = re.compile(r"\s*([a-z])[.)]\s", re.IGNORECASE)
_TAK_TERBACA = (Jenis.RUMUS, Jenis.GALAT)
_RUMUS = (
    "{kolom} berisi rumus “{asli}”, bukan nilai. Salin sel ini, lalu tempel sebagai nilai (Tempel "
    "Khusus, Nilai)."
)
_GALAT = "{kolom} berisi galat Excel “{asli}”. Isi dengan teks yang benar."
# Where the doubt about a column of the sheet stands in a step.
_BAGIAN = {"rinci": "pelaksana", "waktu_dibaca": "waktu", "no": "kegiatan"}


@dataclass
class Baris:
    """One step of the sheet. sel: text by key of column; tanda: marks by index of actor column."""

    tabel: Tabel
    baris: int
    label: str
    sel: dict[str, str] = field(default_factory=dict)
    tanda: dict[int, str] = field(default_factory=dict)
    nomor: int = 0
    temuan: list[Temuan] = field(default_factory=list)
    catatan: dict[str, list[str]] = field(default_factory=dict)

    def tempat(self, kunci: str) -> str:
        """Name of a cell of this row; of its mark or its text where there is no such column."""
        kolom = self.tabel.kolom.get(kunci)
        if kolom is None and kunci == "rinci" and self.tabel.lajur:
            kolom = self.tabel.lajur[min(self.tanda, default=0)].kolom
        return self.tabel.lembar.alamat(self.baris, kolom or self.tabel.kolom["kegiatan"])

    def note(
        self, kunci: str, pesan: str, *, asli: str = "", derajat: Derajat = Derajat.BELUM
    ) -> None:
        """A cell that was not read, or is doubtful: for the preview, and as doubt of the step."""
        tempat, kolom = self.tempat(kunci), _BAGIAN.get(kunci, kunci)
        self.temuan.append(Temuan(tempat, pesan, derajat, None, kolom))
        tertulis = f"tertulis “{asli}”. " if asli and asli not in pesan else ""
        self.catatan.setdefault(kolom, []).append(f"{tempat}: {tertulis}{pesan}")

    def get(self, kunci: str) -> str:
        """Text of a column, "" where it is empty or absent."""
        return self.sel.get(kunci, "")


def list_baris(tabel: Tabel, catat: Pencatat) -> list[Baris]:
    """Every step of the table, numbered.

    A row without number goes on with the row above it; below an empty row it is no step.
    """
    hasil: list[Baris] = []
    lalu = tabel.baris
    for n in range(tabel.baris, tabel.lembar.baris_akhir + 1):
        teks = _milik_baris(tabel, n)
        if not teks or (not tabel.milik and _is_perabot(tabel, teks)):
            continue
        label, bertanda = _label(teks.get("no", "")), any(isinstance(k, int) for k in teks)
        baru = bool(label) or (bertanda and "kegiatan" in teks) or not tabel.kolom.get("no")
        if baru and teks.keys() != {"no"}:
            hasil.append(_baca(tabel, n, label))
        elif hasil and n - lalu <= 1 and "no" not in teks:
            _sambung(hasil[-1], n)
        elif not label:
            isi = " ".join(next(iter(teks.values())).split())[:60]
            catat.note(tabel.lembar.alamat(n, 1), f"baris “{isi}” tidak dibaca sebagai langkah.")
        lalu = n
    _beri_nomor(hasil, catat)
    return hasil


def _milik_baris(tabel: Tabel, n: int) -> dict[str | int, str]:
    """What stands in this row itself, merged ranges from above left out."""
    teks: dict[str | int, str] = {}
    for kunci, kolom in tabel.kolom.items():
        teks[kunci] = tabel.lembar.own(n, kolom).teks
    for indeks, lajur in enumerate(tabel.lajur):
        teks[indeks] = tabel.lembar.own(n, lajur.kolom).teks
    return {k: t for k, t in teks.items() if t.strip() or (tabel.milik and t)}


def _is_perabot(tabel: Tabel, teks: Mapping[str | int, str]) -> bool:
    """A heading printed again on the next page, or the row of column numbers below it."""
    if all(t.strip().isdecimal() for t in teks.values()) and "kegiatan" in teks:
        return True
    judul = [t for t in teks.values() if find_kolom(t)]
    lajur = [t for k, t in teks.items() if isinstance(k, int) and t == tabel.lajur[k].judul]
    return len(judul) > 2 or (bool(lajur) and len(judul) + len(lajur) == len(teks))


def _label(teks: str) -> str:
    """The number of a step such as 4, 4a or "4. a"; "" where the text is none."""
    cocok = _LABEL.fullmatch(teks.strip().removesuffix(".0"))
    return f"{cocok[1]}{cocok[2] or ''}".lower().lstrip("0") if cocok else ""


def _baca(tabel: Tabel, n: int, label: str) -> Baris:
    baris = Baris(tabel, n, label)
    for kunci, kolom in tabel.kolom.items():
        sel = tabel.lembar.at(n, kolom)
        baris.sel[kunci] = _teks(baris, kunci, sel)
    for indeks, lajur in enumerate(tabel.lajur):
        sel = tabel.lembar.at(n, lajur.kolom)
        if sel.jenis not in _TAK_TERBACA and sel.teks.strip():
            baris.tanda[indeks] = sel.teks.strip()
    return baris


def _teks(baris: Baris, kunci: str, sel: Sel) -> str:
    if sel.jenis in _TAK_TERBACA:
        pola = _RUMUS if sel.jenis == Jenis.RUMUS else _GALAT
        pesan = pola.format(kolom=KOLOM_SEMUA[kunci], asli=sel.teks)
        baris.note(kunci, pesan)
        return ""
    return sel.teks if baris.tabel.milik else sel.teks.strip()


def _sambung(asal: Baris, n: int) -> None:
    """Add a row without number to the step above."""
    lembar: Lembar = asal.tabel.lembar
    for kunci, kolom in asal.tabel.kolom.items():
        teks = _teks(asal, kunci, lembar.own(n, kolom))
        if teks:
            asal.sel[kunci] = f"{asal.sel[kunci]}\n{teks}" if asal.sel[kunci] else teks
    for indeks, lajur in enumerate(asal.tabel.lajur):
        if teks := lembar.own(n, lajur.kolom).teks.strip():
            asal.tanda[indeks] = f"{asal.tanda.get(indeks, '')} {teks}".strip()


def _beri_nomor(baris: list[Baris], catat: Pencatat) -> None:
    """Numbers as printed where they rise, else 1 to n; sub-steps 4a and 4b become steps."""
    _sub_langkah(baris)
    nomor = [int(b.label) if b.label.isdecimal() else 0 for b in baris]
    if all(a < b for a, b in zip([0, *nomor], nomor, strict=False)):
        hilang = [n for n in range(1, max(nomor, default=0)) if n not in nomor]
        if hilang and not baris[0].tabel.milik:
            daftar = ", ".join(map(str, hilang[:10]))
            pesan = f"nomor {daftar} tidak ada. Periksa apakah ada baris yang terlewat."
            catat.note(baris[0].tempat("no"), pesan)
    else:
        nomor = list(range(1, len(baris) + 1))
        asal = ", ".join(b.label or "tanpa nomor" for b in baris)
        pesan = f"nomor langkah ditulis ulang 1 sampai {len(baris)}, karena tertulis {asal}."
        catat.note(baris[0].tempat("no"), pesan)
    for b, n in zip(baris, nomor, strict=True):
        b.nomor = n


def _sub_langkah(baris: list[Baris]) -> None:
    """A row "b" below "4" or "4a" is 4b; rows without number go by their text."""
    induk = ""
    for b in baris:
        anak = _ANAK.match(b.get("kegiatan")) if not b.label else None
        if anak and induk:
            b.label = f"{induk}{anak[1].lower()}"
        elif b.label.isalpha() and induk:
            b.label = f"{induk}{b.label}"
        induk = re.sub(r"\D", "", b.label) or induk


def list_label(baris: list[Baris]) -> Iterator[tuple[str, int]]:
    """Every way to name a step on the sheet, with its number; the first bearer wins."""
    for b in reversed(baris):
        if b.label:
            yield re.sub(r"\D", "", b.label), b.nomor
    for b in reversed(baris):
        if b.label:
            yield b.label, b.nomor
