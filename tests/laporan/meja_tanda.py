"""Offices whose route ends in a signature, and what tests of documents do over and over."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from laporan.models import Dokumen, Draf, Efek, TandaTangan, Tugas
from laporan.selectors.cetak import Cetak
from laporan.services.dibaca import mark_dibaca
from laporan.services.efek import run_efek
from laporan.services.minta_tanda import request_tanda_tangan
from laporan.tasks import PENGOLAH
from organisasi.models import Pengguna
from sakip.common.berkas import read_berkas
from sakip.common.rahasia import Rahasia
from tests.laporan.rute import Baris, Kantor, aktif, nomor_kini, satu
from tests.tte import FRASA

# One signer at the end; two signers one after the other, and a step after them that may return.
TANDA_SATU: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "keputusan", "koreksi", satu("sekretaris"), 1),
    (3, "akhir", "tanda_tangan", satu("kepala"), None),
]
TANDA_DUA: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "proses", "tanda_tangan", [("sekretaris", 1, ()), ("kepala", 2, ())], None),
    (3, "keputusan", "verifikasi", satu("perencana"), 1),
    (4, "akhir", "arsip", satu("perencana"), None),
]


def kini() -> datetime:
    """The clock of the signing worker: certificates hold now, not on some day of a test."""
    return datetime.now(UTC)


run: Callable[[int], None] = partial(run_efek, pengolah=PENGOLAH, jam=kini)


def run_semua(draf: Draf) -> list[Efek]:
    """Carry out every open effect of the draft, as a worker would, and what follows from it."""
    while pk := list(draf.efek.filter(status=Efek.Status.ANTRE).values_list("pk", flat=True)):
        for satu_pk in pk:
            run(satu_pk)
    return list(Efek.objects.filter(draf=draf).order_by("pk"))


def until(kantor: Kantor, nomor: int, now: datetime) -> Draf:
    """A draft that lies at step `nomor`."""
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    return draf


def until_beku(kantor: Kantor, nomor: int, now: datetime) -> tuple[Draf, Dokumen]:
    """The same, and its PDF is made."""
    draf = until(kantor, nomor, now)
    run_semua(draf)
    return draf, Dokumen.objects.get(draf=draf)


def read_versi(kantor: Kantor, tugas: Tugas) -> None:
    """The holder of the turn states having read the newest version."""
    nomor = tugas.draf.versi_naskah.order_by("-nomor")[0].nomor
    mark_dibaca(draf_id=tugas.draf_id, nomor=nomor, aktor=kantor.pelaku(tugas), now=kini())


def minta(kantor: Kantor, tugas: Tugas, *, frasa: str = FRASA, sidik: str = "") -> Efek:
    """The holder of the turn reads, and asks for the signature of what he has read."""
    read_versi(kantor, tugas)
    return minta_lagi(kantor, tugas, frasa=frasa, sidik=sidik)


def minta_lagi(kantor: Kantor, tugas: Tugas, *, frasa: str = FRASA, sidik: str = "") -> Efek:
    """He asks without reading once more, as by a second click."""
    dokumen = Dokumen.objects.filter(draf=tugas.draf).order_by("-pk")[0]
    return request_tanda_tangan(
        tugas_id=tugas.pk,
        sidik=sidik or dokumen.sha256,
        frasa=Rahasia(frasa),
        aktor=kantor.pelaku(tugas),
        now=kini(),
    )


def sign_giliran(kantor: Kantor, draf: Draf) -> Efek:
    """The signer whose turn it is signs, from request to result."""
    (tugas,) = aktif(draf)
    efek = minta(kantor, tugas)
    run(efek.pk)
    return Efek.objects.get(pk=efek.pk)


def holder(kantor: Kantor, kode: str) -> Pengguna:
    """Who holds the post."""
    return kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk]


def make_html_ringkas(cetak: Cetak) -> str:
    """The smallest document with the boxes of the route: rendering is not what is tested."""
    kotak = "".join(f'<div class="kotak" id="{t.kotak}"></div>' for t in cetak.tempat)
    return f"""<!doctype html><html lang="id"><head><title>{cetak.draf.judul}</title>
<link rel="stylesheet" href="aset:laporan.css"></head><body><p>Naskah {cetak.versi.nomor}</p>
{kotak}</body></html>"""


def efek_bekukan(draf: Draf) -> Efek:
    """The effect that freezes the PDF."""
    return Efek.objects.get(draf=draf, jenis="bekukan")


def read(tanda: TandaTangan | Dokumen) -> bytes:
    """Bytes of a document after that signature, or as frozen."""
    return read_berkas(tanda.berkas, tanda.sha256)


def status(tugas: Tugas) -> str:
    """How the turn fares now."""
    return Tugas.objects.get(pk=tugas.pk).status
