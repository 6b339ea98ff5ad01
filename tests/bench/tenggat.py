"""The evening of a deadline: 2,400 people sign in, fill in, upload and hand in within ten minutes.

Run: script/bench tenggat, or .venv/bin/python -m tests.bench.tenggat [--skala 0.1] [--menit 10]
The data is that of `manage.py buat_data --opd 60 --pengguna 40 --indikator 500 --triwulan 8`; in
each office a report has asked the five bidang for their figures. The server is gunicorn with two
processes of four threads, PostgreSQL, Redis and a worker, as in docs/penerapan.md; people are
played by `_putar`, who keep to their plan. --skala: part of the offices, people at the same rate.
First everybody's pages without signing in, for a fifth of the time: the ratio to that is printed.
Target: no wrong answer; p95 of pages at most 1.5 times that without signing in.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import basis_data, cetak, is_cepat, note_hasil, siapkan

siapkan()

from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.periode import step_periode
from laporan.models import Tugas
from laporan.services.draf import LaporanBaru, Putusan, finish_tugas, start_draf
from organisasi.models import Instansi, Pengguna, Penugasan
from sop.models import SOP
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
from tests.house.negeri import ISI, KUMPUL
from tests.laporan.antrean import connect_redis
from tests.laporan.pembunuh import run_pekerja
from tests.laporan.rute import publish_rute

OPD, PENGGUNA, INDIKATOR, TRIWULAN = 60, 40, 500, 8
HALAMAN = ("meja", "formulir", "capaian", "rekap", "laporan")
# Of ten minutes, those in which people come; the last one needs the rest to finish.
_DATANG = 525 / 600
# Of every row that is filled in: who saves says which one he saw.
_VERSI = 1


@dataclass(frozen=True)
class Pemeran:
    """Who takes part, and what is his: a row of a form, or a turn to hand in."""

    pengguna: Pengguna
    baris: int | None = None
    formulir: str = ""
    tugas: str = ""


def make_data(opd: int, indikator: int) -> list[Pemeran]:
    """The government, its reports under way, every figure filled in, one password for all."""
    call_command("buat_data", opd=opd, pengguna=PENGGUNA, indikator=indikator, triwulan=TRIWULAN)
    Pengguna.objects.update(password=hash_sandi())
    pemeran: list[Pemeran] = []
    for instansi in Instansi.objects.order_by("pk"):
        pemeran += _open_laporan(instansi)
    with connection.cursor() as kursor:
        kursor.execute("ANALYZE")
    # Whoever hands in comes last, when the figures of the unit are there.
    return sorted(pemeran, key=lambda p: bool(p.tugas))


def _open_laporan(instansi: Instansi) -> Iterator[Pemeran]:
    """A report of the triwulan after the last one; its forms are open and filled in."""
    kini = timezone.now()
    jabatan = {j.kode: j for j in instansi.jabatan.all()}
    sop = SOP.objects.create(instansi=instansi, kode="kumpul", nama="Pengumpulan capaian")
    versi = publish_rute(sop, KUMPUL, jabatan, kini)
    mandat = list(Penugasan.objects.filter(jabatan__instansi=instansi).select_related("pengguna"))
    kepala = next(p.pengguna for p in mandat if p.jabatan_id == jabatan["kepala"].pk)
    terisi = FormulirCapaian.objects.filter(status__in=FormulirCapaian.TERKIRIM)
    baru = step_periode(terisi.order_by("-tahun", "-triwulan")[0].periode, 1)
    laporan = LaporanBaru("triwulan", baru.tahun, baru.triwulan)
    draf = start_draf(versi=versi, laporan=laporan, aktor=kepala, now=kini)
    awal = Tugas.objects.get(draf=draf)
    putusan = Putusan(hasil="lanjut", catatan="Laksanakan.")
    finish_tugas(tugas_id=awal.pk, aktor=kepala, putusan=putusan, now=kini)
    tugas = {t.unit_id: t for t in Tugas.objects.filter(draf=draf, status="aktif")}
    baris: dict[int | None, list[int]] = {}
    for u, t in tugas.items():
        milik = Capaian.objects.filter(formulir=t.formulir_id)
        milik.update(
            realisasi=F("target_nilai"), penjelasan="Sesuai laporan bulanan.", versi=_VERSI
        )
        baris[u] = list(milik.order_by("pk").values_list("pk", flat=True))
    yield from _cast(mandat, jabatan["staf"].pk, tugas, baris)


def _cast(
    mandat: Sequence[Penugasan],
    staf: int,
    tugas: dict[int | None, Tugas],
    baris: dict[int | None, list[int]],
) -> Iterator[Pemeran]:
    """Staff has a row each; one of each unit hands in; the others read."""
    pengirim: set[int | None] = set()
    for p in mandat:
        if p.jabatan_id != staf or p.unit_id not in tugas or not baris[p.unit_id]:
            yield Pemeran(p.pengguna)
            continue
        t = tugas[p.unit_id]
        kirim = "" if p.unit_id in pengirim else t.get_absolute_url()
        pengirim.add(p.unit_id)
        alamat = reverse("kinerja:view-formulir", args=[t.formulir_id])
        yield Pemeran(p.pengguna, baris[p.unit_id].pop(), alamat, kirim)


def plan(pemeran: Pemeran) -> list[Langkah]:
    """What one person does after signing in."""
    langkah = [Langkah("meja", reverse("laporan:meja-kerja"), 3)]
    if pemeran.baris is None:
        return [
            *langkah,
            Langkah("capaian", reverse("kinerja:list-capaian"), 12),
            Langkah("rekap", reverse("kinerja:view-rekap"), 18),
            Langkah("laporan", reverse("laporan:list-draf"), 15),
        ]
    simpan = reverse("kinerja:save-baris", args=[pemeran.baris])
    unggah = reverse("kinerja:attach-bukti", args=[pemeran.baris])
    # Below its target a row can be handed in only with these three.
    sebab = dict.fromkeys(("kendala", "solusi", "rencana"), "Dikarang untuk uji.")
    isian = {"realisasi": "91", "penjelasan": "Diperbaiki.", "versi": str(_VERSI), **sebab}
    langkah += [
        Langkah("formulir", pemeran.tugas or pemeran.formulir, 6),
        Langkah("simpan baris", simpan, 18, isian),
        Langkah("unggah bukti", unggah, 12, {}, ("bukti.pdf", ISI), (200, 302)),
    ]
    if pemeran.tugas:
        kirim = {"aksi": "teruskan", "hasil": "lanjut"}
        langkah.append(Langkah("kirim", pemeran.tugas, 20, kirim, None, (302,)))
    return [*langkah, Langkah("meja", reverse("laporan:meja-kerja"), 2)]


def write_catatan(judul: str, catatan: Catatan, lama: float) -> float:
    """Print one run; p95 of its pages."""
    banyak = sum(map(len, catatan.detik.values()))
    cetak(
        f"{judul}: {banyak} permintaan dalam {lama:.0f} detik ({banyak / lama:.1f} tiap detik), "
        f"{len(catatan.salah)} salah, {catatan.diminta_menunggu} kali diminta menunggu saat masuk"
    )
    for nama, detik in catatan.detik.items():
        cetak(
            f"  {nama:<14} {len(detik):6} kali  tengah {statistics.median(detik) * 1000:8.0f} ms  "
            f"p95 {compute_p95(detik):8.0f} ms  paling lama {max(detik) * 1000:8.0f} ms"
        )
    for kata in catatan.salah[:10]:
        cetak(f"  SALAH {kata}")
    return compute_p95([d for n in HALAMAN for d in catatan.detik.get(n, [])])


def measure(pemeran: Sequence[Pemeran], porta: int, detik: float) -> None:
    """Without signing in, then the whole."""
    putaran = Putaran(porta)
    wait_server(putaran)
    # A process loads what it needs with its first pages; that is nobody's wait.
    warga = pemeran[0].pengguna
    hangat = [Langkah("meja", reverse("laporan:meja-kerja"), 0)] * 8
    kue = sign_in(warga)
    putaran.play([Orang(warga.nip, n / 10, hangat, dict(kue)) for n in range(4)])
    putaran.catatan = tenang = Catatan()
    contoh = pemeran[:: max(5, len(pemeran) // 400)]
    rentang = detik / 5
    baca = [
        Orang(
            p.pengguna.nip,
            n * rentang / len(contoh),
            [s for s in plan(p) if s.nama in HALAMAN],
            sign_in(p.pengguna),
        )
        for n, p in enumerate(contoh)
    ]
    dasar = write_catatan("tanpa masuk", tenang, putaran.play(baca))
    putaran.catatan = ramai = Catatan()
    rentang = detik * _DATANG
    semua = [
        Orang(
            p.pengguna.nip,
            n * rentang / len(pemeran),
            [*plan_masuk(p.pengguna), *plan(p)],
        )
        for n, p in enumerate(pemeran)
    ]
    p95 = write_catatan("hari batas waktu", ramai, putaran.play(semua))
    terkirim = sum(bool(p.tugas) for p in pemeran)
    cetak(f"{len(pemeran)} orang, {terkirim} bidang mengirim; p95 halaman {p95 / dasar:.2f} kali")
    orang = f"{len(pemeran)} orang"
    note_hasil("P9", f"jawaban salah, {orang}", nilai=len(ramai.salah), batas=0, satuan="salah")
    note_hasil("P9", f"p95 halaman, {orang}, dibanding tanpa masuk", nilai=p95 / dasar, batas=1.5)
    if ramai.salah:
        sys.exit(f"{len(ramai.salah)} jawaban salah")


def main() -> None:
    """Data, server and worker; on PostgreSQL with Redis only."""
    urai = argparse.ArgumentParser()
    urai.add_argument("--skala", type=float, default=0.1 if is_cepat() else 1.0)
    urai.add_argument("--menit", type=float, help="Lamanya; bawaannya 10 kali skala.")
    urai.add_argument("--indikator", type=int, default=INDIKATOR)
    pilihan = urai.parse_args()
    redis = os.environ.get("SAKIP_BROKER_URL", "")
    if connection.vendor != "postgresql" or not redis:
        cetak("perlu PostgreSQL dan Redis: tidak diukur")
        return
    detik = (pilihan.menit or 10 * pilihan.skala) * 60
    porta = find_porta()
    with tempfile.TemporaryDirectory(prefix="sakip-tenggat-") as nama, basis_data():
        folder = Path(nama)
        mulai = time.monotonic()
        pemeran = make_data(max(1, round(OPD * pilihan.skala)), pilihan.indikator)
        cetak(f"data dibuat dalam {time.monotonic() - mulai:.0f} detik")
        lingkungan = make_lingkungan_server(folder, redis)
        with (
            connect_redis(redis),
            run_server(lingkungan, folder, porta),
            run_pekerja(lingkungan, folder / "pekerja.log"),
        ):
            measure(pemeran, porta, detik)
        connection.close()


if __name__ == "__main__":
    main()
