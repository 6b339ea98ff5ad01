"""What is counted while working: requests, jobs. Read by Prometheus, see sakip/metrik.py.

With PROMETHEUS_MULTIPROC_DIR the processes of one service add up through files in that folder;
`share_metrik` makes it, before the first of them imports this module.
"""

import os

from billiard.process import current_process
from prometheus_client import Counter, Histogram, values


def name_proses() -> str:
    """Under which name this process counts: the place in its pool, which outlives its children."""
    tempat = getattr(current_process(), "index", None)
    return str(os.getpid()) if tempat is None else f"k{tempat}"


if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    values.ValueClass = values.MultiProcessValue(name_proses)

METODE = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

PERMINTAAN = Counter(
    "sakip_permintaan", "Permintaan yang dijawab", ["tampilan", "metode", "status"]
)
PERMINTAAN_DETIK = Histogram(
    "sakip_permintaan_detik",
    "Lama menjawab permintaan",
    ["tampilan", "metode"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
PEKERJAAN_DETIK = Histogram(
    "sakip_pekerjaan_detik",
    "Lama satu pekerjaan latar",
    ["tugas", "hasil"],
    buckets=(0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 540),
)
ANTRE_DETIK = Histogram(
    "sakip_pekerjaan_antre_detik",
    "Lama pekerjaan latar menunggu di antrean sebelum dimulai",
    ["tugas"],
    buckets=(0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800),
)


def count_permintaan(*, tampilan: str, metode: str, status: int, detik: float) -> None:
    """One request was answered. Methods nobody knows are counted as one."""
    metode = metode if metode in METODE else "lain"
    PERMINTAAN.labels(tampilan, metode, str(status)).inc()
    PERMINTAAN_DETIK.labels(tampilan, metode).observe(detik)
