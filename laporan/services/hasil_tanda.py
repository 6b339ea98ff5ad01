"""Where a signed document waits until it is checked and stored as a signature."""

from laporan.models import Efek
from sakip.common.berkas import discard_berkas, find_isi, has_berkas


def name_hasil(efek: Efek) -> str:
    """Where a signed document waits between coming back and being stored."""
    return f"dokumen/{efek.draf_id}/.hasil-{efek.pk}.pdf"


def name_bawaan(efek: Efek) -> str:
    """Where a file waits that somebody brought as the result, until it is checked."""
    return f"dokumen/{efek.draf_id}/.bawaan-{efek.pk}.pdf"


def discard_hasil(efek: Efek) -> None:
    """Remove what waited there."""
    for nama in (name_hasil(efek), name_bawaan(efek)):
        discard_berkas(nama)


def find_tersimpan(efek: Efek) -> bytes | None:
    """What waits there: what came back, else what somebody brought; None without either."""
    return find_isi(name_hasil(efek)) or find_isi(name_bawaan(efek))


def discard_bawaan(efek: Efek) -> bool:
    """Remove what somebody brought, unless something came back; whether there was such a file."""
    bawaan = name_bawaan(efek)
    if not has_berkas(bawaan) or has_berkas(name_hasil(efek)):
        return False
    discard_berkas(bawaan)
    return True
