"""The interpreter: walks a draft over its frozen route, one locked row at a time.

Everything here runs inside the caller's transaction with the draft row locked; see docs/adr/0002.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.rules.periode import Periode
from kinerja.services.formulir import open_banyak
from laporan.models import Draf, Efek, Kunjungan, Tugas, VersiNaskah
from laporan.rules.awal import find_awal
from laporan.rules.periode import last_triwulan
from laporan.rules.putusan import Giliran, Lanjutan, decide_hasil, decide_lanjutan, decide_lingkup
from laporan.rules.tempo import WaktuTugas, compute_tenggat
from laporan.rules.tindakan import TINDAKAN, Halaman, can_edit_naskah
from laporan.services.bab import prepare_bab
from laporan.services.efek import publish_efek
from laporan.services.naskah import hand_over_naskah
from laporan.services.nomor import use_nomor_laporan
from laporan.services.pemberitahuan import Peristiwa, notify_peristiwa
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import get_kalender, list_unit_terbuka
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah
from sakip.common.waktu import Kalender
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.selectors import get_graf


@dataclass
class Gerak:
    """One act in progress: the locked draft, its route, the moment, and what the trail will say."""

    draf: Draf
    aktor: Pengguna
    now: datetime
    rincian: dict[str, Any] = field(default_factory=dict)
    efek: list[Efek] = field(default_factory=list)
    giliran: list[tuple[Tugas, SimpulLangkah]] = field(default_factory=list)

    @cached_property
    def graf(self) -> Graf:
        """The frozen route of the draft."""
        return get_graf(self.draf.versi_id, self.draf.versi.sidik)

    @cached_property
    def kalender(self) -> Kalender:
        """Working calendar of the office, read once per act."""
        return get_kalender(self.draf.instansi, sekitar=self.now.date())

    def finish(self, *, aksi: str, sebagai: Penugasan | None, kunci: str | None = None) -> None:
        """Write the trail, save the draft, and promise the effects."""
        self.rincian["status"] = self.draf.status
        record_jejak(
            self.draf,
            aksi=aksi,
            aktor=self.aktor,
            now=self.now,
            sebagai=sebagai,
            kunci=kunci,
            **self.rincian,
        )
        self.draf.save()
        self._notify(aksi)
        if self.efek:
            transaction.on_commit(partial(publish_efek, [e.pk for e in self.efek]))

    def _notify(self, aksi: str) -> None:
        peristiwa = Peristiwa(
            self.aktor,
            self.now,
            self.kalender,
            self.giliran,
            banyak_langkah=len(self.graf.langkah),
            kembali="buka" in self.rincian and self.rincian.get("hasil") == "tidak",
            is_tuntas="tuntas" in self.rincian,
            aksi=aksi,
            digeser=[c["tugas"] for c in self.rincian.get("tenggat", [])],
        )
        notify_peristiwa(self.draf, peristiwa)


def first_langkah(graf: Graf, jenis: str) -> SimpulLangkah:
    """Step at which a draft of that kind starts.

    Raises:
        IsianTidakSah: the route begins in another period and has no step of this one.
    """
    langkah = find_awal(graf, jenis)
    if langkah is None:
        raise IsianTidakSah(
            _("SOP ini tidak mengatur laporan %(jenis)s. Pilih jenis laporan yang lain.")
            % {"jenis": jenis}
        )
    return langkah


def snapshot_unit(draf: Draf) -> dict[str, list[int]]:
    """Units by kind, as they are now: a unit founded next month changes nothing.

    Of an agreement of one unit: that unit alone, so that nobody else gets a turn.
    """
    baris = list(list_unit_terbuka(draf.instansi))
    if draf.perjanjian is not None and draf.perjanjian.unit is not None:
        baris = [draf.perjanjian.unit]
    return {
        jenis: [u.pk for u in kelompok]
        for jenis, kelompok in itertools.groupby(
            sorted(baris, key=lambda u: u.jenis), key=lambda u: u.jenis
        )
    }


def units_of(draf: Draf, jenis: Iterable[str], lingkup: Sequence[int] | None) -> list[int]:
    """Ids of the draft's units of those kinds, narrowed to the scope where there is one."""
    semua = [u for j in jenis for u in draf.unit.get(j, [])]
    return [u for u in semua if lingkup is None or u in lingkup]


