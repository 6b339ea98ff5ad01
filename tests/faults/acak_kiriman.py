"""Requests that nobody sends on purpose, made of a form that somebody could send."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from hypothesis import strategies as st

from tests.faults.acak_nilai import JENIS_BADAN, KEPALA, METODE, Pasangan, nilai
from tests.house.formulir import Formulir

BATAS = "batas"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BATAS}"
_MAKS_ALAMAT = 30_000
_ANGKA = re.compile(r"(?<=[-_/=])\d+|^\d+$")

Isian = list[Pasangan]


@dataclass(frozen=True)
class Berkas:
    """One file of a request, as the browser would describe it."""

    ruas: str
    nama: str
    jenis: str
    isi: bytes


@dataclass(frozen=True)
class Kiriman:
    """One request as it goes out."""

    metode: str
    alamat: str
    badan: bytes = b""
    jenis: str = URLENCODED
    kepala: tuple[Pasangan, ...] = ()


@st.composite
def kiriman(draw: st.DrawFn, asal: Formulir, tetangga: tuple[str, ...]) -> Kiriman:
    """That form, a little or very wrong. tetangga: ids that mean something somewhere else."""
    isian = list(asal.isian)
    for _kali in range(draw(st.integers(0, 4))):
        draw(st.sampled_from(_CARA))(draw, isian, tetangga)
    metode, alamat = asal.metode, _bend(draw, asal.alamat, tetangga)
    kepala: tuple[Pasangan, ...] = ()
    if _now_and_then(draw, 20):
        metode = draw(st.sampled_from(METODE))
    if _now_and_then(draw, 6):
        kepala = tuple(draw(st.lists(st.sampled_from(KEPALA), max_size=2)))
    if metode == "GET":
        tanya = encode_isian(isian).decode()
        gabung = "&" if "?" in alamat else "?"
        return Kiriman(metode, f"{alamat}{gabung}{tanya}"[:_MAKS_ALAMAT], kepala=kepala)
    badan, jenis = _make_badan(draw, isian, asal.berkas)
    return Kiriman(metode, alamat, badan, jenis, kepala)


def _now_and_then(draw: st.DrawFn, sekian: int) -> bool:
    return draw(st.integers(1, sekian)) == sekian


# --- fields ---------------------------------------------------------------------------------------


def _any(draw: st.DrawFn, isian: Isian) -> int:
    return draw(st.integers(0, len(isian) - 1))


def _drop(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    if isian:
        del isian[_any(draw, isian)]


def _empty(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    if isian:
        ke = _any(draw, isian)
        isian[ke] = (isian[ke][0], "")


def _put_nakal(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    if isian:
        ke = _any(draw, isian)
        isian[ke] = (isian[ke][0], draw(nilai))


def _put_semua(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    satu = draw(nilai)
    isian[:] = [(nama, satu) for nama, _lama in isian]


def _put_tetangga(draw: st.DrawFn, isian: Isian, tetangga: tuple[str, ...]) -> None:
    if isian:
        ke = _any(draw, isian)
        isian[ke] = (isian[ke][0], draw(st.sampled_from(tetangga)))


def _append_nakal(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    if isian:
        ke = _any(draw, isian)
        isian[ke] = (isian[ke][0], isian[ke][1] + draw(nilai))


def _double(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    if isian:
        isian.append((isian[_any(draw, isian)][0], draw(nilai)))


def _rename(draw: st.DrawFn, isian: Isian, tetangga: tuple[str, ...]) -> None:
    """A field of another row, or of none: nilai-12 becomes nilai-99 or nilai-x."""
    if isian:
        ke = _any(draw, isian)
        ganti = draw(st.one_of(st.sampled_from(tetangga), nilai))
        isian[ke] = (_ANGKA.sub(lambda _m: ganti, isian[ke][0]), isian[ke][1])


def _swap(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    if isian:
        a, b = _any(draw, isian), _any(draw, isian)
        isian[a], isian[b] = (isian[a][0], isian[b][1]), (isian[b][0], isian[a][1])


def _add(draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    isian.append((draw(nilai), draw(nilai)))


def _flood(_draw: st.DrawFn, isian: Isian, _tetangga: tuple[str, ...]) -> None:
    isian.extend([isian[0] if isian else ("a", "1")] * 1200)


Cara = Callable[[st.DrawFn, Isian, tuple[str, ...]], None]
_CARA: list[Cara] = [
    *(_put_nakal, _put_nakal, _put_nakal, _drop, _empty, _put_semua, _put_tetangga),
    *(_append_nakal, _double, _rename, _swap, _add, _flood),
]

# --- address and body -----------------------------------------------------------------------------


def _bend(draw: st.DrawFn, alamat: str, tetangga: tuple[str, ...]) -> str:
    """Now and then another id in the path, or an unasked-for parameter."""
    if _now_and_then(draw, 12):
        ganti = draw(st.one_of(st.sampled_from(tetangga), nilai))[:2000]
        alamat = _ANGKA.sub(lambda _m: _quote(ganti), alamat)
    if _now_and_then(draw, 8):
        nama = draw(st.sampled_from(("tahun", "halaman", "q", "periode", "tab", "next", "unit")))
        alamat += f"{'&' if '?' in alamat else '?'}{nama}={_quote(draw(nilai)[:5000])}"
    return alamat


def _quote(teks: str) -> str:
    return quote(teks, safe="", errors="surrogatepass")


def encode_isian(isian: Isian) -> bytes:
    """As a browser writes a form, lone surrogates included."""
    return "&".join(f"{_quote(n)}={_quote(v)}" for n, v in isian).encode()


def encode_multipart(isian: Isian, berkas: tuple[Berkas, ...]) -> bytes:
    """As a browser writes a form with files."""
    bagian = [_make_bagian(f'name="{_name(n)}"', "", _bytes(v)) for n, v in isian]
    for b in berkas:
        kepala = f'name="{_name(b.ruas)}"; filename="{_name(b.nama)}"'
        bagian.append(_make_bagian(kepala, f"Content-Type: {b.jenis}\r\n", b.isi))
    return b"".join([*bagian, f"--{BATAS}--\r\n".encode()])


def _make_bagian(kepala: str, lain: str, isi: bytes) -> bytes:
    atas = f"--{BATAS}\r\nContent-Disposition: form-data; {kepala}\r\n{lain}\r\n"
    return _bytes(atas) + isi + b"\r\n"


def _bytes(teks: str) -> bytes:
    return teks.encode("utf-8", "surrogatepass")


def _name(teks: str) -> str:
    return teks.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _make_badan(draw: st.DrawFn, isian: Isian, berkas: tuple[str, ...]) -> tuple[bytes, str]:
    bentuk = draw(st.integers(0, 19))
    if berkas or bentuk in (11, 12, 13):
        kosong = tuple(Berkas(r, "x.pdf", "application/pdf", b"x") for r in berkas)
        badan, jenis = encode_multipart(isian, kosong), MULTIPART
    else:
        badan, jenis = encode_isian(isian), URLENCODED
    return _BENTUK.get(bentuk, _leave)(draw, badan, jenis, isian)


Bentuk = Callable[[st.DrawFn, bytes, str, Isian], tuple[bytes, str]]


def _leave(_draw: st.DrawFn, badan: bytes, jenis: str, _isian: Isian) -> tuple[bytes, str]:
    return badan, jenis


def _cut(draw: st.DrawFn, badan: bytes, jenis: str, _isian: Isian) -> tuple[bytes, str]:
    return badan[: draw(st.integers(0, len(badan)))], jenis


def _flip(draw: st.DrawFn, badan: bytes, jenis: str, _isian: Isian) -> tuple[bytes, str]:
    return flip_bytes(draw, badan), jenis


def _mislabel(draw: st.DrawFn, badan: bytes, _jenis: str, _isian: Isian) -> tuple[bytes, str]:
    return badan, draw(st.sampled_from(JENIS_BADAN))


def _as_json(draw: st.DrawFn, _badan: bytes, _jenis: str, isian: Isian) -> tuple[bytes, str]:
    tumpuk: object = [dict(isian), [[]], None, 1e308, draw(nilai)]
    return json.dumps(tumpuk).encode(), "application/json"


_BENTUK: dict[int, Bentuk] = {13: _cut, 14: _cut, 15: _flip, 16: _mislabel, 17: _as_json}


def flip_bytes(draw: st.DrawFn, isi: bytes) -> bytes:
    """`isi` with a few of its bytes changed."""
    rusak = bytearray(isi)
    for _kali in range(draw(st.integers(1, 8)) if rusak else 0):
        rusak[draw(st.integers(0, len(rusak) - 1))] = draw(st.integers(0, 255))
    return bytes(rusak)
