"""What changed in the words of one block: deleted and added words marked in the new text."""

import difflib
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from sakip.common.pohon_teks import Simpul, parse_pohon, split_potong, wrap_kata

# Below this share of common words two texts read better one after the other than interleaved.
_MIRIP_BACA = 0.3
# Words times words beyond which comparing one by one would take too long.
_MAKS_KERJA = 4_000_000
_TAMBAH = ("ins", "ditambahkan")
_HAPUS = ("del", "dihapus")


def count_mirip(lama: Sequence[str], baru: Sequence[str]) -> float:
    """Share of common words in both texts, 0 to 1, without regard to their order."""
    return difflib.SequenceMatcher(None, lama, baru, autojunk=False).quick_ratio()


def mark_beda(lama: str, baru: str) -> str:
    """The new block as HTML with what was deleted and added; both are one cleaned element."""
    dulu, kini = parse_pohon(lama), parse_pohon(baru)
    if len(dulu) == len(kini) == 1 and dulu[0].tag == kini[0].tag:
        return _mark_simpul(dulu[0], kini[0])
    return "".join([*map(mark_hapus, dulu), *map(mark_tambah, kini)])


def mark_tambah(simpul: Simpul) -> str:
    """An element all of whose words are new."""
    return _mark_semua(simpul, *_TAMBAH)


def mark_hapus(simpul: Simpul) -> str:
    """An element all of whose words are gone."""
    return _mark_semua(simpul, *_HAPUS)


def _mark_semua(simpul: Simpul, unsur: str, kata: str) -> str:
    if simpul.is_daun:
        return simpul.wrap(wrap_kata(simpul.isi, unsur, kata))
    return simpul.wrap(
        "".join(
            wrap_kata(a, unsur, kata) if isinstance(a, str) else _mark_semua(a, unsur, kata)
            for a in simpul.anak
        )
    )


def _mark_simpul(lama: Simpul, baru: Simpul) -> str:
    if lama.html == baru.html:
        return baru.html
    if baru.tag == "img":
        return f'<p class="meta">Gambar diganti.</p>{baru.html}'
    if lama.is_daun and baru.is_daun:
        return baru.wrap(_mark_baris(lama.isi, baru.isi))
    if lama.is_daun or baru.is_daun:
        hapus = wrap_kata(" ".join(lama.list_kata()), *_HAPUS)
        return baru.wrap(f"{hapus} {''.join(_tambah_anak(baru))}")
    return baru.wrap("".join(_mark_anak(_unsur(lama), _unsur(baru))))


def _tambah_anak(simpul: Simpul) -> Iterator[str]:
    for a in simpul.anak:
        yield wrap_kata(a, *_TAMBAH) if isinstance(a, str) else mark_tambah(a)


def _unsur(simpul: Simpul) -> list[Simpul]:
    """Children as elements; words that stand beside elements become lines of their own."""
    return [
        Simpul("p", "<p>", [a]) if isinstance(a, str) else a
        for a in simpul.anak
        if not isinstance(a, str) or a.strip()
    ]


def _mark_anak(lama: Sequence[Simpul], baru: Sequence[Simpul]) -> Iterator[str]:
    """Rows, cells or items in the new order; equal ones hold the others in place."""
    kunci = [[" ".join(s.list_kata()) or s.html for s in sisi] for sisi in (lama, baru)]
    cocok = difflib.SequenceMatcher(None, kunci[0], kunci[1], autojunk=False)
    for jenis, a1, a2, b1, b2 in cocok.get_opcodes():
        if jenis == "equal":
            yield from (s.html for s in baru[b1:b2])
            continue
        for dulu, kini in zip_longest(lama[a1:a2], baru[b1:b2]):
            if dulu is None or kini is None or dulu.tag != kini.tag:
                yield mark_hapus(dulu) if dulu else ""
                yield mark_tambah(kini) if kini else ""
            else:
                yield _mark_simpul(dulu, kini)


def _mark_baris(lama: str, baru: str) -> str:
    dulu = [p for p in split_potong(lama) if not p.startswith("<")]
    kini = split_potong(baru)
    kunci = [p.strip() for p in dulu], [p.strip() for p in kini]
    berat = len(dulu) * len(kini) > _MAKS_KERJA
    kata = [p for p in kunci[1] if not p.startswith("<")]
    if berat or count_mirip(kunci[0], kata) < _MIRIP_BACA:
        return f"{wrap_kata(''.join(dulu), *_HAPUS)} {wrap_kata(baru, *_TAMBAH)}"
    return "".join(_jalin(dulu, kini, kunci))


def _jalin(
    dulu: Sequence[str], kini: Sequence[str], kunci: tuple[Sequence[str], Sequence[str]]
) -> Iterator[str]:
    """The new line, deleted words before the added ones that take their place."""
    cocok = difflib.SequenceMatcher(None, *kunci, autojunk=False)
    for jenis, a1, a2, b1, b2 in cocok.get_opcodes():
        if jenis == "equal":
            yield "".join(kini[b1:b2])
            continue
        hapus = "".join(dulu[a1:a2]).rstrip()
        if hapus:
            sela = " " if b1 and not kini[b1 - 1].endswith(" ") else ""
            yield f"{sela}{wrap_kata(hapus, *_HAPUS)} "
        yield wrap_kata("".join(kini[b1:b2]), *_TAMBAH)
