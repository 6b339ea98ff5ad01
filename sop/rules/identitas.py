"""The identity page of an SOP as values: what stands on it, word for word."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sakip.common.waktu import BULAN
from sop.rules.masalah import Masalah, Tingkat

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


def format_tanggal(hari: date) -> str:
    """ "9 Februari 2023", as a document prints a day; `parse_tanggal` reads it back."""
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def parse_tanggal(teks: str) -> date | None:
    """Read a date such as "09 Februari 2023"; None for an empty text and for "-".

    Raises:
        TanggalTidakTerbaca: anything else, impossible dates included.
    """
    bersih = " ".join(teks.lower().split())
    if bersih in ("", "-"):
        return None
    cocok = _POLA_TANGGAL.fullmatch(bersih)
    # A month or a day that no calendar has is refused like any other text.
    with suppress(KeyError, ValueError):
        if cocok:
            return date(int(cocok[3]), _NOMOR_BULAN[cocok[2]], int(cocok[1]))
    raise TanggalTidakTerbaca(
        f"Tanggal “{teks.strip()}” tidak dapat dibaca. Tulis misalnya 9 Februari 2023."
    )


def apply_identitas(lama: Identitas, isian: Mapping[str, Any]) -> Identitas:
    """The page with the fields of `isian` as typed; a doubt about a changed one is settled.

    A day is read from its text where it can be; a text that is no day is kept, its day is None.
    """
    hari: dict[str, Any] = {
        nama: read_tanggal(isian[f"{nama}_teks"])
        for nama in TANGGAL
        if f"{nama}_teks" in isian and isian[f"{nama}_teks"] != getattr(lama, f"{nama}_teks")
    }
    baru = replace(lama, **isian, **hari)
    berubah = set(list_berubah_identitas(lama, baru))
    return replace(
        baru, perlu_konfirmasi=tuple(k for k in lama.perlu_konfirmasi if k not in berubah)
    )


def read_tanggal(teks: str) -> date | None:
    """The day a text names, None for one that names none."""
    try:
        return parse_tanggal(teks)
    except TanggalTidakTerbaca:
        return None


def list_berubah_identitas(lama: Identitas, baru: Identitas) -> list[str]:
    """Names of the fields that differ, as doubts and findings call them."""
    hasil: dict[str, None] = {}
    for nama in Identitas.__dataclass_fields__:
        if nama != "perlu_konfirmasi" and getattr(lama, nama) != getattr(baru, nama):
            hasil["disahkan" if nama.startswith("disahkan_") else nama.removesuffix("_teks")] = None
    return list(hasil)


def check_identitas(identitas: Identitas) -> list[Masalah]:
    """What an identity page should say before it is published: doubts, never galat."""
    ragu = Tingkat.PERINGATAN
    temuan = []
    if not identitas.nama_sop.strip():
        pesan = "Nama SOP pada halaman identitas kosong. Isi seperti pada naskah."
        temuan.append(Masalah("tanpa-nama", None, "nama_sop", pesan, ragu))
    for nama in TANGGAL:
        try:
            parse_tanggal(getattr(identitas, f"{nama}_teks"))
        except TanggalTidakTerbaca as galat:
            temuan.append(Masalah("tanggal-tak-terbaca", None, nama, str(galat), ragu))
    return temuan
