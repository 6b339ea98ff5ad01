"""Offices and routes to walk in tests: a synthetic route harder than the real ones, and people for
each post.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from laporan.models import Draf, Tugas
from laporan.services.draf import LaporanBaru, Putusan, finish_tugas, start_draf
from organisasi.models import Instansi, Jabatan, Pengguna, UnitKerja
from sakip.common.waktu import Durasi, SatuanWaktu
from sop.models import SOP, VersiSOP
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas
from sop.services.versi import create_versi, publish_versi
from tests.factories.organisasi import (
    InstansiFactory,
    JabatanFactory,
    PenggunaFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)
from tests.laporan.isi_langkah import prepare

BIDANG = ("bidang",)
SEMUA = ("bidang", "sekretariat")
SEKSI = ("seksi",)

Baris = tuple[int, str, str, list[tuple[str, int, tuple[str, ...]]], int | None]

# Published so long before, that tests may start drafts in the past.
SUDAH_LAMA = timedelta(days=60)


def satu(*kode: str) -> list[tuple[str, int, tuple[str, ...]]]:
    """Actors who act together, none of them per unit."""
    return [(k, 1, ()) for k in kode]


# The shape of the Dinkes Mojokerto SOP; the words come from its own data file in the tests that
# need them.
DINKES: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "rapat", satu("sekretaris"), None),
    (3, "proses", "disposisi", satu("sekretaris"), None),
    (4, "proses", "susun", satu("perencana"), None),
    (5, "proses", "ketik", [("staf", 1, SEMUA)], None),
    (6, "proses", "koreksi", satu("perencana"), None),
    (7, "keputusan", "koreksi", satu("sekretaris"), 6),
    (8, "akhir", "arsip", satu("kepala"), None),
]

# Nested decisions, two fan-outs, a per-unit decision, a hand-over, joint deciders, a decision at
# the end.
SINTETIS: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "ketik", [("kabid", 1, BIDANG), ("perencana", 2, ())], None),
    (3, "keputusan", "verifikasi", [("kabid", 1, BIDANG)], 2),
    (4, "keputusan", "verifikasi", satu("perencana", "sekretaris"), 2),
    (5, "proses", "ketik", [("kasi", 1, SEKSI)], None),
    (6, "keputusan", "koreksi", satu("sekretaris"), 5),
    (7, "keputusan", "koreksi", satu("kepala"), 2),
]
TINGKAT = {
    "kepala": "kepala",
    "sekretaris": "sekretaris",
    "perencana": "perencana",
    "kabid": "bidang",
}


@dataclass
class Kantor:
    """An office with one holder for every post and one published route."""

    instansi: Instansi
    versi: VersiSOP
    orang: dict[int, Pengguna]
    unit: dict[str, UnitKerja]

    def pelaku(self, tugas: Tugas) -> Pengguna:
        """Who may do that turn."""
        return self.orang[tugas.jabatan_id]

    def start(self, now: datetime, *, periode_ke: int = 3) -> Draf:
        """A running draft of one triwulan."""
        awal = self.versi.langkah.order_by("nomor").first()
        assert awal is not None
        aktor = self.orang[awal.pelaksana.get().jabatan_id]
        return start_draf(
            versi=self.versi,
            laporan=LaporanBaru("triwulan", 2026, periode_ke),
            aktor=aktor,
            now=now,
        )

    def work(self, tugas: Tugas, now: datetime, hasil: str = "", **lain: object) -> Draf:
        """Finish a turn as its holder; decisions answer Ya unless told otherwise."""
        bawaan = "ya" if tugas.kunjungan.langkah.simbol == "keputusan" else "lanjut"
        catatan = "Perbaiki angka." if hasil == "tidak" else ""
        if tugas.kunjungan.langkah.tindakan == "disposisi":
            catatan = catatan or "Laksanakan."
        putusan = Putusan(**{"hasil": hasil or bawaan, "catatan": catatan, **lain})  # type: ignore[arg-type]  # test shorthand
        if tugas.status == Tugas.Status.AKTIF and putusan.hasil != "tidak" and tugas.draf.is_aktif:
            prepare(tugas, self.pelaku(tugas), now)
        return finish_tugas(tugas_id=tugas.pk, aktor=self.pelaku(tugas), putusan=putusan, now=now)

    def work_all(self, draf: Draf, now: datetime, hasil: str = "") -> Draf:
        """Finish every turn that is up now."""
        for tugas in list(aktif(draf)):
            draf = self.work(tugas, now, hasil)
        return draf


def aktif(draf: Draf) -> list[Tugas]:
    """Turns that are up now, in order."""
    daftar = Tugas.objects.filter(draf=draf, status="aktif").select_related(
        "draf__versi", "kunjungan__langkah", "unit"
    )
    return list(daftar.order_by("urutan", "pk"))


def nomor_kini(draf: Draf) -> int | None:
    """Number of the step the draft lies at."""
    kunjungan = draf.kunjungan.filter(keluar=None).select_related("langkah").first()
    return kunjungan.langkah.nomor if kunjungan else None


def make_kantor(rute: list[Baris], now: datetime) -> Kantor:
    """Build the office, its posts and people, and publish the route."""
    instansi = InstansiFactory.create()
    unit: dict[str, UnitKerja] = {
        k: UnitKerjaFactory.create(instansi=instansi, kode=k, jenis=jenis)
        for k, jenis in (
            *((f"B{n}", "bidang") for n in range(1, 5)),
            ("SET", "sekretariat"),
            *((f"S{n}", "seksi") for n in range(1, 4)),
        )
    }
    kode = dict.fromkeys(k for baris in rute for k, _u, _p in baris[3])
    jabatan: dict[str, Jabatan] = {
        k: JabatanFactory.create(instansi=instansi, kode=k, tingkat=TINGKAT.get(k, "staf"))
        for k in kode
    }
    orang: dict[int, Pengguna] = {j.pk: PenggunaFactory.create() for j in jabatan.values()}
    for j in jabatan.values():
        PenugasanFactory.create(pengguna=orang[j.pk], jabatan=j)
    sop = SOP.objects.create(instansi=instansi, kode="uji", nama="SOP Uji")
    versi = publish_rute(sop, rute, jabatan, now)
    return Kantor(instansi, versi, orang, unit)


def publish_rute(
    sop: SOP, rute: list[Baris], jabatan: dict[str, Jabatan], now: datetime
) -> VersiSOP:
    """A new version of `sop` in force with that route."""
    versi = create_versi(
        sop=sop, identitas=Identitas(), graf=make_graf(rute, jabatan), aktor=None, now=now
    )
    return publish_versi(versi_id=versi.pk, aktor=None, now=now - SUDAH_LAMA)


def make_graf(rute: list[Baris], jabatan: dict[str, Jabatan]) -> Graf:
    """The route as values; ids are step numbers."""
    return Graf(tuple(_simpul(n, baris, rute, jabatan) for n, baris in enumerate(rute)))


def _simpul(n: int, baris: Baris, rute: list[Baris], jabatan: dict[str, Jabatan]) -> SimpulLangkah:
    nomor, simbol, tindakan, pelaksana, tidak = baris
    maju = rute[n + 1][0] if n + 1 < len(rute) else None
    return SimpulLangkah(
        id=nomor,
        nomor=nomor,
        kegiatan=f"Langkah {nomor}",
        simbol=simbol,
        tindakan=tindakan,
        pelaksana=tuple(
            SimpulPelaksana(
                id=0,
                jabatan_id=jabatan[k].pk,
                jabatan_kode=k,
                jabatan_nama=jabatan[k].nama,
                tingkat=jabatan[k].tingkat,
                urutan=urutan,
                per_unit=per_unit,
            )
            for k, urutan, per_unit in pelaksana
        ),
        ke={"ya": maju, "tidak": tidak} if simbol == "keputusan" else {"lanjut": maju},
        waktu=Durasi(1, SatuanWaktu.HARI_KERJA),
        waktu_teks="1 hari",
    )
