"""Electronic signatures: PDF in, PDF out.

A backend takes the whole document and returns it with one signature appended, so that an agency's
signing
service can stand where the local PKCS#12 file stands now. A passphrase is only ever an argument.
"""

import io
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, cast

import segno
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from sakip.common.errors import DomainError
from sakip.common.pdf import render_pdf
from sakip.common.rahasia import Rahasia

BERKAS_AKAR_UJI = "akar-uji.pem"

# The stamp is drawn to the size of its field and fills it.
_PENUH = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
)
# What pyHanko lets out on bytes that are not, or no longer, a sound PDF (found by changing bytes).
_TIDAK_TERBACA = (
    PdfError,
    SignatureValidationError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


class Sebab(StrEnum):
    """Why nothing was signed."""

    FRASA_SALAH = "frasa_salah"
    KEDALUWARSA = "kedaluwarsa"
    TIDAK_ADA = "tidak_ada"
    BERKAS_RUSAK = "berkas_rusak"


_KALIMAT = {
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
    Sebab.BERKAS_RUSAK: _(
        "Berkas PDF atau berkas sertifikat tidak dapat dibaca. Dokumen belum ditandatangani. "
        "Hubungi pengelola akun instansi."
    ),
}


class TandaGagal(DomainError):
    """Nothing was signed; `sebab` tells programs why and `pesan` tells people."""

    def __init__(self, sebab: Sebab) -> None:
        super().__init__(_KALIMAT[sebab])
        self.sebab = sebab


@dataclass(frozen=True)
class Penandatangan:
    """Who signs, as the stamp prints it."""

    nip: str
    nama: str
    jabatan: str
    pangkat: str


@dataclass(frozen=True)
class Permintaan:
    """Where to sign, who, and the address behind the QR of the stamp."""

    ruas: str
    penanda: Penandatangan
    tautan: str
    tempat: str


@dataclass(frozen=True)
class Sertifikat:
    """What the certificate says. is_uji: of the local test authority, without legal force."""

    nama: str
    nomor: str
    penerbit: str
    mulai: datetime
    sampai: datetime
    is_uji: bool

    def is_berlaku(self, pada: datetime) -> bool:
        """Whether it is within its dates."""
        return self.mulai <= pada <= self.sampai


@dataclass(frozen=True)
class HasilTanda:
    """The signed document: the bytes handed in, and the signature after them."""

    isi: bytes
    sertifikat: Sertifikat


@dataclass(frozen=True)
class HasilPeriksa:
    """One signature as checked. `sah` is the judgement; the others say what it rests on.

    utuh: no signed byte changed. dipercaya: the certificate leads to a trusted root. seluruhnya:
    nothing was
    appended after it. perubahan: what was, in pyHanko's words.
    """

    ruas: str
    nama: str
    waktu: datetime | None
    sah: bool
    utuh: bool
    dipercaya: bool
    seluruhnya: bool
    perubahan: str


class PenandaTangan(Protocol):
    """A signing backend."""

    def status(self, nip: str) -> Sertifikat | None:
        """Certificate of that person, None where there is none."""

    def sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia, now: datetime) -> HasilTanda:
        """Append one signature; raises TandaGagal and then nothing was signed."""

    def verify(self, isi: bytes) -> list[HasilPeriksa]:
        """Every signature in the document, in order."""


