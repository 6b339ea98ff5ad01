"""From a workbook to an SOP, or to the reason why it holds none."""

from collections.abc import Mapping

from sakip.common.lembar_isi import Buku
from sop.rules.berkas import BerkasSOP
from sop.rules.istilah import Menghasilkan
from sop.rules.lembar.hasil import HasilLembar, Pencatat, normalise_sebutan
from sop.rules.lembar.identitas import Halaman, build_identitas, read_catatan, read_milik
from sop.rules.lembar.kepala import find_tabel
from sop.rules.lembar.kertas import read_kertas
from sop.rules.lembar.langkah import read_langkah


def read_lembar(buku: Buku, jabatan: Mapping[str, str]) -> HasilLembar:
    """Read one SOP: our own workbook to the letter, a sheet like the paper form as far as it goes.

    jabatan: every name of every post of the office (kode, nama, alias) to its kode.

    Raises:
        BukanLembarSOP: no sheet holds a table of steps.
    """
    catat = Pencatat(normalise_sebutan(jabatan))
    tabel = find_tabel(buku, catat)
    h = read_milik(buku, catat) if tabel.milik else read_kertas(buku, tabel, catat)
    catatan = read_catatan(buku) if tabel.milik else {}
    if "" in catatan:
        h.catatan, h.ragu = dict(catatan[""][0]), list(catatan[""][1])
    graf = read_langkah(tabel, h.kolom, catatan, catat)
    identitas = build_identitas(h, catat)
    sop = BerkasSOP(
        kode=h.teks.get("kode", ""),
        nama=_nama(h),
        unit_pemilik=h.teks.get("unit_pemilik", ""),
        identitas=identitas,
        graf=graf,
        menghasilkan=_menghasilkan(h),
    )
    return HasilLembar(sop, tuple(catat.temuan), tuple(catat.dibaca), dict(catat.asing))


def _nama(h: Halaman) -> str:
    """Name in the catalogue: as said, else as printed."""
    if nama := h.teks.get("nama"):
        return nama
    cetak = h.teks.get("nama_sop") or h.teks.get("judul_uraian") or ""
    return f"SOP {cetak}"[:250] if cetak and "sop" not in cetak.casefold() else cetak


def _menghasilkan(h: Halaman) -> str:
    """The kind of document, by its key or its name; a report where the sheet says nothing."""
    teks = h.teks.get("menghasilkan", "").strip().casefold().replace(" ", "_")
    return teks if teks in set(Menghasilkan) else Menghasilkan.LAPORAN_KINERJA.value
