"""The words of an SOP workbook: names of its sheets, its columns and what stands in their cells.

They are a file format, so they are not translated; reading accepts the variants of printed forms.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.graf import SimpulPelaksana
from sop.rules.istilah import JenisUnit, Periode, Simbol, Tindakan

FORMAT = "sop-1"
IDENTITAS, PELAKSANA, PROSEDUR = "Identitas", "Pelaksana", "Prosedur"
CATATAN, PETUNJUK, PENANDA = "Catatan", "Petunjuk", "SAKIP"
SELESAI = "selesai"
TANPA_BATAS = "tanpa batas"

# Columns of the printed form, with the heading used when a form prints none, and of our own.
KOLOM_CETAK: Mapping[str, str] = {
    "no": "No",
    "kegiatan": "Kegiatan",
    "pelaksana": "Pelaksana",
    "mutu_baku": "Mutu Baku",
    "kelengkapan": "Kelengkapan",
    "waktu": "Waktu",
    "output": "Output",
    "keterangan": "Keterangan",
}
KOLOM_MESIN: Mapping[str, str] = {
    "simbol": "Simbol",
    "tindakan": "Tindakan",
    "rinci": "Pelaksana rinci",
    "lanjut": "Lanjut ke",
    "ya": "Ya ke",
    "tidak": "Tidak ke",
    "kelengkapan_ulang": "Kelengkapan saat perbaikan",
    "waktu_dibaca": "Waktu dibaca",
    "periode": "Periode",
    "efek": "Efek tambahan",
    "beda_orang_dari": "Harus orang lain dari langkah",
}
LAJUR = "lajur"
_VARIAN: Mapping[str, tuple[str, ...]] = {
    "no": ("no", "nomor", "no urut"),
    "kegiatan": (
        "kegiatan",
        "uraian prosedur",
        "uraian kegiatan",
        "uraian aktivitas",
        "aktivitas",
        "aktifitas",
        "uraian",
        "prosedur",
        "tahapan",
        "langkah kegiatan",
    ),
    "pelaksana": ("pelaksana", "pelaksana kegiatan", "aktor", "penanggung jawab"),
    "mutu_baku": ("mutu baku", "mutu buku", "baku mutu"),
    "kelengkapan": (
        "kelengkapan",
        "persyaratan kelengkapan",
        "persyaratan",
        "kelengkapan dan peralatan",
        "syarat kelengkapan",
        "persyaratan perlengkapan",
    ),
    "waktu": ("waktu", "waktu baku", "waktu penyelesaian", "durasi"),
    "output": ("output", "out put", "opuput", "keluaran", "hasil"),
    "keterangan": ("keterangan", "ket"),
}
_KUNCI_JUDUL = {
    **{v: kunci for kunci, varian in _VARIAN.items() for v in varian},
    **{judul.lower(): kunci for kunci, judul in KOLOM_MESIN.items()},
}
KOLOM_SEMUA: Mapping[str, str] = {**KOLOM_CETAK, **KOLOM_MESIN}

LABEL: Mapping[str, str] = {
    Simbol.MULAI: "Mulai",
    Simbol.PROSES: "Proses",
    Simbol.KEPUTUSAN: "Keputusan",
    Simbol.AKHIR: "Selesai",
    Tindakan.DISPOSISI: "Disposisi",
    Tindakan.RAPAT: "Rapat",
    Tindakan.KUMPUL: "Mengumpulkan data",
    Tindakan.VERIFIKASI: "Verifikasi",
    Tindakan.SUSUN: "Menyusun",
    Tindakan.KETIK: "Mengetik",
    Tindakan.KOREKSI: "Koreksi",
    Tindakan.SOSIALISASI: "Sosialisasi",
    Tindakan.PARAF: "Paraf",
    Tindakan.REVIU: "Reviu APIP",
    Tindakan.TANDA_TANGAN: "Tanda tangan",
    Tindakan.SURAT: "Surat pengantar dan nomor",
    Tindakan.PENGGANDAAN: "Penggandaan",
    Tindakan.ARSIP: "Pengarsipan",
    **{p.value: p.value.capitalize() for p in Periode},
}
TANDA: Mapping[str, str] = {
    Simbol.MULAI: "○ Mulai",
    Simbol.PROSES: "▭ Proses",
    Simbol.KEPUTUSAN: "◇ Keputusan",
    Simbol.AKHIR: "○ Selesai",
}
_SATUAN = {
    "menit": SatuanWaktu.MENIT,
    "jam": SatuanWaktu.JAM,
    "hari": SatuanWaktu.HARI_KERJA,
    "hari kerja": SatuanWaktu.HARI_KERJA,
    "hari kalender": SatuanWaktu.HARI_KALENDER,
}
_NAMA_SATUAN = {satuan: nama for nama, satuan in _SATUAN.items()}
_WAKTU = re.compile(r"(?:tanpa batas|(\d{1,5}) (menit|jam|hari kerja|hari kalender))( per unit)?")
_GILIRAN = re.compile(r"giliran\s+(\d{1,3})")
_TIAP = re.compile(r"\btiap\s+(.+)")
_BULIR = "• "
_PETIK_BULIR = re.compile(r"^\s*(?:[•▪●\-–*]\s+|\d{1,2}[.)]\s+)")


def normalise(teks: str) -> str:
    """Words in small letters, without brackets and punctuation, for comparing headings."""
    polos = re.sub(r"\([^)]*\)", " ", teks.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", polos).split())


def find_kolom(judul: str) -> str | None:
    """Key of the column with that heading, misprints included; None for any other heading."""
    kata = normalise(judul)
    if kata in _KUNCI_JUDUL or len(kata) < 4:
        return _KUNCI_JUDUL.get(kata)
    dekat = get_close_matches(kata, _KUNCI_JUDUL, n=1, cutoff=0.84)
    return _KUNCI_JUDUL[dekat[0]] if dekat else None


def find_satuan(judul: str) -> SatuanWaktu | None:
    """Unit in a heading such as "Waktu (menit)", None where it says none."""
    cocok = re.search(r"\(([^)]*)\)", judul.casefold())
    return _SATUAN.get(" ".join(cocok[1].split())) if cocok else None


def parse_label(teks: str, dikenal: Iterable[str]) -> str | None:
    """The stored value of a label, or of a stored value; None where it is neither."""
    kata = " ".join(teks.casefold().replace("_", " ").split())
    for nilai in dikenal:
        if kata in (nilai.replace("_", " "), LABEL.get(nilai, nilai).casefold()):
            return str(nilai)
    return None


# --- several values in one cell -----------------------------------------------------------------


def join_butir(butir: Iterable[str]) -> str:
    """A list in one cell, a line each; bullets where an item itself has several lines."""
    daftar = [b for b in butir if b]
    if any("\n" in b or b.startswith(_BULIR) for b in daftar):
        return "\n".join(_BULIR + b.replace("\n", "\n  ") for b in daftar)
    return "\n".join(daftar)


def split_butir(teks: str) -> tuple[str, ...]:
    """What `join_butir` joined."""
    if not teks.startswith(_BULIR):
        return tuple(b for b in teks.split("\n") if b)
    potong = teks.removeprefix(_BULIR).split(f"\n{_BULIR}")
    return tuple(p.replace("\n  ", "\n") for p in potong)


def split_cetak(teks: str) -> tuple[str, ...]:
    """Items of a printed cell: a line each, without bullets and numbers."""
    baris = (_PETIK_BULIR.sub("", b).strip() for b in teks.split("\n"))
    return tuple(b for b in baris if b)


# --- actors ---------------------------------------------------------------------------------------


def write_giliran(urutan: int, per_unit: Iterable[str], *, sebut_satu: bool) -> list[str]:
    """The turn and the units of an actor in words."""
    unit = " + ".join(per_unit)
    giliran = [f"giliran {urutan}"] if sebut_satu or urutan != 1 else []
    return giliran + ([f"tiap {unit}"] if unit else [])


def write_pelaksana(pelaksana: Iterable[SimpulPelaksana]) -> str:
    """All actors of a step, a line each: "kasi; giliran 2; tiap seksi"."""
    return "\n".join(
        "; ".join([p.jabatan_kode, *write_giliran(p.urutan, p.per_unit, sebut_satu=False)])
        for p in pelaksana
    )


def parse_giliran(teks: str) -> tuple[int | None, tuple[str, ...]]:
    """Turn (None where none is said) and kinds of unit in words such as "giliran 2; tiap seksi"."""
    rata = teks.casefold()
    giliran, tiap = _GILIRAN.search(rata), _TIAP.search(rata)
    unit = {j.value for j in JenisUnit if tiap and re.search(rf"\b{j.value}\b", tiap[1])}
    return (int(giliran[1]) or None if giliran else None), tuple(sorted(unit))


# --- time -----------------------------------------------------------------------------------------


def write_waktu(durasi: Durasi | None, *, per_unit: bool) -> str:
    """A time outright, for the column Waktu dibaca."""
    teks = f"{durasi.nilai} {_NAMA_SATUAN[durasi.satuan]}" if durasi else TANPA_BATAS
    return f"{teks} per unit" if per_unit else teks


def parse_waktu_dibaca(teks: str) -> tuple[Durasi | None, bool] | None:
    """What `write_waktu` wrote; None for anything else."""
    cocok = _WAKTU.fullmatch(" ".join(teks.casefold().split()))
    if cocok is None:
        return None
    durasi = Durasi(int(cocok[1]), _SATUAN[cocok[2]]) if cocok[1] and int(cocok[1]) else None
    return durasi, bool(cocok[3])
