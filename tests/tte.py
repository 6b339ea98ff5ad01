"""Certificates and small documents for tests that sign. Keys are made once per run, in a folder of
its own.
"""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from sakip.common.ca_uji import ensure_akar, issue_sertifikat
from sakip.common.pdf import BahanPdf, HasilPdf, render_pdf
from sakip.common.pdf_isi import Kotak
from sakip.common.rahasia import Rahasia
from sakip.common.ruas import Ruas
from sakip.common.tte import BERKAS_AKAR_UJI, Penandatangan, Permintaan

FRASA = "rahasia-sekali-3X9"
NIP = "197203151998032001"
NIP_KEDALUWARSA = "197203151998032009"
TAUTAN = "https://sakip.contoh.go.id/v/TyF395IztoLl4jJRTihEtQ/"

_HTML = """<!doctype html><html lang="id"><head><title>Uji</title></head><body><h1>Uji</h1>
<p>Isi yang ditandatangani.</p><div id="sig-1" class="k"></div><div id="sig-2" class="k"></div>
</body></html>"""
_GAYA = ".k { width: 230pt; height: 85pt }"


@cache
def folder_ca() -> Path:
    """A test authority, one certificate in force and one that has run out."""
    folder = Path(tempfile.mkdtemp(prefix="sakip-ca-"))
    kini = datetime.now(UTC)
    ensure_akar(folder, now=kini)
    issue_sertifikat(folder, nip=NIP, nama="dr. Ratna Uji", frasa=Rahasia(FRASA), now=kini)
    lama = kini - timedelta(days=1000)
    issue_sertifikat(
        folder, nip=NIP_KEDALUWARSA, nama="Sudah Lewat", frasa=Rahasia(FRASA), now=lama
    )
    return folder


@cache
def make_tsa() -> DummyTimeStamper:
    """A time-stamp service inside this process, of the same authority."""
    folder = folder_ca()
    akar = x509.load_pem_x509_certificate(akar_pem())
    kunci_akar = load_pem_private_key((folder / "akar-uji.key").read_bytes(), password=None)
    assert isinstance(kunci_akar, RSAPrivateKey)
    kunci, kini = generate_private_key(public_exponent=65537, key_size=2048), datetime.now(UTC)
    sertifikat = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TSA Uji")]))
        .issuer_name(akar.subject)
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kini - timedelta(days=1))
        .not_valid_after(kini + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(kunci_akar, SHA256())
    )
    pem = kunci.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1.Certificate.load(sertifikat.public_bytes(Encoding.DER)), PrivateKeyInfo.load(pem)
    )


def akar_pem() -> bytes:
    """The root certificate of the test authority."""
    return (folder_ca() / BERKAS_AKAR_UJI).read_bytes()


def give_sertifikat(folder: Path, nip: str) -> None:
    """Let that person sign: the same certificate under another number, which spares a key."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / BERKAS_AKAR_UJI).is_file():  # a worker may be reading it
        shutil.copy(folder_ca() / BERKAS_AKAR_UJI, folder)
    for akhiran in (".p12", ".pem"):
        shutil.copy(folder_ca() / f"{NIP}{akhiran}", folder / f"{nip}{akhiran}")


@cache
def dokumen_kosong() -> HasilPdf:
    """One page with two boxes, before there are fields."""
    return render_pdf(_HTML, gaya=_GAYA)


@cache
def dokumen_beruas() -> bytes:
    """The same with two empty signature fields; the second closes the document."""

    def ruas(kotak: Mapping[str, Kotak]) -> list[Ruas]:
        return [
            Ruas("TTE_1", kotak["sig-1"], "Sekretaris", is_penutup=False),
            Ruas("TTE_2", kotak["sig-2"], "Kepala", is_penutup=True),
        ]

    return render_pdf(_HTML, gaya=_GAYA, bahan=BahanPdf(ruas=ruas)).isi


def permintaan(ruas: str = "TTE_2", nip: str = NIP) -> Permintaan:
    """A request to sign that field."""
    penanda = Penandatangan(nip, "dr. Ratna Uji", "Plh. Kepala Dinas", "Pembina Utama Muda")
    return Permintaan(ruas, penanda, TAUTAN, "Mojokerto")