class LokalPkcs12:
    """Signs with ``<nip>.p12`` from one folder: PAdES B-B, and B-LTA where a time-stamp service is
    given.

    ``<nip>.pem`` beside it is the certificate alone, readable without the passphrase.
    """

    def __init__(self, folder: Path, *, tsa: TimeStamper | None = None) -> None:
        self._folder = folder
        self._tsa = tsa

    def status(self, nip: str) -> Sertifikat | None:
        """Certificate of that person, None where there is none."""
        berkas = self._berkas(nip, ".pem")
        if not berkas.is_file():
            return None
        return self._describe(x509.load_pem_x509_certificate(berkas.read_bytes()))

    def sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia, now: datetime) -> HasilTanda:
        """Append one signature to `isi`, in the empty field `permintaan.ruas`.

        Raises:
            TandaGagal: wrong passphrase, no or expired certificate, or a file that cannot be read.
        """
        penanda = self._open(permintaan.penanda.nip, frasa)
        sertifikat = self._describe(
            x509.load_der_x509_certificate(penanda.signing_cert.dump())  # type: ignore[union-attr]  # loaded with its certificate
        )
        if not sertifikat.is_berlaku(now):
            raise TandaGagal(Sebab.KEDALUWARSA)
        try:
            hasil = self._append(isi, permintaan, penanda, sertifikat)
        except (SigningError, *_TIDAK_TERBACA) as galat:
            raise TandaGagal(Sebab.BERKAS_RUSAK) from galat
        if not hasil.startswith(isi):
            raise TandaGagal(Sebab.BERKAS_RUSAK)
        return HasilTanda(hasil, sertifikat)

    def verify(self, isi: bytes) -> list[HasilPeriksa]:
        """Every signature in the document, judged by the test authority of this folder."""
        akar = self._folder / BERKAS_AKAR_UJI
        return validate_pdf(isi, [akar.read_bytes()] if akar.is_file() else [])

    def _berkas(self, nip: str, akhiran: str) -> Path:
        return self._folder / f"{nip if nip.isascii() and nip.isdigit() else '-'}{akhiran}"

    def _open(self, nip: str, frasa: Rahasia) -> SimpleSigner:
        berkas = self._berkas(nip, ".p12")
        if not berkas.is_file():
            raise TandaGagal(Sebab.TIDAK_ADA)
        try:
            penanda: SimpleSigner = SimpleSigner.load_pkcs12_data(
                berkas.read_bytes(), [], frasa.reveal().encode()
            )
        except ValueError as galat:
            # One and the same type for both; only a readable archive complains about its password.
            salah = "password" in str(galat.__cause__).lower()
            raise TandaGagal(Sebab.FRASA_SALAH if salah else Sebab.BERKAS_RUSAK) from None
        return penanda

    def _describe(self, sertifikat: x509.Certificate) -> Sertifikat:
        akar = self._folder / BERKAS_AKAR_UJI
        is_uji = akar.is_file() and (
            x509.load_pem_x509_certificate(akar.read_bytes()).subject == sertifikat.issuer
        )
        return Sertifikat(
            nama=_common_name(sertifikat.subject),
            nomor=f"{sertifikat.serial_number:X}",
            penerbit=_common_name(sertifikat.issuer),
            mulai=sertifikat.not_valid_before_utc,
            sampai=sertifikat.not_valid_after_utc,
            is_uji=is_uji,
        )

    def _append(
        self, isi: bytes, permintaan: Permintaan, penanda: SimpleSigner, sertifikat: Sertifikat
    ) -> bytes:
        penulis = IncrementalPdfFileWriter(io.BytesIO(isi))
        ruas = _find_ruas(penulis, permintaan.ruas)
        penutup = "/Lock" in ruas
        sudah = bool(PdfFileReader(io.BytesIO(isi)).embedded_regular_signatures)
        meta = PdfSignatureMetadata(
            field_name=permintaan.ruas,
            name=permintaan.penanda.nama,
            location=permintaan.tempat,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=not penutup and not sudah,
            docmdp_permissions=MDPPerm.NO_CHANGES if penutup else MDPPerm.FILL_FORMS,
            embed_validation_info=self._tsa is not None,
            use_pades_lta=self._tsa is not None,
            validation_context=self._context() if self._tsa else None,
        )
        x1, y1, x2, y2 = (float(v) for v in ruas["/Rect"])
        stempel = make_stempel(permintaan, (x2 - x1, y2 - y1), is_uji=sertifikat.is_uji)
        with _stamp_style(stempel) as gaya:
            pembuat = PdfSigner(meta, penanda, timestamper=self._tsa, stamp_style=gaya)
            hasil: io.BytesIO = pembuat.sign_pdf(penulis, existing_fields_only=True)
            return hasil.getvalue()

    def _context(self) -> ValidationContext:
        akar = self._folder / BERKAS_AKAR_UJI
        return _trust([akar.read_bytes()] if akar.is_file() else [])


