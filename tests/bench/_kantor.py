"""One office with full pages: twenty turns on a desk, twenty-five reports, notices and documents in
the archive, twenty people, a form of twenty rows. Built on the regency of the access matrix.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from kinerja.models import FormulirCapaian, Indikator
from kinerja.services.formulir import open_formulir
from laporan.models import ArsipDokumen, Dokumen, Draf, Kunjungan, Pemberitahuan, Tugas, VersiNaskah
from sakip.common.berkas import sha256_hex
from tests.bench._laporan import fill_laporan
from tests.factories.kinerja import IndikatorFactory, TargetFactory
from tests.factories.organisasi import PenugasanFactory
from tests.house.negeri import SAAT, Negeri, make_negeri

TUGAS, LAPORAN, BARIS, ORANG = 20, 25, 20, 20
_LAIN = 10


@dataclass(frozen=True)
class KantorPenuh:
    """The regency, and the form whose rows are measured."""

    negeri: Negeri
    formulir: FormulirCapaian


@transaction.atomic
def make_kantor_penuh() -> KantorPenuh:
    """Everything, in one transaction."""
    negeri = make_negeri()
    sasaran = Indikator.objects.get(unit=negeri.unit).sasaran
    for n in range(1, BARIS):
        indikator = IndikatorFactory.create(unit=negeri.unit, sasaran=sasaran, urutan=n)
        TargetFactory.create(indikator=indikator, triwulan=4)
    formulir = open_formulir(unit=negeri.unit, tahun=2026, triwulan=4, now=SAAT)
    for _ in range(ORANG):
        PenugasanFactory.create(jabatan=negeri.jabatan["staf"], unit=negeri.unit)
    draf = _copy_draf(negeri)
    _copy_tugas(negeri, draf)
    _archive(negeri, draf[:LAPORAN])
    Pemberitahuan.objects.bulk_create(
        Pemberitahuan(
            pengguna=negeri.orang["perenc"],
            draf=d,
            jenis="giliran",
            teks=f"{d.judul}: langkah 2 menunggu Anda sampai Senin pukul 16.00.",
            kunci=f"bench-{d.pk}",
            dibuat_pada=SAAT,
        )
        for d in draf[:LAPORAN]
    )
    return KantorPenuh(negeri, formulir)


def _copy_draf(negeri: Negeri) -> list[Draf]:
    """Reports of other periods, as many as give the desk its turns."""
    return fill_laporan(
        negeri.draf["koreksi"],
        range(TUGAS * _LAIN),
        judul=lambda n: f"Laporan Kinerja Bulanan {n}",
        meja="perencana",
        dibuat_pada=SAAT,
    )


def _copy_tugas(negeri: Negeri, draf: list[Draf]) -> None:
    """One turn a report: every tenth with perencana, the others with posts of the same office."""
    contoh = negeri.tugas("susun")
    kunjungan = Kunjungan.objects.bulk_create(
        Kunjungan(draf=d, langkah=contoh.kunjungan.langkah, iterasi=1, masuk=SAAT) for d in draf
    )
    Tugas.objects.bulk_create(
        Tugas(
            draf=k.draf,
            kunjungan=k,
            pelaksana=contoh.pelaksana,
            jabatan=contoh.jabatan if n % _LAIN == 0 else negeri.jabatan["sekretaris"],
            status="aktif",
            aktif_pada=SAAT,
            tenggat=SAAT + timedelta(hours=n),
        )
        for n, k in enumerate(kunjungan)
    )


def _archive(negeri: Negeri, draf: list[Draf]) -> None:
    contoh = negeri.draf["selesai"].versi_naskah.get()
    sidik = sha256_hex(b"")
    versi = VersiNaskah.objects.bulk_create(
        VersiNaskah(
            draf=d,
            nomor=1,
            isi=[],
            tabel={},
            sidik=contoh.sidik,
            dibuat_oleh=contoh.dibuat_oleh,
            dibuat_pada=SAAT,
        )
        for d in draf
    )
    dokumen = Dokumen.objects.bulk_create(
        Dokumen(
            draf=v.draf,
            versi_naskah=v,
            berkas=f"{v.draf_id}.pdf",
            sha256=sidik,
            ukuran=1,
            halaman=1,
            kotak={},
            dibekukan_pada=SAAT,
        )
        for v in versi
    )
    ArsipDokumen.objects.bulk_create(
        ArsipDokumen(dokumen=d, berkas=d.berkas, sha256=sidik, diarsipkan_pada=SAAT)
        for d in dokumen
    )
