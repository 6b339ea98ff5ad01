"""BSrE Esign Client Service, versions 1 and 2: the whole PDF goes in, a signed PDF comes back.

The service stands inside an agency's network. What it does beyond public client code is unknown, so
nothing here trusts it: the answer is checked like that of any back end, and where no answer came,
nobody claims to know.
Sumber: BSRE-API in docs/regulasi.md
"""

import io
import logging
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from binascii import Error as TidakBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any, Literal

import pikepdf

from sakip.common.rahasia import Rahasia
from sakip.common.tte import (
    HasilBelumDiketahui,
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
from sakip.common.tte_http import BelumTerkirim, Jawaban, Layanan, TakTerjawab
from sakip.common.tte_periksa import read_sertifikat, validate_pdf
from sakip.common.tte_stempel import make_stempel_png

logger = logging.getLogger(__name__)

PENERBIT = "Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara"
# A page waits for the state of a certificate; the signature itself may take longer.
_BATAS_STATUS = 4.0
_SEBAB = {
    2011: Sebab.TIDAK_TERDAFTAR,
    2021: Sebab.TIDAK_ADA,
    2031: Sebab.FRASA_SALAH,
}
_KEADAAN = {
    "ISSUE": Keadaan.SIAP,
    "EXPIRED": Keadaan.KEDALUWARSA,
    "REVOKE": Keadaan.DICABUT,
    "REVOKED": Keadaan.DICABUT,
    "NOT_REGISTERED": Keadaan.TIDAK_TERDAFTAR,
    "NO_CERTIFICATE": Keadaan.TIDAK_ADA,
}
_TOLAK = {
    Keadaan.TIDAK_ADA: Sebab.TIDAK_ADA,
    Keadaan.TIDAK_TERDAFTAR: Sebab.TIDAK_TERDAFTAR,
    Keadaan.KEDALUWARSA: Sebab.KEDALUWARSA,
    Keadaan.DICABUT: Sebab.DICABUT,
    Keadaan.TANPA_NIK: Sebab.TANPA_NIK,
    Keadaan.TAK_TERJAWAB: Sebab.LAYANAN_PUTUS,
}


@dataclass(frozen=True)
class SetelanBsre:
    """How one installation of the service is reached and judged.

    akar: PEM roots to trust; without any the service itself judges. sumbu: where it counts heights
    from, which differs between installations. is_uji: it is the trial one, without legal force.
    """

    layanan: Layanan
    akar: Sequence[bytes] = ()
    akar_uji: bytes = b""
    sumbu: Literal["bawah", "atas"] = "bawah"
    is_uji: bool = False


class _Bsre(ABC):
    """What both versions share."""

    def __init__(self, setelan: SetelanBsre) -> None:
        self._setelan = setelan
        self._layanan = setelan.layanan

    @property
    def is_jauh(self) -> bool:
        """Another machine signs."""
        return True

    def status(self, siapa: Penandatangan, now: datetime) -> StatusTanda:
        """Whether that person can sign, as the service says; one short question."""
        try:
            jawab = self._ask_status(siapa)
        except (BelumTerkirim, TakTerjawab):
            return StatusTanda(Keadaan.TAK_TERJAWAB)
        except TandaGagal:
            return StatusTanda(Keadaan.TANPA_NIK)
        return StatusTanda(_read_keadaan(jawab))

    def sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia, now: datetime) -> HasilTanda:
        """Ask for one signature; first whether this person can sign at all.

        Raises:
            TandaGagal: refused, or never sent.
            HasilBelumDiketahui: sent, and no document came back.
        """
        keadaan = self.status(permintaan.penanda, now).keadaan
        if keadaan in _TOLAK:
            raise TandaGagal(_TOLAK[keadaan])
        try:
            jawab = self._ask_sign(isi, permintaan, frasa)
        except BelumTerkirim:
            raise TandaGagal(Sebab.LAYANAN_PUTUS) from None
        except TakTerjawab as putus:
            raise HasilBelumDiketahui(_read_rujukan(putus.tajuk, {})) from None
        return HasilTanda(self._take_pdf(jawab))

    def verify(self, isi: bytes) -> list[HasilPeriksa]:
        """Every signature: unchanged, as found here; trusted, by our roots or else by the service.

        Raises:
            TandaGagal: the file cannot be read.
            HasilBelumDiketahui: the service is to judge and does not answer.
        """
        hasil = validate_pdf(isi, self._setelan.akar)
        if self._setelan.akar or not hasil:
            return hasil
        try:
            jawab = self._ask_verify(isi)
        except (BelumTerkirim, TakTerjawab):
            raise HasilBelumDiketahui from None
        percaya = jawab.status == 200 and self._is_valid(jawab.read_json(), len(hasil))
        return [replace(h, dipercaya=percaya, sah=percaya and h.utuh and h.wajar) for h in hasil]

    def describe(self, isi: bytes) -> Sertifikat:
        """Certificate of the newest signature; one of a trial service says so."""
        sertifikat = read_sertifikat(isi, akar_uji=self._setelan.akar_uji)
        return replace(sertifikat, is_uji=sertifikat.is_uji or self._setelan.is_uji)

    def _take_pdf(self, jawab: Jawaban) -> bytes:
        """The signed document out of an answer, or why there is none."""
        if jawab.status != 200:
            _refuse(jawab)
        pdf = _find_pdf(jawab)
        if pdf is None:
            rujukan = _read_rujukan(jawab.tajuk, jawab.read_json())
            pdf = self.fetch(rujukan) if rujukan else None
            if pdf is None:
                logger.warning("tte_jawaban_rusak status=%s", jawab.status)
                raise HasilBelumDiketahui(rujukan)
        return pdf

    def _make_gambar(self, permintaan: Permintaan) -> bytes:
        _hal, x1, y1, x2, y2 = _require_kotak(permintaan)
        return make_stempel_png(
            permintaan,
            (x2 - x1, y2 - y1),
            penerbit=PENERBIT,
            is_uji=self._setelan.is_uji,
        )

    def _place(self, isi: bytes, permintaan: Permintaan) -> tuple[int, int, int, int, int]:
        """Page, left edge, lower or upper edge, width and height, in whole points."""
        halaman, x1, y1, x2, y2 = _require_kotak(permintaan)
        tegak = y1
        if self._setelan.sumbu == "atas":
            tegak = _tinggi_halaman(isi, halaman) - y2
        return halaman, round(x1), round(tegak), round(x2 - x1), round(y2 - y1)

    def fetch(self, rujukan: str) -> bytes | None:
        """A document the service still holds; version 2 holds none."""
        return None

    @abstractmethod
    def _ask_status(self, siapa: Penandatangan) -> Jawaban:
        """Whether the service knows that person."""

    @abstractmethod
    def _ask_sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia) -> Jawaban:
        """One signature, asked for once."""

    @abstractmethod
    def _ask_verify(self, isi: bytes) -> Jawaban:
        """What the service makes of the document."""

    @abstractmethod
    def _is_valid(self, jawab: Mapping[str, Any], banyak: int) -> bool:
        """Whether the service holds all so many signatures for good."""


