"""Monitoring of one version of an SOP: real time against standard time, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from laporan.models import Draf, Tugas
from laporan.rules.pantau import (
    Sebaran,
    TepatWaktu,
    count_sebab,
    count_tepat,
    find_hambatan,
    rate_pakai,
    split_tunggu,
    sum_lewat,
    summarize,
)
from laporan.rules.rentang import Rentang, read_rentang
from laporan.selectors.giliran import Bahan, Singgah, make_batas, read_bahan
from organisasi.models import Instansi
from sakip.common.grafik import Batang, draw_batang
from sakip.common.waktu import kata_menit
from sop.models import VersiSOP
from sop.rules.graf import SimpulLangkah
from sop.selectors import get_graf

_SERATUS = Decimal(100)


@dataclass(frozen=True)
class LangkahPantau:
    """How one step fared. pakai: median time used, percent of the median time available.

    tunggu, kerja: the same time before and after its holder first opened a turn.
    """

    langkah: SimpulLangkah
    sebaran: Sebaran
    tunggu: Sebaran
    kerja: Sebaran
    tepat: TepatWaktu
    pakai: Decimal | None
    lewat: int
    singgah: Singgah
    sehari: int

    @property
    def nama(self) -> str:
        """ "4. Menghimpun data"."""
        return f"{self.langkah.nomor}. {self.langkah.kegiatan}"

    @property
    def pelaksana(self) -> str:
        """Posts that act in this step."""
        return ", ".join(dict.fromkeys(p.jabatan_nama for p in self.langkah.pelaksana))

    @property
    def baku(self) -> str:
        """Standard time as the SOP writes it; with its unit where the SOP has that in the head."""
        teks = " ".join(self.langkah.waktu_teks.split())
        return str(self.langkah.waktu) if self.langkah.waktu and teks.isdecimal() else teks

    @property
    def median_kata(self) -> str:
        """Median in words; the single times while there are fewer than three; "" without any."""
        return say_sebaran(self.sebaran, self.sehari)

    @property
    def tunggu_kata(self) -> str:
        """Waiting and handling apart, as a sentence without its full stop; "" where unknown."""
        if not self.tunggu.n:
            return ""
        return _("menunggu dibuka %(tunggu)s, dikerjakan %(kerja)s") % {
            "tunggu": say_sebaran(self.tunggu, self.sehari),
            "kerja": say_sebaran(self.kerja, self.sehari),
        }

    @property
    def p90_kata(self) -> str:
        """p90 in words, "" where there are too few turns."""
        return "" if self.sebaran.p90 is None else kata_menit(self.sebaran.p90, self.sehari)

    @property
    def lewat_kata(self) -> str:
        """Time beyond the standard in all, "" where there is none."""
        return kata_menit(self.lewat, self.sehari) if self.lewat else ""


@dataclass(frozen=True)
class Pantau:
    """One version in one period. draf: working time of reports that were finished."""

    versi: VersiSOP
    rentang: Rentang
    langkah: Sequence[LangkahPantau]
    draf: Sebaran
    tepat: TepatWaktu
    sehari: int

    @property
    def banyak(self) -> int:
        """Closed turns in all."""
        return sum(s.sebaran.n for s in self.langkah)

    @property
    def kembali(self) -> int:
        """Returns in all."""
        return sum(s.singgah.kembali for s in self.langkah)

    @cached_property
    def hambatan(self) -> LangkahPantau | None:
        """The bottleneck, None where no step ran beyond its standard time."""
        nomor = find_hambatan({s.langkah.nomor: s.lewat for s in self.langkah})
        return next((s for s in self.langkah if s.langkah.nomor == nomor), None)

    @property
    def terlama(self) -> LangkahPantau | None:
        """The step whose median is longest; None before any turn was closed."""
        ada = [s for s in self.langkah if s.sebaran.median is not None]
        return max(ada, key=lambda s: (s.sebaran.median, -s.langkah.nomor), default=None)

    @property
    def draf_kata(self) -> str:
        """Median working time of a finished report, in words."""
        return say_sebaran(self.draf, self.sehari)

    @property
    def kalimat(self) -> str:
        """The finding in one sentence."""
        return say_pantau(self)

    @property
    def judul_grafik(self) -> str:
        """What the chart shows, as a finding."""
        lewat = [s.langkah.nomor for s in self.langkah if s.pakai and s.pakai > _SERATUS]
        if not lewat:
            return _("Tidak ada langkah yang mediannya melebihi waktu yang tersedia.")
        return _("Median melebihi waktu yang tersedia pada langkah %(nomor)s.") % {
            "nomor": ", ".join(map(str, lewat))
        }

    @property
    def grafik(self) -> str:
        """Median of each step as percent of the time available, against 100."""
        return draw_batang(
            self.judul_grafik, [_batang(s) for s in self.langkah if s.sebaran.n], acuan=_SERATUS
        )


def get_pantau(versi: VersiSOP, rentang: Rentang) -> Pantau:
    """Figures of one version and period. A constant number of queries."""
    bahan = read_bahan(versi, rentang)
    graf = get_graf(versi.pk, versi.sidik)
    return Pantau(
        versi=versi,
        rentang=rentang,
        langkah=[_make_langkah(s, bahan) for s in graf.langkah],
        draf=summarize(bahan.draf),
        tepat=count_tepat(bahan.giliran),
        sehari=bahan.sehari,
    )


def _make_langkah(langkah: SimpulLangkah, bahan: Bahan) -> LangkahPantau:
    giliran = [g for g in bahan.giliran if g.langkah_id == langkah.id]
    tunggu, kerja = split_tunggu(giliran)
    return LangkahPantau(
        langkah=langkah,
        sebaran=summarize(g.menit for g in giliran),
        tunggu=tunggu,
        kerja=kerja,
        tepat=count_tepat(giliran),
        pakai=rate_pakai(giliran),
        lewat=sum_lewat(giliran),
        singgah=bahan.singgah.get(langkah.id, Singgah()),
        sehari=bahan.sehari,
    )


def _batang(s: LangkahPantau) -> Batang:
    if s.pakai is None:
        return Batang(s.nama, None, _("tanpa batas"))
    persen = s.pakai.quantize(Decimal(1))
    return Batang(s.nama, persen, f"{persen}%", "bata" if s.pakai > _SERATUS else "nila")


def say_sebaran(sebaran: Sebaran, sehari: int) -> str:
    """The middle of a spread in words: "median 2 hari 1 jam", or its one or two single times."""
    if sebaran.tunggal:
        return _(" dan ").join(dict.fromkeys(kata_menit(m, sehari) for m in sebaran.tunggal))
    return "" if sebaran.median is None else kata_menit(sebaran.median, sehari)


def say_pantau(p: Pantau) -> str:
    """The finding in one sentence, for the page and for the panel beside the SOP."""
    if not p.draf.n:
        return _("Belum ada laporan yang selesai pada periode ini.")
    kata = {"n": p.draf.n, "lama": p.draf_kata}
    awal = (
        _("%(n)d laporan selesai dalam %(lama)s") % kata
        if p.draf.tunggal
        else _("%(n)d laporan selesai, median %(lama)s") % kata
    )
    if p.hambatan is None:
        return _("%(awal)s; tidak ada langkah yang melewati waktu baku.") % {"awal": awal}
    return _("%(awal)s; waktu baku paling banyak terlewati di langkah %(nomor)d.") % {
        "awal": awal,
        "nomor": p.hambatan.langkah.nomor,
    }


@dataclass(frozen=True)
class VersiPilihan:
    """A version to choose. terakhir: when a report on it was last finished.

    While none was: when a turn was last closed; None for never.
    """

    versi: VersiSOP
    laporan: int
    terakhir: datetime | None


def list_versi(instansi: Instansi) -> list[VersiPilihan]:
    """Versions that are or were in force, the one last finished on first. Two queries."""
    daftar = (
        VersiSOP.objects.filter(sop__instansi=instansi)
        .exclude(status=VersiSOP.Status.KONSEP)
        .select_related("sop__instansi")
        .order_by("sop__nama", "-nomor")
    )
    hitung: Mapping[int, tuple[int, datetime | None]] = {
        pk: (n, selesai or tutup)
        for pk, n, selesai, tutup in Draf.objects.filter(instansi=instansi)
        .order_by()
        .values_list("versi")
        .annotate(Count("pk", distinct=True), Max("selesai_pada"), Max("tugas__pada"))
    }
    pilihan = [VersiPilihan(v, *hitung.get(v.pk, (0, None))) for v in daftar]
    return sorted(pilihan, key=lambda p: p.terakhir.timestamp() if p.terakhir else 0, reverse=True)


def guess_rentang(pilihan: VersiPilihan, *, kini: datetime) -> Rentang:
    """The year in which there is something to see, the present one where there is nothing yet."""
    zona = pilihan.versi.sop.instansi.zona_waktu
    return read_rentang(str((pilihan.terakhir or kini).astimezone(zona).year))


def get_pantau_terakhir(versi: VersiSOP) -> Pantau | None:
    """Figures of the year in which a report was last finished on the version, else worked on.

    None where nobody ever worked on it. Seven queries, one for None.
    """
    saat = Draf.objects.filter(versi=versi).aggregate(
        selesai=Max("selesai_pada"), tutup=Max("tugas__pada")
    )
    terakhir = saat["selesai"] or saat["tutup"]
    if terakhir is None:
        return None
    tahun = terakhir.astimezone(versi.sop.instansi.zona_waktu).year
    return get_pantau(versi, read_rentang(str(tahun)))


def list_sebab(versi: VersiSOP, rentang: Rentang, dikenal: Sequence[str]) -> list[tuple[str, int]]:
    """Reasons ticked for returns in the period, most frequent first. One query."""
    awal, akhir = make_batas(rentang, versi.sop.instansi)
    catatan = Tugas.objects.filter(
        draf__versi=versi,
        status=Tugas.Status.DIKEMBALIKAN,
        pada__gte=awal,
        pada__lt=akhir,
    ).values_list("catatan", flat=True)
    return count_sebab(catatan, dikenal)
