"""Judging signatures: pyHanko compares revisions, which no digest check does."""

import io
import zlib
from collections.abc import Sequence

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from sakip.common.tte import HasilPeriksa, Sebab, Sertifikat, TandaGagal

# What pyHanko lets out on bytes that are not, or no longer, a sound PDF (found by changing bytes).
TIDAK_TERBACA = (
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


def validate_pdf(isi: bytes, akar: Sequence[bytes]) -> list[HasilPeriksa]:
    """Check every signature with pyHanko, including what was appended after each.

    akar: PEM certificates that are trusted. An empty list means no signature was found.

    Raises:
        TandaGagal: the file cannot be read at all (a changed byte may do that).
    """
    try:
        pembaca = PdfFileReader(io.BytesIO(isi))
        konteks = build_trust(akar)
        return [
            _describe_status(s.field_name, validate_pdf_signature(s, konteks))
            for s in pembaca.embedded_regular_signatures
        ]
    except TIDAK_TERBACA as galat:
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
        wajar=bool(status.docmdp_ok) or tingkat is None,
    )


def build_trust(akar: Sequence[bytes]) -> ValidationContext:
    """Roots to trust, and nothing fetched from outside. akar: PEM, one certificate each."""
    sertifikat = [
        asn1.Certificate.load(x509.load_pem_x509_certificate(a).public_bytes(Encoding.DER))
        for a in akar
    ]
    return ValidationContext(trust_roots=sertifikat, allow_fetching=False)


def read_sertifikat(isi: bytes, *, akar_uji: bytes = b"") -> Sertifikat:
    """Certificate of the newest signature in a document.

    Raises:
        TandaGagal: no signature, or one that cannot be read.
    """
    try:
        tanda = PdfFileReader(io.BytesIO(isi)).embedded_regular_signatures[-1]
        der = tanda.signer_cert.dump()
    except TIDAK_TERBACA as galat:
        raise TandaGagal(Sebab.BERKAS_RUSAK) from galat
    return describe_sertifikat(x509.load_der_x509_certificate(der), akar_uji=akar_uji)


def describe_sertifikat(sertifikat: x509.Certificate, *, akar_uji: bytes = b"") -> Sertifikat:
    """What the certificate says. akar_uji: PEM of the local test authority, if there is one."""
    return Sertifikat(
        nama=common_name(sertifikat.subject),
        nomor=f"{sertifikat.serial_number:X}",
        penerbit=common_name(sertifikat.issuer),
        mulai=sertifikat.not_valid_before_utc,
        sampai=sertifikat.not_valid_after_utc,
        is_uji=bool(akar_uji)
        and x509.load_pem_x509_certificate(akar_uji).subject == sertifikat.issuer,
        pengenal=_find_pengenal(sertifikat.subject),
    )


def _find_pengenal(nama: x509.Name) -> str:
    """Number of a person in the subject: its serial number, else its user id."""
    for oid in (x509.NameOID.SERIAL_NUMBER, x509.NameOID.USER_ID):
        if atribut := nama.get_attributes_for_oid(oid):
            return str(atribut[0].value)
    return ""


def common_name(nama: x509.Name) -> str:
    """Common name of a subject, or the whole of it."""
    atribut = nama.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(atribut[0].value) if atribut else nama.rfc4514_string()
