"""Letters of a draft and of an office."""

from laporan.models import SuratPengantar, Tugas
from organisasi.models import Instansi, NomorRegister


def get_surat_berlaku(tugas: Tugas) -> SuratPengantar | None:
    """The letter this step goes on with: of this visit, else that of the round before."""
    daftar = SuratPengantar.objects.filter(
        draf=tugas.draf_id, kunjungan__langkah=tugas.kunjungan.langkah_id
    )
    return daftar.select_related("nomor_register").order_by("-kunjungan").first()


def find_nomor(tugas: Tugas) -> NomorRegister | None:
    """The number from the register that the letter of this step has already, cancelled or not."""
    surat = get_surat_berlaku(tugas)
    return surat.nomor_register if surat else None


def get_nomor_terakhir(instansi: Instansi, tahun: int, *, kecuali: SuratPengantar | None) -> str:
    """Number of the letter of the office kept last in that year; empty where there is none."""
    daftar = SuratPengantar.objects.filter(instansi=instansi, tahun=tahun, is_berlaku=True)
    if kecuali:
        daftar = daftar.exclude(pk=kecuali.pk)
    surat = daftar.exclude(nomor="").order_by("-dibuat_pada", "-pk").first()
    return surat.nomor if surat else ""