class BsreV1(_Bsre):
    """Version 1: multipart forms, NIK and passphrase."""

    @property
    def perlu_nik(self) -> bool:
        """It knows people by their NIK only."""
        return True

    def fetch(self, rujukan: str) -> bytes | None:
        """The document of that number, which the service hands out once.

        Raises:
            HasilBelumDiketahui: no answer.
        """
        if not _is_rujukan(rujukan):
            return None
        try:
            jawab = self._layanan.get(f"/api/sign/download/{rujukan}")
        except (BelumTerkirim, TakTerjawab):
            raise HasilBelumDiketahui(rujukan) from None
        return _find_pdf(jawab) if jawab.status == 200 else None

    def _ask_status(self, siapa: Penandatangan) -> Jawaban:
        jalur = f"/api/user/status/{_require_nik(siapa)}"
        return self._layanan.get(jalur, batas_detik=_BATAS_STATUS)

    def _ask_sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia) -> Jawaban:
        halaman, x, y, lebar, tinggi = self._place(isi, permintaan)
        bidang = {
            "nik": _require_nik(permintaan.penanda),
            "passphrase": frasa.reveal(),
            "tampilan": "visible",
            "image": "true",
            "page": str(halaman),
            "xAxis": str(x),
            "yAxis": str(y),
            "width": str(lebar),
            "height": str(tinggi),
            "location": permintaan.tempat,
        }
        berkas = {
            "file": ("dokumen.pdf", "application/pdf", isi),
            "imageTTD": ("tanda.png", "image/png", self._make_gambar(permintaan)),
        }
        return self._layanan.post("/api/sign/pdf", *make_multipart(bidang, berkas))

    def _ask_verify(self, isi: bytes) -> Jawaban:
        berkas = {"signed_file": ("dokumen.pdf", "application/pdf", isi)}
        return self._layanan.post("/api/sign/verify", *make_multipart({}, berkas))

    def _is_valid(self, jawab: Mapping[str, Any], banyak: int) -> bool:
        sama = str(jawab.get("jumlah_signature")) == str(banyak)
        return sama and str(jawab.get("summary", "")).upper() == "VALID"