def make_stempel(permintaan: Permintaan, ukuran: tuple[float, float], *, is_uji: bool) -> bytes:
    """One PDF page of exactly that size in points: QR, post, name, rank and NIP of the signer."""
    nip = permintaan.penanda.nip
    qr = segno.make(permintaan.tautan, error="m", micro=False)
    html = render_to_string(
        "pdf/stempel.html",
        {
            "penanda": permintaan.penanda,
            "nip": f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}",
            "qr": qr.svg_data_uri(border=1),
            "is_uji": is_uji,
        },
    )
    lebar, tinggi = (f"{u:.2f}pt" for u in ukuran)
    gaya = f"@page {{ size: {lebar} {tinggi} }} body {{ height: {tinggi} }}"
    return render_pdf(html, varian="pdf/a-3b", gaya=gaya).isi


def validate_pdf(isi: bytes, akar: Sequence[bytes]) -> list[HasilPeriksa]:
    """Check every signature with pyHanko, including what was appended after each.

    akar: PEM certificates that are trusted. An empty list means no signature was found.

    Raises:
        TandaGagal: the file cannot be read at all (a changed byte may do that).
    """
    try:
        pembaca = PdfFileReader(io.BytesIO(isi))
        konteks = _trust(akar)
        return [
            _describe_status(s.field_name, validate_pdf_signature(s, konteks))
            for s in pembaca.embedded_regular_signatures
        ]
    except _TIDAK_TERBACA as galat:
        raise TandaGagal(Sebab.BERKAS_RUSAK) from galat


def _describe_status(ruas: str, status: PdfSignatureStatus) -> HasilPeriksa:
    tingkat = status.modification_level
    return HasilPeriksa(
        ruas=ruas,
        nama=str(status.signing_cert.subject.native.get("common_name", "")),
        waktu=status.signer_reported_dt,
        sah=status.bottom_line,
        utuh=status.intact and status.valid,
        dipercaya=status.trusted,
        seluruhnya=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        perubahan=tingkat.name if tingkat else "",
    )


def _trust(akar: Sequence[bytes]) -> ValidationContext:
    sertifikat = [
        asn1.Certificate.load(x509.load_pem_x509_certificate(a).public_bytes(Encoding.DER))
        for a in akar
    ]
    return ValidationContext(trust_roots=sertifikat, allow_fetching=False)


def _common_name(nama: x509.Name) -> str:
    atribut = nama.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(atribut[0].value) if atribut else nama.rfc4514_string()


def _find_ruas(penulis: IncrementalPdfFileWriter, nama: str) -> DictionaryObject:
    """The empty field of that name.

    Raises:
        ValueError: no such field, or it is signed already.
    """
    for _nama, _nilai, rujukan in enumerate_sig_fields(
        penulis, filled_status=False, with_name=nama
    ):
        return cast("DictionaryObject", rujukan.get_object())
    raise ValueError("no such empty signature field")


@contextmanager
def _stamp_style(stempel: bytes) -> Iterator[StaticStampStyle]:
    """A fresh style object: one used for a second document leaves dangling references in it."""
    with tempfile.TemporaryDirectory(prefix="sakip-stempel-") as folder:
        berkas = Path(folder) / "stempel.pdf"
        berkas.write_bytes(stempel)
        yield StaticStampStyle.from_pdf_file(str(berkas), border_width=0, background_layout=_PENUH)
