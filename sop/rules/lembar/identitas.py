"""The identity page of our own workbook, by the keys beside each row, and its notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sakip.common.lembar_isi import Buku, Jenis, Lembar, Sel
from sakip.common.waktu import BULAN
from sop.rules.identitas import (
    TANGGAL,
    Identitas,
    KolomPelaksana,
    TanggalTidakTerbaca,
    parse_tanggal,
)
from sop.rules.lembar.hasil import Derajat, Pencatat
from sop.rules.lembar.kata import CATATAN, IDENTITAS, KOLOM_CETAK, PELAKSANA

ATAS = ("kode", "nama", "unit_pemilik", "menghasilkan")
TEKS = ("nama_sop", "nomor_sop", "judul_uraian")
DISAHKAN = tuple(f"disahkan_{n}" for n in ("jabatan", "nama", "pangkat", "nip"))
DAFTAR = (
    "kop",
    "dasar_hukum",
    "kualifikasi",
    "keterkaitan",
    "peralatan",
    "peringatan",
    "pencatatan",
)
DIBACA = "_dibaca"
JUDUL_KOLOM = "judul_kolom."
BAGIAN = (*TEKS, *TANGGAL, *DAFTAR, "disahkan", "judul_kolom", "judul_pelaksana", "unit_pemilik")
# What the tables hold of each text.
PANJANG: Mapping[str, int] = {
    "nama": 250,
    "unit_pemilik": 250,
    "nama_sop": 250,
    "nomor_sop": 120,
    "judul_uraian": 250,
    "disahkan_jabatan": 250,
    "disahkan_nama": 150,
    "disahkan_pangkat": 80,
    "disahkan_nip": 40,
    **dict.fromkeys(TANGGAL, 60),
}
_YA = "ya"


@dataclass
class Halaman:
    """An identity page being read. teks: by key; daftar: items by key; tempat: cell by key."""

    teks: dict[str, str] = field(default_factory=dict)
    daftar: dict[str, list[str]] = field(default_factory=dict)
    tempat: dict[str, str] = field(default_factory=dict)
    judul_kolom: dict[str, str] = field(default_factory=dict)
    kolom: tuple[KolomPelaksana, ...] = ()
    catatan: dict[str, str] = field(default_factory=dict)
    ragu: list[str] = field(default_factory=list)

    def note(self, kunci: str, pesan: str, asli: str, catat: Pencatat) -> None:
        """A cell that was not read as it stands: for the preview, and as doubt of the page."""
        bagian = "disahkan" if kunci in DISAHKAN else kunci
        tempat = self.tempat.get(kunci, IDENTITAS)
        catat.note(tempat, pesan, Derajat.BELUM)
        if bagian in BAGIAN:
            tertulis = f"{tempat}: {pesan}" if asli in pesan else f"{tempat}: “{asli}”. {pesan}"
            self.catatan[bagian] = " ".join(filter(None, [self.catatan.get(bagian), tertulis]))
            if bagian not in self.ragu:
                self.ragu.append(bagian)


def text_of(sel: Sel) -> str:
    """Text of a cell; a date of Excel as it is printed on an SOP."""
    if sel.jenis != Jenis.TANGGAL:
        return sel.teks
    hari = date.fromisoformat(sel.teks)
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def build_identitas(h: Halaman, catat: Pencatat) -> Identitas:
    """The page as values; what does not fit or cannot be read is noted."""
    for kunci, maks in PANJANG.items():
        if len(h.teks.get(kunci, "")) > maks:
            asli = h.teks[kunci]
            h.note(kunci, f"teks lebih dari {maks} huruf, jadi dipotong.", asli, catat)
            h.teks[kunci] = asli[:maks]
    isi: dict[str, Any] = {n: h.teks.get(n, "") for n in (*TEKS, *DISAHKAN)}
    isi |= {n: tuple(h.daftar.get(n, ())) for n in DAFTAR}
    for nama in TANGGAL:
        isi[f"{nama}_teks"] = h.teks.get(nama, "")
        isi[nama] = _tanggal(h, nama, catat)
    return Identitas(
        judul_kolom=h.judul_kolom,
        judul_pelaksana=h.kolom,
        catatan_sumber=h.catatan,
        perlu_konfirmasi=tuple(h.ragu),
        **isi,
    )


def _tanggal(h: Halaman, nama: str, catat: Pencatat) -> date | None:
    teks, dibaca = h.teks.get(nama, ""), h.teks.get(f"{nama}{DIBACA}", "").strip()
    if dibaca == "-":
        return None
    try:
        return parse_tanggal(dibaca or teks)
    except TanggalTidakTerbaca:
        salah = dibaca or teks
        pesan = f"tanggal “{salah}” belum terbaca. Tulis misalnya 9 Februari 2023."
        h.note(nama, pesan, salah, catat)
        return None


# --- our own sheets -----------------------------------------------------------------------------


def read_milik(buku: Buku, catat: Pencatat) -> Halaman:
    """The page of a workbook that this application wrote."""
    h = Halaman()
    lembar = buku.get(IDENTITAS)
    if lembar:
        _read_kunci(lembar, h)
    _read_pelaksana(buku.get(PELAKSANA), h, catat)
    return h


def _read_kunci(lembar: Lembar, h: Halaman) -> None:
    """Column A: name of the part, B: what it says, C: its key. A row without key goes on."""
    kunci = ""
    for baris in range(2, lembar.baris_akhir + 1):
        milik = lembar.own(baris, 3).teks.strip()
        kunci = milik or kunci
        isi = text_of(lembar.at(baris, 2))
        h.tempat.setdefault(kunci, lembar.alamat(baris, 2))
        if kunci.startswith(JUDUL_KOLOM):
            bagian = kunci.removeprefix(JUDUL_KOLOM)
            if bagian in KOLOM_CETAK and isi:
                h.judul_kolom[bagian] = isi
        elif kunci in DAFTAR:
            h.daftar.setdefault(kunci, []).extend([isi] if isi else [])
        elif milik:
            h.teks[kunci] = isi


def _read_pelaksana(lembar: Lembar | None, h: Halaman, catat: Pencatat) -> None:
    for baris in range(2, lembar.baris_akhir + 1) if lembar else ():
        isi = _list_sel(lembar, baris)
        if not any(isi):
            continue
        tempat = lembar.alamat(baris, 2) if lembar else ""
        kode = [k for t in isi[1].split("\n") for k in catat.find_jabatan(t, tempat)]
        tercetak = isi[2].strip().casefold() in ("", _YA)
        h.kolom = (*h.kolom, KolomPelaksana(isi[0], tuple(kode), tercetak))


def read_catatan(buku: Buku) -> dict[str, tuple[dict[str, str], tuple[str, ...]]]:
    """Notes and doubts by place: "" for the identity page, else the number of the step."""
    lembar = buku.get(CATATAN)
    hasil: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {}
    for baris in range(2, lembar.baris_akhir + 1) if lembar else ():
        tempat, bagian, ragu, teks = _list_sel(lembar, baris)
        label = tempat.strip().casefold().removeprefix("langkah").strip()
        catatan, perlu = hasil.get("" if label == IDENTITAS.casefold() else label, ({}, ()))
        if teks:
            catatan[bagian.strip()] = teks
        if ragu.strip().casefold() == _YA:
            perlu = (*perlu, bagian.strip())
        hasil["" if label == IDENTITAS.casefold() else label] = (catatan, perlu)
    return hasil


def _list_sel(lembar: Lembar | None, baris: int) -> list[str]:
    return [lembar.at(baris, k).teks for k in range(1, 5)] if lembar else []
