"""Finding the table of steps: in our own sheet by its keys, in any other by its headings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sakip.common.lembar_isi import Buku, Lembar, list_teks
from sop.rules.lembar.hasil import BukanLembarSOP, Dibaca, Pencatat
from sop.rules.lembar.kata import KOLOM_CETAK, KOLOM_SEMUA, LAJUR, PENANDA, PROSEDUR, find_kolom

TANDA_KUNCI = "#"
_CARI_BARIS = 60
_MIN_JUDUL = 3


@dataclass(frozen=True)
class Lajur:
    """One actor column. judul: "" in a sheet that only lists names of posts in one column."""

    kolom: int
    judul: str


@dataclass(frozen=True)
class Tabel:
    """Where things stand. kolom: key to column; judul: key to heading as printed.

    atas, kepala: first and last row of the heading. milik: the sheet is ours, so its text is taken
    to the letter.
    """

    lembar: Lembar
    baris: int
    kolom: Mapping[str, int]
    lajur: tuple[Lajur, ...]
    judul: Mapping[str, str] = field(default_factory=dict)
    atas: int = 1
    kepala: int = 1
    milik: bool = False


def is_milik(buku: Buku) -> bool:
    """Whether the workbook came from this application."""
    return buku.get(PENANDA) is not None and buku.get(PROSEDUR) is not None


def find_tabel(buku: Buku, catat: Pencatat) -> Tabel:
    """The table of steps.

    Raises:
        BukanLembarSOP: no sheet has one.
    """
    lembar = buku.get(PROSEDUR) if is_milik(buku) else None
    tabel = _find_kunci(lembar) if lembar else None
    if tabel:
        return tabel
    calon = [t for s in buku.lembar if not s.tersembunyi for t in _list_kepala(s)]
    if not calon:
        raise BukanLembarSOP(_describe(buku))
    tabel = max(calon, key=lambda t: len(t.kolom))
    for kunci, kolom in tabel.kolom.items():
        _note_judul(tabel, kunci, kolom, catat)
    return tabel


def _find_kunci(lembar: Lembar) -> Tabel | None:
    for baris in range(1, min(lembar.baris_akhir, _CARI_BARIS) + 1):
        kunci = {k: t for k, t in list_teks(lembar, baris) if t.startswith(TANDA_KUNCI)}
        kolom = {t.removeprefix(TANDA_KUNCI): k for k, t in kunci.items()}
        if "kegiatan" in kolom and "no" in kolom:
            judul = {k: lembar.at(baris - 1, n).teks for k, n in kolom.items()}
            lajur = [Lajur(k, lembar.at(baris - 1, k).teks) for k in _sisip(lembar, kunci, baris)]
            kolom.pop(LAJUR, None)
            return Tabel(
                lembar, baris + 1, kolom, tuple(lajur), judul, baris - 2, baris - 1, milik=True
            )
    return None


def _sisip(lembar: Lembar, kunci: Mapping[int, str], baris: int) -> Iterator[int]:
    """Actor columns, those that somebody put in between included."""
    kegiatan = next(k for k, t in kunci.items() if t == f"{TANDA_KUNCI}kegiatan")
    for k in range(1, lembar.kolom_akhir + 1):
        sisipan = k not in kunci and k == kegiatan + 1 and lembar.at(baris - 1, k).teks
        sisipan = sisipan or (
            k not in kunci
            and kunci.get(k - 1) == f"{TANDA_KUNCI}{LAJUR}"
            and lembar.at(baris - 1, k).teks
        )
        if sisipan or kunci.get(k) == f"{TANDA_KUNCI}{LAJUR}":
            yield k


def _list_kepala(lembar: Lembar) -> Iterator[Tabel]:
    for baris in range(1, min(lembar.baris_akhir, _CARI_BARIS) + 1):
        dikenal = {find_kolom(t) for _k, t in list_teks(lembar, baris)} - {None}
        if "kegiatan" in dikenal:
            tabel = _build(lembar, baris)
            if len(tabel.kolom) >= _MIN_JUDUL or (len(tabel.kolom) > 1 and tabel.lajur):
                yield tabel
                return


def _build(lembar: Lembar, atas: int) -> Tabel:
    bawah = _baris_bawah(lembar, atas)
    kolom: dict[str, int] = {}
    judul: dict[str, str] = {}
    lajur: list[Lajur] = []
    for k in range(1, lembar.kolom_akhir + 1):
        teks_atas, teks_bawah = lembar.at(atas, k).teks.strip(), lembar.at(bawah, k).teks.strip()
        kunci = find_kolom(teks_bawah) or find_kolom(teks_atas)
        kelompok = find_kolom(teks_atas)
        if kelompok in ("pelaksana", "mutu_baku"):
            judul.setdefault(kelompok, teks_atas)
        if kunci == "pelaksana" and teks_bawah and teks_bawah != teks_atas:
            lajur.append(Lajur(k, teks_bawah))
        elif kunci == "pelaksana" and teks_bawah == teks_atas:
            lajur.append(Lajur(k, ""))
        elif kunci is None and teks_bawah and _is_tengah(kolom):
            lajur.append(Lajur(k, teks_bawah))
        elif kunci and kunci not in ("mutu_baku", "pelaksana") and kunci not in kolom:
            kolom[kunci] = k
            judul[kunci] = teks_bawah if find_kolom(teks_bawah) else teks_atas
    return Tabel(lembar, bawah + 1, kolom, _satu(lajur), judul, atas, bawah)


def _is_tengah(kolom: Mapping[str, int]) -> bool:
    return "kegiatan" in kolom and not kolom.keys() & {"kelengkapan", "waktu", "output"}


def _satu(lajur: list[Lajur]) -> tuple[Lajur, ...]:
    """A heading merged over several columns without names below is one column each of nobody."""
    bernama = tuple(s for s in lajur if s.judul)
    return bernama or tuple(lajur[:1])


def _baris_bawah(lembar: Lembar, atas: int) -> int:
    """Last row of the heading: as far as its merged cells reach, or one below a group heading."""
    gabung = [r.baris_akhir for r in lembar.gabung if r.baris == atas and r.baris_akhir < atas + 4]
    kelompok = {find_kolom(t) for _k, t in list_teks(lembar, atas)} & {"pelaksana", "mutu_baku"}
    bawah = max([atas, *gabung])
    if bawah == atas and kelompok and _is_anak(lembar, atas + 1):
        return atas + 1
    return bawah


def _is_anak(lembar: Lembar, baris: int) -> bool:
    """Whether a row goes on with the heading: it names columns, or nothing stands under No."""
    teks = dict(list_teks(lembar, baris))
    dikenal = [t for t in teks.values() if find_kolom(t)]
    return bool(dikenal) or (bool(teks) and 1 not in teks and 2 not in teks)


def _note_judul(tabel: Tabel, kunci: str, kolom: int, catat: Pencatat) -> None:
    asal, sebagai = " ".join(tabel.judul[kunci].split()), KOLOM_SEMUA[kunci]
    if asal.casefold() != sebagai.casefold():
        tempat = tabel.lembar.alamat(tabel.kepala, kolom)
        catat.dibaca.append(Dibaca(tempat, asal, sebagai))


def _describe(buku: Buku) -> str:
    ada = [f"{s.nama} ({_isi_awal(s)})" for s in buku.lembar if not s.tersembunyi]
    dicari = ", ".join(KOLOM_CETAK.values())
    return (
        "Tidak ada lembar yang memuat tabel langkah SOP. Yang dicari ialah baris judul dengan "
        f"kolom {dicari}; “Uraian Prosedur” atau “Aktivitas” dikenal sebagai Kegiatan. Lembar "
        f"yang ada: {', '.join(ada) or 'tidak ada'}. Samakan judul kolomnya, atau salin isinya ke "
        "contoh lembar yang dapat diunduh di halaman ini."
    )


def _isi_awal(lembar: Lembar) -> str:
    tempat = min(lembar.sel, default=None)
    if tempat is None:
        return "kosong"
    teks = " ".join(lembar.at(*tempat).teks.split())
    return f"{lembar.alamat(*tempat)}: “{teks[:40]}”"
