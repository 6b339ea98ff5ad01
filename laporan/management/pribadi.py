"""Where personal data lies: one table, from which the inventory and one person's export are made.

A reference to Pengguna is personal wherever it stands and needs no row here. Texts that name a
person do; tests/house/test_pribadi.py fails on one that is in neither table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from organisasi.models import Pengguna, Sesi

RUANG = ("organisasi", "sop", "kinerja", "laporan")


@dataclass(frozen=True)
class Pribadi:
    """Columns of one model that name a person, why they are kept, and until when."""

    kolom: tuple[str, ...]
    untuk: str
    simpan: str


_AKUN = "selama akun ada; akun dinonaktifkan, bukan dihapus, karena jejak menunjuk kepadanya"
_DOKUMEN = "selama dokumennya menurut jadwal retensi arsip"
_TINDAKAN = "selama laporannya; bagian dari bukti pertanggungjawaban"

PRIBADI = {
    "organisasi.Pengguna": Pribadi(
        ("nip", "surel", "nama", "pangkat", "golongan"), "mengenali orang saat masuk", _AKUN
    ),
    "organisasi.Saluran": Pribadi(("ponsel",), "pemberitahuan, atas pilihan orangnya", _AKUN),
    "organisasi.Sesi": Pribadi(
        ("alamat", "peramban"), "menunjukkan dan mengakhiri sesi", "sampai sesinya berakhir"
    ),
    "organisasi.Faktor": Pribadi(
        (), "faktor kedua saat masuk; kuncinya tersandi", "sampai dilepas"
    ),
    "organisasi.KunciSandi": Pribadi(
        ("nama",), "masuk tanpa kata sandi; hanya kunci publiknya", "sampai dilepas"
    ),
    "organisasi.KodePulih": Pribadi(
        (), "pengganti faktor kedua; hanya sidiknya", "sampai faktor kedua dilepas"
    ),
    "organisasi.Jejak": Pribadi(("aktor_nama",), "jejak audit", _TINDAKAN),
    "sop.VersiSOP": Pribadi(
        ("disahkan_nama", "disahkan_pangkat", "disahkan_nip"), "pengesahan SOP", _DOKUMEN
    ),
    "kinerja.PerjanjianKinerja": Pribadi(
        (
            "pertama_nama",
            "pertama_pangkat",
            "pertama_nip",
            "kedua_nama",
            "kedua_pangkat",
            "kedua_nip",
        ),
        "para pihak pada Perjanjian Kinerja",
        _DOKUMEN,
    ),
    "laporan.Tugas": Pribadi(
        ("pelaku_nama", "pelaku_nip", "pelaku_pangkat"), "siapa memutuskan apa", _TINDAKAN
    ),
    "laporan.SuratPengantar": Pribadi(
        ("penanda_nama", "penanda_pangkat", "penanda_nip"), "penanda tangan surat", _DOKUMEN
    ),
    "laporan.TandaTangan": Pribadi(("nama", "pangkat", "nip"), "tanda tangan elektronik", _DOKUMEN),
    "laporan.IdentitasTanda": Pribadi(
        ("nik",), "layanan tanda tangan versi 1; tersandi", "sampai orangnya menghapusnya"
    ),
    "laporan.Salinan": Pribadi(("penerima",), "tanda terima salinan", _DOKUMEN),
    "laporan.Penggandaan": Pribadi(("oleh",), "siapa menggandakan", _DOKUMEN),
    "laporan.Penyampaian": Pribadi(("penerima", "dicatat_nama"), "bukti penyampaian", _DOKUMEN),
    "laporan.CatatanKoreksi": Pribadi(("oleh_nama", "dijawab_nama"), "koreksi naskah", _TINDAKAN),
    "laporan.PenilaianSOP": Pribadi(("penilai_nama", "penilai_nip"), "evaluasi SOP", _DOKUMEN),
    "laporan.Perpanjangan": Pribadi(("pelaku_nama",), "perpanjangan tenggat", _TINDAKAN),
    "laporan.Undangan": Pribadi(
        ("penanda_nama", "penanda_pangkat", "penanda_nip"), "penanda tangan undangan", _DOKUMEN
    ),
    "laporan.Peserta": Pribadi(("nama",), "daftar undangan", _DOKUMEN),
    "laporan.Rapat": Pribadi(("pimpinan",), "notula", _DOKUMEN),
    "laporan.Kehadiran": Pribadi(("nama",), "daftar hadir", _DOKUMEN),
    "laporan.ReviuAPIP": Pribadi(
        ("pereviu", "nama", "pangkat", "nip"), "pernyataan telah direviu", _DOKUMEN
    ),
}
# Named as if of a person, and not.
BUKAN = {
    "organisasi.Instansi.alamat",
    "organisasi.Instansi.surel",
    "organisasi.Jejak.objek_nama",
    "laporan.Rapat.notulen",  # the minutes themselves
}
# Never leaves the database: who reads it could act as its owner.
RAHASIA = {"password", "nik"}
_TERSANDI = "(tersimpan tersandi, tidak dikeluarkan)"


def list_acuan(model: type[models.Model]) -> list[str]:
    """Columns that refer to a person."""
    return [
        f.name
        for f in model._meta.concrete_fields
        if f.is_relation and f.related_model is Pengguna and model is not Pengguna
    ]


def list_bersangkutan() -> Iterator[tuple[type[models.Model], list[str], list[str]]]:
    """Every model with personal data: its references to people, and its columns that name them."""
    for model in apps.get_models():
        if model._meta.app_label not in RUANG:
            continue
        pribadi = PRIBADI.get(model._meta.label)
        kolom = list(pribadi.kolom) if pribadi else []
        if kolom or list_acuan(model):
            yield model, list_acuan(model), kolom


def gather_data(orang: Pengguna) -> dict[str, Any]:
    """What the installation holds about one person, by model; no secrets.

    Of a row that refers to the person: its times and the columns that name people by reference or
    by NIP. What he wrote as an official (reports, notes) belongs to the office and is named by its
    number only.
    """
    return {
        model._meta.label: baris
        for model, acuan, kolom in list_bersangkutan()
        if (baris := _list_baris(model, orang, acuan, kolom))
    }


def _list_baris(
    model: type[models.Model], orang: Pengguna, acuan: list[str], kolom: list[str]
) -> list[dict[str, Any]]:
    cari = Q(pk=orang.pk) if model is Pengguna else Q(pk__in=())
    for nama in acuan:
        cari |= Q(**{nama: orang})
    for nama in kolom:
        if nama.endswith("nip") and model is not Pengguna:
            cari |= Q(**{nama: orang.nip})
    waktu = [f.name for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)]
    return [
        {
            # The key of a session opens the door.
            "nomor": baris.sidik if isinstance(baris, Sesi) else baris.pk,
            "sebagai": [n for n in acuan if getattr(baris, f"{n}_id") == orang.pk],
            **{n: getattr(baris, n) for n in waktu},
            **_pick(baris, orang, kolom),
        }
        for baris in model._default_manager.filter(cari).order_by("pk").iterator()
    ]


def _pick(baris: models.Model, orang: Pengguna, kolom: list[str]) -> dict[str, Any]:
    """The naming columns that are this person's: others stand on the same row as well."""
    return {
        nama: _TERSANDI if nama in RAHASIA else getattr(baris, nama)
        for nama in kolom
        if is_miliknya(baris, orang, nama)
    }


def is_miliknya(baris: models.Model, orang: Pengguna, nama: str) -> bool:
    """A row of his account; beside his NIP; or his name itself."""
    if isinstance(baris, Pengguna) or getattr(baris, "pengguna_id", None) == orang.pk:
        return True
    awalan = nama.rpartition("_")[0]
    nip = getattr(baris, f"{awalan}_nip" if awalan else "nip", None)
    return bool(orang.nip == nip if nip is not None else getattr(baris, nama) == orang.nama)


def write_inventaris() -> str:
    """The table of docs/privasi.md."""
    baris = ["| Tabel | Kolom | Untuk | Disimpan |", "|---|---|---|---|"]
    for model, acuan, kolom in list_bersangkutan():
        pribadi = PRIBADI.get(model._meta.label, Pribadi((), "siapa melakukannya", _TINDAKAN))
        semua = ", ".join(f"`{n}`" for n in [*kolom, *acuan])
        baris.append(f"| {model._meta.label} | {semua} | {pribadi.untuk} | {pribadi.simpan} |")
    return "\n".join(baris)
