"""Loading a plan from its data file: all of it, or nothing and the reasons."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import (
    AngkaPembanding,
    Indikator,
    Program,
    RealisasiAnggaran,
    RencanaAksi,
    Renstra,
    Sasaran,
    Target,
    TargetAksi,
    TargetRenstra,
    Tujuan,
)
from kinerja.rules.berkas import BerkasTidakSah
from kinerja.rules.rencana import (
    IndikatorBaca,
    ProgramBaca,
    RenstraBaca,
    SasaranBaca,
    TujuanBaca,
    read_rencana,
)
from kinerja.rules.rencana_aksi import AksiBaca
from kinerja.services.kamus import write_komponen, write_label
from organisasi.models import Instansi, Pengguna, UnitKerja
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah


class RencanaDitolak(IsianTidakSah):
    """The plan file has faults, each with its line in `masalah`; nothing was written."""

    def __init__(self, masalah: list[str]) -> None:
        pesan = _("Rencana belum dapat dimuat: %(n)d masalah. Tidak ada yang disimpan.")
        super().__init__(pesan % {"n": len(masalah)})
        self.masalah = masalah


@dataclass
class HasilMuat:
    """How much of each kind the plan has after loading."""

    tujuan: int = 0
    sasaran: int = 0
    indikator: int = 0
    target: int = 0
    program: int = 0


@transaction.atomic
def load_rencana(
    *, teks: str, instansi: Instansi, aktor: Pengguna | None, now: datetime
) -> HasilMuat:
    """Write the plan in `teks`, replacing what has the same codes. Safe to repeat.

    Forms already opened keep the targets they were opened with. An indikator that the file no
    longer names stays; retire it by `is_aktif`. aktor None: the operator of the machine.

    Raises:
        RencanaDitolak: with every fault and its line (422).
    """
    instansi = Instansi.objects.select_for_update().get(pk=instansi.pk)
    unit = {u.kode: u for u in UnitKerja.objects.filter(instansi=instansi)}
    try:
        rencana = read_rencana(teks, unit=unit)
    except BerkasTidakSah as sebab:
        raise RencanaDitolak(sebab.masalah) from sebab
    hasil = HasilMuat()
    if rencana.renstra:
        _save_renstra(rencana.renstra, instansi)
    for tujuan in rencana.tujuan:
        _save_tujuan(tujuan, instansi, unit, hasil)
    record_jejak(
        instansi, aksi="kinerja.rencana.load", aktor=aktor, now=now, indikator=hasil.indikator
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
    return hasil


def _save_renstra(baca: RenstraBaca, instansi: Instansi) -> None:
    Renstra.objects.update_or_create(
        instansi=instansi,
        tahun_awal=baca.tahun_awal,
        defaults={"tahun_akhir": baca.tahun_akhir, "visi": baca.visi, "misi": baca.misi},
    )


def _save_program(baca: ProgramBaca, sasaran: Sasaran, unit: dict[str, UnitKerja]) -> None:
    """Only the top row names its sasaran; those below hang from it by their code."""
    setahun = Program.objects.filter(instansi=sasaran.tujuan.instansi, tahun=baca.tahun)
    program, _baru = setahun.update_or_create(
        instansi=sasaran.tujuan.instansi,
        tahun=baca.tahun,
        kode=baca.kode.teks,
        defaults={
            "nama": baca.nama,
            "jenis": baca.kode.jenis,
            "induk": setahun.get(kode=baca.kode.induk) if baca.kode.induk else None,
            "sasaran": None if baca.kode.induk else sasaran,
            "unit": unit.get(baca.unit),
            "pagu": baca.pagu,
        },
    )
    for triwulan, nilai in baca.realisasi.items():
        RealisasiAnggaran.objects.update_or_create(
            program=program, triwulan=triwulan, defaults={"nilai": nilai}
        )


def _save_tujuan(
    baca: TujuanBaca, instansi: Instansi, unit: dict[str, UnitKerja], hasil: HasilMuat
) -> None:
    tujuan, _baru = Tujuan.objects.update_or_create(
        instansi=instansi,
        tahun_awal=baca.tahun_awal,
        kode=baca.kode,
        defaults={"uraian": baca.uraian, "tahun_akhir": baca.tahun_akhir},
    )
    hasil.tujuan += 1
    for urutan, sasaran in enumerate(baca.sasaran, 1):
        _save_sasaran(sasaran, tujuan, urutan, unit, hasil)


def _save_sasaran(
    baca: SasaranBaca, tujuan: Tujuan, urutan: int, unit: dict[str, UnitKerja], hasil: HasilMuat
) -> None:
    sasaran, _baru = Sasaran.objects.update_or_create(
        tujuan=tujuan, kode=baca.kode, defaults={"uraian": baca.uraian, "urutan": urutan}
    )
    hasil.sasaran += 1
    for n, indikator in enumerate(baca.indikator, 1):
        _save_indikator(indikator, sasaran, n, unit, hasil)
    for program in baca.program:
        _save_program(program, sasaran, unit)
        hasil.program += 1


def _save_indikator(
    baca: IndikatorBaca, sasaran: Sasaran, urutan: int, unit: dict[str, UnitKerja], hasil: HasilMuat
) -> None:
    polos = (
        "nama satuan rumus batas jenis_nilai is_dapat_negatif desimal definisi_operasional "
        "sumber_data"
    )
    setelan = {f.name: getattr(baca.setelan, f.name) for f in fields(baca.setelan)}
    label, komponen = setelan.pop("label"), setelan.pop("komponen")
    isi = {nama: getattr(baca, nama) for nama in polos.split()} | setelan
    indikator, _baru = Indikator.objects.update_or_create(
        sasaran=sasaran,
        kode=baca.kode,
        defaults={
            **isi,
            "polaritas": baca.rumus.polaritas,
            "unit": unit[baca.unit],
            "urutan": urutan,
        },
    )
    write_label(indikator, label)
    write_komponen(indikator, komponen)
    hasil.indikator += 1
    hasil.target += len(baca.target)
    Target.objects.bulk_create(
        [
            Target(indikator=indikator, tahun=p.tahun, triwulan=p.triwulan, **isi.to_ruas())
            for p, isi in baca.target.items()
        ],
        update_conflicts=True,
        unique_fields=["indikator", "tahun", "triwulan"],
        update_fields=["nilai", "nilai_atas", "uraian"],
    )
    _save_angka_lain(baca, indikator)
    for n, aksi in enumerate(baca.aksi, 1):
        _save_aksi(aksi, indikator, n, unit)


def _save_aksi(
    baca: AksiBaca, indikator: Indikator, urutan: int, unit: dict[str, UnitKerja]
) -> None:
    """One action with its targets; what was noted about them stays."""
    aksi, _baru = RencanaAksi.objects.update_or_create(
        indikator=indikator,
        tahun=baca.tahun,
        uraian=baca.uraian,
        defaults={
            "keluaran": baca.keluaran,
            "satuan": baca.satuan,
            "jenis_nilai": baca.jenis_nilai,
            "jadwal": baca.jadwal,
            "unit": unit[baca.unit],
            "anggaran": baca.anggaran,
            "urutan": urutan,
        },
    )
    for triwulan, isi in baca.target.items():
        TargetAksi.objects.update_or_create(aksi=aksi, triwulan=triwulan, defaults=isi.to_ruas())


def _save_angka_lain(baca: IndikatorBaca, indikator: Indikator) -> None:
    """Targets of the Renstra, and figures to compare with."""
    for tahun, isi in baca.renstra.items():
        TargetRenstra.objects.update_or_create(
            indikator=indikator,
            tahun=tahun,
            defaults={"nilai": isi.nilai, "uraian": isi.uraian},
        )
    for p in baca.pembanding:
        AngkaPembanding.objects.update_or_create(
            indikator=indikator,
            tahun=p.tahun,
            tingkat=p.tingkat,
            wilayah=p.wilayah,
            defaults={"nilai": p.nilai, "sumber": p.sumber},
        )