class BsreV2(_Bsre):
    """Version 2: JSON, NIK or e-mail, passphrase."""

    @property
    def perlu_nik(self) -> bool:
        """E-mail serves as well."""
        return False

    def _ask_status(self, siapa: Penandatangan) -> Jawaban:
        return self._layanan.post_json(
            "/api/v2/user/check/status", _name_orang(siapa), batas_detik=_BATAS_STATUS
        )

    def _ask_sign(self, isi: bytes, permintaan: Permintaan, frasa: Rahasia) -> Jawaban:
        halaman, x, y, lebar, tinggi = self._place(isi, permintaan)
        sifat = {
            "tampilan": "VISIBLE",
            "imageBase64": b64encode(self._make_gambar(permintaan)).decode("ascii"),
            "page": halaman,
            "originX": x,
            "originY": y,
            "width": lebar,
            "height": tinggi,
            "location": permintaan.tempat,
            "reason": "Paraf" if permintaan.is_paraf else "Tanda tangan",
        }
        badan = {
            **_name_orang(permintaan.penanda),
            "passphrase": frasa.reveal(),
            "signatureProperties": [sifat],
            "file": [b64encode(isi).decode("ascii")],
        }
        return self._layanan.post_json("/api/v2/sign/pdf", badan)

    def _ask_verify(self, isi: bytes) -> Jawaban:
        badan = {"file": b64encode(isi).decode("ascii"), "password": ""}
        return self._layanan.post_json("/api/v2/verify/pdf", badan)

    def _is_valid(self, jawab: Mapping[str, Any], banyak: int) -> bool:
        rinci = jawab.get("signatureInformations")
        return (
            str(jawab.get("conclusion", "")).upper() == "VALID"
            and jawab.get("signatureCount") == banyak
            and isinstance(rinci, list)
            and all(r.get("integrityValid") and r.get("certificateTrusted") for r in rinci)
        )


def make_multipart(
    bidang: Mapping[str, str], berkas: Mapping[str, tuple[str, str, bytes]]
) -> tuple[bytes, str]:
    """Body and content type of a form with files. berkas: name to (file name, type, content)."""
    batas = token_hex(16)
    bagian = [
        f'--{batas}\r\nContent-Disposition: form-data; name="{nama}"\r\n\r\n{nilai}\r\n'.encode()
        for nama, nilai in bidang.items()
    ]
    for nama, (judul, jenis, isi) in berkas.items():
        kepala = (
            f'--{batas}\r\nContent-Disposition: form-data; name="{nama}"; filename="{judul}"\r\n'
            f"Content-Type: {jenis}\r\n\r\n"
        )
        bagian += [kepala.encode(), isi, b"\r\n"]
    return b"".join(
        [*bagian, f"--{batas}--\r\n".encode()]
    ), f"multipart/form-data; boundary={batas}"


