"""Registers, retention classes and receivers of the demo offices, and a book with a past.

Everything goes through the services, as its manager would do it; what is there is left alone.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from laporan.management.riwayat import KANTOR as KANTOR_BERIWAYAT
from laporan.management.riwayat import SEJAK
from laporan.models import Draf, KelasArsip, TujuanKirim
from laporan.services.arsip import IsianKelas, save_kelas
from laporan.services.kirim import IsianKirim, IsianTujuan, record_penyampaian, save_tujuan
from organisasi.models import Instansi, NomorRegister, Pengguna, Register
from organisasi.services.register import (
    IsianRegister,
    Pesanan,
    cancel_nomor_manual,
    save_register,
    take_nomor_manual,
)

_DATA = Path(__file__).resolve().parents[1] / "data/tata-usaha.yaml"


def load_tata_usaha() -> int:
    """Load each office that has no register yet; how many were."""
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return sum(
        _load(instansi, data, data["kantor"][instansi.kode])
        for instansi in Instansi.objects.filter(kode__in=data["kantor"]).order_by("kode")
        if not Register.objects.filter(instansi=instansi).exists()
    )


@transaction.atomic
def _load(instansi: Instansi, data: Mapping[str, Any], kantor: Mapping[str, Any]) -> bool:
    pengelola = Pengguna.objects.get(
        penugasan__jabatan__instansi=instansi, penugasan__jabatan__tingkat="pengelola"
    )
    siapa: dict[str, Any] = {"instansi_id": instansi.pk, "aktor": pengelola, "now": SEJAK}
    for r in kantor["register"]:
        isian = IsianRegister(**{"kode_unit": kantor["kode_unit"], **r})
        save_register(isian=isian, **siapa)
    if not KelasArsip.objects.filter(instansi=instansi).exists():
        for k in data["kelas"]:
            save_kelas(isian=IsianKelas(**k), **siapa)
    if not TujuanKirim.objects.filter(instansi=instansi).exists():
        for t in data["tujuan"]:
            save_tujuan(isian=IsianTujuan(**t), **siapa)
    if instansi.kode == KANTOR_BERIWAYAT:
        _write_buku(instansi, pengelola)
    return True


def _write_buku(instansi: Instansi, pengelola: Pengguna) -> None:
    """The letters that went with the reports of the past, and where these were delivered."""
    register = Register.objects.get(instansi=instansi, untuk=Register.Untuk.SURAT)
    for n, draf in enumerate(_list_selesai(instansi)):
        pada = draf.selesai_pada or SEJAK
        nomor = _take(register, draf, pengelola, pada)
        if n == 1:  # one letter was written twice
            cancel_nomor_manual(
                instansi_id=instansi.pk,
                nomor_id=nomor.pk,
                alasan="Tujuan surat keliru, diganti nomor berikutnya",
                aktor=pengelola,
                now=pada,
            )
            _take(register, draf, pengelola, pada)
        _deliver(draf, pengelola, pada)


def _list_selesai(instansi: Instansi) -> list[Draf]:
    daftar = Draf.objects.filter(instansi=instansi, selesai_pada__isnull=False)
    return list(daftar.order_by("selesai_pada"))


def _take(register: Register, draf: Draf, pengelola: Pengguna, pada: datetime) -> NomorRegister:
    hari = pada.astimezone(register.instansi.zona_waktu).date()
    return take_nomor_manual(
        instansi_id=register.instansi_id,
        register_id=register.pk,
        pesanan=Pesanan(hari, f"Penyampaian {draf.judul}", "Bagian Organisasi Setda"),
        aktor=pengelola,
        now=pada,
    )


def _deliver(draf: Draf, pengelola: Pengguna, pada: datetime) -> None:
    """To the first receiver only: the others stand open, as they would."""
    tujuan = TujuanKirim.objects.filter(instansi=draf.instansi_id).order_by("urutan")[0]
    hari = pada.astimezone(draf.instansi.zona_waktu).date()
    isian = IsianKirim(hari, "antar", penerima="Petugas Bagian Organisasi (contoh)")
    record_penyampaian(draf_id=draf.pk, tujuan_id=tujuan.pk, isian=isian, aktor=pengelola, now=pada)