def open_kunjungan(
    gerak: Gerak, langkah: SimpulLangkah, *, lingkup: Sequence[int] | None, pengirim: Tugas | None
) -> Kunjungan:
    """Open the next pass through a step and the turns of its actors.

    Raises:
        IsianTidakSah: the scope names no unit of this draft, or the office has none of that kind.
    """
    draf = gerak.draf
    draf.iterasi[str(langkah.nomor)] = iterasi = draf.iterasi.get(str(langkah.nomor), 0) + 1
    kunjungan = Kunjungan.objects.create(
        draf=draf,
        langkah_id=langkah.id,
        iterasi=iterasi,
        lingkup=lingkup,
        pengirim=pengirim,
        masuk=gerak.now,
    )
    tugas = [t for p in langkah.pelaksana for t in _make_tugas(gerak, kunjungan, p)]
    if langkah.tindakan and TINDAKAN[langkah.tindakan].halaman == Halaman.FORMULIR:
        _attach_formulir(gerak, tugas, pengirim)
    if draf.is_laporan and can_edit_naskah(langkah.tindakan, langkah.simbol):
        prepare_bab(draf)
    _activate(gerak, langkah, tugas, urutan=langkah.urutan_awal)
    Tugas.objects.bulk_create(tugas)
    gerak.rincian["buka"] = {
        "langkah": langkah.nomor,
        "iterasi": iterasi,
        "lingkup": list(lingkup) if lingkup is not None else None,
        "tugas": len(tugas),
    }
    return kunjungan


def _make_tugas(gerak: Gerak, kunjungan: Kunjungan, pelaksana: SimpulPelaksana) -> list[Tugas]:
    unit: list[int | None] = [None]
    if pelaksana.per_unit:
        unit = [*units_of(gerak.draf, pelaksana.per_unit, kunjungan.lingkup)]
    if not unit:
        raise IsianTidakSah(
            _(
                "Instansi belum mempunyai unit untuk langkah ini. Lengkapi daftar unit kerja lebih "
                "dahulu."
            )
            if kunjungan.lingkup is None
            else _("Unit yang dipilih tidak terlibat dalam laporan ini. Pilih unit dari daftar.")
        )
    return [
        Tugas(
            draf=gerak.draf,
            kunjungan=kunjungan,
            pelaksana_id=pelaksana.id,
            jabatan_id=pelaksana.jabatan_id,
            unit_id=u,
            urutan=pelaksana.urutan,
        )
        for u in unit
    ]


def _attach_formulir(gerak: Gerak, tugas: Iterable[Tugas], pengirim: Tugas | None) -> None:
    draf = gerak.draf
    per_unit = {t.unit_id: t for t in tugas if t.unit_id is not None}
    # Figures are collected from units, for a report; whoever only gathers them has no form.
    if not per_unit or not draf.is_laporan:
        return
    pernah = Tugas.objects.filter(draf=draf, formulir__isnull=False).values_list("unit", flat=True)
    formulir = open_banyak(
        unit_ids=per_unit,
        bersama=per_unit.keys() - set(pernah),
        periode=Periode(draf.tahun, last_triwulan(draf.jenis, draf.periode_ke)),
        now=gerak.now,
        alasan=pengirim.catatan if pengirim else "",
    )
    for unit_id, t in per_unit.items():
        t.formulir = formulir[unit_id]


def _activate(
    gerak: Gerak, langkah: SimpulLangkah, tugas: Sequence[Tugas], *, urutan: int
) -> list[Tugas]:
    """Begin the turns numbered `urutan`; the row's limit is one and the same for each of them."""
    giliran = [t for t in tugas if t.urutan == urutan and t.status == Tugas.Status.MENUNGGU]
    unit = sum(t.unit_id is not None for t in giliran) if langkah.waktu_per_unit else 0
    waktu = WaktuTugas(langkah.waktu_teks, langkah.waktu, unit)
    tenggat = compute_tenggat(gerak.now, waktu, jeda=(), kalender=gerak.kalender)
    for t in giliran:
        t.banyak_unit = unit
        t.activate(now=gerak.now, tenggat=tenggat)
    gerak.draf.move_meja(_meja(langkah, urutan))
    gerak.giliran += [(t, langkah) for t in giliran]
    return giliran


def _meja(langkah: SimpulLangkah, urutan: int) -> str:
    tingkat = {p.tingkat for p in langkah.pelaksana if p.urutan == urutan}
    return tingkat.pop() if len(tingkat) == 1 else Draf.Meja.BERSAMA


