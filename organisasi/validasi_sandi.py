"""Passwords that somebody guesses who knows the office, and those that were leaked elsewhere."""

import hashlib
import os
import re
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organisasi.models import Pengguna
from organisasi.selectors import list_penugasan_for

# Documented in docs/kendali.md; the names of the person's own office are added to them.
_UMUM = """
admin administrator aplikasi asn badan bismillah bupati camat capaian daerah desa dinas gubernur
indikator indonesia inspektorat jabatan kabid kabupaten kadis kantor kasubag katasandi kecamatan
kelurahan kepala kinerja kota lakip laporan lkjip merdeka operator password pegawai pemda pemerintah
pemkab pemkot pemprov pengelola perencana perencanaan provinsi rahasia renstra sakip sandi
sekretariat sekretaris selamat staf triwulan walikota
"""
KATA = frozenset(_UMUM.split())
_MIN_KATA = 4
# What has to remain of a password without such words, years and signs between them.
MIN_SISA = 8
_TAHUN_DAN_TANDA = re.compile(r"(?:19|20)\d\d|[\W_]+")
_HURUF_LAIN = str.maketrans("@4310!5$7", "aaeloisst")
_PANJANG_SIDIK = 40
_SIDIK = re.compile(rb"([0-9A-Fa-f]{40})(?::|\s|$)")


class KataSetempatValidator:
    """Refuses a password that consists of words of the office and little else."""

    def validate(self, password: str, user: object = None) -> None:
        """As Django calls it."""
        kata = KATA | _list_kata_kantor(user)
        for teks in (password.lower(), password.lower().translate(_HURUF_LAIN)):
            sisa = _strip_kata(teks, kata)
            if sisa != teks and len(_TAHUN_DAN_TANDA.sub("", sisa)) < MIN_SISA:
                raise ValidationError(
                    _(
                        "Kata sandi ini terutama terdiri atas kata yang lazim di kantor. "
                        "Tambahkan kata lain yang tidak berkaitan."
                    ),
                    code="sandi_setempat",
                )

    def get_help_text(self) -> str:
        """As Django calls it."""
        return _("Bukan susunan kata yang lazim di kantor, seperti nama instansi dan tahun.")


class SandiBocorValidator:
    """Refuses a password of the list that the operator put beside the application.

    SAKIP_SANDI_BOCOR: a file with a SHA-1 in hexadecimal at the beginning of each line, in order,
    as Have I Been Pwned gives it away. Nothing of a password leaves the machine. SHA-1 protects
    nothing here; it is how the list is written.
    """

    def validate(self, password: str, user: object = None) -> None:
        """As Django calls it."""
        if not settings.SANDI_BOCOR:
            return
        sidik = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
        with Path(settings.SANDI_BOCOR).open("rb") as daftar:
            if find_sidik(daftar, sidik.upper().encode()):
                raise ValidationError(
                    _("Kata sandi ini pernah bocor dari situs lain. Pilih yang lain."),
                    code="sandi_bocor",
                )

    def get_help_text(self) -> str:
        """As Django calls it."""
        return _("Bukan kata sandi yang pernah bocor.")


def find_sidik(daftar: IO[bytes], sidik: bytes) -> bool:
    """Whether that line is there: by halves, some forty reads in a list of a thousand millions."""
    awal, akhir = 0, daftar.seek(0, os.SEEK_END)
    while awal < akhir:
        tengah = (awal + akhir) // 2
        baris = _read_sidik(daftar, tengah)
        if baris and baris < sidik:
            awal = tengah + 1
        else:
            akhir = tengah
    return _read_sidik(daftar, awal) == sidik


def _read_sidik(daftar: IO[bytes], letak: int) -> bytes:
    """Of the first line that begins at that place or behind it; nothing behind the last one."""
    daftar.seek(max(letak - 1, 0))
    if letak:
        daftar.readline()
    return daftar.readline()[:_PANJANG_SIDIK].upper()


def check_daftar(app_configs: object = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """System check: the list can be read and is written as expected."""
    if not settings.SANDI_BOCOR:
        return []
    try:
        with Path(settings.SANDI_BOCOR).open("rb") as daftar:
            cocok = _SIDIK.match(daftar.readline())
    except OSError:
        cocok = None
    kata = "SAKIP_SANDI_BOCOR bukan berkas yang terbaca, berisi sidik SHA-1 tiap baris."
    return [] if cocok else [checks.Error(kata, id="sakip.E005")]


def _list_kata_kantor(user: object) -> frozenset[str]:
    """Words in the names of the offices where the person holds a post, and of their government."""
    if not isinstance(user, Pengguna) or user.pk is None:
        return frozenset()
    mandat = list_penugasan_for(user, pada=timezone.now())
    instansi = [p.jabatan.instansi for p in mandat]
    teks = " ".join(f"{i.nama} {i.pemerintah} {i.kode}" for i in instansi).lower()
    return frozenset(k for k in re.findall(r"\w+", teks) if len(k) >= _MIN_KATA)


def _strip_kata(teks: str, kata: frozenset[str]) -> str:
    """Long words first: what is left of one is no word of its own."""
    return re.sub("|".join(map(re.escape, sorted(kata, key=len, reverse=True))), " ", teks)
