"""From the text of a plan file to tujuan, sasaran, indikator and targets, or to all its faults."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

import yaml

from kinerja.rules.berkas import Catatan, Peta, compose_yaml
from kinerja.rules.capaian import Polaritas, Rumus
from kinerja.rules.periode import TRIWULAN, Periode
from sakip.common.angka import AngkaTidakTerbaca, parse_angka

JENIS_NILAI = ("angka", "persen", "rasio", "rupiah")
_TUJUAN = ("kode", "uraian", "tahun_awal", "tahun_akhir", "sasaran")
_SASARAN = ("kode", "uraian", "indikator")
_INDIKATOR = (
    "kode",
    "nama",
    "satuan",
    "unit",
    "arah",
    "rumus",
    "batas",
    "jenis",
    "negatif",
    "desimal",
    "definisi",
    "sumber",
    "target",
)


@dataclass(frozen=True)
class IndikatorBaca:
    """One indikator as the file says."""

    kode: str
    nama: str
    satuan: str
    unit: str
    rumus: Rumus
    batas: Decimal | None
    jenis_nilai: str
    is_dapat_negatif: bool
    desimal: int
    definisi_operasional: str
    sumber_data: str
    target: dict[Periode, Decimal]


@dataclass(frozen=True)
class SasaranBaca:
    """One sasaran with its indikator."""

    kode: str
    uraian: str
    indikator: tuple[IndikatorBaca, ...]


@dataclass(frozen=True)
class TujuanBaca:
    """One tujuan with its sasaran."""

    kode: str
    uraian: str
    tahun_awal: int
    tahun_akhir: int
    sasaran: tuple[SasaranBaca, ...]


def read_rencana(teks: str, *, unit: Collection[str]) -> list[TujuanBaca]:
    """The whole plan. unit: codes of the units that may answer for an indikator.

    Raises:
        BerkasTidakSah: with every fault and its line.
    """
    catatan = Catatan()
    atas = Peta(compose_yaml(teks), ("tujuan",), catatan)
    pembaca = _Pembaca(catatan, unit)
    hasil = [pembaca.read_tujuan(node) for node in atas.daftar("tujuan")]
    catatan.require_none()
    return hasil


class _Pembaca:
    """Carries the faults, the known units and the codes seen so far through one file."""

    def __init__(self, catatan: Catatan, unit: Collection[str]) -> None:
        self.catatan = catatan
        self.unit = unit
        self._kode: set[tuple[str, str]] = set()

    def read_tujuan(self, node: yaml.Node) -> TujuanBaca:
        peta = Peta(node, _TUJUAN, self.catatan)
        awal, akhir = peta.bulat("tahun_awal"), peta.bulat("tahun_akhir")
        if awal > akhir:
            self.catatan.add(node, "tahun_awal lebih besar daripada tahun_akhir")
        return TujuanBaca(
            kode=self._read_kode(peta, "tujuan"),
            uraian=peta.teks("uraian"),
            tahun_awal=awal,
            tahun_akhir=akhir,
            sasaran=tuple(self.read_sasaran(s) for s in peta.daftar("sasaran")),
        )

    def read_sasaran(self, node: yaml.Node) -> SasaranBaca:
        peta = Peta(node, _SASARAN, self.catatan)
        return SasaranBaca(
            kode=self._read_kode(peta, "sasaran"),
            uraian=peta.teks("uraian"),
            indikator=tuple(self.read_indikator(i) for i in peta.daftar("indikator")),
        )

    def read_indikator(self, node: yaml.Node) -> IndikatorBaca:
        peta = Peta(node, _INDIKATOR, self.catatan)
        batas = peta.find("batas")
        return IndikatorBaca(
            kode=self._read_kode(peta, "indikator"),
            nama=peta.teks("nama"),
            satuan=peta.teks("satuan"),
            unit=self._read_unit(peta),
            rumus=self._read_rumus(peta),
            batas=None if batas is None else self._read_angka(batas),
            jenis_nilai=peta.pilihan("jenis", JENIS_NILAI, bila_tiada="angka"),
            is_dapat_negatif=peta.pilihan("negatif", ("ya", "tidak"), bila_tiada="tidak") == "ya",
            desimal=peta.bulat("desimal", bila_tiada=0),
            definisi_operasional=peta.teks("definisi", bila_tiada=""),
            sumber_data=peta.teks("sumber", bila_tiada=""),
            target=dict(self._list_target(peta)),
        )

    def _read_kode(self, peta: Peta, apa: str) -> str:
        kode = peta.teks("kode")
        if kode and (apa, kode) in self._kode:
            self.catatan.add(peta.node, f"kode {apa} “{kode}” sudah dipakai")
        self._kode.add((apa, kode))
        return kode

    def _read_unit(self, peta: Peta) -> str:
        kode = peta.teks("unit")
        if kode and kode not in self.unit:
            ada = ", ".join(sorted(self.unit)) or "belum ada"
            self.catatan.add(peta.node, f"unit “{kode}” tidak ada di instansi ini (ada: {ada})")
        return kode

    def _read_rumus(self, peta: Peta) -> Rumus:
        """Falling indikator take the mirror formula unless the file says otherwise."""
        arah = Polaritas(peta.pilihan("arah", list(Polaritas), bila_tiada=Polaritas.NAIK))
        boleh = [r.value for r in Rumus if r.polaritas is arah]
        return Rumus(peta.pilihan("rumus", boleh, bila_tiada=boleh[0]))

    def _list_target(self, peta: Peta) -> Iterator[tuple[Periode, Decimal]]:
        """Four values per year; a dash leaves a triwulan without target."""
        for kunci, nilai in peta.pasangan("target"):
            tahun = str(kunci.value)
            if not (tahun.isdecimal() and len(tahun) == 4):
                self.catatan.add(kunci, f"“{tahun}” bukan tahun")
                continue
            isi = nilai.value if isinstance(nilai, yaml.SequenceNode) else []
            if len(isi) != len(TRIWULAN):
                self.catatan.add(nilai, "target setahun terdiri atas empat nilai, TW I sampai IV")
                continue
            for triwulan, angka in zip(TRIWULAN, isi, strict=True):
                if angka.value != "-":
                    yield Periode(int(tahun), triwulan), self._read_angka(angka)

    def _read_angka(self, node: yaml.Node) -> Decimal:
        try:
            return parse_angka(node.value if isinstance(node, yaml.ScalarNode) else "")
        except AngkaTidakTerbaca:
            self.catatan.add(node, f"“{node.value}” bukan angka")
            return Decimal(0)
