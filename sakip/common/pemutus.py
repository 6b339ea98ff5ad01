"""A circuit breaker: what has just failed slowly is left alone for a while."""

import time


class Pemutus:
    """Whether a service is worth asking. One for each process; threads may share it."""

    def __init__(self, *, detik: float) -> None:
        self._detik = detik
        self._sampai = 0.0

    def is_layak(self) -> bool:
        """Whether to ask it: it has not failed within the last `detik` seconds."""
        return time.monotonic() >= self._sampai

    def trip(self) -> None:
        """It failed just now."""
        self._sampai = time.monotonic() + self._detik

    def reset(self) -> None:
        """Nothing is held against it."""
        self._sampai = 0.0
