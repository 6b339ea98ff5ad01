"""A local test authority: certificates that sign like real ones and have no legal force.

For demos, tests and offices that practise. Files are readable by their owner only.
"""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sakip.common.cakram import write_whole
from sakip.common.rahasia import Rahasia
from sakip.common.tte import BERKAS_AKAR_UJI

NAMA_AKAR = "CA UJI SAKIP (tidak berkekuatan hukum)"
_BERKAS_KUNCI = "akar-uji.key"
_BIT = 3072
_MASA_AKAR = timedelta(days=3650)
# As long as a certificate of the national authority lives.
MASA_SERTIFIKAT = timedelta(days=730)
# Clocks of the machines that sign and check need not agree to the minute.
_MUNDUR = timedelta(days=1)


def ensure_akar(folder: Path, *, now: datetime) -> None:
    """Make the folder and the root certificate with its key, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if (folder / BERKAS_AKAR_UJI).is_file() and (folder / _BERKAS_KUNCI).is_file():
        return
    kunci = generate_private_key(public_exponent=65537, key_size=_BIT)
    nama = _make_nama(NAMA_AKAR)
    akar = (
        _begin(nama, nama, kunci, now, _MASA_AKAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_make_usage(is_ca=True), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(kunci.public_key()), critical=False
        )
        .sign(kunci, SHA256())
    )
    pem = kunci.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(folder / _BERKAS_KUNCI, pem)
    _write(folder / BERKAS_AKAR_UJI, akar.public_bytes(Encoding.PEM))


def has_sertifikat(folder: Path, nip: str, frasa: Rahasia | None, *, now: datetime) -> bool:
    """Whether that person has a certificate in force that opens with `frasa` (None: not tried)."""
    pem, p12 = folder / f"{nip}.pem", folder / f"{nip}.p12"
    if not (pem.is_file() and p12.is_file()):
        return False
    if x509.load_pem_x509_certificate(pem.read_bytes()).not_valid_after_utc <= now:
        return False
    if frasa is None:
        return True
    try:
        pkcs12.load_key_and_certificates(p12.read_bytes(), frasa.reveal().encode())
    except ValueError:
        return False
    return True


def issue_sertifikat(folder: Path, *, nip: str, nama: str, frasa: Rahasia, now: datetime) -> None:
    """Write ``<nip>.p12`` and ``<nip>.pem``; what was there is replaced. Needs `ensure_akar`."""
    akar = x509.load_pem_x509_certificate((folder / BERKAS_AKAR_UJI).read_bytes())
    kunci_akar = load_pem_private_key((folder / _BERKAS_KUNCI).read_bytes(), password=None)
    if not isinstance(kunci_akar, RSAPrivateKey):
        raise TypeError("the root key of the test authority is RSA")
    kunci = generate_private_key(public_exponent=65537, key_size=_BIT)
    sertifikat = (
        _begin(_make_nama(nama), akar.subject, kunci, now, MASA_SERTIFIKAT)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_make_usage(is_ca=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(kunci.public_key()), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(kunci_akar.public_key()),
            critical=False,
        )
        .sign(kunci_akar, SHA256())
    )
    sandi = BestAvailableEncryption(frasa.reveal().encode())
    p12 = pkcs12.serialize_key_and_certificates(nama.encode(), kunci, sertifikat, [akar], sandi)
    _write(folder / f"{nip}.p12", p12)
    _write(folder / f"{nip}.pem", sertifikat.public_bytes(Encoding.PEM))


def _begin(
    subjek: x509.Name,
    penerbit: x509.Name,
    kunci: RSAPrivateKey,
    now: datetime,
    masa: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subjek)
        .issuer_name(penerbit)
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _MUNDUR)
        .not_valid_after(now + masa)
    )


def _make_nama(nama: str) -> x509.Name:
    # RFC 5280 caps a common name at 64 characters.
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UJI SAKIP"),
            x509.NameAttribute(NameOID.COMMON_NAME, nama[:64]),
        ]
    )


def _make_usage(*, is_ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=not is_ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )


def _write(berkas: Path, isi: bytes) -> None:
    write_whole(berkas, [isi])
    berkas.chmod(0o600)
