"""Appointing people to posts and ending it. A mandate that began is never deleted, only ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Jabatan, Pengguna, Penugasan, UnitKerja
from organisasi.perms import MENGELOLA, needs_pengelola_lain
from organisasi.rules.penugasan import Masa, check_penugasan, find_kembar, list_janggal
from organisasi.services.kelola import Kelola, open_kelola
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak


class PenugasanTidakSah(IsianTidakSah):
    """An appointment that cannot be stored as it is; `galat` says why, by field."""

    def __init__(self, galat: dict[str, str]) -> None:
        super().__init__(" ".join(galat.values()))
        self.galat = galat


class TumpangTindih(IsianTidakSah):
    """Others hold the post at the same time; possible, if it is meant."""

    def __init__(self, lain: list[Penugasan]) -> None:
        self.lain = lain
        nama = "; ".join(f"{p.pengguna.nama} ({p.sebutan})" for p in lain)
        super().__init__(
            _(
                "Pada masa itu jabatan ini juga dipegang %(nama)s. Gilirannya dapat dikerjakan "
                "oleh siapa pun di antara mereka, siapa yang lebih dahulu. Bila memang demikian, "
                "tandai pernyataannya, lalu tetapkan sekali lagi."
            )
            % {"nama": nama}
        )


@dataclass(frozen=True)
class Rencana:
    """An appointment as asked for. bersama: the asker knows that others hold the post as well."""

    jabatan: Jabatan
    unit: UnitKerja | None
    jenis: str
    mulai: datetime
    selesai: datetime | None
    dasar: str
    bersama: bool = False

    def masa(self, pengguna: Pengguna) -> Masa:
        """The same for the rules, as that person's mandate."""
        return Masa(
            pengguna.pk,
            self.jabatan.pk,
            self.unit.pk if self.unit else None,
            self.jenis,
            self.mulai,
            self.selesai,
        )


@transaction.atomic
def appoint(*, pengguna: Pengguna, rencana: Rencana, aktor: Pengguna, now: datetime) -> Penugasan:
    """Give a post to a person from a date on.

    Raises:
        AksesDitolak: `aktor` does not configure the office, or appoints himself (HTTP 403).
        PenugasanTidakSah: something is missing or contradicts itself (HTTP 422).
        TumpangTindih: others hold it too and `rencana.bersama` is not said (HTTP 422).
    """
    kelola = open_kelola(instansi_id=rencana.jabatan.instansi_id, aktor=aktor, now=now)
    return insert_penugasan(kelola, pengguna, rencana)


def insert_penugasan(kelola: Kelola, pengguna: Pengguna, rencana: Rencana) -> Penugasan:
    """Check and store one appointment, inside the caller's act. Raises as `appoint`."""
    if pengguna == kelola.aktor:
        raise AksesDitolak(
            _(
                "Anda tidak dapat menetapkan diri sendiri. Mintalah pengelola lain, sehingga "
                "kewenangan selalu diberikan oleh orang lain."
            )
        )
    _check(kelola, pengguna, rencana)
    _guard_pimpinan(kelola, pengguna, rencana)
    penugasan = Penugasan.objects.create(
        pengguna=pengguna,
        jabatan=rencana.jabatan,
        unit=rencana.unit,
        jenis=rencana.jenis,
        mulai=rencana.mulai,
        selesai=rencana.selesai,
        dasar=rencana.dasar.strip(),
    )
    kelola.record("organisasi.penugasan.tetapkan", **describe_penugasan(penugasan))
    return penugasan


def _guard_pimpinan(kelola: Kelola, pengguna: Pengguna, rencana: Rencana) -> None:
    """A leading post for an account of one's own making takes a second manager.

    Before its first password that one gives the invitation, and links given out already end here;
    after it, that one makes the appointment.
    """
    if not needs_pengelola_lain(rencana.jabatan.tingkat, pengguna, kelola.aktor):
        return
    if pengguna.has_usable_password():
        raise AksesDitolak(
            _(
                "Akun %(nama)s Anda buat sendiri. Mintalah pengelola lain menetapkannya, agar "
                "jabatan pimpinan tidak diberikan oleh satu orang saja."
            )
            % {"nama": pengguna.nama}
        )
    pengguna.set_unusable_password()
    pengguna.save(update_fields=["password"])


