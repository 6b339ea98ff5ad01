"""Form E.81 into the budget: programs, pagu, money spent; targets only where somebody says so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kinerja.models import (
    Indikator,
    Program,
    RealisasiAnggaran,
    Target,
    TargetRenstra,
    UnggahanRencana,
)
from kinerja.rules.e81 import TRIWULAN, BarisE81, BukanE81, IndikatorE81, Peran, read_e81
from kinerja.rules.kolom import normalize, write_angka
from kinerja.rules.lembar_rencana import make_sidik
from kinerja.rules.nilai import JenisNilai, read_tingkat
from kinerja.rules.nomenklatur import parse_kode
from kinerja.rules.periode import TRIWULAN as TRIWULAN_KE
from kinerja.rules.periode import Periode
from kinerja.rules.target import (
    IsiTarget,
    TargetTidakTerbaca,
    join_target,
    parse_target,
    show_target,
    split_target,
)
from organisasi.models import Instansi
from sakip.common.angka import format_angka
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.lembar import Buku

Nilai = dict[str, str]
BarisTulis = Mapping[str, Any]
PILIH = "pilih"
_JUDUL = {"nama": "Nama", "pagu": "Pagu"} | {
    f"tw{n}": f"Realisasi s.d. {Periode(2000, n).singkat}" for n in TRIWULAN_KE
}
_TW = tuple(f"tw{n}" for n in TRIWULAN_KE)
_SEKALI = 500


def check_e81(unggahan: UnggahanRencana, buku: Buku) -> tuple[list[dict[str, Any]], list[str]]:
    """What each row of the form would do, and what was read as what; nothing is changed.

    Raises:
        IsianTidakSah: the workbook holds no such form (422).
    """
    try:
        hasil = read_e81(buku)
    except BukanE81 as galat:
        raise IsianTidakSah(str(galat)) from galat
    pemeriksa = _Pemeriksa(unggahan, hasil.susunan.lembar.nama)
    urut = sorted(hasil.baris, key=lambda b: b.kode.count("."))
    baris = {id(b): pemeriksa.judge(b) for b in urut}
    semua = [baris[id(b)] for b in hasil.baris]
    semua += pemeriksa.match(i for b in hasil.baris for i in b.indikator)
    catatan = [*hasil.catatan]
    if pemeriksa.tampak_kumulatif:
        catatan.append(
            _(
                "Pada %(n)d baris, rupiah triwulan terakhir sama dengan realisasi setahun: "
                "angkanya tampak kumulatif. Bila benar, unggah kembali dengan pilihan Kumulatif."
            )
            % {"n": pemeriksa.tampak_kumulatif}
        )
    return semua, catatan


class _Pemeriksa:
    """Compares the rows of one form with the budget there is."""

    def __init__(self, unggahan: UnggahanRencana, lembar: str) -> None:
        self.lembar, self.tahun = lembar, unggahan.tahun
        self.is_kumulatif = unggahan.is_kumulatif
        self.instansi = unggahan.instansi
        self.ada = get_anggaran(unggahan.instansi, unggahan.tahun)
        self.tampak_kumulatif = 0
        self._terlihat: dict[str, BarisE81] = {}
        self._tertolak: set[str] = set()

    def judge(self, b: BarisE81) -> dict[str, Any]:
        """One row as its page shows it, and as it is written later."""
        catatan: list[str] = []
        nilai = {"nama": b.nama} | self._read_uang(b, catatan)
        lama = self.ada.get(b.kode)
        hasil = "tahan" if self._require_induk(b) else ""
        if b.galat and not hasil:
            hasil = "galat"
        if hasil and lama is None:
            self._tertolak.add(b.kode)
        ubah = {n: v for n, v in nilai.items() if v != (lama or {}).get(n, "")}
        if not hasil:
            hasil = "baru" if lama is None else "ubah" if ubah else "tetap"
        tulis = ubah if hasil in ("baru", "ubah") else {}
        return {
            "lembar": self.lembar,
            "baris": b.baris,
            "kode": b.kode,
            "nama": b.nama,
            "hasil": hasil,
            "galat": b.galat,
            "ubah": [
                [_JUDUL[n], b.tempat, _show(n, (lama or {}).get(n, "")), _show(n, v)]
                for n, v in tulis.items()
            ],
            "jalur": [b.kode],
            "nilai": tulis,
            "sidik": make_sidik(lama) if lama else "",
            "catatan": catatan,
        }

    def _require_induk(self, b: BarisE81) -> bool:
        """Note what stands in the way of a row; whether it only waits for the one above it."""
        if b.galat:
            return False
        if b.kode in self._terlihat:
            kembar = f"Kode ini ada dua kali, juga pada baris {self._terlihat[b.kode].baris}."
            b.galat.append((b.tempat, kembar))
            return False
        self._terlihat[b.kode] = b
        induk = parse_kode(b.kode).induk
        if induk in self._tertolak:
            b.galat.append((b.tempat, f"Menunggu {induk} diperbaiki, karena baris ini bagiannya."))
            return True
        if induk and induk not in self._terlihat and induk not in self.ada:
            pesan = f"{induk} tidak ada dalam berkas maupun pada tahun {self.tahun}."
            b.galat.append((b.tempat, pesan))
        return False

    def _read_uang(self, b: BarisE81, catatan: list[str]) -> Nilai:
        hasil = {}
        if Peran.RENJA in b.uang:
            hasil["pagu"] = write_angka(b.uang[Peran.RENJA])
        if not self.is_kumulatif:
            _require_tanpa_celah(b)
        jumlah, akhir = Decimal(0), Decimal(0)
        for n, peran in enumerate(TRIWULAN, 1):
            nilai = b.uang.get(peran)
            if nilai is None:
                continue
            if self.is_kumulatif and nilai < jumlah:
                b.galat.append((b.alamat[peran], "Angka kumulatif tidak pernah berkurang."))
            jumlah, akhir = nilai if self.is_kumulatif else jumlah + nilai, nilai
            hasil[f"tw{n}"] = write_angka(jumlah)
        self._require_naik(b, hasil)
        setahun = b.uang.get(Peran.TAHUN_INI)
        if setahun is not None and abs(setahun - jumlah) >= 1:
            self.tampak_kumulatif += not self.is_kumulatif and akhir == setahun
            catatan.append(
                _("Realisasi setahun tertulis Rp%(tulis)s, menurut triwulan Rp%(jumlah)s.")
                % {"tulis": format_angka(setahun), "jumlah": format_angka(jumlah)}
            )
        return hasil

    def _require_naik(self, b: BarisE81, baru: Nilai) -> None:
        """Together with what is stored for triwulan that the file leaves out, it never falls."""
        uang = {n: v for n, v in self.ada.get(b.kode, {}).items() if n in _TW} | baru
        urut = [Decimal(uang[n]) for n in _TW if n in uang]
        if not b.galat and urut != sorted(urut):
            b.galat.append((b.tempat, "Realisasi sampai triwulan lain yang tersimpan lebih besar."))

    def match(self, indikator: Iterable[IndikatorE81]) -> list[dict[str, Any]]:
        """Targets of indikator that the office has by that name; each waits to be chosen."""
        kenal = {normalize(i.nama): i for i in _list_indikator(self.instansi, self.tahun)}
        hasil, terlihat = [], set[int]()
        for satu in indikator:
            i = kenal.get(normalize(satu.nama))
            if i is None or i.pk in terlihat:
                continue
            terlihat.add(i.pk)
            nilai = _read_target(i, satu, self.tahun)
            lama = {n: v for n, v in _get_target(i, self.tahun).items() if n in nilai}
            ubah = {n: v for n, v in nilai.items() if v != lama[n]}
            if ubah:
                hasil.append(self._offer(i, satu, lama, ubah))
        return hasil

    def _offer(self, i: Indikator, satu: IndikatorE81, lama: Nilai, ubah: Nilai) -> dict[str, Any]:
        jenis, tingkat = JenisNilai(i.jenis_nilai), read_tingkat(i.tingkatan)
        akhir = i.sasaran.tujuan.tahun_akhir
        judul = {"renstra": f"Target akhir {akhir}", "renja": f"Target TW IV {self.tahun}"}
        return {
            "lembar": self.lembar,
            "baris": satu.baris,
            "kode": i.kode,
            "nama": i.nama,
            "hasil": PILIH,
            "galat": [],
            "ubah": [
                [judul[n], "", *(show_target(v, jenis, tingkat) or "–" for v in (lama[n], baru))]
                for n, baru in ubah.items()
            ],
            "jalur": [str(i.pk)],
            "nilai": ubah,
            "sidik": make_sidik({n: lama[n] for n in ubah}),
            "catatan": [],
        }


def _require_tanpa_celah(b: BarisE81) -> None:
    """Money of each triwulan by itself adds up only where none before the last is missing: an
    empty cell says that nobody knows, not that nothing was spent.
    """
    ada = [peran in b.uang for peran in TRIWULAN]
    for n, peran in enumerate(TRIWULAN, 1):
        if any(ada[n:]) and not ada[n - 1] and not _is_bergalat(b, peran):
            pesan = (
                f"{Periode(2000, n).singkat} kosong, sedangkan triwulan sesudahnya terisi. Isi 0 "
                "bila memang tidak ada belanja, atau isi belanjanya."
            )
            b.galat.append((b.alamat[peran] or b.tempat, pesan))


def _is_bergalat(b: BarisE81, peran: Peran) -> bool:
    """Whether that cell holds something that could not be read, and was named for it."""
    return any(alamat == b.alamat[peran] for alamat, _pesan in b.galat)


def _show(nama: str, nilai: str) -> str:
    if not nilai or nama == "nama":
        return nilai or "–"
    return f"Rp{format_angka(Decimal(nilai))}"


def get_anggaran(instansi: Instansi, tahun: int) -> dict[str, Nilai]:
    """The budget of one year as plain values, by code. Two queries."""
    hasil = {
        p.kode: {"nama": p.nama, "pagu": write_angka(p.pagu)}
        for p in Program.objects.filter(instansi=instansi, tahun=tahun)
    }
    uang = RealisasiAnggaran.objects.filter(program__instansi=instansi, program__tahun=tahun)
    for kode, triwulan, nilai in uang.values_list("program__kode", "triwulan", "nilai"):
        hasil[kode][f"tw{triwulan}"] = write_angka(nilai)
    return hasil


def _list_indikator(instansi: Instansi, tahun: int) -> QuerySet[Indikator]:
    return Indikator.objects.filter(
        sasaran__tujuan__instansi=instansi,
        sasaran__tujuan__tahun_awal__lte=tahun,
        sasaran__tujuan__tahun_akhir__gte=tahun,
    ).select_related("sasaran__tujuan")


def _get_target(i: Indikator, tahun: int) -> Nilai:
    """Targets that the form may set, as they are."""
    akhir = i.sasaran.tujuan.tahun_akhir
    renstra = TargetRenstra.objects.filter(indikator=i, tahun=akhir).first()
    target = Target.objects.filter(indikator=i, tahun=tahun, triwulan=4).first()
    return {
        "renstra": join_target(renstra.isi) if renstra else "",
        "renja": join_target(IsiTarget(target.nilai, uraian=target.uraian)) if target else "",
    }


def _read_target(i: Indikator, satu: IndikatorE81, tahun: int) -> Nilai:
    """What the form says, as far as it can be read as a value of that indikator.

    The year's target is that of triwulan IV only where the last value counts for the year. Column K
    counts, so it says nothing of an indikator that is judged in words.
    """
    hasil = dict[str, str]()
    if i.jenis_nilai == JenisNilai.KUALITATIF:
        return hasil
    is_posisi = i.agregasi == Indikator.Agregasi.TERAKHIR
    for nama, teks in (("renstra", satu.renstra), ("renja", satu.renja if is_posisi else "")):
        try:
            nilai = parse_target(
                teks,
                JenisNilai(i.jenis_nilai),
                read_tingkat(i.tingkatan),
                negatif=i.is_dapat_negatif,
                rentang=False,
            )
        except TargetTidakTerbaca:
            continue
        if nilai:
            hasil[nama] = nilai
    return hasil


def write_e81(
    unggahan: UnggahanRencana, instansi: Instansi, pilihan: Collection[int]
) -> list[BarisTulis]:
    """Write the rows of a checked form; those that were written. The caller holds the office
    locked.

    pilihan: places in the list of rows of the indikator whose targets somebody chose to take over.

    Raises:
        TransisiDitolak: the budget changed since the check; nothing is written (409).
    """
    baris = [b for b in unggahan.baris if b["hasil"] in ("baru", "ubah")]
    target = [b for n, b in enumerate(unggahan.baris) if n in pilihan and b["hasil"] == PILIH]
    kini = get_anggaran(instansi, unggahan.tahun)
    indikator = {str(i.pk): i for i in _list_indikator(instansi, unggahan.tahun)}
    for b in baris:
        ada = kini.get(b["kode"])
        _require_sama(b, make_sidik(ada) if ada else "")
    for b in target:
        i = indikator.get(b["jalur"][0])
        semua = _get_target(i, unggahan.tahun) if i else {}
        _require_sama(b, make_sidik({n: v for n, v in semua.items() if n in b["nilai"]}))
    _write_program(instansi, unggahan.tahun, baris)
    for b in target:
        _write_target(indikator[b["jalur"][0]], unggahan.tahun, b["nilai"])
    return [*baris, *target]


def _require_sama(b: BarisTulis, sidik: str) -> None:
    if b["sidik"] != sidik:
        pesan = _(
            "%(kode)s berubah sejak berkas diperiksa, jadi tidak ada yang disimpan. Unggah berkas "
            "itu sekali lagi."
        )
        raise TransisiDitolak(pesan % {"kode": b["kode"]})


def _write_program(instansi: Instansi, tahun: int, baris: Sequence[BarisTulis]) -> None:
    program = {p.kode: p for p in Program.objects.filter(instansi=instansi, tahun=tahun)}
    uang = []
    for b in sorted(baris, key=lambda b: b["kode"].count(".")):
        kode = parse_kode(b["kode"])
        p = program.get(kode.teks) or Program(
            instansi=instansi,
            tahun=tahun,
            kode=kode.teks,
            jenis=kode.jenis,
            induk=program[kode.induk] if kode.induk else None,
        )
        p.nama = b["nilai"].get("nama", p.nama)
        if "pagu" in b["nilai"]:
            p.pagu = Decimal(b["nilai"]["pagu"])
        p.save()
        program[kode.teks] = p
        uang += [
            RealisasiAnggaran(program=p, triwulan=n, nilai=Decimal(b["nilai"][f"tw{n}"]))
            for n in TRIWULAN_KE
            if f"tw{n}" in b["nilai"]
        ]
    RealisasiAnggaran.objects.bulk_create(
        uang,
        batch_size=_SEKALI,
        update_conflicts=True,
        unique_fields=["program", "triwulan"],
        update_fields=["nilai"],
    )


def _write_target(i: Indikator, tahun: int, nilai: Nilai) -> None:
    if "renstra" in nilai:
        TargetRenstra.objects.update_or_create(
            indikator=i,
            tahun=i.sasaran.tujuan.tahun_akhir,
            defaults=_isi_ruas(nilai["renstra"]),
        )
    if "renja" in nilai:
        Target.objects.update_or_create(
            indikator=i,
            tahun=tahun,
            triwulan=4,
            defaults=_isi_ruas(nilai["renja"]) | {"nilai_atas": None},
        )


def _isi_ruas(target: str) -> dict[str, object]:
    """The fields of a target from its one form."""
    isi = split_target(target)
    return {"nilai": isi.nilai, "uraian": isi.uraian}
