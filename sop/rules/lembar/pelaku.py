"""Who acts in a row: as said in words, else by the marked actor columns."""

from sop.rules.graf import SimpulPelaksana
from sop.rules.lembar.baris import Baris
from sop.rules.lembar.hasil import Derajat, Pencatat
from sop.rules.lembar.jalur import TIADA
from sop.rules.lembar.kata import parse_giliran

KolomJabatan = tuple[tuple[str, ...], ...]


def read_pelaksana(b: Baris, kolom: KolomJabatan, catat: Pencatat) -> tuple[SimpulPelaksana, ...]:
    """The actor lines of a step. kolom: kode of the posts of each actor column."""
    rinci = b.get("rinci").strip()
    if rinci == TIADA:
        return ()
    hasil = _dari_rinci(b, rinci, catat) if rinci else _dari_tanda(b, kolom, catat)
    if not hasil and not rinci and not b.tanda:
        pesan = "belum ada pelaksana: tidak ada kolom pelaksana yang bertanda. Beri tanda satu."
        b.note("rinci", pesan)
    return _tanpa_ganda(hasil)


def _dari_rinci(b: Baris, teks: str, catat: Pencatat) -> list[SimpulPelaksana]:
    hasil = []
    for baris in (t for t in teks.split("\n") if t.strip()):
        nama, _titik, sisa = baris.partition(";")
        urutan, unit = parse_giliran(sisa)
        hasil += _simpul(b, catat.find_jabatan(nama, b.tempat("rinci")), nama, (urutan or 1, unit))
    return hasil


def _dari_tanda(b: Baris, kolom: KolomJabatan, catat: Pencatat) -> list[SimpulPelaksana]:
    hasil = []
    giliran = {i: parse_giliran(tanda) for i, tanda in b.tanda.items()}
    for i, tanda in b.tanda.items():
        lajur, (urutan, unit) = b.tabel.lajur[i], giliran[i]
        nama, kode = lajur.judul, kolom[i]
        if not nama:  # one column that names the posts
            nama, kode = tanda, catat.find_jabatan(tanda, b.tempat("rinci"))
        hasil += _simpul(b, kode, nama, (urutan or 1, unit))
    if len(b.tanda) > 1 and not any(urutan for urutan, _unit in giliran.values()):
        pesan = "lebih dari satu kolom pelaksana bertanda; dibaca sebagai bersama-sama. Periksa."
        b.note("rinci", pesan, derajat=Derajat.RAGU)
    return hasil


def _simpul(
    b: Baris, kode: tuple[str, ...], nama: str, giliran: tuple[int, tuple[str, ...]]
) -> list[SimpulPelaksana]:
    if not kode:
        rata = " ".join(nama.split())
        pesan = f"jabatan “{rata}” belum dikenal di kantor ini. Pilih jabatan pelaksananya."
        b.note("rinci", pesan, asli=rata)
    urutan, unit = giliran
    return [SimpulPelaksana(0, 0, k, k, "", urutan, unit) for k in kode]


def _tanpa_ganda(pelaksana: list[SimpulPelaksana]) -> tuple[SimpulPelaksana, ...]:
    """Once per post and turn: the tables hold no more."""
    return tuple({(p.jabatan_kode, p.urutan): p for p in reversed(pelaksana)}.values())[::-1]
