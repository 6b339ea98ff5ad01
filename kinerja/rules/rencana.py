"""From the text of a plan file to tujuan, sasaran, indikator and targets, or to all its faults."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

import yaml

from kinerja.rules.berkas import Catatan, Peta, compose_yaml
from kinerja.rules.capaian import Polaritas, Rumus
from kinerja.rules.nilai import JenisNilai, read_tingkat
from kinerja.rules.nilai import Tingkat as TingkatNilai
from kinerja.rules.nomenklatur import JenisProgram, Kode, KodeTidakTerbaca, parse_kode
from kinerja.rules.pembanding import Pembanding, Tingkat, make_pembanding
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.rules.rencana_aksi import AksiBaca, list_aksi
from kinerja.rules.setelan import KUNCI, Setelan, read_setelan
from kinerja.rules.target import IsiTarget, TargetTidakTerbaca, parse_target, split_target
from sakip.common.angka import AngkaTidakTerbaca, parse_angka

_TUJUAN = ("kode", "uraian", "tahun_awal", "tahun_akhir", "sasaran")
_SASARAN = ("kode", "uraian", "indikator", "program")
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
    "renstra",
    "pembanding",
    "aksi",
    *KUNCI,
)
_PROGRAM = ("kode", "nama", "tahun", "unit", "pagu", "realisasi")
_PEMBANDING = ("tahun", "tingkat", "nilai", "sumber", "wilayah")
_RENSTRA = ("tahun_awal", "tahun_akhir", "visi", "misi")


@dataclass(frozen=True)
class Ukuran:
    """What a value of an indikator may be."""

    jenis: JenisNilai
    tingkat: tuple[TingkatNilai, ...]
    negatif: bool


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
    target: dict[Periode, IsiTarget]
    renstra: dict[int, IsiTarget]
    pembanding: tuple[Pembanding, ...]
    aksi: tuple[AksiBaca, ...]
    setelan: Setelan


@dataclass(frozen=True)
class ProgramBaca:
    """One program, kegiatan or sub kegiatan. realisasi: money spent up to each triwulan."""

    kode: Kode
    nama: str
    tahun: int
    unit: str
    pagu: Decimal | None
    realisasi: dict[int, Decimal]


@dataclass(frozen=True)
class SasaranBaca:
    """One sasaran with its indikator and what it costs."""

    kode: str
    uraian: str
    indikator: tuple[IndikatorBaca, ...]
    program: tuple[ProgramBaca, ...]


@dataclass(frozen=True)
class TujuanBaca:
    """One tujuan with its sasaran."""

    kode: str
    uraian: str
    tahun_awal: int
    tahun_akhir: int
    sasaran: tuple[SasaranBaca, ...]


@dataclass(frozen=True)
class RenstraBaca:
    """Years, visi and misi of the longer plan."""

    tahun_awal: int
    tahun_akhir: int
    visi: str
    misi: str


@dataclass(frozen=True)
class RencanaBaca:
    """The whole file."""

    renstra: RenstraBaca | None
    tujuan: tuple[TujuanBaca, ...]


def read_rencana(teks: str, *, unit: Collection[str]) -> RencanaBaca:
    """The whole plan. unit: codes of the units that may answer for an indikator.

    Raises:
        BerkasTidakSah: with every fault and its line.
    """
    catatan = Catatan()
    atas = Peta(compose_yaml(teks), ("renstra", "tujuan"), catatan)
    pembaca = _Pembaca(catatan, unit)
    renstra = atas.find("renstra")
    hasil = RencanaBaca(
        renstra=pembaca.read_renstra(renstra) if renstra else None,
        tujuan=tuple(pembaca.read_tujuan(node) for node in atas.daftar("tujuan")),
    )
    catatan.require_none()
    return hasil


class _Pembaca:
    """Carries the faults, the known units and the codes seen so far through one file."""

    def __init__(self, catatan: Catatan, unit: Collection[str]) -> None:
        self.catatan = catatan
        self.unit = unit
        self._kode: set[tuple[str, str]] = set()

    def read_renstra(self, node: yaml.Node) -> RenstraBaca:
        peta = Peta(node, _RENSTRA, self.catatan)
        awal, akhir = self._read_rentang(peta)
        return RenstraBaca(
            awal, akhir, peta.teks("visi", bila_tiada=""), peta.teks("misi", bila_tiada="")
        )

    def _read_rentang(self, peta: Peta) -> tuple[int, int]:
        awal, akhir = peta.bulat("tahun_awal"), peta.bulat("tahun_akhir")
        if awal > akhir:
            self.catatan.add(peta.node, "tahun_awal lebih besar daripada tahun_akhir")
        return awal, akhir

    def read_tujuan(self, node: yaml.Node) -> TujuanBaca:
        peta = Peta(node, _TUJUAN, self.catatan)
        awal, akhir = self._read_rentang(peta)
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
            program=tuple(self._list_program(peta)),
        )

    def read_indikator(self, node: yaml.Node) -> IndikatorBaca:
        peta = Peta(node, _INDIKATOR, self.catatan)
        batas = peta.find("batas")
        jenis = JenisNilai(peta.pilihan("jenis", list(JenisNilai), bila_tiada=JenisNilai.ANGKA))
        setelan = read_setelan(peta, jenis, self._read_angka)
        ukuran = Ukuran(
            jenis,
            read_tingkat(setelan.tingkatan),
            negatif=peta.pilihan("negatif", ("ya", "tidak"), bila_tiada="tidak") == "ya",
        )
        target = dict(self._list_target(peta, ukuran))
        return IndikatorBaca(
            kode=self._read_kode(peta, "indikator"),
            nama=peta.teks("nama"),
            satuan=peta.teks("satuan"),
            unit=self._read_unit(peta),
            rumus=self._read_rumus(peta),
            batas=None if batas is None else self._read_angka(batas),
            jenis_nilai=jenis.value,
            is_dapat_negatif=ukuran.negatif,
            desimal=peta.bulat("desimal", bila_tiada=0),
            definisi_operasional=peta.teks("definisi", bila_tiada=""),
            sumber_data=peta.teks("sumber", bila_tiada=""),
            target=target,
            renstra=dict(self._list_renstra(peta, ukuran)),
            pembanding=tuple(self._list_pembanding(peta)),
            aksi=tuple(list_aksi(peta, self._read_unit, self._read_angka, ukuran.tingkat)),
            setelan=setelan,
        )

    def _list_program(self, peta: Peta) -> Iterator[ProgramBaca]:
        """Rows of the budget, each below the row its code names; a sasaran may have none."""
        for node in peta.daftar("program") if peta.find("program") else ():
            p = Peta(node, _PROGRAM, self.catatan)
            tahun, kode = p.bulat("tahun"), self._read_nomenklatur(p)
            if kode.induk and ("program", f"{tahun} {kode.induk}") not in self._kode:
                self.catatan.add(node, f"{kode.induk} belum disebut di atas {kode.teks}")
            self._require_baru(node, "program", f"{tahun} {kode.teks}")
            pagu = p.find("pagu")
            yield ProgramBaca(
                kode=kode,
                nama=p.teks("nama"),
                tahun=tahun,
                unit=self._read_unit(p) if p.find("unit") else "",
                pagu=None if pagu is None else self._read_angka(pagu),
                realisasi=self._read_realisasi(p),
            )

    def _read_nomenklatur(self, peta: Peta) -> Kode:
        teks = peta.teks("kode")
        try:
            return parse_kode(teks)
        except KodeTidakTerbaca as galat:
            self.catatan.add(peta.node, f"“{teks}” bukan kode program. {galat}")
            return Kode(teks, JenisProgram.PROGRAM, "")

    def _read_realisasi(self, peta: Peta) -> dict[int, Decimal]:
        """Up to four figures, TW I on; a dash leaves a triwulan without one."""
        node = peta.find("realisasi")
        if node is None:
            return {}
        isi = node.value if isinstance(node, yaml.SequenceNode) else []
        if not 1 <= len(isi) <= len(TRIWULAN):
            self.catatan.add(node, "realisasi terdiri atas satu sampai empat nilai, mulai TW I")
            return {}
        pasangan = zip(TRIWULAN, isi, strict=False)
        ada = {tw: self._read_angka(a) for tw, a in pasangan if a.value != "-"}
        if list(ada.values()) != sorted(ada.values()):
            self.catatan.add(node, "realisasi anggaran tidak pernah berkurang")
        return ada

    def _list_renstra(self, peta: Peta, ukuran: Ukuran) -> Iterator[tuple[int, IsiTarget]]:
        """One value per year of the Renstra."""
        for kunci, nilai in peta.pasangan("renstra"):
            tahun = self._read_tahun(kunci)
            if tahun:
                yield tahun, self._read_target(nilai, ukuran, rentang=False)

    def _list_pembanding(self, peta: Peta) -> Iterator[Pembanding]:
        for node in peta.daftar("pembanding") if peta.find("pembanding") else ():
            p = Peta(node, _PEMBANDING, self.catatan)
            tingkat = Tingkat(p.pilihan("tingkat", list(Tingkat), bila_tiada=Tingkat.NASIONAL))
            nilai = p.find("nilai")
            if nilai is None:
                self.catatan.add(node, "“nilai” belum diisi")
                continue
            try:
                yield make_pembanding(
                    p.bulat("tahun"),
                    tingkat,
                    self._read_angka(nilai),
                    sumber=p.teks("sumber", bila_tiada=""),
                    wilayah=p.teks("wilayah", bila_tiada=""),
                )
            except ValueError as galat:
                self.catatan.add(node, str(galat))

    def _read_kode(self, peta: Peta, apa: str) -> str:
        kode = peta.teks("kode")
        self._require_baru(peta.node, apa, kode)
        return kode

    def _require_baru(self, node: yaml.Node, apa: str, kode: str) -> None:
        if kode and (apa, kode) in self._kode:
            self.catatan.add(node, f"kode {apa} “{kode}” sudah dipakai")
        self._kode.add((apa, kode))

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

    def _list_target(self, peta: Peta, ukuran: Ukuran) -> Iterator[tuple[Periode, IsiTarget]]:
        """Four values per year; a dash leaves a triwulan without target."""
        for kunci, nilai in peta.pasangan("target"):
            tahun = self._read_tahun(kunci)
            if not tahun:
                continue
            isi = nilai.value if isinstance(nilai, yaml.SequenceNode) else []
            if len(isi) != len(TRIWULAN):
                self.catatan.add(nilai, "target setahun terdiri atas empat nilai, TW I sampai IV")
                continue
            for triwulan, angka in zip(TRIWULAN, isi, strict=True):
                if angka.value != "-":
                    yield Periode(tahun, triwulan), self._read_target(angka, ukuran, rentang=True)

    def _read_target(self, node: yaml.Node, ukuran: Ukuran, *, rentang: bool) -> IsiTarget:
        """A value of the kind of its indikator; of a range its two ends; or words."""
        teks = node.value if isinstance(node, yaml.ScalarNode) else ""
        try:
            isi = split_target(
                parse_target(
                    teks, ukuran.jenis, ukuran.tingkat, negatif=ukuran.negatif, rentang=rentang
                )
            )
        except TargetTidakTerbaca as galat:
            self.catatan.add(node, f"“{teks}” tidak terbaca sebagai target. {galat}")
            return IsiTarget()
        if not isi:
            self.catatan.add(node, "target belum diisi; tulis “-” bila memang tidak ada")
        return isi

    def _read_tahun(self, node: yaml.Node) -> int:
        """The year of a key; 0 with a fault where it is none."""
        teks = str(node.value)
        if teks.isdecimal() and len(teks) == 4:
            return int(teks)
        self.catatan.add(node, f"“{teks}” bukan tahun")
        return 0

    def _read_angka(self, node: yaml.Node) -> Decimal:
        try:
            return parse_angka(node.value if isinstance(node, yaml.ScalarNode) else "")
        except AngkaTidakTerbaca:
            self.catatan.add(node, f"“{node.value}” bukan angka")
            return Decimal(0)