def _check(kelola: Kelola, pengguna: Pengguna, rencana: Rencana) -> None:
    masa = rencana.masa(pengguna)
    galat = check_penugasan(masa, dasar=rencana.dasar)
    if rencana.unit is not None and rencana.unit.instansi_id != kelola.instansi.pk:
        galat["unit"] = _("Unit ini bukan milik instansi jabatan itu.")
    if not pengguna.is_active:
        galat["nip"] = _("Akun orang ini tidak aktif.")
    if galat:
        raise PenugasanTidakSah(galat)
    ada = {p.masa: p for p in _list_serentak(rencana)}
    kembar = find_kembar(masa, ada)
    if kembar is not None:
        raise PenugasanTidakSah(
            {
                "mulai": _("%(nama)s sudah memegang jabatan ini: %(sebutan)s. Akhiri dahulu.")
                % {"nama": pengguna.nama, "sebutan": ada[kembar].sebutan}
            }
        )
    lain = [ada[m] for m in list_janggal(masa, ada)]
    if lain and not rencana.bersama:
        raise TumpangTindih(lain)


def _list_serentak(rencana: Rencana) -> list[Penugasan]:
    daftar = Penugasan.objects.filter(jabatan=rencana.jabatan).exclude(selesai__lte=rencana.mulai)
    return list(daftar.select_related("pengguna", "jabatan", "unit"))


@transaction.atomic
def end_penugasan(
    *, penugasan_id: int, pada: datetime, alasan: str, aktor: Pengguna, now: datetime
) -> Penugasan:
    """End a mandate at `pada`; one that has not begun by then is taken back altogether.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
        TransisiDitolak: it has ended already, or the office would be left without anybody who
            configures it (HTTP 409).
        IsianTidakSah: no reason, or the end lies in the past (HTTP 422).
    """
    penugasan = Penugasan.objects.select_related("pengguna", "jabatan", "unit").get(pk=penugasan_id)
    kelola = open_kelola(instansi_id=penugasan.jabatan.instansi_id, aktor=aktor, now=now)
    reread_penugasan(penugasan)
    if not alasan.strip():
        raise PenugasanTidakSah({"alasan": _("Tuliskan alasannya, misalnya pensiun atau mutasi.")})
    if pada < now:
        raise PenugasanTidakSah(
            {
                "terakhir": _(
                    "Penugasan tidak dapat diakhiri mundur. Pilih hari ini atau sesudahnya."
                )
            }
        )
    close_penugasan(kelola, penugasan, pada=pada, alasan=alasan)
    return penugasan


def reread_penugasan(penugasan: Penugasan) -> None:
    """Its dates as they are now that the office is locked.

    Raises:
        TransisiDitolak: it was taken back meanwhile (HTTP 409).
    """
    try:
        penugasan.refresh_from_db(fields=["mulai", "selesai"])
    except Penugasan.DoesNotExist as hilang:
        raise TransisiDitolak(_("Penugasan ini sudah dibatalkan. Muat ulang halaman.")) from hilang


def close_penugasan(kelola: Kelola, penugasan: Penugasan, *, pada: datetime, alasan: str) -> None:
    """End or take back one mandate, inside the caller's act. Raises as `end_penugasan`."""
    if penugasan.selesai is not None and penugasan.selesai <= pada:
        raise TransisiDitolak(_("Penugasan ini sudah berakhir. Muat ulang halaman."))
    if penugasan.mulai >= kelola.now:
        kelola.record(
            "organisasi.penugasan.batalkan", alasan=alasan.strip(), **describe_penugasan(penugasan)
        )
        penugasan.delete()
        return
    if penugasan.jabatan.tingkat in MENGELOLA:
        _require_pengelola_lain(penugasan, pada)
    penugasan.selesai = pada
    penugasan.save(update_fields=["selesai"])
    kelola.record(
        "organisasi.penugasan.akhiri", alasan=alasan.strip(), **describe_penugasan(penugasan)
    )


def _require_pengelola_lain(penugasan: Penugasan, pada: datetime) -> None:
    lain = Penugasan.objects.berlaku(pada).filter(
        jabatan__instansi=penugasan.jabatan.instansi_id,
        jabatan__tingkat__in=MENGELOLA,
        pengguna__is_active=True,
    )
    if not lain.exclude(pk=penugasan.pk).exists():
        raise TransisiDitolak(
            _(
                "Sesudah itu tidak ada yang dapat mengelola instansi ini. "
                "Tetapkan penggantinya dahulu."
            )
        )


def describe_penugasan(p: Penugasan) -> dict[str, object]:
    """One mandate for the trail."""
    return {
        "penugasan": p.pk,
        "nama": p.pengguna.nama,
        "nip": p.pengguna.nip,
        "jabatan": p.jabatan.kode,
        "sebutan": p.sebutan,
        "jenis": p.jenis,
        "mulai": p.mulai,
        "selesai": p.selesai,
        "dasar": p.dasar,
    }
