"""Registers of an office and the numbers in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from organisasi.models import Instansi, NomorRegister, Register
from organisasi.rules.nomor import Unsur, format_nomor, list_masalah_pola, make_kurun


@dataclass(frozen=True)
class Saringan:
    """What of the book is shown; empty means everything."""

    tahun: int | None = None
    status: str = ""
    cari: str = ""


def get_register_aktif(instansi: Instansi, untuk: str) -> Register | None:
    """The register that numbers such documents of the office; None where it numbers them itself."""
    return Register.objects.filter(instansi=instansi, untuk=untuk, is_aktif=True).first()


def list_register(instansi: Instansi) -> Sequence[Register]:
    """Registers of the office, those in use first."""
    return list(Register.objects.filter(instansi=instansi).order_by("-is_aktif", "untuk", "nama"))


def list_nomor(register: Register, saringan: Saringan) -> QuerySet[NomorRegister]:
    """Every number of a register, cancelled ones too, newest first."""
    daftar = register.nomor.select_related("diambil_oleh")
    if saringan.tahun:
        daftar = daftar.filter(tanggal__year=saringan.tahun)
    if saringan.status:
        daftar = daftar.filter(status=saringan.status)
    for kata in saringan.cari.split():
        daftar = daftar.filter(
            Q(nomor__icontains=kata) | Q(perihal__icontains=kata) | Q(tujuan__icontains=kata)
        )
    return daftar.order_by("-kurun", "-urut", "-sisipan")


def list_tahun(register: Register) -> Sequence[int]:
    """Years of its numbers, newest first."""
    return [d.year for d in register.nomor.dates("tanggal", "year", order="DESC")]


def guess_nomor(register: Register, tanggal: date) -> str:
    """The number that would be given next on that day; another one may be faster."""
    if not is_terbaca(register):
        return ""
    kurun = make_kurun(register.reset, tanggal)
    biasa = register.nomor.filter(sisipan="") if register.pk else NomorRegister.objects.none()
    akhir = biasa.filter(kurun=kurun).order_by("-urut").first()
    awal = 1 if akhir is None and biasa.exists() else register.mulai_dari
    urut = akhir.urut + 1 if akhir else awal
    return format_nomor(
        register.pola,
        Unsur(urut, tanggal, "", register.klasifikasi, register.kode_unit),
    )


def is_terbaca(register: Register) -> bool:
    """Whether its pattern can be written out."""
    return bool(register.mulai_dari) and not list_masalah_pola(
        register.pola,
        reset=register.reset,
        klasifikasi=register.klasifikasi,
        kode_unit=register.kode_unit,
    )
