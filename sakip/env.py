"""What the project reads from its environment, typed and in one place.

Every variable carries the prefix ``SAKIP_``; `.env.example` lists them. Nothing secret has a
default here.
"""

import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from environs import FileAwareEnv

# SAKIP_SECRET_KEY_FILE=/run/secrets/kunci reads the value from that file; so for every variable.
# The line break that most editors put at the end of a file is no part of a password.
env = FileAwareEnv(prefix="SAKIP_", strip_whitespace=True)

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything made while running lies here: database, files, queue, keys of a demo.
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))


# Easy to read aloud and to type on a phone; four of them and a number are 33 bits, enough for a
# demo.
_KATA = [
    "akar",
    "angin",
    "awan",
    "bambu",
    "batu",
    "benih",
    "bukit",
    "bunga",
    "daun",
    "desa",
    "embun",
    "fajar",
    "garam",
    "gunung",
    "hujan",
    "ikan",
    "jagung",
    "jati",
    "kapas",
    "karang",
    "kayu",
    "kebun",
    "kelapa",
    "kolam",
    "laut",
    "lembah",
    "madu",
    "mawar",
    "melati",
    "merpati",
    "mutiara",
    "nelayan",
    "nila",
    "padi",
    "pagi",
    "pandan",
    "pantai",
    "pasir",
    "payung",
    "pelangi",
    "perahu",
    "pinus",
    "pulau",
    "purnama",
    "rawa",
    "rotan",
    "rumput",
    "sagu",
    "sawah",
    "senja",
    "sungai",
    "talas",
    "tani",
    "taman",
    "telaga",
    "teratai",
    "tikar",
    "tugu",
    "udara",
    "ulin",
    "wangi",
    "waru",
]


def fill_sandi(alamat: str, sandi: str) -> str:
    """The address of a Redis with its password, unless it has one; others as they are."""
    bagian = urlsplit(alamat)
    if not sandi or "@" in bagian.netloc or bagian.scheme not in {"redis", "rediss"}:
        return alamat
    return bagian._replace(netloc=f":{quote(sandi, safe='')}@{bagian.netloc}").geturl()


def read_or_create_secret(path: Path) -> str:
    """Return the secret kept in `path`, made at random on the first run and readable by its owner
    only.
    """
    return _read_or_create(path, lambda: secrets.token_urlsafe(50))


def read_or_create_phrase(path: Path) -> str:
    """The same for a password of a demo, in plain words."""
    return _read_or_create(
        path,
        lambda: "-".join(
            [*(secrets.choice(_KATA) for _ in range(4)), str(secrets.randbelow(900) + 100)]
        ),
    )


def _read_or_create(path: Path, make: Callable[[], str]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make(), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