def _refuse(jawab: Jawaban) -> None:
    """Raise for an answer other than 200: refused for a cause, or nobody knows.

    A gateway may stand before a service that did sign (502, 504, any page of HTML), and a service
    that breaks (5xx) may have signed before it did. Only a refusal it has a code for is one; busy
    (429, 503) it has not begun.
    """
    kode = jawab.read_json().get("status_code")
    logger.warning("tte_ditolak status=%s kode=%s", jawab.status, kode)
    if jawab.status in (401, 403):
        raise TandaGagal(Sebab.AKSES_LAYANAN)
    if jawab.status in (429, 503):
        raise TandaGagal(Sebab.LAYANAN_SIBUK)
    sebab = _SEBAB.get(kode) if isinstance(kode, int) else None
    if jawab.status >= 500 and sebab is None:
        raise HasilBelumDiketahui
    raise TandaGagal(sebab or Sebab.LAYANAN_MENOLAK)


def _read_keadaan(jawab: Jawaban) -> Keadaan:
    """State of a person out of an answer. A state nobody told us of leaves it to the signing."""
    isi = jawab.read_json()
    if isi.get("status_code") == 2011:
        return Keadaan.TIDAK_TERDAFTAR
    if isi.get("status_code") == 2021:
        return Keadaan.TIDAK_ADA
    if jawab.status != 200:
        return Keadaan.TAK_TERJAWAB if jawab.status >= 500 else Keadaan.SIAP
    teks = str(isi.get("status") or jawab.isi[:200].decode(errors="replace"))
    return _KEADAAN.get(teks.strip().strip('"').upper(), Keadaan.SIAP)


def _find_pdf(jawab: Jawaban) -> bytes | None:
    """The PDF in an answer: as it is, or as base64 somewhere in JSON."""
    if jawab.isi.startswith(b"%PDF-"):
        return jawab.isi
    for nilai in jawab.read_json().values():
        calon = nilai[0] if isinstance(nilai, list) and len(nilai) == 1 else nilai
        pdf = _decode(calon) if isinstance(calon, str) else b""
        if pdf.startswith(b"%PDF-"):
            return pdf
    return None


def _decode(teks: str) -> bytes:
    try:
        return b64decode(teks, validate=True)
    except (TidakBase64, ValueError):
        return b""


def _read_rujukan(tajuk: Mapping[str, str], isi: Mapping[str, Any]) -> str:
    """The service's number of a document, from headers or body."""
    calon = tajuk.get("id_dokumen") or isi.get("id_dokumen") or isi.get("id") or ""
    return calon if isinstance(calon, str) and _is_rujukan(calon) else ""


def _is_rujukan(teks: str) -> bool:
    return 0 < len(teks) <= 100 and teks.isascii() and teks.replace("-", "").isalnum()


def _require_nik(siapa: Penandatangan) -> str:
    if siapa.nik is None:
        raise TandaGagal(Sebab.TANPA_NIK)
    return siapa.nik.reveal()


def _name_orang(siapa: Penandatangan) -> dict[str, str]:
    return {"nik": siapa.nik.reveal()} if siapa.nik else {"email": siapa.surel}


def _require_kotak(permintaan: Permintaan) -> tuple[int, float, float, float, float]:
    if permintaan.kotak is None:
        raise TandaGagal(Sebab.BERKAS_RUSAK)
    return permintaan.kotak


def _tinggi_halaman(isi: bytes, nomor: int) -> float:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        return float(pdf.pages[nomor - 1].mediabox[3])
