"""Accounts of people who are given a post, and the invitation by which they choose a password."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Pengguna, Penugasan, SuratAkun
from organisasi.perms import needs_pengelola_lain
from organisasi.services.kelola import Kelola, open_kelola
from organisasi.services.penugasan import PenugasanTidakSah, Rencana, insert_penugasan
from organisasi.services.surat_akun import make_jalur, queue_surat
from sakip.common.errors import AksesDitolak, TransisiDitolak


@dataclass(frozen=True)
class IsianOrang:
    """What a form says about a person; name and address only count for somebody new."""

    nip: str
    nama: str = ""
    surel: str = ""
    pangkat: str = ""
    golongan: str = ""


def find_or_create_pengguna(kelola: Kelola, isian: IsianOrang) -> tuple[Pengguna, bool]:
    """The person with that NIP, with an account made where there is none; whether it is new.

    Nobody can sign in to a new account until its owner opened the invitation.

    Raises:
        PenugasanTidakSah: nobody has that NIP and name or address are missing, or taken (HTTP 422).
    """
    ada = Pengguna.objects.filter(nip=isian.nip).first()
    if ada is not None:
        return ada, False
    galat = {}
    if not isian.nama:
        galat["nama"] = _("NIP ini belum terdaftar. Isi nama orangnya.")
    if not isian.surel:
        galat["surel"] = _("NIP ini belum terdaftar. Isi surel orangnya.")
    elif Pengguna.objects.filter(surel__iexact=isian.surel).exists():
        galat["surel"] = _("Surel ini sudah dipakai akun lain.")
    if galat:
        raise PenugasanTidakSah(galat)
    baru = Pengguna.objects.create_user(
        isian.nip,
        nama=isian.nama,
        surel=isian.surel,
        pangkat=isian.pangkat,
        golongan=isian.golongan,
        dibuat_oleh=kelola.aktor,
    )
    kelola.record("organisasi.pengguna.buat", nip=baru.nip, nama=baru.nama)
    return baru, True


@transaction.atomic
def appoint_orang(
    *, isian: IsianOrang, rencana: Rencana, aktor: Pengguna, now: datetime
) -> Penugasan:
    """Appoint the person with that NIP, known or new. Raises as `appoint` and for the person."""
    kelola = open_kelola(instansi_id=rencana.jabatan.instansi_id, aktor=aktor, now=now)
    pengguna, _baru = find_or_create_pengguna(kelola, isian)
    return insert_penugasan(kelola, pengguna, rencana)


def can_invite(pengguna: Pengguna, instansi_id: int) -> bool:
    """Whether that office may invite the person: it has not chosen a password, and no other office
    gave it a post before. The invitation is a way into every post the person holds anywhere.
    """
    if pengguna.has_usable_password():
        return False
    pertama = Penugasan.objects.filter(pengguna=pengguna).order_by("pk")
    return pertama.values_list("jabatan__instansi", flat=True).first() == instansi_id


@transaction.atomic
def invite_orang(
    *, pengguna: Pengguna, instansi_id: int, aktor: Pengguna, now: datetime
) -> str | None:
    """Invite a person to choose the first password; the link works once, for three days.

    It goes to the person's address, and None comes back. Only an installation without e-mail
    hands the path of the link to `aktor`.

    Raises:
        AksesDitolak: `aktor` does not configure the office, another office gave the person a post
            before, or `aktor` made the account himself for a leading post (HTTP 403).
        TransisiDitolak: the person has a password. A link would be a way into somebody's account,
            so a forgotten one is not handled here (HTTP 409).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    pengguna = Pengguna.objects.select_for_update().get(pk=pengguna.pk)
    if pengguna.has_usable_password() or pengguna == aktor:
        raise TransisiDitolak(
            _("%(nama)s sudah memilih kata sandi, jadi tidak dapat diundang lagi.")
            % {"nama": pengguna.nama}
        )
    if not can_invite(pengguna, instansi_id):
        raise AksesDitolak(
            _("%(nama)s diundang oleh instansi yang lebih dahulu menetapkannya.")
            % {"nama": pengguna.nama}
        )
    _require_pengelola_lain(pengguna, aktor, now)
    SuratAkun.objects.filter(pengguna=pengguna).exclude(jadwal=None).delete()
    kelola.record("organisasi.pengguna.undang", nip=pengguna.nip, nama=pengguna.nama)
    if not settings.SUREL_AKTIF:
        return make_jalur(pengguna, SuratAkun.Jenis.UNDANGAN)
    dari = _("%(nama)s, %(sebutan)s pada %(instansi)s, mengundang Anda memakai SAKIP.") % {
        "nama": aktor.nama,
        "sebutan": kelola.sebagai.sebutan,
        "instansi": kelola.instansi.nama,
    }
    queue_surat(pengguna, SuratAkun.Jenis.UNDANGAN, now=now, dari=dari)
    return None


def _require_pengelola_lain(pengguna: Pengguna, aktor: Pengguna, now: datetime) -> None:
    mandat = Penugasan.objects.filter(pengguna=pengguna).exclude(selesai__lte=now)
    for p in mandat.select_related("jabatan"):
        if needs_pengelola_lain(p.jabatan.tingkat, pengguna, aktor):
            raise AksesDitolak(
                _(
                    "Akun %(nama)s untuk %(jabatan)s Anda buat sendiri. Undangannya diberikan "
                    "pengelola lain, agar jabatan pimpinan tidak dibuka oleh satu orang saja."
                )
                % {"nama": pengguna.nama, "jabatan": p.jabatan.nama}
            )
