"""Factories of the SOP: graphs by hand, offices with posts, data files, published versions."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from organisasi.models import Instansi, Jabatan, UnitKerja
from sakip.common.waktu import Durasi, SatuanWaktu
from sop.models import SOP, VersiSOP
from sop.rules.berkas import read_berkas
from sop.rules.berkas.baca import BerkasSOP
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas
from sop.rules.istilah import Simbol
from sop.services.muat import load_berkas
from sop.services.versi import create_versi, publish_versi
from tests.factories.organisasi import (
    InstansiFactory,
    JabatanFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)

DATA = Path(__file__).parents[2] / "sop" / "data"
TERBIT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)

# The posts each data file names, with the desk they belong to.
JABATAN: Mapping[str, Mapping[str, str]] = {
    "dinkes-mojokerto": {
        "kepala_dinas": "kepala",
        "sekretaris_dinas": "sekretaris",
        "perencana": "perencana",
        "staf": "staf",
    },
    "dinkes-banten": {
        "sekretaris_dinas": "sekretaris",
        "kepala_bidang": "bidang",
        "perencana": "perencana",
        "kepala_seksi": "bidang",
        "staf_evaluasi": "staf",
    },
    "dprkp2-mojokerto": {
        "kepala_dinas": "kepala",
        "sekretaris": "sekretaris",
        "perencana": "perencana",
        "staf_perencana": "staf",
        "bidang": "bidang",
    },
    "kecamatan-dawarblandong": {
        "kasubag_program": "perencana",
        "kasubag_umum": "sekretaris",
        "kasi": "bidang",
    },
    "kota-blitar": {
        "kepala_dinas": "kepala",
        "sekretaris": "sekretaris",
        "perencana": "perencana",
        "kepala_bidang": "bidang",
        "staf_umum": "staf",
    },
}


def simpul_pelaksana(
    kode: str = "staf", *, urutan: int = 1, per_unit: tuple[str, ...] = ()
) -> SimpulPelaksana:
    """One actor line."""
    return SimpulPelaksana(0, 0, kode, kode, "staf", urutan, per_unit)


def simpul(nomor: int, **isi: object) -> SimpulLangkah:
    """A step whose id is its nomor: by staf, in one hour, on to the next step."""
    bawaan: dict[str, object] = {
        "kegiatan": f"Kegiatan {nomor}",
        "simbol": Simbol.MULAI.value if nomor == 1 else Simbol.PROSES.value,
        "tindakan": "susun",
        "pelaksana": (simpul_pelaksana(),),
        "ke": {"lanjut": nomor + 1},
        "waktu": Durasi(1, SatuanWaktu.JAM),
        "waktu_teks": "1 jam",
    }
    return SimpulLangkah(id=nomor, nomor=nomor, **(bawaan | isi))  # type: ignore[arg-type]  # free-form test data


def graf_sah() -> Graf:
    """Mulai, proses, keputusan that returns to it, akhir."""
    return Graf(
        (
            simpul(1),
            simpul(2),
            simpul(3, simbol="keputusan", ke={"ya": 4, "tidak": 2}),
            simpul(4, simbol="akhir", ke={"lanjut": None}),
        )
    )


def create_instansi(nama_berkas: str = "dinkes-mojokerto") -> Instansi:
    """The office of a data file, with the posts that file names."""
    instansi = InstansiFactory.create(kode=nama_berkas)
    for kode, tingkat in JABATAN[nama_berkas].items():
        if not Jabatan.objects.filter(instansi=instansi, kode=kode).exists():
            JabatanFactory.create(instansi=instansi, kode=kode, tingkat=tingkat)
    return instansi


def hire_all(instansi: Instansi) -> None:
    """A unit of each kind, and somebody for every post that nobody holds, over all units."""
    for jenis in UnitKerja.Jenis.values:
        if not UnitKerja.objects.filter(instansi=instansi, jenis=jenis).exists():
            UnitKerjaFactory.create(instansi=instansi, jenis=jenis)
    for jabatan in Jabatan.objects.filter(instansi=instansi, penugasan=None):
        PenugasanFactory.create(jabatan=jabatan)


def create_konsep(graf: Graf | None = None, *, instansi: Instansi | None = None) -> VersiSOP:
    """A konsep of `graf`, `graf_sah()` unless told otherwise, in an office with a post staf."""
    instansi = instansi or create_instansi()
    sop, _ = SOP.objects.get_or_create(instansi=instansi, kode="uji", defaults={"nama": "SOP Uji"})
    return create_versi(
        sop=sop, identitas=Identitas(), graf=graf or graf_sah(), aktor=None, now=TERBIT
    )


def create_terbit(graf: Graf | None = None, *, instansi: Instansi | None = None) -> VersiSOP:
    """The same, published."""
    konsep = create_konsep(graf, instansi=instansi)
    return publish_versi(versi_id=konsep.pk, aktor=None, now=TERBIT)


def muat(nama_berkas: str = "dinkes-mojokerto", *, instansi: Instansi | None = None) -> VersiSOP:
    """The SOP of a data file, published, in its office or in `instansi` (which has the posts)."""
    hasil = load_berkas(
        teks=baca_teks(nama_berkas),
        instansi=instansi or create_instansi(nama_berkas),
        aktor=None,
        now=TERBIT,
        terbitkan=True,
    )
    return hasil.versi


def baca_teks(nama_berkas: str) -> str:
    """Text of a data file."""
    return (DATA / f"{nama_berkas}.yaml").read_text(encoding="utf-8")


def baca_berkas(nama_berkas: str) -> BerkasSOP:
    """A data file as read, without a database."""
    jabatan = {kode: kode for kode in JABATAN[nama_berkas]}
    hasil = read_berkas(baca_teks(nama_berkas), jabatan)
    assert hasil.sop is not None, [str(m) for m in hasil.galat]
    return hasil.sop
