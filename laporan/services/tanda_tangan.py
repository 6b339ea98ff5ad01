"""Signing as a worker does it: the frozen bytes, one signature more, and the turn closes.

Whatever goes wrong here, the turn is the signer's again and nothing was signed. Where another
machine signs and does not answer, nobody knows; then the outcome is looked up, never tried again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, TandaTangan, Tugas
from laporan.rules.tindakan import TINDAKAN
from laporan.selectors.cetak import make_tautan_kode, name_ruas
from laporan.selectors.dokumen import RUAS_SURAT, get_dokumen_tanda, list_rantai
from laporan.services.draf import complete_signed_tugas
from laporan.services.efek import Kerja
from laporan.services.hasil_tanda import (
    discard_bawaan,
    discard_hasil,
    find_tersimpan,
    name_hasil,
)
from laporan.services.identitas_tanda import get_diisi, make_penandatangan
from laporan.services.kunci import lock_draf
from laporan.services.minta_tanda import name_tujuan
from laporan.services.penetapan import require_pihak
from organisasi.models import Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.berkas import read_berkas, sha256_hex, store_berkas
from sakip.common.errors import DomainError
from sakip.common.rahasia import Rahasia, RahasiaTidakTerbuka, unseal
from sakip.common.sekali_tulis import keep_berkas
from sakip.common.tte import (
    HasilBelumDiketahui,
    HasilPeriksa,
    PastiGagal,
    PenandaTangan,
    Permintaan,
    Sebab,
    Sertifikat,
    StatusTanda,
    TandaGagal,
)
from sakip.common.tte_orang import is_orang_sama
from sakip.common.tte_pilih import build_penanda

# What pyHanko calls the validation data and time stamp after a long-term signature.
_JANGKA_PANJANG = "LTA_UPDATES"
# Seconds that a page may show the state of a certificate without asking again.
_INGAT_STATUS = 15


@dataclass(frozen=True)
class _Permohonan:
    """What is to be signed, by whom, as what."""

    tugas: Tugas
    sebagai: Penugasan
    dokumen: Dokumen

    def make_permintaan(self) -> Permintaan:
        """The same for the signing back end."""
        surat = self.dokumen.surat is not None
        ruas = RUAS_SURAT if surat else name_ruas(self.tugas.pelaksana_id, self.tugas.unit_id)
        kotak = self.dokumen.kotak.get(ruas)
        return Permintaan(
            ruas=ruas,
            penanda=make_penandatangan(self.sebagai),
            tautan=make_tautan_kode(self.dokumen.kode),
            tempat=self.tugas.draf.instansi.kota,
            kotak=tuple(kotak) if kotak else None,
            is_paraf=self.is_paraf,
        )

    @property
    def is_paraf(self) -> bool:
        """Whether these are initials."""
        return TINDAKAN[self.tugas.kunjungan.langkah.tindakan].paraf


class FrasaHilang(DomainError):
    """The passphrase is no longer there: too late, or a worker died with it."""


class TandaBatal(DomainError):
    """The document or the mandate is no longer what it was when the signer asked."""


class HasilDiragukan(PastiGagal):
    """What came back from the back end is not the document with one good signature more."""


class BukanHasil(HasilBelumDiketahui):
    """A file that somebody brought is not the signed document: that says nothing of what is."""

    def __init__(self) -> None:
        super().__init__()
        self.pesan = _(
            "Berkas yang diunggah bukan dokumen ini dengan satu tanda tangan baru yang sah, jadi "
            "tidak dipakai. Hasilnya tetap belum diketahui."
        )


def get_penanda(draf: Draf) -> PenandaTangan:
    """The signing back end of the office that owns the draft."""
    return build_penanda(draf.instansi.kode)


def ask_status(draf: Draf, sebagai: Penugasan, now: datetime) -> StatusTanda:
    """Whether that person can sign, for the page; a service is asked once in a quarter minute.

    The signing itself asks anew.
    """
    penanda = get_penanda(draf)
    if not penanda.is_jauh:
        return penanda.status(make_penandatangan(sebagai), now)
    kunci = f"status-tanda:{draf.instansi.kode}:{sebagai.pengguna_id}:{get_diisi(sebagai)}"
    status: StatusTanda | None = cache.get(kunci)
    if status is None:
        status = penanda.status(make_penandatangan(sebagai), now)
        cache.set(kunci, status, _INGAT_STATUS)
    return status


def sign_dokumen(kerja: Kerja) -> None:
    """Sign the newest bytes of the document, check the result, store it and close the turn.

    Nothing is rendered here: the signature goes onto the bytes that were frozen. A result that an
    earlier attempt left behind is taken up instead of signing again.

    Raises:
        FrasaHilang: the passphrase was already taken, or its time is over.
        TandaBatal: the mandate ended meanwhile, or the document is not there.
        TandaGagal: the back end refused, for one of its causes.
        HasilDiragukan: it answered with something else than asked for.
        HasilBelumDiketahui: it was sent to another machine, and nobody knows what came of it; also
            where somebody brought a file that is not the result (BukanHasil).
    """
    mohon = _read_permohonan(kerja.efek, kerja.jam())
    penanda, rantai = get_penanda(mohon.tugas.draf), _list_rantai(mohon)
    sumber = rantai[-1] if rantai else mohon.dokumen
    isi = read_berkas(sumber.berkas, sumber.sha256)
    kerja.report(30)
    hasil = _find_hasil(kerja.efek, penanda) or _sign_now(kerja, mohon, penanda, isi)
    kerja.report(70)
    ruas = "" if penanda.is_jauh else mohon.make_permintaan().ruas
    try:
        waktu = _require_sah(isi, hasil, _verify(penanda, hasil), [*rantai, ruas])
    except HasilDiragukan:
        _refuse_bawaan(kerja.efek)
        raise
    sertifikat = _require_orang(kerja.efek, penanda, hasil, mohon)
    with kerja.commit() as draf:
        _store(draf, mohon, _Tanda(hasil, sertifikat, waktu))
        SerahRahasia.objects.filter(efek=kerja.efek).delete()
        complete_signed_tugas(
            draf=draf, tugas_id=mohon.tugas.pk, sebagai=mohon.sebagai, now=kerja.jam()
        )
        transaction.on_commit(partial(discard_hasil, kerja.efek))


def _require_orang(
    efek: Efek, penanda: PenandaTangan, hasil: bytes, mohon: _Permohonan
) -> Sertifikat:
    """The certificate that signed. Here it was taken by its owner's number; a service may err.

    Raises:
        TandaGagal: it is somebody else's.
        BukanHasil: so it is, in a file that somebody brought.
    """
    sertifikat = penanda.describe(hasil)
    if penanda.is_jauh and not is_orang_sama(sertifikat, make_penandatangan(mohon.sebagai)):
        _refuse_bawaan(efek)
        raise TandaGagal(Sebab.SERTIFIKAT_LAIN)
    return sertifikat


def _rehearse(kerja: Kerja, mohon: _Permohonan) -> None:
    """Do all that follows the signature, and undo it: what may be refused is refused before.

    Raises:
        DomainError: what the act itself would raise.
    """
    with transaction.atomic():
        complete_signed_tugas(
            draf=lock_draf(pk=kerja.efek.draf_id),
            tugas_id=mohon.tugas.pk,
            sebagai=mohon.sebagai,
            now=kerja.jam(),
        )
        transaction.set_rollback(True)


def _list_rantai(mohon: _Permohonan) -> list[TandaTangan]:
    """Signatures that the new one stands on."""
    return list_rantai(mohon.dokumen, kecuali=(mohon.tugas.pelaksana_id, mohon.tugas.unit_id))


def _sign_now(kerja: Kerja, mohon: _Permohonan, penanda: PenandaTangan, isi: bytes) -> bytes:
    """The signed bytes, stored before anything else is done with them."""
    _rehearse(kerja, mohon)
    with transaction.atomic():
        frasa = _take_rahasia(kerja.efek, kerja.jam(), simpan=not penanda.is_jauh)
        if penanda.is_jauh:
            kerja.mark_terkirim()
    hasil = penanda.sign(isi, mohon.make_permintaan(), frasa, kerja.jam()).isi
    store_berkas(name_hasil(kerja.efek), hasil)
    return hasil


def _refuse_bawaan(efek: Efek) -> None:
    """Throw a file away that somebody brought, if it was that which failed the check.

    Raises:
        BukanHasil: it was.
    """
    if discard_bawaan(efek):
        raise BukanHasil


def _find_hasil(efek: Efek, penanda: PenandaTangan) -> bytes | None:
    """What an earlier attempt or a person brought home, or what the service still holds of it.

    Raises:
        HasilBelumDiketahui: it was sent, and nothing of it is to be had.
    """
    ada = find_tersimpan(efek)
    if ada is not None:
        return ada
    if not efek.terkirim_pada:
        return None
    hasil = penanda.fetch(efek.rujukan) if efek.rujukan else None
    if hasil is None:
        raise HasilBelumDiketahui(efek.rujukan)
    store_berkas(name_hasil(efek), hasil)  # the service hands it out once
    return hasil


def _verify(penanda: PenandaTangan, hasil: bytes) -> list[HasilPeriksa]:
    """Every signature in what came back; what cannot be read has none."""
    try:
        return penanda.verify(hasil)
    except TandaGagal:
        return []


def _take_rahasia(efek: Efek, now: datetime, *, simpan: bool) -> Rahasia:
    """Take the passphrase out of its row.

    Before a service is asked the row goes, whatever happens next. Where it is signed here, doing
    it again harms nobody: the row stays (`simpan`) until the signature is stored or its time is
    over, so that whoever takes over from a killed worker needs nobody to type it again.
    """
    serah = SerahRahasia.objects.select_for_update().filter(efek=efek).first()
    if serah is not None and not simpan:
        serah.delete()
    try:
        if serah is None:
            raise RahasiaTidakTerbuka("sudah diambil")
        return unseal(bytes(serah.isi), tujuan=name_tujuan(efek), now=now)
    except RahasiaTidakTerbuka:
        raise FrasaHilang(
            _("Penandatanganan terhenti sebelum selesai. Masukkan frasa sandi kembali.")
        ) from None


def _read_permohonan(efek: Efek, now: datetime) -> _Permohonan:
    """Turn, document, and the mandate under which it was asked, if it was then in force."""
    tugas = Tugas.objects.select_related("draf__instansi", "draf__versi", "kunjungan__langkah").get(
        efek=efek
    )
    # What was sent to a service was sent under the mandate of that moment.
    pada = efek.terkirim_pada or now
    sebagai = (
        Penugasan.objects.berlaku(pada)
        .select_related("pengguna", "jabatan__instansi", "unit")
        .filter(pk=efek.sebagai_id or 0)
        .first()
    )
    if sebagai is None:
        raise TandaBatal(
            _("Penugasan Anda pada jabatan ini sudah berakhir. Dokumen belum ditandatangani.")
        )
    dokumen = get_dokumen_tanda(tugas)
    if dokumen is None:
        raise TandaBatal(_("Dokumen yang akan ditandatangani belum selesai dibuat."))
    require_pihak(tugas.draf, sebagai)
    return _Permohonan(tugas, sebagai, dokumen)


def _require_sah(
    isi: bytes, hasil: bytes, periksa: Sequence[HasilPeriksa], ruas: Sequence[object]
) -> datetime:
    """When the new signature was made, once the whole result is what was asked for.

    ruas: one entry for each signature there should be now, the name of the new one last; empty
    where the back end names its field itself. Earlier ones were trusted when they came.

    Raises:
        HasilDiragukan: bytes were changed, or not exactly one good signature was added.
    """
    baru = periksa[-1] if len(periksa) == len(ruas) else None
    if (
        baru is None
        or baru.waktu is None
        or (ruas[-1] and baru.ruas != ruas[-1])
        or not (baru.seluruhnya or baru.perubahan == _JANGKA_PANJANG)
        or not baru.sah
        or not all(p.utuh and p.wajar for p in periksa)
        or not hasil.startswith(isi)
    ):
        raise HasilDiragukan(
            _("Hasil tanda tangan tidak lolos pemeriksaan dan dibuang. Hubungi pengelola.")
        )
    return baru.waktu


@dataclass(frozen=True)
class _Tanda:
    """One signature as it came back and was checked."""

    isi: bytes
    sertifikat: Sertifikat
    waktu: datetime


def _store(draf: Draf, mohon: _Permohonan, hasil: _Tanda) -> None:
    """File and row of the signature; inside `Kerja.commit`."""
    berkas = keep_berkas(f"dokumen/{draf.pk}/ttd-{mohon.tugas.pk}.pdf", hasil.isi)
    waktu = hasil.waktu
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
        is_paraf=mohon.is_paraf,
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
    transaction.on_commit(partial(discard_hasil, efek))
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
