"""A device with a passkey, in Python: what a browser would send for it."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ASAL = "http://localhost:8000"
_ADA, _DIBUKA, _BARU = 1, 4, 64


@dataclass
class Perangkat:
    """Keeps one passkey. `asal` is the address of the page that asks for it."""

    asal: str = ASAL
    dibuka: bool = True
    hitungan: int = 0
    pengenal: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    pegangan: str | None = None
    bingkai: bool = False

    def __post_init__(self) -> None:
        self.kunci = ec.generate_private_key(ec.SECP256R1())

    def buat(self, opsi: dict[str, Any]) -> str:
        """Make it, as asked."""
        self.pegangan = opsi["user"]["id"]
        titik = self.kunci.public_key().public_numbers()
        x, y = (n.to_bytes(32, "big") for n in (titik.x, titik.y))
        publik = ES256({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        isi = AttestedCredentialData.create(Aaguid(bytes(16)), self.pengenal, publik)
        objek = AttestationObject.create("none", self._data(opsi["rp"]["id"], isi), {})
        data = self._klien("webauthn.create", opsi)
        return self._kirim(
            {"attestationObject": websafe_encode(objek), "clientDataJSON": websafe_encode(data)}
        )

    def pakai(self, opsi: dict[str, Any]) -> str:
        """Sign with it, as asked."""
        self.hitungan += 1 if self.hitungan else 0
        data, klien = self._data(opsi["rpId"]), self._klien("webauthn.get", opsi)
        tanda = self.kunci.sign(data + hashlib.sha256(klien).digest(), ec.ECDSA(SHA256()))
        isi = {
            "authenticatorData": websafe_encode(data),
            "clientDataJSON": websafe_encode(klien),
            "signature": websafe_encode(tanda),
        }
        return self._kirim(isi | ({"userHandle": self.pegangan} if self.pegangan else {}))

    def _data(self, rp: str, isi: bytes = b"") -> AuthenticatorData:
        bendera = _ADA | (_DIBUKA if self.dibuka else 0) | (_BARU if isi else 0)
        sidik = hashlib.sha256(rp.encode()).digest()
        return AuthenticatorData.create(sidik, AuthenticatorData.FLAG(bendera), self.hitungan, isi)

    def _klien(self, jenis: str, opsi: dict[str, Any]) -> CollectedClientData:
        soal = websafe_decode(opsi["challenge"])
        return CollectedClientData.create(jenis, soal, self.asal, self.bingkai)

    def _kirim(self, isi: dict[str, str]) -> str:
        nama = websafe_encode(self.pengenal)
        return json.dumps({"id": nama, "rawId": nama, "type": "public-key", "response": isi})