def settle_kunjungan(
    gerak: Gerak, tutup: Tugas, semua: Sequence[Tugas], *, unit_dipilih: Sequence[int] = ()
) -> None:
    """After `tutup` closed: wait for its peers, hand over inside the row, or leave the step."""
    kunjungan = tutup.kunjungan
    langkah = gerak.graf.menurut_id[kunjungan.langkah_id]
    giliran = [Giliran(t.status, t.urutan, t.unit_id) for t in semua]
    lanjutan, urutan = decide_lanjutan(giliran, per_unit=bool(langkah.per_unit))
    if lanjutan == Lanjutan.GILIR:
        for t in _activate(gerak, langkah, semua, urutan=urutan):
            t.save(update_fields=["status", "aktif_pada", "tenggat", "banyak_unit"])
        gerak.rincian["giliran"] = urutan
    if lanjutan != Lanjutan.TUTUP:
        return
    for t in semua:
        if t.status in (Tugas.Status.MENUNGGU, Tugas.Status.AKTIF):
            t.drop()
            t.save(update_fields=["status"])
    kunjungan.hasil = decide_hasil(giliran, simbol=langkah.simbol)
    kunjungan.keluar = gerak.now
    kunjungan.save(update_fields=["hasil", "keluar"])
    lingkup = decide_lingkup(giliran, dipilih=unit_dipilih, lingkup=None)
    penolak = (t for t in semua if t.status == Tugas.Status.DIKEMBALIKAN)
    _leave(gerak, kunjungan, langkah, pengirim=next(penolak, tutup), lingkup_balik=lingkup)


def _leave(
    gerak: Gerak,
    kunjungan: Kunjungan,
    langkah: SimpulLangkah,
    *,
    pengirim: Tugas,
    lingkup_balik: Sequence[int] | None,
) -> None:
    """Follow the arrow of the outcome to the next step, or to the end."""
    draf, balik = gerak.draf, kunjungan.hasil == "tidak"
    tujuan = gerak.graf.next_langkah(langkah.id, kunjungan.hasil)
    naskah = None
    if not balik:
        _promise_arsip(gerak, kunjungan, langkah)
        naskah = _hand_over(gerak, langkah, tujuan)
    if tujuan is None or (not balik and _is_periode_lain(draf, tujuan)):
        draf.finish()
        draf.selesai_pada = gerak.now
        use_nomor_laporan(draf, now=gerak.now)
        draf.move_meja(Draf.Meja.USAI)
        gerak.rincian["tuntas"] = True
        return
    if balik:
        draf.send_back(langkah.nomor)
    else:
        draf.advance(tujuan.nomor)
    lingkup = _next_lingkup(kunjungan, langkah, tujuan, lingkup_balik if balik else None)
    baru = open_kunjungan(gerak, tujuan, lingkup=lingkup, pengirim=pengirim)
    if naskah and TINDAKAN[tujuan.tindakan].bekukan:
        _promise(gerak, baru, Efek.Jenis.BEKUKAN, f"bekukan:{naskah.pk}")


def _is_periode_lain(draf: Draf, tujuan: SimpulLangkah) -> bool:
    """Whether going on would begin the report of another period.

    Rework may pass through steps of another one on its way back to the step that asked for it.
    """
    return tujuan.nomor > draf.balik_dari and tujuan.periode not in ("", draf.jenis)


def _hand_over(
    gerak: Gerak, langkah: SimpulLangkah, tujuan: SimpulLangkah | None
) -> VersiNaskah | None:
    """The text as a version, where this step wrote it or filled its tables, or the next freezes it.

    One act hands over once, whichever of these hold.
    """
    menulis = can_edit_naskah(langkah.tindakan, langkah.simbol) or langkah.tindakan == "kumpul"
    if menulis or (tujuan is not None and TINDAKAN[tujuan.tindakan].bekukan):
        return hand_over_naskah(gerak.draf, oleh=gerak.aktor, now=gerak.now)
    return None


def _next_lingkup(
    kunjungan: Kunjungan, langkah: SimpulLangkah, tujuan: SimpulLangkah, balik: Sequence[int] | None
) -> Sequence[int] | None:
    """Units the next step is for: those of a return, or the scope running so far."""
    if not tujuan.per_unit:
        return None
    if kunjungan.hasil == "tidak":
        return balik
    return kunjungan.lingkup if langkah.per_unit else None


def _promise_arsip(gerak: Gerak, kunjungan: Kunjungan, langkah: SimpulLangkah) -> None:
    if langkah.arsipkan:
        _promise(gerak, kunjungan, Efek.Jenis.ARSIP, f"arsip:{kunjungan.pk}")


def _promise(gerak: Gerak, kunjungan: Kunjungan, jenis: str, kunci: str) -> None:
    """Add one effect to the outbox; the same effect is never promised twice."""
    efek, _baru = Efek.objects.get_or_create(
        kunci=kunci,
        defaults={
            "draf": gerak.draf,
            "kunjungan": kunjungan,
            "jenis": jenis,
            "dibuat_pada": gerak.now,
        },
    )
    gerak.efek.append(efek)
