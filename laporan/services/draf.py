"""The acts on a draft: start it, finish a turn, halt it, give it up."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kinerja.services.formulir import submit_formulir
from laporan.models import Draf, Kunjungan, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.periode import name_periode
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.pendahulu import Pendahulu, get_pendahulu
from laporan.services.bab import create_bab
from laporan.services.giliran import explain_terlambat, require_orang_lain
from laporan.services.koreksi import fill_alasan
from laporan.services.kunci import lock_draf
from laporan.services.lengkap import Periksa, require_catatan, seal_catatan
from laporan.services.mesin import (
    Gerak,
    first_langkah,
    open_kunjungan,
    settle_kunjungan,
    snapshot_unit,
)
from laporan.services.nomor import cancel_nomor_draf
from laporan.services.pemeriksaan import ratify_formulir, settle_pemeriksaan
from laporan.services.penetapan import abandon_perjanjian, settle_perjanjian
from laporan.services.putusan import Putusan as Putusan
from laporan.services.tenggat import shift_after_jeda
from organisasi.models import Jejak, Pengguna, Penugasan
from organisasi.selectors import find_penugasan_covering, list_penugasan_for
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sop.models import SOP, VersiSOP
from sop.rules.graf import SimpulLangkah
from sop.selectors import get_graf, get_versi_berlaku

_KUNCI = re.compile(r"[0-9a-zA-Z-]{8,64}")


@dataclass(frozen=True)
class LaporanBaru:
    """Which report is ordered: kind and period."""

    jenis: str
    tahun: int
    periode_ke: int


class SudahAda(TransisiDitolak):
    """The period has its report already: `draf`."""

    def __init__(self, pesan: str, draf: Draf) -> None:
        super().__init__(pesan)
        self.draf = draf


class PendahuluBelumSelesai(TransisiDitolak):
    """Reports that this one is built from are not finished: `pendahulu`."""

    def __init__(self, pendahulu: Sequence[Pendahulu]) -> None:
        kurang = [p.judul for p in pendahulu if not p.is_selesai]
        super().__init__(
            _("Laporan ini disusun dari laporan sebelumnya, yang belum selesai: %(kurang)s.")
            % {"kurang": "; ".join(kurang)}
        )
        self.pendahulu = pendahulu


@dataclass(frozen=True)
class Awal:
    """Where a walk begins: the locked version, its first step, and the mandate of who begins it."""

    versi: VersiSOP
    langkah: SimpulLangkah
    sebagai: Penugasan


@transaction.atomic
def start_draf(*, versi: VersiSOP, laporan: LaporanBaru, aktor: Pengguna, now: datetime) -> Draf:
    """Begin a report on a published SOP. Only the actor of its first step can.

    Raises:
        TransisiDitolak: the version is not in force, the period already has its report
        (SudahAda), or reports it is built from are not finished (PendahuluBelumSelesai) (409).
        AksesDitolak: the first step belongs to somebody else (403).
        IsianTidakSah: there is no such period, or the SOP is about other ones or another kind of
        document (422).
    """
    try:
        nama = name_periode(laporan.jenis, laporan.periode_ke, laporan.tahun)
    except ValueError as galat:
        raise IsianTidakSah(
            _("Periode itu tidak ada. Pilih kembali jenis laporan dan periodenya.")
        ) from galat
    awal = take_awal(versi, laporan.jenis, SOP.Menghasilkan.LAPORAN_KINERJA, aktor=aktor, now=now)
    graf = get_graf(awal.versi.pk, awal.versi.sidik)
    pendahulu = get_pendahulu(awal.versi.sop, graf, **asdict(laporan))
    if not all(p.is_selesai for p in pendahulu):
        raise PendahuluBelumSelesai(pendahulu)
    draf = _insert_draf(awal.versi, laporan, nama, aktor, now)
    return open_draf(draf, awal, aktor=aktor, now=now)


def take_awal(
    versi: VersiSOP, jenis: str, menghasilkan: str, *, aktor: Pengguna, now: datetime
) -> Awal:
    """Lock the version of an SOP that makes such documents, for its first actor.

    Raises:
        TransisiDitolak: the version is not in force (409).
        AksesDitolak: the first step belongs to somebody else (403).
        IsianTidakSah: the SOP is about other periods or another kind of document (422).
    """
    versi = (
        VersiSOP.objects.select_for_update(of=("self",))
        .select_related("sop__instansi")
        .get(pk=versi.pk)
    )
    hari = now.astimezone(versi.sop.instansi.zona_waktu).date()
    if get_versi_berlaku(versi.sop, pada=hari) != versi:
        raise TransisiDitolak(_("Versi SOP ini tidak berlaku lagi. Pilih SOP yang sedang berlaku."))
    if versi.sop.menghasilkan != menghasilkan:
        raise IsianTidakSah(
            _("SOP ini menghasilkan %(dokumen)s. Pilih SOP yang sesuai.")
            % {"dokumen": versi.sop.get_menghasilkan_display()}
        )
    langkah = first_langkah(get_graf(versi.pk, versi.sidik), jenis)
    sebagai = _require_pemulai(
        list_penugasan_for(aktor, pada=now), [p.jabatan_id for p in langkah.pelaksana]
    )
    return Awal(versi, langkah, sebagai)


def open_draf(draf: Draf, awal: Awal, *, aktor: Pengguna, now: datetime) -> Draf:
    """Lay out a draft just written and open its first step."""
    create_bab(draf)
    draf = lock_draf(pk=draf.pk)
    gerak = Gerak(draf, aktor, now)
    draf.unit = snapshot_unit(draf)
    draf.start()
    open_kunjungan(gerak, awal.langkah, lingkup=None, pengirim=None)
    gerak.finish(aksi="laporan.draf.mulai", sebagai=awal.sebagai)
    return draf


def _require_pemulai(penugasan: list[Penugasan], jabatan: list[int]) -> Penugasan:
    for j in jabatan:
        sebagai = find_penugasan_covering(penugasan, jabatan_id=j, unit_id=None)
        if sebagai:
            return sebagai
    raise AksesDitolak(_("Laporan dimulai oleh pelaksana langkah pertama pada SOP ini."))


def _insert_draf(
    versi: VersiSOP, laporan: LaporanBaru, nama: str, aktor: Pengguna, now: datetime
) -> Draf:
    try:
        with transaction.atomic():
            return Draf.objects.create(
                instansi=versi.sop.instansi,
                sop=versi.sop,
                versi=versi,
                judul=f"Laporan Kinerja {nama}",
                jenis=laporan.jenis,
                tahun=laporan.tahun,
                periode_ke=laporan.periode_ke,
                dibuat_oleh=aktor,
                dibuat_pada=now,
            )
    except IntegrityError as galat:
        ada = Draf.objects.exclude(status=Draf.Status.DIBATALKAN)
        raise SudahAda(
            _("Laporan Kinerja %(periode)s sudah ada. Buka dari daftar Laporan.")
            % {"periode": nama},
            ada.get(sop=versi.sop, **asdict(laporan)),
        ) from galat


@transaction.atomic
def finish_tugas(*, tugas_id: int, aktor: Pengguna, putusan: Putusan, now: datetime) -> Draf:
    """Close one turn and let the draft go where its SOP sends it.

    The same form sent twice acts once (`putusan.kunci`).

    Raises:
        TransisiDitolak: somebody was first, the draft is halted, or the text changed meanwhile
        (409).
        AksesDitolak: the turn is somebody else's (403).
        IsianTidakSah: the outcome does not fit the step, Tidak comes without a reason, or a form
        lacks something (BelumLengkap) (422).
    """
    draf = lock_draf(tugas__pk=tugas_id)
    semua, tugas = _read_row(tugas_id)
    kunci = putusan.kunci if _KUNCI.fullmatch(putusan.kunci) else None
    if tugas.status != Tugas.Status.AKTIF or not draf.is_aktif:
        if kunci and Jejak.objects.filter(kunci=kunci, aktor=aktor).exists():
            return draf
        raise TransisiDitolak(explain_terlambat(draf, tugas))
    gerak = Gerak(draf, aktor, now)
    langkah = gerak.graf.menurut_id[tugas.kunjungan.langkah_id]
    putusan = fill_alasan(draf, putusan)
    _check_putusan(draf, putusan, simbol=langkah.simbol)
    sebagai = require_pelaksana(tugas, list_penugasan_for(aktor, pada=now))
    require_orang_lain(draf, aktor, langkah.beda_orang_dari)
    if putusan.hasil == "tidak":
        _require_tidak_diproses(semua)
    else:
        _require_selesai(gerak, langkah, tugas, putusan)
    # Figures of a triwulan are handed in once, whichever of its reports came first.
    if tugas.formulir is not None and tugas.formulir.is_draf:
        submit_formulir(formulir_id=tugas.formulir.pk, aktor=aktor, sebagai=sebagai, now=now)
    putusan = replace(putusan, unit=settle_pemeriksaan(gerak, semua, tugas, putusan, sebagai))
    _close(tugas, putusan, sebagai, now)
    gerak.rincian = _rincian(langkah.nomor, tugas, putusan)
    settle_kunjungan(gerak, tugas, semua, unit_dipilih=putusan.unit)
    ratify_formulir(gerak, sebagai)
    settle_perjanjian(gerak)
    if tugas.kunjungan.keluar:
        seal_catatan(tugas.kunjungan, langkah, now)
    aksi = "laporan.tugas.kembalikan" if putusan.hasil == "tidak" else "laporan.tugas.selesaikan"
    gerak.finish(aksi=aksi, sebagai=sebagai, kunci=kunci)
    return draf


def complete_signed_tugas(*, draf: Draf, tugas_id: int, sebagai: Penugasan, now: datetime) -> None:
    """Close the turn whose signature a job has just put on the document.

    The caller holds `draf` locked by `lock_draf` in the transaction that stores the signature.
    """
    semua, tugas = _read_row(tugas_id)
    gerak = Gerak(draf, sebagai.pengguna, now)
    langkah = gerak.graf.menurut_id[tugas.kunjungan.langkah_id]
    putusan = Putusan(hasil="ya" if langkah.simbol == "keputusan" else "lanjut")
    _close(tugas, putusan, sebagai, now)
    gerak.rincian = _rincian(langkah.nomor, tugas, putusan)
    settle_kunjungan(gerak, tugas, semua)
    ratify_formulir(gerak, sebagai)
    settle_perjanjian(gerak)
    if tugas.kunjungan.keluar:
        seal_catatan(tugas.kunjungan, langkah, now)
    aksi = "paraf" if TINDAKAN[langkah.tindakan].paraf else "tandatangani"
    gerak.finish(aksi=f"laporan.tugas.{aksi}", sebagai=sebagai)


def _read_row(tugas_id: int) -> tuple[list[Tugas], Tugas]:
    """Every turn of the visit, read under the lock, and the one asked for (the same object)."""
    semua = list(
        Tugas.objects.filter(kunjungan__tugas__pk=tugas_id)
        .select_related("kunjungan", "jabatan", "unit", "formulir")
        .order_by("urutan", "pk")
    )
    tugas = next(t for t in semua if t.pk == tugas_id)
    for t in semua:
        t.kunjungan = tugas.kunjungan
    return semua, tugas


def _check_putusan(draf: Draf, putusan: Putusan, *, simbol: str) -> None:
    boleh = ("ya", "tidak") if simbol == "keputusan" else ("lanjut",)
    if putusan.hasil not in boleh:
        raise IsianTidakSah(_("Pilihan itu tidak tersedia pada langkah ini."))
    if putusan.hasil == "tidak" and not putusan.catatan.strip():
        raise IsianTidakSah(
            _("Tuliskan apa yang harus diperbaiki. Pengembalian wajib disertai alasan.")
        )
    if putusan.naskah_urut is not None and putusan.naskah_urut != draf.naskah_urut:
        raise TransisiDitolak(
            _(
                "Draf sudah berubah sejak Anda buka. Buka kembali draf, periksa perubahannya, lalu "
                "putuskan lagi."
            )
        )


def _require_selesai(gerak: Gerak, langkah: SimpulLangkah, tugas: Tugas, putusan: Putusan) -> None:
    """A step that ends in a signature ends by signing only; the others need their record."""
    if TINDAKAN[langkah.tindakan].halaman == Halaman.TANDA_TANGAN:
        raise IsianTidakSah(
            _("Langkah ini diselesaikan dengan tanda tangan elektronik pada halamannya.")
        )
    require_catatan(
        Periksa(gerak.draf, gerak.graf, langkah, tugas, putusan, gerak.aktor, gerak.now)
    )


def _require_tidak_diproses(semua: Sequence[Tugas]) -> None:
    """A return does not overtake a signature that is being put on."""
    if any(t.status == Tugas.Status.DIPROSES for t in semua):
        raise TransisiDitolak(
            _("Dokumen sedang ditandatangani pejabat lain. Tunggu hasilnya, lalu coba lagi.")
        )


def _close(tugas: Tugas, putusan: Putusan, sebagai: Penugasan, now: datetime) -> None:
    tugas.isian = putusan.isian
    if putusan.hasil == "tidak":
        tugas.send_back(sebagai=sebagai, catatan=putusan.catatan.strip(), now=now)
    else:
        tugas.complete(
            sebagai=sebagai, hasil=putusan.hasil, catatan=putusan.catatan.strip(), now=now
        )
    tugas.save()


def _rincian(nomor: int, tugas: Tugas, putusan: Putusan) -> dict[str, Any]:
    return {
        "langkah": nomor,
        "iterasi": tugas.kunjungan.iterasi,
        "unit": tugas.unit.kode if tugas.unit else "",
        "hasil": tugas.hasil,
        "catatan": tugas.catatan,
        "unit_dipilih": list(putusan.unit),
    }


@transaction.atomic
def cancel_draf(*, draf_id: int, aktor: Pengguna, alasan: str, now: datetime) -> Draf:
    """Give a draft up, with a reason. Only the actor of the SOP's first step can.

    Raises:
        TransisiDitolak: it is finished or already cancelled (409).
        AksesDitolak: the person does not hold the first step's post (403).
        IsianTidakSah: no reason (422).
    """
    draf = lock_draf(pk=draf_id)
    gerak, sebagai = _begin_perubahan(draf, aktor, alasan, now)
    _require_status(draf, (Draf.Status.KONSEP, *Draf.TERBUKA))
    abandon_perjanjian(draf)
    cancel_nomor_draf(draf, alasan=alasan.strip(), now=now)
    draf.cancel()
    draf.move_meja(Draf.Meja.USAI)
    for tugas in Tugas.objects.filter(
        draf=draf, status__in=[Tugas.Status.MENUNGGU, Tugas.Status.AKTIF]
    ):
        tugas.drop()
        tugas.save(update_fields=["status"])
    for kunjungan in Kunjungan.objects.filter(draf=draf, keluar=None):
        seal_catatan(kunjungan, gerak.graf.menurut_id[kunjungan.langkah_id], now)
        kunjungan.keluar, kunjungan.hasil = now, "batal"
        kunjungan.save(update_fields=["keluar", "hasil"])
    gerak.finish(aksi="laporan.draf.batalkan", sebagai=sebagai)
    return draf


@transaction.atomic
def suspend_draf(*, draf_id: int, aktor: Pengguna, alasan: str, now: datetime) -> Draf:
    """Halt a running draft, with a reason. Raises as `cancel_draf`."""
    draf = lock_draf(pk=draf_id)
    gerak, sebagai = _begin_perubahan(draf, aktor, alasan, now)
    _require_status(draf, Draf.AKTIF)
    draf.suspend()
    gerak.finish(aksi="laporan.draf.tangguhkan", sebagai=sebagai)
    return draf


@transaction.atomic
def resume_draf(*, draf_id: int, aktor: Pengguna, alasan: str, now: datetime) -> Draf:
    """Let a halted draft go on; the halt costs nobody time. Raises as `cancel_draf`."""
    draf = lock_draf(pk=draf_id)
    gerak, sebagai = _begin_perubahan(draf, aktor, alasan, now)
    _require_status(draf, (Draf.Status.DITANGGUHKAN,))
    draf.resume()
    shift_after_jeda(gerak)
    gerak.finish(aksi="laporan.draf.lanjutkan", sebagai=sebagai)
    return draf


def _begin_perubahan(
    draf: Draf, aktor: Pengguna, alasan: str, now: datetime
) -> tuple[Gerak, Penugasan]:
    gerak = Gerak(draf, aktor, now)
    langkah = first_langkah(gerak.graf, draf.jenis)
    sebagai = _require_pemulai(
        list_penugasan_for(aktor, pada=now), [p.jabatan_id for p in langkah.pelaksana]
    )
    if not alasan.strip():
        raise IsianTidakSah(_("Tuliskan alasannya."))
    gerak.rincian = {"alasan": alasan.strip()}
    return gerak, sebagai


def _require_status(draf: Draf, boleh: tuple[str, ...]) -> None:
    if Tugas.objects.filter(draf=draf, status=Tugas.Status.DIPROSES).exists():
        raise TransisiDitolak(_("Tanda tangan sedang diproses. Tunggu hasilnya, lalu coba lagi."))
    if draf.status not in boleh:
        raise TransisiDitolak(
            _("Laporan ini %(status)s. Muat ulang halamannya.")
            % {"status": draf.get_status_display().lower()}
        )
