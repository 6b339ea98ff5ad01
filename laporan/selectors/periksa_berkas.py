"""What may be said about a file that a stranger shows: registered, altered, or unknown."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import QuerySet

from laporan.models import Dokumen, TandaTangan
from laporan.selectors.dokumen import Terdaftar, find_terdaftar
from sakip.common.berkas import sha256_hex
from sakip.common.tte import HasilPeriksa
from sakip.common.tte_anak import TakTerbaca, TerlaluBerat, check_terpisah
from sakip.common.tte_pilih import list_akar

MAKS_BERKAS = 20 * 1024 * 1024
_UJUNG = re.compile(rb"%%EOF\r?\n?")
# A signed report has a handful of revisions; a file with hundreds is not one of ours.
_MAKS_UJUNG = 32


class Nasib(StrEnum):
    """What a shown file is."""

    SAMA = "sama"
    VERSI_LAMA = "versi_lama"
    DITAMBAHI = "ditambahi"
    DIUBAH = "diubah"
    ASING_SAH = "asing_sah"
    ASING_TAK_DIPERCAYA = "asing_tak_dipercaya"
    TANPA_TANDA = "tanpa_tanda"
    TAK_TERBACA = "tak_terbaca"
    TERLALU_BERAT = "terlalu_berat"


@dataclass(frozen=True)
class Putusan:
    """The judgement. terdaftar: the registered report it is, or was made from."""

    nasib: Nasib
    sidik: str
    terdaftar: Terdaftar | None = None
    tanda: list[HasilPeriksa] = field(default_factory=list)
    tambahan: int = 0


def judge_berkas(isi: bytes) -> Putusan:
    """What the file is. The registry decides first; only what it does not know is taken apart.

    Raises:
        SedangPenuh: others are being taken apart.
    """
    sidik = sha256_hex(isi)
    terdaftar = _find_by_sidik(sidik)
    if terdaftar:
        final = terdaftar.akhir.sha256 == sidik
        return Putusan(Nasib.SAMA if final else Nasib.VERSI_LAMA, sidik, terdaftar)
    asal, panjang = _find_awal(isi)
    if asal:
        return Putusan(Nasib.DITAMBAHI, sidik, asal, tambahan=len(isi) - panjang)
    return _judge_asing(isi, sidik)


def _judge_asing(isi: bytes, sidik: str) -> Putusan:
    try:
        tanda = check_terpisah(isi, list_akar())
    except TakTerbaca:
        # Broken, but a signature was in it: then somebody or something changed what was signed.
        return Putusan(Nasib.DIUBAH if b"/ByteRange" in isi else Nasib.TAK_TERBACA, sidik)
    except TerlaluBerat:
        return Putusan(Nasib.TERLALU_BERAT, sidik)
    if not tanda:
        return Putusan(Nasib.TANPA_TANDA, sidik)
    if not all(t.utuh and t.wajar for t in tanda):
        return Putusan(Nasib.DIUBAH, sidik, tanda=tanda)
    sah = all(t.sah for t in tanda)
    return Putusan(Nasib.ASING_SAH if sah else Nasib.ASING_TAK_DIPERCAYA, sidik, tanda=tanda)


def _find_by_sidik(sidik: str) -> Terdaftar | None:
    """The registered report of which these are the bytes, now or at an earlier stage."""
    return _open(TandaTangan.objects.filter(sha256=sidik), Dokumen.objects.filter(sha256=sidik))


def _find_awal(isi: bytes) -> tuple[Terdaftar | None, int]:
    """The registered report with whose bytes the file begins, and how many they are."""
    ujung = [m.end() for m in _UJUNG.finditer(isi)][:_MAKS_UJUNG]
    calon = {p for u in ujung for p in (u, u - 1)} - {len(isi)}
    dikenal = {
        *TandaTangan.objects.filter(ukuran__in=calon).values_list("ukuran", flat=True),
        *Dokumen.objects.filter(ukuran__in=calon).values_list("ukuran", flat=True),
    }
    for panjang in sorted(dikenal, reverse=True):
        terdaftar = _find_by_sidik(sha256_hex(isi[:panjang]))
        if terdaftar:
            return terdaftar, panjang
    return None, 0


def _open(tanda: QuerySet[TandaTangan], dokumen: QuerySet[Dokumen]) -> Terdaftar | None:
    asal = next((t.dokumen for t in tanda.select_related("dokumen__draf")[:1]), None)
    asal = asal or dokumen.select_related("draf").first()
    return find_terdaftar(asal.kode) if asal else None
