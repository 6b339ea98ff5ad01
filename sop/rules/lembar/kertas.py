"""The identity page of a sheet laid out like paper: labels with their values beside or below."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import takewhile

from sakip.common.lembar_isi import Buku, Lembar, list_teks
from sop.rules.identitas import TANGGAL, KolomPelaksana
from sop.rules.lembar.hasil import Derajat, Pencatat
from sop.rules.lembar.identitas import DAFTAR, Halaman, text_of
from sop.rules.lembar.kata import normalise, split_cetak
from sop.rules.lembar.kepala import Tabel

_LABEL = {
    "nama sop": "nama_sop",
    "judul sop": "nama_sop",
    "nomor sop": "nomor_sop",
    "no sop": "nomor_sop",
    "nomor standar operasional prosedur": "nomor_sop",
    **{nama.replace("_", " "): nama for nama in TANGGAL},
    **{nama.replace("_", " ").replace("tanggal", "tgl"): nama for nama in TANGGAL},
    "disahkan oleh": "disahkan",
    "disahkan": "disahkan",
    "dasar hukum": "dasar_hukum",
    "kualifikasi pelaksana": "kualifikasi",
    "kualifikasi": "kualifikasi",
    "keterkaitan": "keterkaitan",
    "peralatan perlengkapan": "peralatan",
    "peralatan": "peralatan",
    "peralatan dan perlengkapan": "peralatan",
    "peringatan": "peringatan",
    "pencatatan dan pendataan": "pencatatan",
    "pencatatan pendataan": "pencatatan",
}
_NIP = re.compile(r"\bN[IT]P\b\.?\s*:?\s*([\d ]{5,})", re.IGNORECASE)
_KOP = re.compile(
    r"(?:pemerintah|dinas|badan|kecamatan|inspektorat|sekretariat|jalan|telp)\b|jl\.",
    re.IGNORECASE,
)
_BERNOMOR = re.compile(r"^\s*\d{1,2}[.)]?\s+")
_MAKS_TURUN = 40


def read_kertas(buku: Buku, tabel: Tabel, catat: Pencatat) -> Halaman:
    """What the labels of any visible sheet say, the table of steps left out."""
    h = Halaman()
    for lembar in (s for s in buku.lembar if not s.tersembunyi):
        akhir = tabel.atas - 1 if lembar is tabel.lembar else lembar.baris_akhir
        _read_lembar(lembar, akhir, h, catat)
    h.judul_kolom = {k: " ".join(t.split()) for k, t in tabel.judul.items() if t.strip()}
    h.judul_kolom = {k: t for k, t in h.judul_kolom.items() if k in _CETAK}
    h.teks["judul_uraian"] = _judul_uraian(tabel)
    h.kolom = _kolom(tabel, catat)
    return h


_CETAK = (
    "no",
    "kegiatan",
    "pelaksana",
    "mutu_baku",
    "kelengkapan",
    "waktu",
    "output",
    "keterangan",
)


def find_label(teks: str) -> tuple[str, str] | None:
    """Key of a label and what stands behind its colon; None for any other text."""
    depan, titik, sisa = teks.partition(":")
    kata = normalise(depan)
    dekat = get_close_matches(kata, _LABEL, n=1, cutoff=0.9) if len(kata) > 5 else []
    kunci = _LABEL.get(kata) or (_LABEL[dekat[0]] if dekat else None)
    return (kunci, sisa.strip() if titik else "") if kunci else None


def _read_lembar(lembar: Lembar, akhir: int, h: Halaman, catat: Pencatat) -> None:
    label = {
        (b, k): temuan
        for b in range(1, akhir + 1)
        for k, teks in list_teks(lembar, b)
        if (temuan := find_label(teks))
    }
    for (b, k), (kunci, sisa) in label.items():
        if h.tempat.get(kunci) and kunci in TANGGAL:
            continue
        h.tempat.setdefault(kunci, lembar.alamat(b, k))
        butir = [sisa] if sisa else list(_list_nilai(lembar, (b, k), set(label), akhir))
        _keep(h, kunci, butir, catat)
    if label:
        h.daftar.setdefault("kop", list(_list_kop(lembar, akhir)))


def _keep(h: Halaman, kunci: str, butir: list[str], catat: Pencatat) -> None:
    if kunci in DAFTAR:
        h.daftar.setdefault(kunci, []).extend(_rapikan(butir))
    elif kunci == "disahkan":
        _read_disahkan(h, butir, catat)
    elif butir:
        h.teks.setdefault(kunci, " ".join(butir[0].split()))


def _list_nilai(
    lembar: Lembar, tempat: tuple[int, int], label: set[tuple[int, int]], akhir: int
) -> Iterator[str]:
    """Text beside the label, else below it, down to the next label of its columns."""
    b, k = tempat
    batas = min((m for n, m in label if n == b and m > k), default=lembar.kolom_akhir + 1)
    samping = _gabung_baris(lembar, b, range(k + 1, batas), label)
    if samping:
        yield samping
    for n in range(b + 1, min(akhir, b + _MAKS_TURUN) + 1):
        if any((n, m) in label for m in range(k, batas)):
            return
        mulai = k + 1 if samping else k
        teks = _gabung_baris(lembar, n, range(mulai, batas), label)
        if teks:
            yield teks


def _gabung_baris(lembar: Lembar, baris: int, kolom: range, label: set[tuple[int, int]]) -> str:
    teks = [text_of(lembar.own(baris, m)).strip() for m in kolom if (baris, m) not in label]
    return " ".join(t for t in teks if t.strip(":")).lstrip(": ")


def _rapikan(butir: list[str]) -> list[str]:
    """Items of a list; a line without number goes on with the numbered one above."""
    baris = [b for teks in butir for b in teks.split("\n") if b.strip()]
    if not any(_BERNOMOR.match(b) for b in baris):
        return [t for b in baris for t in split_cetak(b)]
    hasil: list[str] = []
    for b in baris:
        isi = _BERNOMOR.sub("", b).strip()
        if _BERNOMOR.match(b) or not hasil:
            hasil.append(isi)
        else:
            hasil[-1] += f" {isi}"
    return hasil


def _read_disahkan(h: Halaman, butir: list[str], catat: Pencatat) -> None:
    baris = [" ".join(b.split()) for teks in butir for b in teks.split("\n") if b.strip()]
    nip = next((c for b in baris if (c := _NIP.search(b))), None)
    sisa = [_NIP.sub("", b).strip(" .") for b in baris]
    for nama, teks in zip(("jabatan", "nama", "pangkat"), (s for s in sisa if s), strict=False):
        h.teks[f"disahkan_{nama}"] = teks
    if nip:
        h.teks["disahkan_nip"] = nip[1].strip()
    if baris:
        tempat = h.tempat["disahkan"]
        pesan = "pengesahan dibagi menurut urutan baris: jabatan, nama, pangkat, NIP. Periksa."
        catat.note(tempat, pesan, Derajat.RAGU)
        h.ragu.append("disahkan")
        h.catatan["disahkan"] = f"{tempat}: tertulis “{'; '.join(baris)}”. {pesan}"


def _list_kop(lembar: Lembar, akhir: int) -> Iterator[str]:
    """Lines above the first label that name a government, an office or an address."""
    semua = (t for b in range(1, akhir + 1) for _k, t in list_teks(lembar, b))
    for teks in takewhile(lambda t: not find_label(t), semua):
        if _KOP.match(teks.strip()):
            yield from (" ".join(t.split()) for t in teks.split("\n") if t.strip())


def _judul_uraian(tabel: Tabel) -> str:
    """The nearest line of text above the heading of the table."""
    for b in range(tabel.atas - 1, 0, -1):
        teks = [t for _k, t in list_teks(tabel.lembar, b)]
        if len(teks) == 1 and not find_label(teks[0]):
            return " ".join(teks[0].split())
        if teks:
            break
    return ""


def _kolom(tabel: Tabel, catat: Pencatat) -> tuple[KolomPelaksana, ...]:
    hasil = []
    for lajur in tabel.lajur:
        if lajur.judul:
            tempat = tabel.lembar.alamat(tabel.kepala, lajur.kolom)
            kode = catat.find_jabatan(lajur.judul, tempat)
            hasil.append(KolomPelaksana(" ".join(lajur.judul.split()), kode))
    return tuple(hasil)
