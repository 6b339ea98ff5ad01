"""A provider of single sign-on that answers in this process, with real keys and signatures.

It is a transport adapter, the place where `requests` lets other ways of sending be put.
"""

import base64
import hashlib
import io
import json
import secrets
import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from requests import ConnectionError as TakTerhubung
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

PENERBIT = "https://sso.contoh.go.id/asn"
KLIEN, RAHASIA = "sakip", "rahasia-yang-cukup-panjang-untuk-hs256"
KUNCI = RSAKey.generate_key(2048, {"kid": "satu"})
PALSU = RSAKey.generate_key(2048, {"kid": "satu"})


class Penyedia(BaseAdapter):
    """What it claims is in `klaim`; `ubah` overrides what it knows itself, to be wrong about it."""

    def __init__(self, **klaim: Any) -> None:
        super().__init__()
        self.klaim: dict[str, Any] = klaim
        self.ubah: dict[str, Any] = {}
        self.pengguna: dict[str, Any] = {}
        self.meta: dict[str, Any] = {
            "issuer": PENERBIT,
            "authorization_endpoint": f"{PENERBIT}/masuk",
            "token_endpoint": f"{PENERBIT}/token",
            "jwks_uri": f"{PENERBIT}/kunci",
            "userinfo_endpoint": f"{PENERBIT}/orang",
            "end_session_endpoint": f"{PENERBIT}/keluar",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }
        self.kunci, self.alg, self.mati = KUNCI, "RS256", False
        self.diminta: dict[str, str] = {}

    def authorize(self, alamat: str) -> str:
        """The person signs in there; the address that the browser is sent back to."""
        self.diminta = {n: v[0] for n, v in parse_qs(urlsplit(alamat).query).items()}
        self.kode = secrets.token_urlsafe(8)
        isi = {"code": self.kode, "state": self.diminta["state"]}
        return f"{urlsplit(self.diminta['redirect_uri']).path}?{urlencode(isi)}"

    def send(self, request: PreparedRequest, *_args: Any, **_lain: Any) -> Response:
        """As the network would."""
        if self.mati:
            raise TakTerhubung("mati")
        jawab = Response()
        jawab.request, jawab.url, jawab.status_code = request, str(request.url), 200
        jawab.headers["Content-Type"] = "application/json"
        jalur = urlsplit(str(request.url)).path.rsplit("/", 1)[1]
        isi: dict[str, Any] = {
            "openid-configuration": self.meta,
            "kunci": {"keys": [KUNCI.as_dict(private=False)]},
            "orang": self.pengguna,
        }.get(jalur) or self._token(request)
        jawab.raw = io.BytesIO(json.dumps(isi).encode())
        return jawab

    def close(self) -> None:
        """Nothing is open."""

    def _token(self, request: PreparedRequest) -> dict[str, Any]:
        isi = {n: v[0] for n, v in parse_qs(str(request.body)).items()}
        sandi = base64.b64encode(f"{KLIEN}:{RAHASIA}".encode()).decode()
        bukti = hashlib.sha256(isi["code_verifier"].encode()).digest()
        tantangan = base64.urlsafe_b64encode(bukti).decode().rstrip("=")
        benar = (
            request.headers["Authorization"] == f"Basic {sandi}"
            and isi["code"] == self.kode
            and isi["redirect_uri"] == self.diminta["redirect_uri"]
            and tantangan == self.diminta["code_challenge"]
            and self.diminta["code_challenge_method"] == "S256"
        )
        if not benar:
            return {"error": "invalid_grant"}
        token = {"access_token": "buka", "token_type": "Bearer", "id_token": self._id_token()}
        return {n: v for n, v in token.items() if v}

    def _id_token(self) -> str:
        kini = int(time.time())
        isi = {
            "iss": PENERBIT,
            "sub": "orang-1",
            "aud": KLIEN,
            "iat": kini,
            "exp": kini + 300,
            "nonce": self.diminta["nonce"],
            **self.klaim,
            **self.ubah,
        }
        isi = {n: v for n, v in isi.items() if v is not None}
        if self.alg == "none":
            kepala = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
            badan = base64.urlsafe_b64encode(json.dumps(isi).encode()).decode().rstrip("=")
            return f"{kepala}.{badan}."
        kunci = OctKey.import_key(RAHASIA) if self.alg == "HS256" else self.kunci
        return jwt.encode({"alg": self.alg, "kid": "satu"}, isi, kunci)
