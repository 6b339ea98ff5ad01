"""The Celery application. Its settings are the ``CELERY_`` names in the Django settings."""

import gc
import os
import resource
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.dev")

# One report of 400 pages needs about 1 GB; more than this is a runaway document.
CHILD_MEMORY_BYTES = 2_560 * 1024 * 1024
# Where one machine answers pages too, people at their screens go first (tests/bench/antre.py).
CHILD_NICENESS = 10

app = Celery("sakip")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def prepare_child(**_kwargs: Any) -> None:
    """Calm the garbage collector (a third of the rendering time), cap memory, give way to pages."""
    os.nice(CHILD_NICENESS)
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY_BYTES, resource.RLIM_INFINITY))
