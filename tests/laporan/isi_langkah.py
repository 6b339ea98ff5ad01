"""What people put on record at a step before they finish it, so that walks need not repeat it."""

from datetime import datetime, timedelta

from laporan.models import BabNaskah, Tugas
from laporan.rules.rapat import is_undangan_saja
from laporan.rules.tindakan import TINDAKAN
from laporan.selectors.rapat import find_undangan
from laporan.services.dibaca import mark_dibaca
from laporan.services.rapat import IsianRapat, IsianUndangan, save_rapat, save_undangan
from laporan.services.surat import (
    IsianArsip,
    IsianPenggandaan,
    IsianSalinan,
    IsianSurat,
    save_arsip,
    save_penggandaan,
    save_surat,
)
from organisasi.models import Pengguna
from sop.selectors import get_graf


def prepare(tugas: Tugas, aktor: Pengguna, now: datetime) -> None:
    """Fill in whatever record the step asks for."""
    tindakan = tugas.kunjungan.langkah.tindakan
    if TINDAKAN[tindakan].sunting:
        kosong = BabNaskah.objects.filter(draf=tugas.draf, is_wajib=True, isi="")
        kosong.update(isi="<p>Ditulis untuk uji.</p>")
    if tindakan in ("rapat", "sosialisasi"):
        _hold_rapat(tugas, aktor, now)
    elif tindakan == "surat":
        save_surat(tugas_id=tugas.pk, isian=isian_surat(tugas, now), aktor=aktor, now=now)
    elif tindakan == "penggandaan":
        isian = IsianPenggandaan(aktor.nama, now.date(), [IsianSalinan("Bappeda", 2)])
        save_penggandaan(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=now)
    elif tindakan == "arsip":
        arsip = IsianArsip("000.8.6", "Laporan kinerja", "Lemari 1", "2 tahun aktif")
        save_arsip(tugas_id=tugas.pk, isian=arsip, aktor=aktor, now=now)
    elif tindakan == "koreksi" and tugas.kunjungan.langkah.simbol == "keputusan":
        read_naskah(tugas, aktor, now)


def read_naskah(tugas: Tugas, aktor: Pengguna, now: datetime) -> None:
    """Read the newest version, where there is one."""
    versi = tugas.draf.versi_naskah.order_by("-nomor").first()
    if versi is not None:
        mark_dibaca(draf_id=tugas.draf_id, nomor=versi.nomor, aktor=aktor, now=now)


def isian_undangan(now: datetime, **isi: object) -> IsianUndangan:
    """An invitation to a meeting that began an hour ago."""
    bawaan: dict[str, object] = {
        "acara": "Pembahasan",
        "mulai": now - timedelta(hours=1),
        "tempat": "Aula",
        "pejabat": [],
        "penanda": 0,
        "lain": [("Budi", "Camat"), ("Sari", "")],
    }
    return IsianUndangan(**{**bawaan, **isi})  # type: ignore[arg-type]  # test shorthand


def isian_surat(tugas: Tugas, now: datetime, **isi: object) -> IsianSurat:
    """A letter whose number nobody else uses."""
    bawaan: dict[str, object] = {
        "nomor": f"000/{tugas.pk}/2026",
        "tanggal": now.date(),
        "perihal": "Penyampaian laporan",
        "isi": "Bersama ini kami sampaikan laporan.",
        "tujuan": ["Bupati"],
        "penanda": 0,
    }
    return IsianSurat(**{**bawaan, **isi})  # type: ignore[arg-type]  # test shorthand


def _hold_rapat(tugas: Tugas, aktor: Pengguna, now: datetime) -> None:
    graf = get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik)
    undangan = find_undangan(graf, tugas.kunjungan)
    if undangan is None:
        undangan = save_undangan(tugas_id=tugas.pk, isian=isian_undangan(now), aktor=aktor, now=now)
    if is_undangan_saja(graf, graf.menurut_id[tugas.kunjungan.langkah_id]):
        return
    hadir = [p.pk for p in undangan.peserta.all()][:1]
    isian = IsianRapat("Budi", "<p>Sepakat.</p>", hadir, [("Tamu", "")])
    save_rapat(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=now)
