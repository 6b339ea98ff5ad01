"""What an actor sends when finishing a turn."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Putusan:
    """What an actor sends when finishing a turn.

    hasil: lanjut, ya or tidak. unit: ids a return is for, empty for all. naskah_urut: state of the
    text the
    actor saw, None where the step shows none. kunci: idempotency key of the form. tetap: go on
    although notes on the text are open.
    """

    hasil: str = "lanjut"
    catatan: str = ""
    isian: dict[str, Any] = field(default_factory=dict)
    unit: tuple[int, ...] = ()
    naskah_urut: int | None = None
    kunci: str = ""
    tetap: bool = False
