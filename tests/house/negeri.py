"""A small regency for the matrix of access: its people, and one object behind every address.

Everything that is found by an id belongs to one office (the own one) and, where it belongs to a
bidang at all, to the first bidang. Who stands where towards it is then a matter of the person.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models

from kinerja.models import Capaian
from laporan.models import Draf, Tugas
from laporan.services.draf import LaporanBaru, Putusan, finish_tugas, start_draf
from organisasi.models import Instansi, Jabatan, Pengguna, UnitKerja
from sop.models import SOP, VersiSOP
from tests.factories.kinerja import IndikatorFactory, TargetFactory
from tests.factories.organisasi import (
    InstansiFactory,
    JabatanFactory,
    PenggunaFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)
from tests.factories.perjanjian import make_rencana
from tests.laporan.isi_langkah import prepare
from tests.laporan.rute import BIDANG, Baris, aktif, nomor_kini, publish_rute, satu

# Values of one parameter of an address, by what the row says of them.
Nilai = dict[str, object]

ISI = b"%PDF-1.7\nuji\n%%EOF\n"
SAAT = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)

# Columns of the matrix: who they are, left to right from the nearest to the farthest.
PERAN = {
    "staf": "staf dari bidang pemilik data",
    "staf2": "staf dari bidang lain pada OPD yang sama",
    "rangkap": "staf dari bidang lain yang juga kepala pada OPD lain",
    "kabid": "kepala bidang pemilik data",
    "perenc": "perencana",
    "sekret": "sekretaris",
    "kepala": "kepala OPD",
    "kelola": "pengelola aplikasi (admin OPD)",
    "bina": "pembina SAKIP daerah (admin kabupaten)",
    "inspek": "kepala inspektorat pada pemerintah yang sama",
    "baca": "kepala OPD lain dengan izin baca atas setiap laporan",
    "lain": "kepala OPD lain",
    "akun": "administrator akun, superuser tanpa jabatan",
    "tamu": "tidak masuk",
}
_POS = {
    "staf": "staf",
    "kabid": "bidang",
    "perencana": "perencana",
    "sekretaris": "sekretaris",
    "kepala": "kepala",
    "pengelola": "pengelola",
}
_KOLOM = {"perenc": "perencana", "sekret": "sekretaris", "kepala": "kepala", "kelola": "pengelola"}

KUMPUL: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "kumpul", [("staf", 1, BIDANG)], None),
    (3, "keputusan", "verifikasi", satu("perencana"), 2),
    (4, "akhir", "arsip", satu("perencana"), None),
]
TULIS: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "keputusan", "koreksi", satu("sekretaris"), 1),
    (3, "akhir", "tanda_tangan", satu("kepala"), None),
]
TUNTAS: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "akhir", "arsip", satu("perencana"), None),
]
JANJI: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "akhir", "tanda_tangan", satu("kepala"), None),
]


@dataclass
class Negeri:
    """The regency: people by column, the own office and what its papers are made of."""

    orang: dict[str, Pengguna]
    instansi: Instansi
    unit: UnitKerja
    jabatan: dict[str, Jabatan]
    sop: dict[str, VersiSOP]
    draf: dict[str, Draf]

    def tugas(self, nama: str) -> Tugas:
        """The open turn of that draft which is nearest to the first bidang."""
        daftar = aktif(self.draf[nama])
        return next((t for t in daftar if t.unit_id == self.unit.pk), daftar[0])


def pk(objek: models.Model) -> Nilai:
    """The id of the only object that an address is tried with."""
    return {"": objek.pk}


def make_negeri() -> Negeri:
    """The own office with people, SOPs and drafts; beside it another one, inspectors, the pembina
    and whoever administers accounts."""
    instansi = InstansiFactory.create(pemerintah="Pemerintah Kabupaten Uji")
    unit = UnitKerjaFactory.create(instansi=instansi, kode="B1")
    unit2 = UnitKerjaFactory.create(instansi=instansi, kode="B2")
    make_rencana(unit)
    TargetFactory.create(indikator=IndikatorFactory.create(unit=unit2))
    jabatan = {
        kode: JabatanFactory.create(instansi=instansi, kode=kode, tingkat=tingkat)
        for kode, tingkat in _POS.items()
    }
    orang: dict[str, Pengguna] = {}
    for kolom, kode, bidang in (("staf", "staf", unit), ("staf2", "staf", unit2)):
        orang[kolom] = PenugasanFactory.create(jabatan=jabatan[kode], unit=bidang).pengguna
    orang["kabid"] = PenugasanFactory.create(jabatan=jabatan["kabid"], unit=unit).pengguna
    for kolom, kode in _KOLOM.items():
        orang[kolom] = PenugasanFactory.create(jabatan=jabatan[kode]).pengguna
    for kolom in ("bina", "inspek", "baca", "lain"):
        tingkat = "pembina" if kolom == "bina" else "kepala"
        milik = InstansiFactory.create(pemerintah=instansi.pemerintah)
        pos = JabatanFactory.create(instansi=milik, tingkat=tingkat)
        orang[kolom] = PenugasanFactory.create(jabatan=pos).pengguna
    # Acts for the own office; what he may elsewhere counts for nothing here.
    orang["rangkap"] = PenugasanFactory.create(jabatan=jabatan["staf"], unit=unit2).pengguna
    PenugasanFactory.create(pengguna=orang["rangkap"], jabatan=pos)
    orang["akun"] = PenggunaFactory.create(is_staff=True, is_superuser=True)
    negeri = Negeri(orang, instansi, unit, jabatan, {}, {})
    for kode, rute, hasil in (
        ("kumpul", KUMPUL, "laporan_kinerja"),
        ("tulis", TULIS, "laporan_kinerja"),
        ("tuntas", TUNTAS, "laporan_kinerja"),
        ("janji", JANJI, "perjanjian_kinerja"),
    ):
        sop = SOP.objects.create(instansi=instansi, kode=kode, nama=kode, menghasilkan=hasil)
        negeri.sop[kode] = publish_rute(sop, rute, jabatan, SAAT)
    for nama, kode, ke, nomor in (
        ("kumpul", "kumpul", 3, 2),
        ("verifikasi", "kumpul", 2, 3),
        ("susun", "tulis", 3, 1),
        ("koreksi", "tulis", 2, 2),
        ("tanda", "tulis", 1, 3),
        ("selesai", "tuntas", 3, None),
    ):
        negeri.draf[nama] = _walk(negeri, kode, ke, nomor)
    return negeri


def _walk(negeri: Negeri, kode: str, ke: int, nomor: int | None) -> Draf:
    """A draft of that SOP and quarter at step `nomor`, at its end where None."""
    versi = negeri.sop[kode]
    pemulai = negeri.orang["kepala" if kode == "kumpul" else "perenc"]
    laporan = LaporanBaru("triwulan", 2026, ke)
    draf = start_draf(versi=versi, laporan=laporan, aktor=pemulai, now=SAAT)
    while nomor_kini(draf) != nomor:
        for tugas in aktif(draf):
            draf = _finish(negeri, tugas)
    return draf


def _finish(negeri: Negeri, tugas: Tugas) -> Draf:
    """The person who may do that turn does it."""
    aktor = next(o for o in negeri.orang.values() if _covers(o, tugas))
    prepare(tugas, aktor, SAAT)
    if tugas.formulir_id:
        kata = "Dikarang untuk uji."
        Capaian.objects.filter(formulir=tugas.formulir_id).update(
            realisasi=90, penjelasan=kata, kendala=kata, solusi=kata, rencana=kata
        )
    keputusan = tugas.kunjungan.langkah.simbol == "keputusan"
    putusan = Putusan(hasil="ya" if keputusan else "lanjut", catatan="Laksanakan.")
    return finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=putusan, now=SAAT)


def _covers(orang: Pengguna, tugas: Tugas) -> bool:
    mandat = orang.penugasan.select_related("jabatan")
    return any(p.covers(tugas.jabatan_id, tugas.unit_id) for p in mandat)
