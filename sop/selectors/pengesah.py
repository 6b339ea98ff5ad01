"""What an approval prints: the head of the office on that day, and the number of the SOP."""

from datetime import date, datetime, time

from organisasi.models import Jabatan, Penugasan, Register
from organisasi.selectors_register import get_register_aktif, guess_nomor
from sop.models import VersiSOP


def guess_pengesah(versi: VersiSOP, tanggal: date) -> dict[str, str]:
    """Post, name, rank and NIP of who leads the office on that day at noon; else as printed.

    One query.
    """
    instansi = versi.sop.instansi
    siang = datetime.combine(tanggal, time(12), instansi.zona_waktu)
    daftar = Penugasan.objects.berlaku(siang).filter(
        jabatan__instansi=instansi, jabatan__tingkat=Jabatan.Tingkat.KEPALA
    )
    kepala = daftar.select_related("pengguna", "jabatan", "unit").order_by("-jenis", "pk").first()
    if kepala is None:
        return {
            nama: getattr(versi, f"disahkan_{nama}")
            for nama in ("jabatan", "nama", "pangkat", "nip")
        }
    return {
        "jabatan": kepala.sebutan,
        "nama": kepala.pengguna.nama,
        "pangkat": kepala.pengguna.pangkat,
        "nip": kepala.pengguna.nip_berkelompok,
    }


def guess_nomor_sop(versi: VersiSOP, tanggal: date) -> str:
    """The number the office's register would give next; "" where it has none for SOP."""
    register = get_register_aktif(versi.sop.instansi, Register.Untuk.SOP)
    return guess_nomor(register, tanggal) if register else ""
