"""What changed in the figures frozen with a version: old and new value, and of which row.

Tables are JSON values of many shapes; they are walked side by side. Rows are the same when what
names them is (kode, nama, ...), whatever place they stand at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What tells rows of one list apart, best first; what people call them, best first.
_PENGENAL = ("kode", "indikator", "nama", "judul", "uraian", "tahun", "nomor")
_SEBUTAN = ("indikator", "nama", "judul", "uraian", "kode")
# Places in our own store, order of printing and colours: no figures.
_ABAIKAN = frozenset({"pk", "id", "blok", "nomor", "urutan", "warna", "kategori_warna"})
_KOLOM = {"rtl": "RTL", "pk": "PK", "opd": "OPD", "persen": "Persentase"}
_TIDAK_ADA = "tidak ada"


@dataclass(frozen=True)
class BedaAngka:
    """One value that changed. tabel: heading of its table; baris: whose value; kolom: which."""

    tabel: str
    baris: str
    kolom: str
    lama: str
    baru: str


@dataclass(frozen=True)
class _Jalan:
    tabel: str = ""
    baris: str = ""
    kolom: str = ""


def compare_angka(lama: object, baru: object) -> list[BedaAngka]:
    """Every value that differs between the tables of two versions, in the new order."""
    return list(_banding(lama, baru, _Jalan()))


def _banding(lama: object, baru: object, jalan: _Jalan) -> Iterator[BedaAngka]:
    if lama == baru:
        return
    if isinstance(lama, Mapping | None) and isinstance(baru, Mapping | None):
        yield from _banding_kamus(lama or {}, baru or {}, jalan)
    elif isinstance(lama, list | None) and isinstance(baru, list | None):
        yield from _banding_daftar(lama or [], baru or [], jalan)
    elif _kata(lama) != _kata(baru):
        yield BedaAngka(jalan.tabel, jalan.baris, jalan.kolom, _kata(lama), _kata(baru))


def _banding_kamus(
    lama: Mapping[str, Any], baru: Mapping[str, Any], jalan: _Jalan
) -> Iterator[BedaAngka]:
    ada = {**lama, **baru}
    sebut = _sebut(ada)
    judul = jalan.tabel or sebut
    baris = sebut if jalan.tabel else jalan.baris
    for nama in ada:
        # What is printed says what was counted; both would tell the same twice.
        if nama in _ABAIKAN or f"{nama}_teks" in ada:
            continue
        tujuan = _Jalan(judul, baris or jalan.baris, _name_kolom(nama))
        yield from _banding(lama.get(nama), baru.get(nama), tujuan)


def _banding_daftar(lama: Sequence[Any], baru: Sequence[Any], jalan: _Jalan) -> Iterator[BedaAngka]:
    kunci = _find_kunci(lama, baru)
    dulu, kini = _index(lama, kunci), _index(baru, kunci)
    for k in [*kini, *(k for k in dulu if k not in kini)]:
        a, b = dulu.get(k), kini.get(k)
        if isinstance(a or b, Mapping) and (a is None or b is None):
            yield _baris_utuh(a, b, jalan)
        else:
            yield from _banding(a, b, jalan)


def _baris_utuh(
    lama: Mapping[str, Any] | None, baru: Mapping[str, Any] | None, jalan: _Jalan
) -> BedaAngka:
    """A row that is only in one of the versions."""
    sebut = _sebut(baru or lama or {})
    ada = "ada"
    return BedaAngka(
        jalan.tabel or sebut,
        sebut if jalan.tabel else "",
        jalan.kolom,
        _TIDAK_ADA if lama is None else ada,
        _TIDAK_ADA if baru is None else ada,
    )


def _find_kunci(lama: Sequence[Any], baru: Sequence[Any]) -> str:
    """The field by which the rows of both lists can be told apart; "" when there is none."""
    if not all(isinstance(s, Mapping) for s in (*lama, *baru)):
        return ""
    return next((p for p in _PENGENAL if _is_unik(lama, p) and _is_unik(baru, p)), "")


def _is_unik(daftar: Sequence[Mapping[str, Any]], kunci: str) -> bool:
    nilai = [s.get(kunci) for s in daftar]
    return all(isinstance(n, str | int) for n in nilai) and len(set(nilai)) == len(nilai)


def _index(daftar: Sequence[Any], kunci: str) -> dict[object, Any]:
    """The rows by what names them, else by their place."""
    return {nilai[kunci] if kunci else n: nilai for n, nilai in enumerate(daftar)}


def _sebut(kamus: Mapping[str, Any]) -> str:
    return next((str(kamus[s]) for s in _SEBUTAN if isinstance(kamus.get(s), str)), "")


def _name_kolom(nama: str) -> str:
    bersih = nama.removesuffix("_teks").replace("_", " ")
    return _KOLOM.get(bersih, bersih.capitalize())


def _kata(nilai: object) -> str:
    """A value as words: nothing is a dash, not zero."""
    if nilai is None or nilai == "":
        return "–"
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, Mapping | list):
        return "ada" if nilai else "–"
    return str(nilai)
