"""Signing: the signer asks with a passphrase, a worker signs the frozen bytes, the turn closes.

The passphrase is sealed in a row of its own for two minutes and taken out once. Whatever goes
wrong, the turn is the signer's again and nothing was signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, TandaTangan, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.cetak import make_tautan, name_ruas
from laporan.selectors.dokumen import get_dokumen_tanda, list_rantai
from laporan.services.draf import complete_signed_tugas
from laporan.services.efek import Kerja, publish_efek
from laporan.services.giliran import explain_terlambat, require_orang_lain
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.berkas import path_of, read_berkas, sha256_hex, write_whole
from sakip.common.errors import DomainError, IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import Rahasia, RahasiaTidakTerbuka, seal, unseal
from sakip.common.tte import (
    HasilPeriksa,
    HasilTanda,
    LokalPkcs12,
    PenandaTangan,
    Penandatangan,
    Permintaan,
)
from sop.selectors import get_graf


@dataclass(frozen=True)
class _Permohonan:
    """What is to be signed, by whom, as what."""

    tugas: Tugas
    sebagai: Penugasan
    dokumen: Dokumen

    def make_permintaan(self) -> Permintaan:
        """The same for the signing backend."""
        orang, tugas = self.sebagai.pengguna, self.tugas
        return Permintaan(
            ruas=name_ruas(tugas.pelaksana_id, tugas.unit_id),
            penanda=Penandatangan(orang.nip, orang.nama, self.sebagai.sebutan, orang.pangkat),
            tautan=make_tautan(tugas.draf),
            tempat=tugas.draf.instansi.kota,
        )


class FrasaHilang(DomainError):
    """The passphrase is no longer there: too late, or a worker died with it."""


class TandaBatal(DomainError):
    """The document or the mandate is no longer what it was when the signer asked."""


class HasilDiragukan(DomainError):
    """What came back from the backend is not the document with one good signature more."""


def get_penanda() -> PenandaTangan:
    """The signing backend of this installation."""
    return LokalPkcs12(settings.TTE_DIR)


@transaction.atomic
def request_tanda_tangan(
    *, tugas_id: int, sidik: str, frasa: Rahasia, aktor: Pengguna, now: datetime
) -> Efek:
    """Ask a worker to sign, as the holder of the turn. Returns the job; it runs after the commit.

    sidik: fingerprint of the document the signer saw and agreed to.

    Raises:
        TransisiDitolak: the turn is over or in work, or the document is not the one seen (409).
        AksesDitolak: the turn is somebody else's, or the SOP wants another person here (403).
        IsianTidakSah: no passphrase, or the step is not one of signing (422).
    """
    draf = lock_draf(tugas__pk=tugas_id)
    tugas = Tugas.objects.select_related("kunjungan__langkah", "jabatan", "unit").get(pk=tugas_id)
    if tugas.status != Tugas.Status.AKTIF or not draf.is_aktif:
        raise TransisiDitolak(explain_terlambat(draf, tugas))
    sebagai = require_pelaksana(tugas, list_penugasan_for(aktor, pada=now))
    langkah = get_graf(draf.versi_id, draf.versi.sidik).menurut_id[tugas.kunjungan.langkah_id]
    require_orang_lain(draf, aktor, langkah.beda_orang_dari)
    if TINDAKAN[langkah.tindakan].halaman != Halaman.TANDA_TANGAN:
        raise IsianTidakSah(_("Langkah ini tidak diselesaikan dengan tanda tangan."))
    if not frasa.reveal():
        raise IsianTidakSah(_("Masukkan frasa sandi sertifikat elektronik Anda."))
    dokumen = get_dokumen_tanda(draf)
    if dokumen is None or sidik != dokumen.sha256:
        raise TransisiDitolak(
            _("Dokumen sudah berubah sejak Anda baca, atau belum selesai dibuat. Baca kembali.")
        )
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    efek = _promise(draf, tugas, sebagai, frasa, now)
    transaction.on_commit(partial(publish_efek, [efek.pk]))
    return efek


def _promise(draf: Draf, tugas: Tugas, sebagai: Penugasan, frasa: Rahasia, now: datetime) -> Efek:
    """The job, the sealed passphrase, and who asked for it."""
    urut = Efek.objects.filter(tugas=tugas, jenis=Efek.Jenis.TANDA_TANGAN).count() + 1
    efek = Efek.objects.create(
        draf=draf,
        kunjungan=tugas.kunjungan,
        tugas=tugas,
        jenis=Efek.Jenis.TANDA_TANGAN,
        kunci=f"tanda_tangan:{tugas.pk}:{urut}:{sebagai.pk}",
        dibuat_pada=now,
    )
    kedaluwarsa = now + timedelta(seconds=settings.TTE_MASA_SERAH_DETIK)
    SerahRahasia.objects.create(
        efek=efek,
        isi=seal(frasa, tujuan=_tujuan(efek), kedaluwarsa=kedaluwarsa),
        kedaluwarsa=kedaluwarsa,
    )
    record_jejak(
        draf,
        aksi="laporan.tugas.minta_tanda_tangan",
        aktor=sebagai.pengguna,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        percobaan=urut,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    return efek


def _tujuan(efek: Efek) -> str:
    return f"tanda_tangan:{efek.pk}"


def sign_dokumen(kerja: Kerja) -> None:
    """Sign the newest bytes of the document, check the result, store it and close the turn.

    Nothing is rendered here: the signature goes onto the bytes that were frozen.

    Raises:
        FrasaHilang: the passphrase was already taken, or its time is over.
        TandaBatal: the mandate ended meanwhile, or the document is not there.
        TandaGagal: the backend refused, for one of its causes.
        HasilDiragukan: it answered with something else than asked for.
    """
    frasa = _take_rahasia(kerja.efek, kerja.jam())
    mohon = _read_permohonan(kerja.efek, kerja.jam())
    rantai = list_rantai(mohon.dokumen, kecuali=(mohon.tugas.pelaksana_id, mohon.tugas.unit_id))
    sumber = rantai[-1] if rantai else mohon.dokumen
    isi = read_berkas(sumber.berkas, sumber.sha256)
    kerja.report(30)
    penanda, permintaan = get_penanda(), mohon.make_permintaan()
    hasil = penanda.sign(isi, permintaan, frasa, kerja.jam())
    kerja.report(70)
    waktu = _require_sah(isi, hasil.isi, penanda.verify(hasil.isi), [*rantai, permintaan.ruas])
    with kerja.commit() as draf:
        _store(draf, mohon, hasil, waktu)
        complete_signed_tugas(
            draf=draf, tugas_id=mohon.tugas.pk, sebagai=mohon.sebagai, now=kerja.jam()
        )


def _take_rahasia(efek: Efek, now: datetime) -> Rahasia:
    """Take the passphrase out of its row, which is gone from then on, whatever happens next."""
    with transaction.atomic():
        serah = SerahRahasia.objects.select_for_update().filter(efek=efek).first()
        if serah is not None:
            serah.delete()
    try:
        if serah is None:
            raise RahasiaTidakTerbuka("sudah diambil")
        return unseal(bytes(serah.isi), tujuan=_tujuan(efek), now=now)
    except RahasiaTidakTerbuka:
        raise FrasaHilang(
            _("Penandatanganan terhenti sebelum selesai. Masukkan frasa sandi kembali.")
        ) from None


def _read_permohonan(efek: Efek, now: datetime) -> _Permohonan:
    """Turn, document, and the mandate under which it was asked, if it is still in force."""
    tugas = Tugas.objects.select_related("draf__instansi", "draf__versi").get(efek=efek)
    sebagai = (
        Penugasan.objects.berlaku(now)
        .select_related("pengguna", "jabatan__instansi", "unit")
        .filter(pk=int(efek.kunci.rpartition(":")[2]))
        .first()
    )
    if sebagai is None:
        raise TandaBatal(
            _("Penugasan Anda pada jabatan ini sudah berakhir. Dokumen belum ditandatangani.")
        )
    dokumen = get_dokumen_tanda(tugas.draf)
    if dokumen is None:
        raise TandaBatal(_("Dokumen yang akan ditandatangani belum selesai dibuat."))
    return _Permohonan(tugas, sebagai, dokumen)


def _require_sah(
    isi: bytes, hasil: bytes, periksa: Sequence[HasilPeriksa], ruas: Sequence[object]
) -> datetime:
    """When the new signature was made, once the whole result is what was asked for.

    ruas: one entry for each signature there should be now, the name of the new one last.

    Raises:
        HasilDiragukan: bytes were changed, or not exactly one good signature was added.
    """
    baru = periksa[-1] if len(periksa) == len(ruas) else None
    if (
        baru is None
        or baru.waktu is None
        or baru.ruas != ruas[-1]
        or not baru.seluruhnya
        or not all(p.sah for p in periksa)
        or not hasil.startswith(isi)
    ):
        raise HasilDiragukan(
            _("Hasil tanda tangan tidak lolos pemeriksaan dan dibuang. Hubungi pengelola.")
        )
    return baru.waktu


def _store(draf: Draf, mohon: _Permohonan, hasil: HasilTanda, waktu: datetime) -> None:
    """File and row of the signature; inside `Kerja.commit`."""
    berkas = f"dokumen/{draf.pk}/ttd-{mohon.tugas.pk}.pdf"
    write_whole(path_of(berkas), [hasil.isi])
    orang = mohon.sebagai.pengguna
    tanda = TandaTangan.objects.create(
        dokumen=mohon.dokumen,
        urut=mohon.dokumen.tanda_tangan.count() + 1,
        tugas=mohon.tugas,
        penugasan=mohon.sebagai,
        nama=orang.nama,
        jabatan=mohon.sebagai.sebutan,
        pangkat=orang.pangkat,
        nip=orang.nip,
        berkas=berkas,
        sha256=sha256_hex(hasil.isi),
        ukuran=len(hasil.isi),
        sertifikat_nomor=hasil.sertifikat.nomor,
        sertifikat_penerbit=hasil.sertifikat.penerbit,
        is_uji=hasil.sertifikat.is_uji,
        ditandatangani_pada=waktu,
    )
    record_jejak(
        draf,
        aksi="laporan.dokumen.tandatangani",
        aktor=orang,
        now=waktu,
        sebagai=mohon.sebagai,
        status=draf.status,
        sha256=tanda.sha256,
        sertifikat=tanda.sertifikat_nomor,
    )


def give_back_tugas(efek: Efek, draf: Draf, now: datetime) -> None:
    """After a failure: the turn is the signer's again, and no passphrase is left behind."""
    SerahRahasia.objects.filter(efek=efek).delete()
    tugas = Tugas.objects.select_for_update(of=("self",)).get(efek=efek)
    tugas.fail_processing()
    tugas.save(update_fields=["status"])
    record_jejak(
        draf,
        aksi="laporan.tugas.tanda_tangan_gagal",
        aktor=None,
        now=now,
        status=draf.status,
        galat=efek.galat,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])


def discard_rahasia(*, now: datetime) -> int:
    """Delete sealed passphrases whose time is over."""
    banyak, _rincian = SerahRahasia.objects.filter(kedaluwarsa__lte=now).delete()
    return banyak
