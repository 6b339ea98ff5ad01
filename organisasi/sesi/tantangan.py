"""The question for a passkey, kept in the session: for one purpose, once, five minutes."""

import json
from datetime import datetime, timedelta

from django.http import HttpRequest

from sakip.common.kunci_sandi import MASA_DETIK, Tantangan

_KUNCI = "tantangan"
_MASA = timedelta(seconds=MASA_DETIK)


def hold_tantangan(request: HttpRequest, soal: Tantangan, *, untuk: str, now: datetime) -> str:
    """Keep the question in place of the one before it; what the browser is asked, as JSON."""
    request.session[_KUNCI] = {"untuk": untuk, "pada": now.isoformat(), "isi": soal.keadaan}
    return json.dumps(soal.opsi)


def take_tantangan(request: HttpRequest, *, untuk: str, now: datetime) -> dict[str, str] | None:
    """The question, which is gone with it; None where none was asked for that, or too long ago."""
    ada = request.session.pop(_KUNCI, None)
    if ada is None or ada["untuk"] != untuk or now - datetime.fromisoformat(ada["pada"]) > _MASA:
        return None
    isi: dict[str, str] = ada["isi"]
    return isi
