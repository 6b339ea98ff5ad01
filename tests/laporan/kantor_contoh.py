"""The five offices that come with the project, loaded as their commands load them, and their own
people at work.
"""

from dataclasses import dataclass
from datetime import datetime

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from kinerja.models import Capaian, Indikator
from kinerja.rules.isian import IsianBaris
from kinerja.selectors.teks import list_pilihan
from kinerja.services.isian import Kiriman, save_formulir
from kinerja.services.muat import load_rencana
from laporan.management.commands.muat_demo import KANTOR
from laporan.models import Draf, Lampiran, Tugas
from laporan.rules.pendahulu import list_pendahulu
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.draf import (
    LaporanBaru,
    Putusan,
    complete_signed_tugas,
    finish_tugas,
    start_draf,
)
from laporan.services.kunci import lock_draf
from laporan.services.lampiran import attach_lampiran
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.selectors import find_penugasan_covering, list_pemegang
from organisasi.services.muat import load_instansi
from sakip.env import BASE_DIR
from sop.models import VersiSOP
from sop.selectors import get_graf
from sop.services.muat import load_berkas
from tests.laporan.isi_langkah import prepare

# Every kind of report an SOP is about, and the steps a straight walk goes through.
JALAN: dict[str, tuple[str, LaporanBaru, list[int]]] = {
    "dinkes-mojokerto": ("dinkes-mojokerto", LaporanBaru("triwulan", 2026, 3), [*range(1, 9)]),
    "banten-triwulan": ("dinkes-banten", LaporanBaru("triwulan", 2026, 3), [*range(1, 6)]),
    "banten-semester": ("dinkes-banten", LaporanBaru("semester", 2026, 2), [6, 7, 8]),
    "banten-tahunan": ("dinkes-banten", LaporanBaru("tahunan", 2026, 0), [9]),
    "dprkp2-mojokerto": ("dprkp2-mojokerto", LaporanBaru("triwulan", 2026, 3), [*range(1, 12)]),
    "kecamatan": ("kecamatan-dawarblandong", LaporanBaru("triwulan", 2026, 3), [*range(1, 7)]),
    "kota-blitar": ("kota-blitar", LaporanBaru("triwulan", 2026, 3), [*range(1, 15)]),
}


