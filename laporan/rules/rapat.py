"""Meetings: which step only invites, when minutes may be written, how people are typed in."""

from datetime import datetime, timedelta

from sop.rules.graf import Graf, SimpulLangkah

_TERJAUH = timedelta(days=366)


def is_undangan_saja(graf: Graf, langkah: SimpulLangkah) -> bool:
    """Whether the step only invites, because the next one holds that meeting."""
    tujuan = langkah.ke.get("lanjut")
    return (
        langkah.tindakan == "rapat"
        and tujuan is not None
        and graf.menurut_id[tujuan].tindakan == "rapat"
    )


def inherits_undangan(graf: Graf, langkah: SimpulLangkah) -> bool:
    """Whether a step before this one only invites to the meeting held here."""
    return any(s.ke.get("lanjut") == langkah.id and is_undangan_saja(graf, s) for s in graf.langkah)


def check_waktu(mulai: datetime, selesai: datetime | None, *, now: datetime) -> dict[str, str]:
    """Faults of a meeting's time by field name."""
    galat = {}
    if selesai is not None and selesai <= mulai:
        galat["selesai"] = "Jam selesai harus sesudah jam mulai."
    if abs(mulai - now) > _TERJAUH:
        galat["tanggal"] = "Tanggalnya lebih dari satu tahun dari hari ini. Periksa kembali."
    return galat


def is_berlangsung(mulai: datetime, *, now: datetime) -> bool:
    """Whether the meeting has begun, so that there is something to record."""
    return mulai <= now


def parse_orang(teks: str) -> list[tuple[str, str]]:
    """Names and posts, one person a line, the post after a semicolon: a name holds commas."""
    baris = (satu.partition(";") for satu in teks.splitlines())
    rapi = ((" ".join(nama.split()), " ".join(jabatan.split())) for nama, _t, jabatan in baris)
    return [(nama, jabatan) for nama, jabatan in rapi if nama]
