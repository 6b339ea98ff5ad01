"""Single sign-on of a government (OpenID Connect): the way to its door, and who came back from it.

The library Authlib walks the way (state, nonce, PKCE, signature, issuer, audience, time). Here
stands what this installation trusts, and what it wants to know. Knows no table of people.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.integrations.django_client import DjangoOAuth2App, OAuth, OAuthError
from django.conf import settings
from django.core import checks
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from sakip.common.errors import DomainError

# Signatures by a key of the provider's own, never by the secret that it shares with its clients.
_TANDA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_BATAS_DETIK = 10
_SELISIH_JAM_DETIK = 60
_WAJIB = ("penerbit", "klien", "rahasia")


@dataclass(frozen=True)
class Tamu:
    """Whom the provider vouches for, when he showed himself there, and whether by two factors."""

    nip: str
    pada: datetime | None
    is_mfa: bool


class SsoDitolak(Exception):
    """The answer is not to be trusted, or is a refusal. The text is for the log, without data."""


class SsoTerputus(DomainError):
    """The provider cannot be reached, or is not the one it should be (HTTP 503)."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    lagi_detik = 30


def is_sso() -> bool:
    """Whether this installation has one."""
    return all(settings.OIDC[nama] for nama in _WAJIB)


def begin_sso(request: HttpRequest, *, kembali: str, ulang: bool) -> HttpResponseBase:
    """To the door of the provider, and back to `kembali`. ulang: he shall show himself anew.

    Raises:
        SsoTerputus: it cannot be reached.
    """
    lagi = {"prompt": "login", "max_age": 0} if ulang else {}
    try:
        jawab: HttpResponseBase = _open().authorize_redirect(request, kembali, **lagi)
    except (RequestException, ValueError) as putus:
        raise _putus() from putus
    return jawab


def finish_sso(request: HttpRequest) -> Tamu:
    """Who came back. The state of the request is used up, whatever comes of it.

    Raises:
        SsoDitolak: refused there, or anything about the answer is not right.
        SsoTerputus: it cannot be reached.
    """
    klien = _open()
    try:
        token = klien.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "value": settings.OIDC["penerbit"]},
                "aud": {"essential": True, "value": settings.OIDC["klien"]},
            },
            leeway=_SELISIH_JAM_DETIK,
        )
        klaim = token.get("userinfo")
        if klaim is None:
            raise SsoDitolak("tanpa id_token")
        if settings.OIDC["klaim_nip"] not in klaim:
            klaim = _ask_lagi(klien, token, klaim)
    except RequestException as putus:
        raise _putus() from putus
    except (OAuthError, JoseError, LookupError, TypeError, ValueError) as salah:
        raise SsoDitolak(getattr(salah, "error", "") or type(salah).__name__) from salah
    return _read(klaim)


def make_keluar(kembali: str) -> str:
    """Where the session at the provider ends; "" where it has no such page or cannot be asked."""
    try:
        alamat = str(_open().load_server_metadata().get("end_session_endpoint") or "")
    except SsoTerputus:
        return ""
    if not _is_https(alamat):
        return ""
    isi = {"client_id": settings.OIDC["klien"], "post_logout_redirect_uri": kembali}
    return f"{alamat}{'&' if '?' in alamat else '?'}{urlencode(isi)}"


def check_sso(app_configs: object = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """System check: all of it or nothing, and never in the clear."""
    ada = [nama for nama in _WAJIB if settings.OIDC[nama]]
    galat: list[checks.CheckMessage] = []
    if ada and len(ada) < len(_WAJIB):
        kurang = ", ".join(f"SAKIP_OIDC_{n.upper()}" for n in _WAJIB if n not in ada)
        galat.append(checks.Error(f"SSO belum lengkap: isi {kurang}.", id="sakip.E008"))
    if "penerbit" in ada and not _is_https(settings.OIDC["penerbit"]):
        galat.append(checks.Error("SAKIP_OIDC_PENERBIT bukan alamat https.", id="sakip.E009"))
    return galat


def _open() -> DjangoOAuth2App:
    """The client, once the provider has said where its doors are: all https, and it is itself."""
    klien = _make(*(settings.OIDC[n] for n in (*_WAJIB, "lingkup")))
    try:
        meta = klien.load_server_metadata()
        benar = (
            meta["issuer"] == settings.OIDC["penerbit"]
            and all(_is_https(meta[f"{n}_endpoint"]) for n in ("authorization", "token"))
            and _is_https(meta["jwks_uri"])
        )
        dikenal = meta.get("id_token_signing_alg_values_supported") or ["RS256"]
        meta["id_token_signing_alg_values_supported"] = [a for a in dikenal if a in _TANDA]
    except (RequestException, LookupError, TypeError, ValueError) as putus:
        _make.cache_clear()
        raise _putus() from putus
    if not benar or not meta["id_token_signing_alg_values_supported"]:
        _make.cache_clear()
        raise _putus()
    return klien


@lru_cache(maxsize=1)
def _make(penerbit: str, klien: str, rahasia: str, lingkup: str) -> DjangoOAuth2App:
    """One for this process: it remembers the doors and the keys of the provider."""
    app: DjangoOAuth2App = OAuth().register(
        "sso",
        client_id=klien,
        client_secret=rahasia,
        server_metadata_url=f"{penerbit.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": lingkup,
            "code_challenge_method": "S256",
            "default_timeout": _BATAS_DETIK,
        },
    )
    return app


def _ask_lagi(
    klien: DjangoOAuth2App, token: dict[str, Any], klaim: dict[str, Any]
) -> dict[str, Any]:
    """The claims of the token, and those that the provider keeps for asking; of the same person."""
    lagi = klien.userinfo(token=token)
    if lagi["sub"] != klaim["sub"]:
        raise SsoDitolak("sub")
    return {**lagi, **klaim}


def _read(klaim: dict[str, Any]) -> Tamu:
    nip = "".join(str(klaim.get(settings.OIDC["klaim_nip"]) or "").split())
    if not nip:
        raise SsoDitolak("tanpa NIP")
    pada = klaim.get("auth_time")
    cara = {str(c) for c in klaim.get("amr") or []} | {str(klaim.get("acr"))}
    return Tamu(
        nip,
        datetime.fromtimestamp(pada, tz=UTC) if isinstance(pada, int) else None,
        bool(cara & set(settings.OIDC["mfa"])),
    )


def _is_https(alamat: object) -> bool:
    return urlsplit(str(alamat)).scheme == "https"


def _putus() -> SsoTerputus:
    return SsoTerputus(
        _("Layanan SSO tidak dapat dihubungi. Coba lagi, atau masuk dengan NIP dan kata sandi.")
    )
