"""Tables of the report that walks an SOP."""

from laporan.models.arsip import KelasArsip
from laporan.models.berkas_word import BerkasWord
from laporan.models.catatan import Berpenanda, CatatanLangkah
from laporan.models.dokumen import ArsipDokumen, Dokumen, TandaTangan
from laporan.models.draf import Draf, DrafGroupPermission, DrafUserPermission
from laporan.models.efek import Efek, IdentitasTanda, SerahRahasia
from laporan.models.gambar import GambarNaskah
from laporan.models.izin import IzinBaca
from laporan.models.kerangka import BagianKerangka
from laporan.models.kirim import Penyampaian, TujuanKirim
from laporan.models.koreksi import CatatanKoreksi, VersiDibaca
from laporan.models.lampiran import Lampiran
from laporan.models.naskah import BabNaskah, TeksNaskah, VersiNaskah
from laporan.models.paket_lke import PaketLKE
from laporan.models.pemberitahuan import AturanPengingat, Pemberitahuan, Pengiriman
from laporan.models.penilaian import ButirPenilaian, PenilaianSOP
from laporan.models.penyunting import PenyuntingNaskah
from laporan.models.perpanjangan import Perpanjangan
from laporan.models.rapat import Kehadiran, Peserta, Rapat, Undangan
from laporan.models.reviu import ButirReviu, ReviuAPIP
from laporan.models.surat import (
    CatatanArsip,
    NomorLaporan,
    Penggandaan,
    Salinan,
    SuratPengantar,
    TujuanSurat,
)
from laporan.models.tugas import Kunjungan, Tugas

__all__ = [
    "ArsipDokumen",
    "AturanPengingat",
    "BabNaskah",
    "BagianKerangka",
    "BerkasWord",
    "Berpenanda",
    "ButirPenilaian",
    "ButirReviu",
    "CatatanArsip",
    "CatatanKoreksi",
    "CatatanLangkah",
    "Dokumen",
    "Draf",
    "DrafGroupPermission",
    "DrafUserPermission",
    "Efek",
    "GambarNaskah",
    "IdentitasTanda",
    "IzinBaca",
    "Kehadiran",
    "KelasArsip",
    "Kunjungan",
    "Lampiran",
    "NomorLaporan",
    "PaketLKE",
    "Pemberitahuan",
    "Penggandaan",
    "Pengiriman",
    "PenilaianSOP",
    "Penyampaian",
    "PenyuntingNaskah",
    "Perpanjangan",
    "Peserta",
    "Rapat",
    "ReviuAPIP",
    "Salinan",
    "SerahRahasia",
    "SuratPengantar",
    "TandaTangan",
    "TeksNaskah",
    "Tugas",
    "TujuanKirim",
    "TujuanSurat",
    "Undangan",
    "VersiDibaca",
    "VersiNaskah",
]
