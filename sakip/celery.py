"""The Celery application. Its settings are the ``CELERY_`` names in the Django settings."""

import gc
import os
import resource
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init, worker_process_init

from sakip import pekerja as pekerja
from sakip.common.folder_metrik import share_metrik
from sakip.env import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.dev")

# One report of 400 pages needs about 1 GB; more than this is a runaway document.
CHILD_MEMORY_BYTES = 2_560 * 1024 * 1024
# Where one machine answers pages too, people at their screens go first (tests/bench/antre.py).
CHILD_NICENESS = 10

# Where a worker shows its figures to Prometheus; 0 means nowhere. Celery imports what counts before
# it announces anything, so the folder of the figures is made here.
METRIK_PORTA: int = env.int("METRIK_PORTA", 0)
if METRIK_PORTA:
    share_metrik()

app = Celery("sakip")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_logging(**_kwargs: Any) -> None:
    """A worker logs as LOGGING says, not as Celery would."""


@worker_init.connect
def open_metrik(**_kwargs: Any) -> None:
    """A door at which the figures of this worker and its children are read."""
    if METRIK_PORTA:
        from sakip.metrik import serve_metrik

        serve_metrik(METRIK_PORTA)


@worker_process_init.connect
def prepare_child(**_kwargs: Any) -> None:
    """Calm the garbage collector (a third of the rendering time), cap memory, give way to pages."""
    os.nice(CHILD_NICENESS)
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY_BYTES, resource.RLIM_INFINITY))
