"""Electronic signatures: PDF in, PDF out. The words that every signing back end speaks.

A back end takes the whole document and returns it with one signature appended, so that an agency's
signing service can stand where the local PKCS#12 file stands. A passphrase is only ever an
argument. Which back end an office has: `sakip.common.tte_pilih`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sakip.common.errors import DomainError
from sakip.common.pdf_isi import Kotak
from sakip.common.rahasia import Rahasia

BERKAS_AKAR_UJI = "akar-uji.pem"


class Sebab(StrEnum):
    """Why nothing was signed."""

    FRASA_SALAH = "frasa_salah"
    KEDALUWARSA = "kedaluwarsa"
    TIDAK_ADA = "tidak_ada"
    DICABUT = "dicabut"
    TIDAK_TERDAFTAR = "tidak_terdaftar"
    TANPA_NIK = "tanpa_nik"
    BERKAS_RUSAK = "berkas_rusak"
    AKSES_LAYANAN = "akses_layanan"
    LAYANAN_SIBUK = "layanan_sibuk"
    LAYANAN_PUTUS = "layanan_putus"
    LAYANAN_MENOLAK = "layanan_menolak"
    SERTIFIKAT_LAIN = "sertifikat_lain"


_KALIMAT: dict[Sebab, str | Promise] = {
    Sebab.FRASA_SALAH: _(
        "Frasa sandi sertifikat salah. Dokumen belum ditandatangani. Masukkan frasa sandi kembali."
    ),
    Sebab.KEDALUWARSA: _(
        "Sertifikat elektronik Anda tidak berlaku hari ini. Dokumen belum ditandatangani. "
        "Perbarui sertifikat lebih dahulu."
    ),
    Sebab.TIDAK_ADA: _(
        "Sertifikat elektronik Anda belum terpasang. Dokumen belum ditandatangani. "
        "Hubungi pengelola akun instansi."
    ),
    Sebab.DICABUT: _(
        "Sertifikat elektronik Anda sudah dicabut. Dokumen belum ditandatangani. "
        "Ajukan sertifikat baru kepada verifikator instansi."
    ),
    Sebab.TIDAK_TERDAFTAR: _(
        "Anda belum terdaftar pada layanan tanda tangan elektronik. Dokumen belum ditandatangani. "
        "Periksa NIK Anda, lalu hubungi verifikator instansi."
    ),
    Sebab.TANPA_NIK: _(
        "NIK Anda belum diisi, padahal layanan tanda tangan memintanya. "
        "Dokumen belum ditandatangani."
    ),
    Sebab.BERKAS_RUSAK: _(
        "Berkas PDF atau berkas sertifikat tidak dapat dibaca. Dokumen belum ditandatangani. "
        "Hubungi pengelola akun instansi."
    ),
    Sebab.AKSES_LAYANAN: _(
        "Layanan tanda tangan menolak sandi aplikasi ini. Dokumen belum ditandatangani. "
        "Hubungi pengelola akun instansi."
    ),
    Sebab.LAYANAN_SIBUK: _(
        "Layanan tanda tangan sedang sibuk. Dokumen belum ditandatangani. "
        "Coba lagi beberapa menit lagi."
    ),
    Sebab.LAYANAN_PUTUS: _(
        "Layanan tanda tangan tidak dapat dihubungi. Dokumen belum ditandatangani. Coba lagi nanti."
    ),
    Sebab.LAYANAN_MENOLAK: _(
        "Layanan tanda tangan gagal mengolah dokumen ini. Dokumen belum ditandatangani. "
        "Coba lagi; bila terulang, hubungi pengelola akun instansi."
    ),
    Sebab.SERTIFIKAT_LAIN: _(
        "Layanan menandatangani dengan sertifikat orang lain, jadi hasilnya dibuang. "
        "Periksa NIK dan frasa sandi Anda, lalu tandatangani kembali."
    ),
}


class PastiGagal(DomainError):
    """A failure of which it is certain: no signature that counts exists anywhere."""


class TandaGagal(PastiGagal):
    """Nothing was signed; `sebab` tells programs why and `pesan` tells people."""

    def __init__(self, sebab: Sebab) -> None:
        super().__init__(_KALIMAT[sebab])
        self.sebab = sebab


class HasilBelumDiketahui(DomainError):
    """The document was sent and no usable answer came: it may be signed, or it may not.

    Never to be tried again blindly. rujukan: the service's own number of the document, if it came.
    """

    def __init__(self, rujukan: str = "") -> None:
        super().__init__(
            _(
                "Dokumen sudah dikirim ke layanan tanda tangan, tetapi jawabannya tidak sampai. "
                "Hasilnya belum diketahui."
            )
        )
        self.rujukan = rujukan


@dataclass(frozen=True)
class Penandatangan:
    """Who signs, as the stamp prints it; NIK and e-mail are for services that know people by them.

    The NIK is on no page and in no log.
    """

    nip: str
    nama: str
    jabatan: str
    pangkat: str
    nik: Rahasia | None = None
    surel: str = ""


@dataclass(frozen=True)
class Permintaan:
    """Where to sign, who, and the address behind the QR of the stamp.

    ruas: name of the empty field. kotak: where it lies, for services that make a field of their
    own. is_paraf: initials of somebody who checked, not the signature itself.
    """

    ruas: str
    penanda: Penandatangan
    tautan: str
    tempat: str
    kotak: Kotak | None = None
    is_paraf: bool = False


@dataclass(frozen=True)
class Sertifikat:
    """What the certificate says. is_uji: of a test authority, without legal force.

    pengenal: number of the person in it, where it has one; on no page and in no log.
    """

    nama: str
    nomor: str
    penerbit: str
    mulai: datetime
    sampai: datetime
    is_uji: bool
    pengenal: str = field(default="", repr=False)

    def is_berlaku(self, pada: datetime) -> bool:
        """Whether it is within its dates."""
        return self.mulai <= pada <= self.sampai


class Keadaan(StrEnum):
    """Whether a person can sign now."""

    SIAP = "siap"
    TIDAK_ADA = "tidak_ada"
    TIDAK_TERDAFTAR = "tidak_terdaftar"
    KEDALUWARSA = "kedaluwarsa"
    DICABUT = "dicabut"
    TANPA_NIK = "tanpa_nik"
    TAK_TERJAWAB = "tak_terjawab"


@dataclass(frozen=True)
class StatusTanda:
    """Whether a person can sign, and by which certificate where the back end shows it."""

    keadaan: Keadaan
    sertifikat: Sertifikat | None = None


@dataclass(frozen=True)
class HasilTanda:
    """The signed document: the bytes handed in, and the signature after them."""

    isi: bytes


@dataclass(frozen=True)
class HasilPeriksa:
    """One signature as checked. `sah` is the judgement; the others say what it rests on.

    utuh: no signed byte changed. dipercaya: the certificate leads to a trusted root. seluruhnya:
    nothing was appended after it. perubahan: what was, in pyHanko's words. wajar: whether that is
    what a further signature may do.
    """

    ruas: str
    nama: str
    waktu: datetime | None
    sah: bool
    utuh: bool
    dipercaya: bool
    seluruhnya: bool
    perubahan: str
    wajar: bool = True


class PenandaTangan(Protocol):
    """A signing back end.

    is_jauh: another machine signs, so the outcome may stay unknown, and the field is its own.
    perlu_nik: it knows people by their NIK.
    """

    @property
    def is_jauh(self) -> bool:
        """Whether another machine signs."""

    @property
    def perlu_nik(self) -> bool:
        """Whether it knows people by their NIK only."""

    def status(self, siapa: Penandatangan, now: datetime) -> StatusTanda:
        """Whether that person can sign. Never raises for what the other side does."""

    def sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia, now: datetime) -> HasilTanda:
        """Append one signature.

        Raises:
            TandaGagal: nothing was signed.
            HasilBelumDiketahui: nobody knows (only where `is_jauh`).
        """

    def verify(self, isi: bytes) -> list[HasilPeriksa]:
        """Every signature in the document, in order.

        Raises:
            HasilBelumDiketahui: the service that judges does not answer (only where `is_jauh`).
        """

    def describe(self, isi: bytes) -> Sertifikat:
        """Certificate of the newest signature in a document that passed `verify`."""

    def fetch(self, rujukan: str) -> bytes | None:
        """The signed document under the service's number, once; None where there is none.

        Raises:
            HasilBelumDiketahui: the service does not answer.
        """
