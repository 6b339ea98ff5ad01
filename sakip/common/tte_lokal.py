"""The signing back end on this machine: PKCS#12 files and pyHanko."""

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

from cryptography import x509
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle

from sakip.common.rahasia import Rahasia
from sakip.common.tte import (
    BERKAS_AKAR_UJI,
    HasilPeriksa,
    HasilTanda,
    Keadaan,
    Penandatangan,
    Permintaan,
    Sebab,
    Sertifikat,
    StatusTanda,
    TandaGagal,
)
from sakip.common.tte_periksa import (
    TIDAK_TERBACA,
    build_trust,
    describe_sertifikat,
    read_sertifikat,
    validate_pdf,
)
from sakip.common.tte_stempel import make_stempel

# The stamp is drawn to the size of its field and fills it.
_PENUH = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
)


class LokalPkcs12:
    """Signs with ``<nip>.p12`` from one folder: PAdES B-B, and B-LTA with a time-stamp service.

    ``<nip>.pem`` beside it is the certificate alone, readable without the passphrase.
    akar: PEM certificates trusted besides the test authority of the folder.
    """

    def __init__(
        self, folder: Path, *, tsa: TimeStamper | None = None, akar: Sequence[bytes] = ()
    ) -> None:
        self._folder = folder
        self._tsa = tsa
        self._akar = akar

    @property
    def is_jauh(self) -> bool:
        """It signs here."""
        return False

    @property
    def perlu_nik(self) -> bool:
        """It finds people by their NIP."""
        return False

    def status(self, siapa: Penandatangan, now: datetime) -> StatusTanda:
        """Certificate of that person, readable without the passphrase."""
        berkas = self._berkas(siapa.nip, ".pem")
        if not berkas.is_file():
            return StatusTanda(Keadaan.TIDAK_ADA)
        sertifikat = self._describe(x509.load_pem_x509_certificate(berkas.read_bytes()))
        berlaku = sertifikat.is_berlaku(now)
        return StatusTanda(Keadaan.SIAP if berlaku else Keadaan.KEDALUWARSA, sertifikat)

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
        except (SigningError, *TIDAK_TERBACA) as galat:
            raise TandaGagal(Sebab.BERKAS_RUSAK) from galat
        if not hasil.startswith(isi):
            raise TandaGagal(Sebab.BERKAS_RUSAK)
        return HasilTanda(hasil)

    def verify(self, isi: bytes) -> list[HasilPeriksa]:
        """Every signature in the document, judged by the test authority of this folder."""
        return validate_pdf(isi, self._list_akar())

    def describe(self, isi: bytes) -> Sertifikat:
        """Certificate of the newest signature."""
        return read_sertifikat(isi, akar_uji=self._read_akar_uji())

    def fetch(self, rujukan: str) -> bytes | None:
        """Nothing is kept elsewhere."""
        return None

    def _list_akar(self) -> list[bytes]:
        uji = self._read_akar_uji()
        return [*([uji] if uji else []), *self._akar]

    def _read_akar_uji(self) -> bytes:
        akar = self._folder / BERKAS_AKAR_UJI
        return akar.read_bytes() if akar.is_file() else b""

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
        return describe_sertifikat(sertifikat, akar_uji=self._read_akar_uji())

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
            validation_context=build_trust(self._list_akar()) if self._tsa else None,
        )
        x1, y1, x2, y2 = (float(v) for v in ruas["/Rect"])
        stempel = make_stempel(permintaan, (x2 - x1, y2 - y1), sertifikat)
        with _stamp_style(stempel) as gaya:
            pembuat = PdfSigner(meta, penanda, timestamper=self._tsa, stamp_style=gaya)
            hasil: io.BytesIO = pembuat.sign_pdf(penulis, existing_fields_only=True)
            return hasil.getvalue()


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
