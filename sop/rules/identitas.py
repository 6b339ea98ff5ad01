"""The identity page of an SOP as values: what stands on it, word for word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sakip.common.waktu import BULAN

TANGGAL = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "tanggal_pengesahan")
_POLA_TANGGAL = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})")
_NOMOR_BULAN = {nama.lower(): n for n, nama in enumerate(BULAN, start=1)}


class TanggalTidakTerbaca(ValueError):
    """The text is no date; the message says how to write one."""


@dataclass(frozen=True)
class KolomPelaksana:
    """One actor column of the form.

    judul: heading as printed. jabatan: kode of the posts that act in it; two mean a joint column.
    tercetak: False for a column that the form needs and the source lost.
    """

    judul: str
    jabatan: tuple[str, ...]
    tercetak: bool = True


@dataclass(frozen=True)
class Identitas:
    """All on the identity page and in the table's headings. A date keeps its printed text."""

    nama_sop: str = ""
    kop: tuple[str, ...] = ()
    nomor_sop: str = ""
    tanggal_pembuatan: date | None = None
    tanggal_pembuatan_teks: str = ""
    tanggal_revisi: date | None = None
    tanggal_revisi_teks: str = ""
    tanggal_efektif: date | None = None
    tanggal_efektif_teks: str = ""
    tanggal_pengesahan: date | None = None
    tanggal_pengesahan_teks: str = ""
    disahkan_jabatan: str = ""
    disahkan_nama: str = ""
    disahkan_pangkat: str = ""
    disahkan_nip: str = ""
    dasar_hukum: tuple[str, ...] = ()
    kualifikasi: tuple[str, ...] = ()
    keterkaitan: tuple[str, ...] = ()
    peralatan: tuple[str, ...] = ()
    peringatan: tuple[str, ...] = ()
    pencatatan: tuple[str, ...] = ()
    judul_uraian: str = ""
    judul_kolom: Mapping[str, str] = field(default_factory=dict)
    judul_pelaksana: tuple[KolomPelaksana, ...] = ()
    catatan_sumber: Mapping[str, str] = field(default_factory=dict)
    perlu_konfirmasi: tuple[str, ...] = ()


def parse_tanggal(teks: str) -> date | None:
    """Read a date such as "09 Februari 2023"; None for an empty text and for "-".

    Raises:
        TanggalTidakTerbaca: anything else, impossible dates included.
    """
    bersih = " ".join(teks.lower().split())
    if bersih in ("", "-"):
        return None
    cocok = _POLA_TANGGAL.fullmatch(bersih)
    bulan = _NOMOR_BULAN.get(cocok[2]) if cocok else None
    try:
        if cocok and bulan:
            return date(int(cocok[3]), bulan, int(cocok[1]))
    except ValueError:
        pass
    raise TanggalTidakTerbaca(
        f"Tanggal “{teks.strip()}” tidak dapat dibaca. Tulis misalnya 9 Februari 2023."
    )