@dataclass(frozen=True)
class KantorContoh:
    """One of the offices, its published SOP, and the moment at which everything happens."""

    instansi: Instansi
    versi: VersiSOP
    now: datetime

    def start(self, laporan: LaporanBaru) -> Draf:
        """A running draft, started by the actor of the first step of its period."""
        graf = get_graf(self.versi.pk, self.versi.sidik)
        awal = next((s for s in graf.langkah if s.periode == laporan.jenis), graf.langkah[0])
        pemegang = list_pemegang(jabatan_ids=[awal.pelaksana[0].jabatan_id], pada=self.now)
        self.put_pendahulu(laporan, pemegang[0].pengguna)
        return start_draf(
            versi=self.versi, laporan=laporan, aktor=pemegang[0].pengguna, now=self.now
        )

    def put_pendahulu(self, laporan: LaporanBaru, oleh: Pengguna) -> None:
        """Finished reports that this one is built from, without walking them."""
        graf = get_graf(self.versi.pk, self.versi.sidik)
        for jenis, ke in list_pendahulu(graf, laporan.jenis, laporan.periode_ke):
            Draf.objects.get_or_create(
                sop=self.versi.sop,
                jenis=jenis,
                tahun=laporan.tahun,
                periode_ke=ke,
                defaults={
                    "instansi": self.instansi,
                    "versi": self.versi,
                    "judul": f"Laporan Kinerja {jenis} {ke}",
                    "status": Draf.Status.SELESAI,
                    "meja": Draf.Meja.USAI,
                    "dibuat_oleh": oleh,
                    "dibuat_pada": self.now,
                },
            )

    def mandat(self, tugas: Tugas) -> Penugasan:
        """The mandate under which somebody of the office does that turn."""
        pemegang = list_pemegang(jabatan_ids=[tugas.jabatan_id], pada=self.now)
        mandat = find_penugasan_covering(
            pemegang, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id
        )
        assert mandat, f"{tugas} has nobody who may do it"
        return mandat

    def rekan(self, tugas: Tugas) -> Pengguna:
        """A colleague of the same office who may not do that turn."""
        pemegang = Penugasan.objects.berlaku(self.now).filter(jabatan__instansi=self.instansi)
        berhak = {p.pengguna_id for p in pemegang if p.covers(tugas.jabatan_id, tugas.unit_id)}
        return next(p.pengguna for p in pemegang if p.pengguna_id not in berhak)

    def work(self, tugas: Tugas, hasil: str = "", unit: tuple[int, ...] = ()) -> Draf:
        """Do one turn: fill in its form, sign, or decide; decisions answer Ya unless told."""
        mandat = self.mandat(tugas)
        self.fill(tugas, mandat)
        self.attach(tugas, mandat)
        if hasil != "tidak":
            self.judge(tugas)
        return self.finish(tugas, mandat, hasil, unit)

    def judge(self, tugas: Tugas) -> None:
        """Where the step examines figures, find every row right that has no verdict yet."""
        langkah = tugas.kunjungan.langkah
        if TINDAKAN[langkah.tindakan].halaman == Halaman.VERIFIKASI:
            formulir = list_formulir_draf(tugas.draf, unit_id=tugas.unit_id)
            Capaian.objects.filter(formulir__in=formulir, periksa="").update(periksa="sesuai")

    def finish(
        self, tugas: Tugas, mandat: Penugasan, hasil: str = "", unit: tuple[int, ...] = ()
    ) -> Draf:
        """Close a turn that is filled in."""
        langkah = tugas.kunjungan.langkah
        if TINDAKAN[langkah.tindakan].halaman == Halaman.TANDA_TANGAN:
            return self._sign(tugas, mandat)
        bawaan = "ya" if langkah.simbol == "keputusan" else "lanjut"
        bila_maju = "Laksanakan." if langkah.tindakan == "disposisi" else ""
        putusan = Putusan(
            hasil=hasil or bawaan,
            catatan="Perbaiki angkanya." if hasil == "tidak" else bila_maju,
            unit=unit,
        )
        return finish_tugas(tugas_id=tugas.pk, aktor=mandat.pengguna, putusan=putusan, now=self.now)

    def fill(self, tugas: Tugas, mandat: Penugasan) -> None:
        """Put on record what the step asks for, and a figure into every row of its form."""
        prepare(tugas, mandat.pengguna, self.now)
        if tugas.formulir is None or not tugas.formulir.is_draf:
            return
        kata = f"Isian putaran {tugas.kunjungan.iterasi} dikarang untuk uji."
        baris = {
            c.pk: IsianBaris(
                realisasi_teks=reach(c),
                penjelasan=kata,
                versi=c.versi,
                rtl=c.rtl or (kata if c.catatan_pemeriksa else ""),
                uraian=_tell(c, kata),
            )
            for c in Capaian.objects.filter(formulir=tugas.formulir_id)
            if not c.is_terkunci
        }
        hasil = save_formulir(
            formulir_id=tugas.formulir.pk,
            kiriman=Kiriman(baris),
            aktor=mandat.pengguna,
            sebagai=mandat,
            now=self.now,
        )
        assert not hasil.galat, hasil.galat

    def attach(self, tugas: Tugas, mandat: Penugasan) -> None:
        """Add the file that rework of that step demands, where it demands any."""
        iterasi = tugas.kunjungan.iterasi
        if iterasi == 1 or not tugas.kunjungan.langkah.kelengkapan_ulang:
            return
        isi = b"%PDF-1.7\nRTL putaran " + str(iterasi).encode() + b"\n%%EOF\n"
        attach_lampiran(
            tugas_id=tugas.pk,
            untuk=Lampiran.Untuk.PERBAIKAN,
            berkas=SimpleUploadedFile("rtl.pdf", isi),
            aktor=mandat.pengguna,
            now=self.now,
        )

    def _sign(self, tugas: Tugas, mandat: Penugasan) -> Draf:
        """What signing does to the turn, without the PDF."""
        tugas.begin_processing()
        tugas.save(update_fields=["status"])
        with transaction.atomic():
            draf = lock_draf(pk=tugas.draf_id)
            complete_signed_tugas(draf=draf, tugas_id=tugas.pk, sebagai=mandat, now=self.now)
        return draf


def reach(c: Capaian) -> str:
    """A value of the kind that the row takes."""
    if c.jenis_nilai == Indikator.JenisNilai.TANGGAL:
        return "30 Juni 2026"
    pilihan = list_pilihan(c)
    return pilihan[1].teks if pilihan else "81,5"


def _tell(c: Capaian, kata: str) -> dict[str, str]:
    """What a row asks for in words; the RTL of the period before goes on where there is one."""
    uraian = {"kendala": kata, "solusi": kata, "rencana": kata}
    if c.rtl_lalu:
        uraian |= {"rtl_lalu_status": "berlanjut", "rtl_lalu_keterangan": kata}
    return uraian


def load_kantor(kode: str, now: datetime) -> KantorContoh:
    """Office, SOP and plan from the data files, through the services of the commands."""
    contoh = next(k for k in KANTOR if k.kode == kode)
    instansi = load_instansi(
        yaml.safe_load(baca("organisasi", kode)), sandi="kata-sandi-uji-2026", now=now
    )
    pengesah = Pengguna.objects.get(nip=contoh.pengesah)
    hasil = load_berkas(
        teks=baca("sop", kode), instansi=instansi, aktor=pengesah, now=now, terbitkan=True
    )
    if contoh.rencana:
        load_rencana(teks=baca("kinerja", kode), instansi=instansi, aktor=None, now=now)
    return KantorContoh(instansi, hasil.versi, now)


def baca(ruang: str, kode: str) -> str:
    """Text of the office's data file in that app."""
    return (BASE_DIR / ruang / "data" / f"{kode}.yaml").read_text(encoding="utf-8")
