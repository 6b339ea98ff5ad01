"""The pool of a Celery worker, with locks that a killed child cannot keep.

Children of a pool without an event loop (of every broker but Redis and RabbitMQ, so of the queue in
files) share one pipe for their work. Whoever waits for the next piece holds its lock, a semaphore.
SIGKILL, as from a kernel short of memory, leaves a semaphore taken: the children that follow wait
for ever, and with them every job, the sweeper included. A lock on a file is given back by the
kernel when its process ends, however it ends.
"""

import fcntl
import os
import tempfile
from types import TracebackType
from typing import Any

from billiard.pool import Pool
from celery.concurrency.prefork import TaskPool


class KunciProses:
    """Mutual exclusion between the processes of a pool, by a file that has no name."""

    def __init__(self) -> None:
        self._berkas, nama = tempfile.mkstemp(prefix="sakip-kolam-")
        os.unlink(nama)

    def acquire(self) -> bool:
        """Wait for it and take it."""
        fcntl.lockf(self._berkas, fcntl.LOCK_EX)
        return True

    def release(self) -> None:
        """Give it back."""
        fcntl.lockf(self._berkas, fcntl.LOCK_UN)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self,
        jenis: type[BaseException] | None,
        galat: BaseException | None,
        jejak: TracebackType | None,
    ) -> None:
        self.release()


class _KolamTahan(Pool):
    """billiard's pool, whose two pipes are guarded by such locks."""

    _inqueue: Any
    _outqueue: Any

    def _setup_queues(self) -> None:
        induk: Any = super()  # the stubs leave it out
        induk._setup_queues()
        for pipa in (self._inqueue, self._outqueue):
            pipa._rlock, pipa._wlock = KunciProses(), KunciProses()


class Kolam(TaskPool):
    """Celery's prefork; with Redis it has pipes of their own for each child, and stays as it is."""

    BlockingPool = _KolamTahan
