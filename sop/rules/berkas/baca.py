"""From the text of a data file to identity page and route, or to all that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sop.rules.berkas.langkah import read_langkah
from sop.rules.berkas.pembaca import MasalahBaris, Pembaca, Simpul, compose
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import (
    TANGGAL,
    Identitas,
    KolomPelaksana,
    TanggalTidakTerbaca,
    parse_tanggal,
)
from sop.rules.istilah import Menghasilkan
from sop.rules.masalah import Masalah
from sop.rules.periksa import check_graf

_ATAS = (
    "kode",
    "nama",
    "unit_pemilik",
    "menghasilkan",
    "satuan_waktu",
    "identitas",
    "pelaksana",
    "langkah",
)
_TEKS = ("nama_sop", "nomor_sop", "judul_uraian")
_DAFTAR = (
    "kop",
    "dasar_hukum",
    "kualifikasi",
    "keterkaitan",
    "peralatan",
    "peringatan",
    "pencatatan",
)
_DISAHKAN = ("jabatan", "nama", "pangkat", "nip")
_KOLOM = (
    "no",
    "kegiatan",
    "pelaksana",
    "mutu_baku",
    "kelengkapan",
    "waktu",
    "output",
    "keterangan",
)
# What a note or a doubt can be about.
_ISI = (*_TEKS, *TANGGAL, *_DAFTAR, "disahkan", "judul_kolom")
_BAGIAN = (*_ISI, "judul_pelaksana", "unit_pemilik")
_DIBACA = "_dibaca"
_KUNCI = (*_ISI, *(f"{t}{_DIBACA}" for t in TANGGAL), "catatan_sumber", "perlu_konfirmasi")


@dataclass(frozen=True)
class BerkasSOP:
    """What a data file says."""

    kode: str
    nama: str
    unit_pemilik: str
    identitas: Identitas
    graf: Graf
    menghasilkan: str = Menghasilkan.LAPORAN_KINERJA.value


@dataclass(frozen=True)
class HasilBaca:
    """A file as read; `masalah` in order of line. `sop` is None where any of them is a galat.

    mentah: what could be read, faults and all; None where the text is no YAML. asing: names of
    posts that the office does not know, with their line.
    """

    sop: BerkasSOP | None
    masalah: list[MasalahBaris]
    mentah: BerkasSOP | None = None
    asing: Mapping[str, int] = field(default_factory=dict)

    @property
    def galat(self) -> list[MasalahBaris]:
        """What must be mended."""
        return [m for m in self.masalah if m.masalah.is_galat]

    @property
    def peringatan(self) -> list[MasalahBaris]:
        """What should be looked at."""
        return [m for m in self.masalah if not m.masalah.is_galat]


def read_berkas(teks: str, jabatan: Mapping[str, str]) -> HasilBaca:
    """Read one SOP.

    jabatan: every name of every post of the office (kode, nama, alias; any case) to its kode.
    """
    akar, masalah = compose(teks)
    if masalah:
        return HasilBaca(None, masalah)
    if akar is None:
        kosong = Masalah("kosong", None, "", "Berkas kosong. Isi dengan satu SOP.")
        return HasilBaca(None, [MasalahBaris(1, kosong)])
    baca = Pembaca({sebutan.casefold(): kode for sebutan, kode in jabatan.items()})
    sop = _read_sop(akar, baca)
    _check(sop.graf, baca)
    hasil = HasilBaca(sop, sorted(baca.masalah, key=lambda m: m.baris), sop, baca.asing)
    return replace(hasil, sop=None) if hasil.galat else hasil


def _read_sop(akar: Simpul, baca: Pembaca) -> BerkasSOP:
    atas = baca.read_peta(akar, _ATAS)
    for wajib in ("kode", "nama", "langkah"):
        if wajib not in atas:
            baca.note(akar, wajib, "Bagian ini wajib ada. Tambahkan.", "wajib")
    baca.satuan = baca.read_satuan(atas.get("satuan_waktu"), "satuan_waktu")
    langkah: list[SimpulLangkah] = []
    for simpul in baca.read_simpul(atas.get("langkah")):
        langkah += read_langkah(simpul, baca)
    return BerkasSOP(
        kode=baca.read_teks(atas.get("kode"), "kode"),
        nama=baca.read_teks(atas.get("nama"), "nama"),
        unit_pemilik=baca.read_teks(atas.get("unit_pemilik"), "unit_pemilik"),
        identitas=_read_identitas(atas, baca),
        graf=Graf(tuple(sorted(langkah, key=lambda s: s.nomor))),
        menghasilkan=_read_menghasilkan(atas.get("menghasilkan"), baca),
    )


def _read_menghasilkan(simpul: Simpul | None, baca: Pembaca) -> str:
    """The kind of document; a report where the file says nothing."""
    pilihan = baca.read_pilihan(simpul, [m.value for m in Menghasilkan], "menghasilkan")
    return pilihan[0] if pilihan else Menghasilkan.LAPORAN_KINERJA.value


def _read_identitas(atas: Mapping[str, Simpul], baca: Pembaca) -> Identitas:
    peta = baca.read_peta(atas.get("identitas"), _KUNCI)
    isi: dict[str, Any] = {nama: baca.read_teks(peta.get(nama), nama) for nama in _TEKS}
    isi |= {nama: baca.read_daftar(peta.get(nama), nama) for nama in _DAFTAR}
    for nama in TANGGAL:
        isi |= _read_tanggal(nama, peta, baca)
    disahkan = baca.read_peta_teks(peta.get("disahkan"), _DISAHKAN, "disahkan")
    isi |= {f"disahkan_{nama}": disahkan.get(nama, "") for nama in _DISAHKAN}
    catatan = peta.get("catatan_sumber")
    ragu = peta.get("perlu_konfirmasi")
    return Identitas(
        judul_kolom=baca.read_peta_teks(peta.get("judul_kolom"), _KOLOM, "judul_kolom"),
        judul_pelaksana=tuple(
            _read_kolom(s, baca) for s in baca.read_simpul(atas.get("pelaksana"))
        ),
        catatan_sumber=baca.read_peta_teks(catatan, _BAGIAN, "catatan_sumber"),
        perlu_konfirmasi=baca.read_pilihan(ragu, _BAGIAN, "perlu_konfirmasi"),
        **isi,
    )


def _read_tanggal(nama: str, peta: Mapping[str, Simpul], baca: Pembaca) -> dict[str, Any]:
    """The printed text and the date it says, or the date that `…_dibaca` says outright."""
    simpul, dibaca = peta.get(nama), peta.get(f"{nama}{_DIBACA}")
    teks = baca.read_teks(simpul, nama)
    if dibaca is not None:
        return {f"{nama}_teks": teks, nama: _read_iso(dibaca, nama, baca)}
    if simpul is None:
        return {}
    try:
        return {f"{nama}_teks": teks, nama: parse_tanggal(teks)}
    except TanggalTidakTerbaca as galat:
        baca.note(simpul, nama, str(galat), "tanggal")
        return {}


def _read_iso(simpul: Simpul, nama: str, baca: Pembaca) -> date | None:
    teks = baca.read_teks(simpul, nama).strip()
    if teks in ("", "-"):
        return None
    try:
        return date.fromisoformat(teks)
    except ValueError:
        pesan = f"“{teks}” bukan tanggal. Tulis tahun-bulan-hari, misalnya 2023-02-09."
        baca.note(simpul, nama, pesan, "tanggal")
        return None


def _read_kolom(simpul: Simpul, baca: Pembaca) -> KolomPelaksana:
    peta = baca.read_peta(simpul, ("judul", "jabatan", "tercetak"), "pelaksana")
    jabatan = [baca.read_jabatan(s, "pelaksana") for s in baca.read_simpul(peta.get("jabatan"))]
    tercetak = baca.read_pilihan(peta.get("tercetak"), ("ya", "tidak"), "pelaksana")
    return KolomPelaksana(
        judul=baca.read_teks(peta.get("judul"), "pelaksana"),
        jabatan=tuple(kode for kode in jabatan if kode),
        tercetak=tercetak != ("tidak",),
    )


def _check(graf: Graf, baca: Pembaca) -> None:
    """Add findings of the publishing rules, except about cells that could not even be read."""
    sudah = {(m.masalah.langkah, m.masalah.kolom) for m in baca.masalah}
    for m in check_graf(graf):
        if (m.langkah, m.kolom) in sudah:
            continue
        tempat = ((m.langkah, m.kolom), (m.langkah, ""), (None, "langkah"))
        baris = next((baca.baris[t] for t in tempat if t in baca.baris), 1)
        baca.masalah.append(MasalahBaris(baris, m))
