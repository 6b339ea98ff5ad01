"""The audit trail of one draft as an inspector reads it: every act, and whether the chain holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laporan.models import Draf
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break, list_jejak

# An act that is missing here is shown by its code.
_KATA: Mapping[str, str | Promise] = {
    "laporan.draf.mulai": _("Laporan dimulai"),
    "laporan.draf.tangguhkan": _("Ditangguhkan"),
    "laporan.draf.lanjutkan": _("Dilanjutkan"),
    "laporan.draf.batalkan": _("Dibatalkan"),
    "laporan.draf.hitung_ulang": _("Tenggat dihitung ulang"),
    "laporan.draf.sampaikan": _("Penyampaian dicatat"),
    "laporan.tugas.selesaikan": _("Diselesaikan"),
    "laporan.tugas.kembalikan": _("Dikembalikan"),
    "laporan.tugas.minta_tanda_tangan": _("Tanda tangan diminta"),
    "laporan.tugas.tanda_tangan_gagal": _("Tanda tangan gagal"),
    "laporan.tugas.tandatangani": _("Diselesaikan dengan tanda tangan"),
    "laporan.tugas.paraf": _("Diselesaikan dengan paraf"),
    "laporan.tugas.perpanjang": _("Tenggat diperpanjang"),
    "laporan.dokumen.bekukan": _("PDF dibekukan"),
    "laporan.dokumen.tandatangani": _("Dokumen ditandatangani"),
    "laporan.naskah.baca": _("Menyatakan sudah membaca"),
    "laporan.naskah.ambil_alih": _("Penyuntingan diambil alih"),
    "laporan.catatan.tulis": _("Catatan koreksi ditulis"),
    "laporan.catatan.tarik": _("Catatan koreksi ditarik"),
    "laporan.catatan.jawab": _("Catatan koreksi dijawab"),
    "laporan.catatan.terapkan": _("Usul kalimat diterapkan"),
    "laporan.nomor.pesan": _("Nomor dipesan dari register"),
    "laporan.surat.simpan": _("Surat pengantar disimpan"),
    "laporan.penggandaan.simpan": _("Penggandaan dicatat"),
    "laporan.arsip.simpan": _("Catatan arsip disimpan"),
    "laporan.reviu.simpan": _("Hasil reviu disimpan"),
    "laporan.rapat.undang": _("Undangan rapat disimpan"),
    "laporan.rapat.catat": _("Notulen dan daftar hadir disimpan"),
    "laporan.lampiran.unggah": _("Lampiran diunggah"),
    "laporan.lampiran.hapus": _("Lampiran dihapus"),
    "laporan.capaian.buka": _("Capaian dibuka kembali"),
    "laporan.capaian.ingatkan": _("Unit diingatkan mengirim capaian"),
    "laporan.perjanjian.pihak": _("Para pihak diubah"),
    "laporan.izin.beri": _("Izin baca diberikan"),
    "laporan.izin.cabut": _("Izin baca dicabut"),
    "laporan.word.minta": _("Berkas Word diminta"),
    "laporan.efek.ulangi": _("Pekerjaan diulang"),
    "laporan.efek.ragu": _("Hasil pekerjaan belum diketahui"),
    "laporan.efek.periksa_hasil": _("Hasil dari layanan tanda tangan diperiksa"),
    "laporan.efek.nyatakan_gagal": _("Pekerjaan dinyatakan gagal"),
}


@dataclass(frozen=True)
class Catatan:
    """One act. rincian: what was recorded of it, by name."""

    jejak: Jejak
    kata: str
    rincian: list[tuple[str, str]]


@dataclass(frozen=True)
class Cerita:
    """The whole trail, oldest first. putus: where the chain stops being true, empty when whole."""

    catatan: list[Catatan]
    putus: str


def tell_cerita(draf: Draf) -> Cerita:
    """Every act on the draft. Two queries."""
    semua = [Catatan(j, _name_aksi(j), _list_rincian(j)) for j in list_jejak(draf)]
    return Cerita(semua, find_chain_break(draf) or "")


def _name_aksi(jejak: Jejak) -> str:
    """What was done, and at which step where the trail says so."""
    kata, langkah = str(_KATA.get(jejak.aksi, jejak.aksi)), jejak.data.get("langkah")
    return f"{kata} (langkah {langkah})" if isinstance(langkah, int) else kata


def _list_rincian(jejak: Jejak) -> list[tuple[str, str]]:
    """Facts that say something; the state of the draft stands with every act and is left out."""
    isi: dict[str, Any] = jejak.data
    return [(k.replace("_", " "), _tulis(v)) for k, v in isi.items() if k != "status" and v != ""]


def _tulis(nilai: object) -> str:
    if isinstance(nilai, str):
        return nilai
    return json.dumps(nilai, ensure_ascii=False, cls=DjangoJSONEncoder)
