"""What the project reads from its environment, typed and in one place.

Every variable carries the prefix ``SAKIP_``; `.env.example` lists them. Nothing secret has a default here.
"""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env(prefix="SAKIP_")


def read_or_create_secret(path: Path) -> str:
    """Return the secret kept in `path`, made at random on the first run and readable by its owner only."""
    from django.core.management.utils import get_random_secret_key

    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
