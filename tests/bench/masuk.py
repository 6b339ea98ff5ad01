"""The desk of officials at work while four people sign in every second.

Run: script/bench masuk. Four browsers open Meja Kerja one page after the other, by turns without
anybody signing in and while people arrive at that rate, whose passwords are checked with Argon2id
of Django's strength. The server is gunicorn with two processes of four threads on PostgreSQL.
Target: p95 of the page at most 1.5 times that without, at least 0.8 times as many pages.
"""

import os
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import basis_data, cetak, is_cepat, note_hasil, siapkan

siapkan()

from django.db import connection
from django.urls import reverse

from organisasi.models import Pengguna
from tests.bench._kantor import make_kantor_penuh
from tests.bench._putar import Catatan, Langkah, Orang, Putaran
from tests.bench._server import (
    compute_p95,
    find_porta,
    hash_sandi,
    make_lingkungan_server,
    plan_masuk,
    run_server,
    sign_in,
    wait_server,
)

PERAMBAN, MASUK_TIAP_DETIK = 4, 4
PUTARAN, HALAMAN = (3, 60) if is_cepat() else (5, 120)


def play(putaran: Putaran, pekerja: Pengguna, tamu: Sequence[Pengguna]) -> Catatan:
    """The browsers, each its pages, and beside them the guests, each at his time."""
    putaran.catatan = catatan = Catatan()
    langkah = [Langkah("meja", reverse("laporan:meja-kerja"), 0)] * HALAMAN
    kerja = [Orang(pekerja.nip, 0, langkah, sign_in(pekerja)) for _ in range(PERAMBAN)]
    datang = [Orang(p.nip, n / MASUK_TIAP_DETIK, plan_masuk(p)) for n, p in enumerate(tamu)]
    putaran.play([*kerja, *datang])
    if catatan.salah:
        raise RuntimeError(catatan.salah[:3])
    return catatan


def measure(porta: int, pekerja: Pengguna, tamu: Sequence[Pengguna]) -> None:
    """Print both, and their ratios."""
    putaran = Putaran(porta)
    wait_server(putaran)
    lama = statistics.mean(play(putaran, pekerja, ()).detik["meja"]) * HALAMAN
    # Guests keep coming until the last page, although pages take longer while they come.
    cukup = tamu[: round(lama * 2 * MASUK_TIAP_DETIK)]
    tenang, ramai = [], []
    for _ in range(PUTARAN):
        tenang.append(play(putaran, pekerja, ()))
        ramai.append(play(putaran, pekerja, cukup))
    dasar, hasil = ([d for c in semua for d in c.detik["meja"]] for semua in (tenang, ramai))
    masuk = [d for c in ramai for d in c.detik["masuk"]]
    p95 = compute_p95(hasil) / compute_p95(dasar)
    lebih_sedikit = statistics.mean(hasil) / statistics.mean(dasar)
    ditunda = sum(c.diminta_menunggu for c in ramai)
    cetak(
        f"tanpa masuk: {_describe(dasar)}",
        f"{MASUK_TIAP_DETIK} masuk tiap detik: {_describe(hasil)}; "
        f"halaman {1 / lebih_sedikit:.2f} kali, p95 {p95:.2f} kali",
        f"{len(masuk)} orang masuk: tengah {statistics.median(masuk) * 1000:.0f} ms, "
        f"p95 {compute_p95(masuk):.0f} ms; {ditunda} kali diminta menunggu",
    )
    note_hasil("P7", "p95 Meja Kerja selagi 4 orang masuk tiap detik", nilai=p95, batas=1.5)
    note_hasil("P7", "waktu tiap halaman, dibanding tanpa masuk", nilai=lebih_sedikit, batas=1.25)


def _describe(detik: Sequence[float]) -> str:
    """Pages per second of all browsers, and p95."""
    laju = PERAMBAN / statistics.mean(detik)
    return f"{laju:.1f} halaman tiap detik, p95 {compute_p95(detik):.0f} ms"


def main() -> None:
    """Data and server; on PostgreSQL with Redis only."""
    redis = os.environ.get("SAKIP_BROKER_URL", "")
    if connection.vendor != "postgresql" or not redis:
        cetak("perlu PostgreSQL dan Redis: tidak diukur")
        return
    with tempfile.TemporaryDirectory(prefix="sakip-masuk-") as nama, basis_data():
        folder, porta = Path(nama), find_porta()
        kantor = make_kantor_penuh()
        Pengguna.objects.update(password=hash_sandi())
        pekerja = Pengguna.objects.get(pk=kantor.negeri.orang["perenc"].pk)
        tamu = list(Pengguna.objects.filter(is_active=True).exclude(pk=pekerja.pk)) * 30
        with run_server(make_lingkungan_server(folder, redis), folder, porta):
            measure(porta, pekerja, tamu)
        connection.close()


if __name__ == "__main__":
    main()
