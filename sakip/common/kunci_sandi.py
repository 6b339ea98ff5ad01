"""Passkeys (WebAuthn): the questions for a browser, and whether its answer is right.

The library `fido2` reads and checks; what is asked of every passkey stands here: it belongs to the
public address of this installation, its owner unlocked it by PIN, finger or face, and nobody wants
to know its make. Knows neither sessions nor tables.
"""

import ipaddress
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

MASA_DETIK = 300
# The longest answer that is read at all; a real one is a tenth of it.
_MAKS_JAWABAN = 20_000
_WAJIB = UserVerificationRequirement.REQUIRED
# What reading bytes of a stranger may end in.
_RUSAK = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class KunciTidakSah(Exception):
    """The answer does not fit the question, the address, or the passkey."""


@dataclass(frozen=True)
class Pemilik:
    """Whom a new passkey is for. `pegangan` is what it keeps instead of a name."""

    pegangan: bytes
    nama: str
    tampil: str


@dataclass(frozen=True)
class Tantangan:
    """A question: `opsi` goes to the browser, `keadaan` stays in the session of who is asked."""

    opsi: dict[str, Any]
    keadaan: dict[str, str]


@dataclass(frozen=True)
class Kredensial:
    """A passkey as it is kept: its name, its public part, and how often it has signed."""

    pengenal: str
    data: bytes
    hitungan: int


@dataclass(frozen=True)
class Jawaban:
    """Which passkey answers, and as whose it sees itself; nothing of it is checked yet."""

    pengenal: str
    pegangan: bytes | None
    isi: AuthenticationResponse


def is_tersedia() -> bool:
    """Whether browsers make passkeys for the public address: https with a name, or localhost."""
    bagian = urlsplit(settings.ALAMAT_PUBLIK)
    host = bagian.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and (bagian.scheme == "https" or host == "localhost")
    return False


def begin_buat(pemilik: Pemilik, ada: Sequence[str]) -> Tantangan:
    """Ask for a new passkey, not on a device that holds one of `ada` already."""
    opsi, keadaan = _server().register_begin(
        PublicKeyCredentialUserEntity(
            id=pemilik.pegangan, name=pemilik.nama, display_name=pemilik.tampil
        ),
        credentials=[_name(p) for p in ada],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=_WAJIB,
    )
    return _pose(opsi.public_key, keadaan)


def finish_buat(keadaan: dict[str, str], jawaban: str) -> Kredensial:
    """The passkey that was made.

    Raises:
        KunciTidakSah: broken, for another address, another question, or not unlocked.
    """
    try:
        isi = RegistrationResponse.from_dict(_read(jawaban))
        data = _server().register_complete(keadaan, isi)
        _refuse_bingkai(isi.response.client_data)
        kredensial = data.credential_data
        if kredensial is None or kredensial.public_key.get(3) not in CoseKey.supported_algorithms():
            raise KunciTidakSah("kunci publik")
    except _RUSAK as rusak:
        raise KunciTidakSah(type(rusak).__name__) from rusak
    return Kredensial(websafe_encode(kredensial.credential_id), bytes(kredensial), data.counter)


def begin_pakai(ada: Sequence[str] = ()) -> Tantangan:
    """Ask for one of the passkeys `ada`; without any, for whichever the person chooses."""
    opsi, keadaan = _server().authenticate_begin(
        credentials=[_name(p) for p in ada] or None, user_verification=_WAJIB
    )
    return _pose(opsi.public_key, keadaan)


def read_jawaban(jawaban: str) -> Jawaban:
    """Which passkey answers.

    Raises:
        KunciTidakSah: it cannot be read.
    """
    try:
        isi = AuthenticationResponse.from_dict(_read(jawaban))
        return Jawaban(isi.id, isi.response.user_handle, isi)
    except _RUSAK as rusak:
        raise KunciTidakSah(type(rusak).__name__) from rusak


def finish_pakai(keadaan: dict[str, str], jawaban: Jawaban, data: bytes) -> int:
    """How often the passkey `data` says it has signed; its signature is right.

    Raises:
        KunciTidakSah: for another address, another question, not unlocked, or a wrong signature.
    """
    try:
        _server().authenticate_complete(keadaan, [AttestedCredentialData(data)], jawaban.isi)
        _refuse_bingkai(jawaban.isi.response.client_data)
    except _RUSAK as rusak:
        raise KunciTidakSah(type(rusak).__name__) from rusak
    return AuthenticatorData(jawaban.isi.response.authenticator_data).counter


def _server() -> Fido2Server:
    """For the public address exactly: neither a neighbour below the same domain nor plain http."""
    bagian = urlsplit(settings.ALAMAT_PUBLIK)
    asal = f"{bagian.scheme}://{bagian.netloc}".lower()
    server = Fido2Server(
        PublicKeyCredentialRpEntity(name="SAKIP", id=bagian.hostname or ""),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda o: o.lower() == asal,
    )
    return server


def _refuse_bingkai(data: CollectedClientData) -> None:
    """No page of ours stands in a frame of somebody else's."""
    if data.cross_origin:
        raise KunciTidakSah("bingkai")


def _read(jawaban: str) -> dict[str, Any]:
    if len(jawaban) > _MAKS_JAWABAN:
        raise KunciTidakSah("panjang")
    isi = json.loads(jawaban)
    if not isinstance(isi, dict):
        raise KunciTidakSah("bentuk")
    # Not asked for, so not read.
    return {n: isi[n] for n in ("id", "rawId", "response", "type") if n in isi}


def _name(pengenal: str) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(pengenal)
    )


def _pose(opsi: Mapping[str, Any], keadaan: dict[str, str]) -> Tantangan:
    """Both halves as JSON takes them."""
    isi = {**opsi, "timeout": MASA_DETIK * 1000}
    return Tantangan(isi, {nama: str(nilai) for nama, nilai in keadaan.items()})
