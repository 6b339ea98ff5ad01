"""When a text must be complete, and what it lacks."""

from dataclasses import dataclass

from laporan.rules.tindakan import TINDAKAN, can_edit_naskah
from sop.rules.graf import Graf, SimpulLangkah


@dataclass(frozen=True)
class Kurang:
    """One thing a text lacks. is_wajib: it may not be handed over without. jangkar: where to mend.

    tautan: another page where it is mended, "" where it is on the writer's own.
    """

    pesan: str
    is_wajib: bool
    jangkar: str = ""
    tautan: str = ""


def is_penulis_terakhir(graf: Graf, langkah: SimpulLangkah, jenis: str) -> bool:
    """Whether the text leaves its writers with this step: further on nobody writes or collects."""
    if not can_edit_naskah(langkah.tindakan, langkah.simbol):
        return False
    kini, dilalui = _next(graf, langkah, jenis), {langkah.id}
    while kini is not None and kini.id not in dilalui:
        if can_edit_naskah(kini.tindakan, kini.simbol) or kini.tindakan == "kumpul":
            return False
        dilalui.add(kini.id)
        kini = _next(graf, kini, jenis)
    return True


def memeriksa_sebelum(graf: Graf, langkah: SimpulLangkah) -> bool:
    """Whether a step before this one decides about the figures: then they are verified by now."""
    return any(
        s.is_keputusan and TINDAKAN[s.tindakan].halaman == "verifikasi" and s.nomor < langkah.nomor
        for s in graf.langkah
    )


def _next(graf: Graf, langkah: SimpulLangkah, jenis: str) -> SimpulLangkah | None:
    ke = langkah.ke.get("ya") if langkah.is_keputusan else langkah.ke.get("lanjut")
    tujuan = graf.menurut_id[ke] if ke is not None else None
    return tujuan if tujuan is not None and tujuan.periode in ("", jenis) else None
