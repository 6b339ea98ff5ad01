"""The Word file of a draft: which one is the present one, and the job that makes it."""

from dataclasses import dataclass

from laporan.models import BerkasWord, Draf, Efek, TandaTangan, VersiNaskah
from laporan.selectors.naskah import get_versi_terakhir


@dataclass(frozen=True)
class KeadaanWord:
    """What can be downloaded now. berkas None: nothing yet; efek: the job that makes it."""

    versi: VersiNaskah
    cap: str
    berkas: BerkasWord | None
    efek: Efek | None


def make_kunci(versi: VersiNaskah, cap: str) -> str:
    """Key of the one job that makes this file; the id of the version stands at its end."""
    return f"word:{cap}:{versi.pk}"


def choose_cap(versi: VersiNaskah) -> BerkasWord.Cap:
    """What stands across the pages: a copy once somebody signed this version, a draft before."""
    bertanda = TandaTangan.objects.filter(dokumen__versi_naskah=versi, is_paraf=False).exists()
    return BerkasWord.Cap.SALINAN if bertanda else BerkasWord.Cap.KONSEP


def get_keadaan_word(draf: Draf) -> KeadaanWord | None:
    """The Word file of the newest version; None before a version exists. Four queries."""
    versi = get_versi_terakhir(draf)
    if versi is None:
        return None
    cap = choose_cap(versi)
    return KeadaanWord(
        versi,
        cap,
        BerkasWord.objects.filter(versi_naskah=versi, cap=cap).first(),
        Efek.objects.filter(kunci=make_kunci(versi, cap)).first(),
    )
