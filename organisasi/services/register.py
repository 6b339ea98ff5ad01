"""Giving numbers: one count per register, one transaction, no gap and no double.

The row of the register is locked while a number is taken, so of many who ask at once each gets the
next one; a transaction that fails gives its number back with everything else it did.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisasi.models import NomorRegister, Pengguna, Register
from organisasi.rules.nomor import (
    Unsur,
    format_nomor,
    list_masalah_pola,
    make_kurun,
    next_sisipan,
)
from organisasi.services.kelola import open_kelola
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.waktu import tanggal_angka


@dataclass(frozen=True)
class IsianRegister:
    """A register as filled in."""

    nama: str
    untuk: str
    pola: str
    reset: str
    klasifikasi: str = ""
    kode_unit: str = ""
    mulai_dari: int = 1
    is_aktif: bool = True


@dataclass(frozen=True)
class Pesanan:
    """What a number is for. alasan: why it is put in between earlier ones; "" for the next one."""

    tanggal: date
    perihal: str
    tujuan: str = ""
    alasan: str = ""


class NomorMundur(IsianTidakSah):
    """The day lies before that of the last number: only a number put in between may have it."""


@transaction.atomic
def save_register(
    *,
    instansi_id: int,
    isian: IsianRegister,
    aktor: Pengguna,
    now: datetime,
    register_id: int | None = None,
) -> Register:
    """Add a register of the office, or change one.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        Register.DoesNotExist: the office has no such register.
        IsianTidakSah: the pattern cannot be used, another active register does the same, or the
            count of a register in use would move (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    daftar = Register.objects.select_for_update().filter(instansi=kelola.instansi)
    register = daftar.get(pk=register_id) if register_id else Register(instansi=kelola.instansi)
    _require_pola(isian)
    _require_tunggal(isian, daftar.exclude(pk=register.pk) if register_id else daftar)
    if register_id and register.nomor.exists():
        tetap = (register.reset, register.mulai_dari) == (isian.reset, isian.mulai_dari)
        if not tetap:
            raise IsianTidakSah(
                _(
                    "Register ini sudah dipakai, sehingga urutannya tidak dapat diubah. "
                    "Nonaktifkan, lalu buat register baru."
                )
            )
    for nama, nilai in vars(isian).items():
        setattr(register, nama, nilai)
    register.save()
    kelola.record("organisasi.register.simpan", register=register.pk, **vars(isian))
    return register


def _require_pola(isian: IsianRegister) -> None:
    masalah = list_masalah_pola(
        isian.pola,
        reset=isian.reset,
        klasifikasi=isian.klasifikasi,
        kode_unit=isian.kode_unit,
    )
    if masalah:
        raise IsianTidakSah(" ".join(masalah))


def _require_tunggal(isian: IsianRegister, lain: QuerySet[Register]) -> None:
    if not isian.is_aktif or isian.untuk == Register.Untuk.LAIN:
        return
    kembar = lain.filter(untuk=isian.untuk, is_aktif=True).first()
    if kembar:
        raise IsianTidakSah(
            _("%(nama)s sudah dipakai untuk itu. Nonaktifkan dahulu register tersebut.")
            % {"nama": kembar.nama}
        )


def take_nomor(
    *, register_id: int, pesanan: Pesanan, aktor: Pengguna | None, now: datetime
) -> NomorRegister:
    """The next number of a register, inside the caller's transaction; the caller says who may.

    Raises:
        TransisiDitolak: the register is not in use any more (HTTP 409).
        IsianTidakSah: the day has not come, or there is nothing to put the number behind (422).
        NomorMundur: the day has passed and no reason is given (422).
    """
    register = (
        Register.objects.select_for_update(of=("self",))
        .select_related("instansi")
        .get(pk=register_id)
    )
    if not register.is_aktif:
        raise TransisiDitolak(_("Register %(nama)s sudah tidak aktif.") % {"nama": register.nama})
    if pesanan.tanggal > now.astimezone(register.instansi.zona_waktu).date():
        raise IsianTidakSah(
            _("Tanggal %(tanggal)s belum tiba.") % {"tanggal": tanggal_angka(pesanan.tanggal)}
        )
    kurun = make_kurun(register.reset, pesanan.tanggal)
    urut, sisipan = (
        _insert_sisipan(register, kurun, pesanan)
        if pesanan.alasan
        else (_next_urut(register, kurun, pesanan), "")
    )
    unsur = Unsur(urut, pesanan.tanggal, sisipan, register.klasifikasi, register.kode_unit)
    return NomorRegister.objects.create(
        register=register,
        kurun=kurun,
        urut=urut,
        sisipan=sisipan,
        nomor=format_nomor(register.pola, unsur),
        tanggal=pesanan.tanggal,
        perihal=pesanan.perihal[:250],
        tujuan=pesanan.tujuan[:250],
        alasan=pesanan.alasan,
        diambil_oleh=aktor,
        diambil_pada=now,
        diubah_pada=now,
    )


def _next_urut(register: Register, kurun: str, pesanan: Pesanan) -> int:
    biasa = register.nomor.filter(sisipan="")
    akhir = biasa.order_by("-tanggal", "-urut").first()
    if akhir and pesanan.tanggal < akhir.tanggal:
        raise NomorMundur(
            _(
                "Nomor terakhir, %(nomor)s, bertanggal %(tanggal)s. Untuk tanggal sebelumnya "
                "ambil nomor sisipan dengan alasannya."
            )
            % {"nomor": akhir.nomor, "tanggal": tanggal_angka(akhir.tanggal)}
        )
    terakhir = biasa.filter(kurun=kurun).order_by("-urut").first()
    if terakhir:
        return terakhir.urut + 1
    return 1 if akhir else register.mulai_dari


def _insert_sisipan(register: Register, kurun: str, pesanan: Pesanan) -> tuple[int, str]:
    dasar = (
        register.nomor.filter(kurun=kurun, sisipan="", tanggal__lte=pesanan.tanggal)
        .order_by("-urut")
        .first()
    )
    if dasar is None:
        raise IsianTidakSah(
            _("Belum ada nomor pada atau sebelum %(tanggal)s yang dapat disisipi.")
            % {"tanggal": tanggal_angka(pesanan.tanggal)}
        )
    ada = register.nomor.filter(kurun=kurun, urut=dasar.urut).exclude(sisipan="").count()
    huruf = next_sisipan(ada)
    if huruf is None:
        raise IsianTidakSah(_("Nomor %(nomor)s sudah disisipi sampai z.") % {"nomor": dasar.nomor})
    return dasar.urut, huruf


@transaction.atomic
def take_nomor_manual(
    *, instansi_id: int, register_id: int, pesanan: Pesanan, aktor: Pengguna, now: datetime
) -> NomorRegister:
    """A number for a document that is made elsewhere; it counts as used at once.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        Register.DoesNotExist: the office has no such register.
        TransisiDitolak, IsianTidakSah: as `take_nomor`.
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    Register.objects.get(pk=register_id, instansi=kelola.instansi)
    nomor = take_nomor(register_id=register_id, pesanan=pesanan, aktor=aktor, now=now)
    use_nomor(nomor, now=now)
    kelola.record("organisasi.register.ambil", nomor=nomor.nomor, alasan=pesanan.alasan)
    return nomor


@transaction.atomic
def cancel_nomor_manual(
    *, instansi_id: int, nomor_id: int, alasan: str, aktor: Pengguna, now: datetime
) -> NomorRegister:
    """Note that no document carries a number; it stays in the book and is not given again.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        NomorRegister.DoesNotExist: the office has no such number.
        TransisiDitolak: it was cancelled before (HTTP 409).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    nomor = NomorRegister.objects.select_for_update(of=("self",)).get(
        pk=nomor_id, register__instansi=kelola.instansi
    )
    if nomor.status == NomorRegister.Status.BATAL:
        raise TransisiDitolak(_("Nomor ini sudah batal. Muat ulang halaman ini."))
    cancel_nomor(nomor, alasan=alasan, now=now)
    kelola.record("organisasi.register.batal", nomor=nomor.nomor, alasan=alasan)
    return nomor


def use_nomor(nomor: NomorRegister, *, now: datetime) -> None:
    """Note that the document is out, once. The caller holds a transaction."""
    if nomor.status == NomorRegister.Status.DIPESAN:
        nomor.use(now=now)
        nomor.save(update_fields=["status", "diubah_pada"])


def cancel_nomor(nomor: NomorRegister, *, alasan: str, now: datetime) -> None:
    """Note that no document carries the number. The caller holds a transaction."""
    if nomor.status != NomorRegister.Status.BATAL:
        nomor.cancel(alasan=alasan[:300], now=now)
        nomor.save(update_fields=["status", "alasan_batal", "diubah_pada"])
