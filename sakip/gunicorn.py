"""How gunicorn runs this project: `gunicorn --config python:sakip.gunicorn sakip.wsgi`."""

import os
from typing import Any

from sakip.common.catatan import build_logging
from sakip.common.folder_metrik import share_metrik
from sakip.env import env

# Threads share what a process has loaded; more processes than cores only cost memory.
worker_class = "gthread"
workers = env.int("WEB_PROSES", 2)
threads = env.int("WEB_UTAS", 4)
timeout = 60
graceful_timeout = 30
# Signs of life are touched here every second: memory, where the system has a folder for it.
# No second door: signals are enough, and the root of the container is read only.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - no name of ours is opened there
_logging = build_logging(env.str("CATATAN", "json"))
logconfig_dict: dict[str, Any] = {
    **_logging,
    "loggers": {
        **_logging["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
    },
}

share_metrik()
