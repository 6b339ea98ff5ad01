"""Which signing back end an office has: a matter of the environment, never of code or data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from asn1crypto import tsp
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from pyhanko.sign.timestamps import TimeStamper

from sakip.common.rahasia import Rahasia
from sakip.common.tte import BERKAS_AKAR_UJI, PenandaTangan
from sakip.common.tte_bsre import BsreV1, BsreV2, SetelanBsre
from sakip.common.tte_http import BelumTerkirim, Layanan, TakTerjawab
from sakip.common.tte_lokal import LokalPkcs12

_RUMAH = frozenset({"127.0.0.1", "localhost", "::1"})
_BSRE = {"bsre_v1": BsreV1, "bsre_v2": BsreV2}
_AKHIR_PEM = b"-----END CERTIFICATE-----"


class TsaHttp(TimeStamper):
    """A time-stamp authority by RFC 3161 over HTTP."""

    def __init__(self, alamat: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko leaves it so
        self._layanan = Layanan(alamat, "", Rahasia(""), 20)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """One stamp; OSError where none came, as pyHanko wants it."""
        try:
            jawab = self._layanan.post("", req.dump(), "application/timestamp-query")
        except (BelumTerkirim, TakTerjawab) as galat:
            raise OSError("time-stamp authority does not answer") from galat
        if jawab.status != 200:
            raise OSError(f"time-stamp authority answers {jawab.status}")
        return tsp.TimeStampResp.load(jawab.isi)


def build_penanda(kode_instansi: str) -> PenandaTangan:
    """The signing back end of one office: the common settings, and what SAKIP_TTE_KANTOR changes.

    Raises:
        ImproperlyConfigured: a kind that is not known, or an address that is missing or open.
    """
    return _build({**settings.TTE, **settings.TTE_KANTOR.get(kode_instansi, {})})


def _build(setelan: Mapping[str, Any]) -> PenandaTangan:
    jenis, akar = setelan["layanan"], _read_akar(str(setelan["akar"]))
    if jenis == "lokal":
        tsa = TsaHttp(setelan["tsa"]) if setelan["tsa"] else None
        return LokalPkcs12(settings.TTE_DIR, tsa=tsa, akar=akar)
    if jenis not in _BSRE:
        raise ImproperlyConfigured(f"SAKIP_TTE_LAYANAN tidak dikenal: {jenis}")
    if setelan["sumbu"] not in ("bawah", "atas"):
        raise ImproperlyConfigured("SAKIP_TTE_SUMBU: bawah atau atas.")
    _require_alamat(str(setelan["url"]), polos=bool(setelan["polos"]))
    akar_uji = Path(settings.TTE_DIR) / BERKAS_AKAR_UJI
    penanda = _BSRE[jenis](
        SetelanBsre(
            layanan=Layanan(
                setelan["url"],
                setelan["pengguna"],
                Rahasia(setelan["sandi"]),
                float(setelan["batas_detik"]),
            ),
            akar=akar,
            akar_uji=akar_uji.read_bytes() if akar_uji.is_file() else b"",
            sumbu=setelan["sumbu"],
            is_uji=bool(setelan["uji"]),
        )
    )
    return cast("PenandaTangan", penanda)


def _require_alamat(alamat: str, *, polos: bool) -> None:
    """A passphrase travels to this address: TLS, unless the network itself is vouched for."""
    bagian = urlsplit(alamat)
    boleh = bagian.scheme == "https" or (
        bagian.scheme == "http" and (polos or bagian.hostname in _RUMAH)
    )
    if not bagian.hostname or not boleh:
        raise ImproperlyConfigured(
            "SAKIP_TTE_URL harus beralamat https. "
            "Layanan http di dalam jaringan sendiri perlu SAKIP_TTE_POLOS=true."
        )


def list_akar() -> list[bytes]:
    """Roots that any office of this installation trusts, the local test authority included."""
    berkas = {str(s.get("akar", "")) for s in (settings.TTE, *settings.TTE_KANTOR.values())}
    uji = Path(settings.TTE_DIR) / BERKAS_AKAR_UJI
    return [
        *([uji.read_bytes()] if uji.is_file() else []),
        *(akar for b in sorted(berkas) for akar in _read_akar(b)),
    ]


@cache
def _read_akar(berkas: str) -> tuple[bytes, ...]:
    """Certificates of a PEM bundle, one by one; none where no file is named."""
    if not berkas:
        return ()
    potongan = Path(berkas).read_bytes().split(_AKHIR_PEM)[:-1]
    return tuple(p.strip() + b"\n" + _AKHIR_PEM + b"\n" for p in potongan)


def check_tte(app_configs: object = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """System check: every office's back end can be built."""
    galat: list[checks.CheckMessage] = []
    for kode in ("", *settings.TTE_KANTOR):
        try:
            build_penanda(kode)
        except (ImproperlyConfigured, OSError) as sebab:
            galat.append(checks.Error(f"Tanda tangan {kode}: {sebab}", id="sakip.E003"))
    return galat
