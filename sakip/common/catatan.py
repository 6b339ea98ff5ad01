"""The log: one JSON object a line, joined by the id of the request, without personal data.

Own lines are an event and its values ("efek_gagal efek=%s jenis=%s"), which become fields. What an
exception says is never written, since databases quote rows in it: its class and the places it came
through are. Knows neither Django nor Celery, so gunicorn may load it before either.
"""

import json
import logging
import re
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sakip.env import BASE_DIR

# Rooms whose lines are written as this house writes them.
_SENDIRI = ("sakip", "organisasi", "sop", "kinerja", "laporan")
_ID_LUAR = re.compile(r"[0-9A-Za-z]{8,32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_RUAS = re.compile(r"(\w+)=%[a-z]")
# NIP, NIK and telephone numbers, however they are spaced; addresses of e-mail.
_PRIBADI = re.compile(r"\+?\b\d(?:[ .-]?\d){9,}\b|[^\s@<>\"']+@[^\s@<>\"']+\.\w+")
_DISAMARKAN = "•••"

_request_id: ContextVar[str] = ContextVar("request_id", default="-")
_pengguna: ContextVar[int | None] = ContextVar("pengguna", default=None)


def current_request_id() -> str:
    """Id of the request being served, or whose job is being done; "-" outside of both."""
    return _request_id.get()


def note_pengguna(pk: int) -> None:
    """Whose request it is, by key: every further line of it says so."""
    _pengguna.set(pk)


def read_request_id(dari_luar: str) -> str:
    """The id that a proxy gave, if well formed (32 letters and digits at most), else a new one."""
    if _ID_LUAR.fullmatch(dari_luar):
        return dari_luar.replace("-", "").lower()
    return uuid.uuid4().hex[:16]


@contextmanager
def ikat(request_id: str) -> Iterator[None]:
    """Everything logged and recorded inside belongs to this request."""
    token, siapa = _request_id.set(request_id), _pengguna.set(None)
    try:
        yield
    finally:
        _request_id.reset(token)
        _pengguna.reset(siapa)


class RequestIdFilter(logging.Filter):
    """Adds `request_id` and `pengguna` to every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a record."""
        record.request_id = current_request_id()
        record.pengguna = _pengguna.get()
        return True


def mask(teks: str) -> str:
    """`teks` without what identifies a person: long numbers and addresses of e-mail."""
    return _PRIBADI.sub(_DISAMARKAN, teks)


class FormatJson(logging.Formatter):
    """One record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """What happened, when, in whose request; of a failure its class and its places."""
        isi: dict[str, Any] = {
            "waktu": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "tingkat": record.levelname,
            "pencatat": record.name,
            "permintaan": getattr(record, "request_id", "-"),
            "pengguna": getattr(record, "pengguna", None),
            **_read_peristiwa(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            isi |= _read_galat(record.exc_info[1])
        # In ASCII: to many a reader of lines, some other characters end a line as well.
        return json.dumps(isi)


def _read_peristiwa(record: logging.LogRecord) -> dict[str, Any]:
    pola = str(record.msg)
    if record.name.partition(".")[0] in _SENDIRI and isinstance(record.args, tuple):
        nilai = zip(_RUAS.findall(pola), record.args, strict=False)
        return {"peristiwa": pola.partition(" ")[0], **{k: _read_nilai(v) for k, v in nilai}}
    # Django writes addresses with one-time keys in them, and failures quote what they failed on.
    diam = record.name.startswith("django") or record.exc_info
    return {"peristiwa": mask(pola if diam else record.getMessage())}


def _read_nilai(nilai: object) -> object:
    if isinstance(nilai, bool | int | float | None):
        return nilai
    return mask(str(nilai))


def _read_galat(galat: BaseException) -> dict[str, Any]:
    """Classes of the failure and its causes, and the places from the outermost inwards."""
    rantai: list[BaseException] = []
    sebab: BaseException | None = galat
    while sebab is not None and sebab not in rantai:
        rantai.append(sebab)
        sebab = sebab.__cause__ or sebab.__context__
    tempat = traceback.extract_tb(galat.__traceback__)
    return {
        "galat": [f"{type(g).__module__}.{type(g).__qualname__}" for g in rantai],
        "tumpukan": [f"{_shorten(t.filename)}:{t.lineno} {t.name}" for t in tempat],
    }


def _shorten(berkas: str) -> str:
    path = Path(berkas)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(BASE_DIR).as_posix() if path.is_relative_to(BASE_DIR) else path.name


def build_logging(bentuk: str) -> dict[str, Any]:
    """What `logging.config` takes. bentuk: "json", or "baris" for a person at a console."""
    baris = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}},
        "formatters": {"baris": {"format": baris}, "json": {"()": FormatJson}},
        "handlers": {
            "konsol": {
                "class": "logging.StreamHandler",
                "formatter": bentuk,
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["konsol"], "level": "INFO"},
        "loggers": {
            # Names and addresses of those who failed to sign in stand in its own tables.
            "axes": {"level": "ERROR"},
            # What it says of each job and each round, sakip.celery says shorter.
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            # One line of ours says it of every request.
            "django.request": {"level": "ERROR"},
            # It writes down the name of every passkey.
            "fido2": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            "pyhanko": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
