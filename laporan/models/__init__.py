"""Tables of the report that walks an SOP."""

from laporan.models.dokumen import ArsipDokumen, Dokumen, TandaTangan
from laporan.models.draf import Draf, DrafGroupPermission, DrafUserPermission
from laporan.models.efek import Efek, SerahRahasia
from laporan.models.naskah import BabNaskah, VersiNaskah
from laporan.models.perpanjangan import Perpanjangan
from laporan.models.tugas import Kunjungan, Tugas

__all__ = [
    "ArsipDokumen",
    "BabNaskah",
    "Dokumen",
    "Draf",
    "DrafGroupPermission",
    "DrafUserPermission",
    "Efek",
    "Kunjungan",
    "Perpanjangan",
    "SerahRahasia",
    "TandaTangan",
    "Tugas",
    "VersiNaskah",
]
