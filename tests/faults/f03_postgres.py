"""F3: PostgreSQL crashes while people read and write; what was acknowledged is there, and whole."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.test import Client
from django.urls import reverse

from laporan.models import Draf, Tugas
from organisasi.selectors_jejak import find_putus
from tests.faults._landasan import MULAI, Hasil, Landasan, require_postgres, restart_postgres
from tests.laporan.invarian import assert_invarian
from tests.laporan.rute import SINTETIS, Kantor, aktif, make_kantor

_PENULIS = 3
_JEDA_DETIK = 2.0


@dataclass
class Arus:
    """What all clients did together."""

    berhenti: threading.Event = field(default_factory=threading.Event)
    hidup: threading.Event = field(default_factory=threading.Event)
    diakui: list[int] = field(default_factory=list)
    dibaca: int = 0
    terputus: int = 0
    salah: list[str] = field(default_factory=list)


# Lets one person act on a turn; returns once the database has acknowledged it.
Tindak = Callable[[Kantor, Tugas, Arus], None]


def run(landasan: Landasan) -> Hasil:
    """Crash it as often as asked for under three writers and a reader, then judge every draft."""
    require_postgres()
    arus, kantor = Arus(), [make_kantor(SINTETIS, MULAI) for _n in range(_PENULIS)]
    pembaca = Client(raise_request_exception=False)
    pembaca.force_login(next(iter(kantor[0].orang.values())))
    kerja = [partial(write, k, _finish) for k in kantor] + [partial(_read, pembaca)]
    lama = crash(arus, kerja, landasan.kali)
    hasil = judge(arus)
    hasil.catatan.append(
        f"{landasan.kali} kali jatuh (terlama {max(lama):.1f} s), {len(arus.diakui)} tindakan "
        f"diakui, {arus.dibaca} halaman dibaca, {arus.terputus} ditolak saat jatuh"
    )
    return hasil


def crash(arus: Arus, kerja: Sequence[Callable[[Arus], None]], kali: int) -> list[float]:
    """Crash the database so often while all of them work; seconds of each."""
    arus.hidup.set()
    utas = [threading.Thread(target=_run_utas, args=(arus, k)) for k in kerja]
    for u in utas:
        u.start()
    lama = []
    try:
        for _kali in range(kali):
            time.sleep(_JEDA_DETIK)
            arus.hidup.clear()
            lama.append(restart_postgres())
            arus.hidup.set()
        time.sleep(_JEDA_DETIK)
    finally:
        arus.berhenti.set()
        for u in utas:
            u.join(60)
        connection.close()
    return lama


def _run_utas(arus: Arus, kerja: Callable[[Arus], None]) -> None:
    try:
        kerja(arus)
    except Exception as galat:  # noqa: BLE001 - whatever ends a client is what the fault looks for
        arus.salah.append(f"{type(galat).__name__}: {galat}")
    finally:
        connection.close()


def _finish(kantor: Kantor, tugas: Tugas, arus: Arus) -> None:
    kantor.work(tugas, MULAI)
    arus.diakui.append(tugas.pk)


def write(kantor: Kantor, tindak: Tindak, arus: Arus) -> None:
    """Walk drafts of one office on and on; after a break the draft is read anew, as by a person."""
    ke = 0
    draf: Draf | None = None
    while not arus.berhenti.is_set():
        close_old_connections()
        try:
            if draf is None or not draf.is_aktif:
                ke = ke % 4 + 1
                draf = _start(kantor, ke)
            (tugas, *_lain) = aktif(draf)
            tindak(kantor, tugas, arus)
            draf = Draf.objects.get(pk=draf.pk)
        except (DatabaseError, InterfaceError):
            arus.terputus += 1
            connection.close()
            arus.hidup.wait(60)


def _start(kantor: Kantor, ke: int) -> Draf:
    """The draft of that period, or the one that a broken answer had begun after all."""
    ada = Draf.objects.filter(instansi=kantor.instansi, periode_ke=ke).order_by("-pk").first()
    if ada is not None and ada.is_aktif:
        return ada
    if ada is not None:
        return _start_lagi(kantor)
    return kantor.start(MULAI, periode_ke=ke)


def _start_lagi(kantor: Kantor) -> Draf:
    """All four periods are through: an office of its own goes on."""
    baru = make_kantor(SINTETIS, MULAI)
    kantor.instansi, kantor.versi, kantor.orang = baru.instansi, baru.versi, baru.orang
    kantor.unit = baru.unit
    return kantor.start(MULAI, periode_ke=1)


def _read(pembaca: Client, arus: Arus) -> None:
    """A page over and over; once the database is back, never an error."""
    alamat = reverse("laporan:list-draf")
    while not arus.berhenti.is_set():
        close_old_connections()
        hidup = arus.hidup.is_set()
        status = pembaca.get(alamat).status_code
        if status == 200:
            arus.dibaca += 1
        elif hidup and arus.hidup.is_set():
            arus.salah.append(f"halaman dijawab {status} sesudah basis data kembali")
        else:
            arus.terputus += 1
            arus.hidup.wait(60)


def judge(arus: Arus) -> Hasil:
    """Every acknowledged act is there once, every draft whole, every chain unbroken."""
    hasil = Hasil(len(arus.diakui) + arus.dibaca, list(arus.salah))
    usai = (Tugas.Status.SELESAI, Tugas.Status.DIKEMBALIKAN)
    hilang = Tugas.objects.filter(pk__in=arus.diakui).exclude(status__in=usai).count()
    hasil.require(hilang == 0, f"{hilang} tindakan yang diakui hilang")
    ganda = len(arus.diakui) - len(set(arus.diakui))
    hasil.require(ganda == 0, f"{ganda} tindakan diakui dua kali")
    for pk in Draf.objects.order_by("pk").values_list("pk", flat=True):
        try:
            assert_invarian(pk)
        except AssertionError as galat:
            hasil.salah.append(f"laporan {pk} setengah jadi: {galat}")
    hasil.salah += [f"jejak: {p}" for p in find_putus({})]
    return hasil
