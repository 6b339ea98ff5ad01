"""Notes on the text: written by who examines it, answered by who writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import BabNaskah, CatatanKoreksi, Draf, Tugas, VersiNaskah
from laporan.perms import require_pelaksana
from laporan.rules.tindakan import can_examine
from laporan.rules.uraian import fill_angka, list_angka
from laporan.rules.usul import BERUSUL, kata_polos, replace_kata
from laporan.selectors.blok.angka import list_nilai
from laporan.selectors.catatan_terbuka import count_terbuka
from laporan.selectors.naskah import gather_bahan
from laporan.services.kunci import lock_draf
from laporan.services.naskah import require_editor, require_muat, require_penulis
from laporan.services.putusan import Putusan
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.blok import Blok, split_blok
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.teks_kaya import bersihkan, mark_blok
from sop.models import Langkah

MAKS_CATATAN = 5000
_BASI = (
    "Draf sudah berubah sejak Anda buka. Catatan Anda belum disimpan; periksa bagiannya, "
    "lalu simpan lagi."
)


@dataclass(frozen=True)
class IsianCatatan:
    """One note as typed. nomor: version seen; blok and baris may be empty: the whole part."""

    nomor: int
    bab: str
    blok: str = ""
    baris: str = ""
    isi: str = ""
    usul: str = ""


@transaction.atomic
def add_catatan(
    *, draf_id: int, isian: IsianCatatan, aktor: Pengguna, now: datetime
) -> CatatanKoreksi:
    """Hang a note on the newest version, as the holder of an examining turn.

    Raises:
        TransisiDitolak: nobody examines the draft now, or the version is not the newest (409).
        AksesDitolak: the examining turn is somebody else's (403).
        IsianTidakSah: the note says nothing or too much, or such a place is not there (422).
    """
    draf = lock_draf(pk=draf_id)
    sebagai = require_pemeriksa(draf, aktor, now)
    versi = VersiNaskah.objects.filter(draf=draf).order_by("-nomor").first()
    if versi is None or versi.nomor != isian.nomor:
        raise TransisiDitolak(_(_BASI))
    bab = next((b for b in versi.isi if b["kode"] == isian.bab), None)
    if bab is None:
        raise IsianTidakSah(_("Bagian itu tidak ada pada versi ini."))
    blok = _find_blok(bab["html"], isian.blok) if isian.blok else None
    if isian.blok and blok is None:
        raise IsianTidakSah(_("Paragraf itu tidak ada pada versi ini."))
    isi, usul = _check_isi(isian, blok)
    catatan = CatatanKoreksi.objects.create(
        draf=draf,
        versi=versi,
        bab=isian.bab,
        bab_judul=bab["judul"],
        blok=isian.blok,
        baris=isian.baris,
        kutipan=kata_polos(blok.isi) if blok else "",
        isi=isi,
        usul=usul,
        oleh=aktor,
        sebagai=sebagai,
        oleh_nama=aktor.nama,
        oleh_sebutan=sebagai.sebutan,
        dibuat_pada=now,
    )
    _record(draf, catatan, "tulis", sebagai, now, usul=bool(usul))
    return catatan


def require_pemeriksa(draf: Draf, aktor: Pengguna, now: datetime) -> Penugasan:
    """The mandate under which the person examines the draft now.

    Raises:
        TransisiDitolak: no step that examines it is open (409).
        AksesDitolak: the open one is somebody else's (403).
    """
    terbuka = Tugas.objects.filter(draf=draf, status=Tugas.Status.AKTIF).select_related(
        "kunjungan__langkah", "jabatan", "unit"
    )
    memeriksa = [t for t in terbuka if _is_memeriksa(t.kunjungan.langkah)]
    if not draf.is_aktif or not memeriksa:
        raise TransisiDitolak(
            _("Draf ini tidak sedang diperiksa, sehingga tidak dapat diberi catatan.")
        )
    penugasan = list_penugasan_for(aktor, pada=now)
    for tugas in memeriksa[:-1]:
        try:
            return require_pelaksana(tugas, penugasan)
        except AksesDitolak:
            continue
    return require_pelaksana(memeriksa[-1], penugasan)


def _is_memeriksa(langkah: Langkah) -> bool:
    return can_examine(langkah.tindakan, langkah.simbol)


def _check_isi(isian: IsianCatatan, blok: Blok | None) -> tuple[str, str]:
    """Remark and proposal, the latter only where it differs from what stands there."""
    isi, usul = isian.isi.strip(), " ".join(isian.usul.split())
    if usul and (blok is None or blok.tag not in BERUSUL):
        raise IsianTidakSah(_("Usul kalimat hanya untuk paragraf dan judul. Tulis catatan saja."))
    if blok is not None and usul == kata_polos(blok.isi):
        usul = ""
    if not isi and not usul:
        raise IsianTidakSah(_("Tuliskan catatannya, atau ubah kalimatnya sebagai usul."))
    if max(len(isi), len(usul)) > MAKS_CATATAN:
        raise IsianTidakSah(_("Catatan terlalu panjang. Bagi menjadi beberapa catatan."))
    return isi, usul


@transaction.atomic
def withdraw_catatan(*, catatan_id: int, aktor: Pengguna, now: datetime) -> CatatanKoreksi:
    """Take back one's own open note while still examining.

    Raises:
        TransisiDitolak: it was answered, or nobody examines the draft now (409).
        AksesDitolak: it is somebody else's note, or turn (403).
    """
    draf, catatan = _lock(catatan_id)
    if catatan.oleh_id != aktor.pk:
        raise AksesDitolak(_("Catatan hanya dapat ditarik oleh yang menulisnya."))
    sebagai = require_pemeriksa(draf, aktor, now)
    _require_terbuka(catatan)
    catatan.withdraw(sebagai=sebagai, now=now)
    catatan.save()
    _record(draf, catatan, "tarik", sebagai, now)
    return catatan


@transaction.atomic
def answer_catatan(
    *, catatan_id: int, jawaban: str, aktor: Pengguna, now: datetime, diikuti: bool
) -> CatatanKoreksi:
    """Tick a note off, or say why it is not followed, as who writes the text now.

    Raises:
        TransisiDitolak: it was answered or taken back already (409).
        AksesDitolak: the person does not write this text now (403).
        IsianTidakSah: a note that is not followed needs its reason (422).
    """
    draf, catatan = _lock(catatan_id)
    sebagai = _require_penulis(draf, aktor, now)
    _require_terbuka(catatan)
    jawaban = jawaban.strip()[:MAKS_CATATAN]
    if diikuti:
        catatan.resolve(sebagai=sebagai, jawaban=jawaban, now=now)
    elif jawaban:
        catatan.decline(sebagai=sebagai, jawaban=jawaban, now=now)
    else:
        raise IsianTidakSah(_("Tuliskan mengapa catatan ini tidak diikuti."))
    catatan.save()
    _record(draf, catatan, "jawab", sebagai, now, hasil=catatan.status)
    return catatan


@transaction.atomic
def apply_usul(*, catatan_id: int, aktor: Pengguna, now: datetime) -> CatatanKoreksi:
    """Put the proposed sentence into the text, credited to who proposed it.

    Raises:
        TransisiDitolak: it was answered, or the paragraph changed or is gone since (409).
        AksesDitolak: the person does not write this text now (403).
        BukanPenyunting: somebody else of the same post writes now (409).
        IsianTidakSah: the note proposes no sentence, or the part grows too long (422).
    """
    draf, catatan = _lock(catatan_id)
    sebagai = require_penulis(draf, aktor, now)
    _require_terbuka(catatan)
    if not catatan.usul:
        raise IsianTidakSah(_("Catatan ini tidak memuat usul kalimat."))
    bab = BabNaskah.objects.get(draf=draf, kode=catatan.bab)
    bab.isi = _write_usul(draf, bab, catatan, now)
    bab.versi, bab.disunting_oleh, bab.disunting_pada = bab.versi + 1, aktor, now
    bab.save(update_fields=["isi", "versi", "disunting_oleh", "disunting_pada"])
    draf.naskah_urut += 1
    draf.save(update_fields=["naskah_urut"])
    catatan.resolve(sebagai=sebagai, jawaban="", now=now)
    catatan.is_diterapkan = True
    catatan.save()
    _record(draf, catatan, "terapkan", sebagai, now, usul_dari=catatan.oleh_nama)
    return catatan


def _write_usul(draf: Draf, bab: BabNaskah, catatan: CatatanKoreksi, now: datetime) -> str:
    """The part with the proposed sentence. Figures that it leaves alone stay bound to the data."""
    semua = split_blok(bab.isi)
    blok = _find_blok(bab.isi, catatan.blok)
    nilai = list_nilai(gather_bahan(draf, pada=now)) if blok and list_angka(blok.isi) else {}
    if blok is None or kata_polos(fill_angka(blok.isi, nilai)) != catatan.kutipan:
        raise TransisiDitolak(
            _(
                "Paragrafnya sudah berubah atau dihapus sejak diusulkan. Sunting sendiri "
                "kalimatnya, lalu jawab catatan ini."
            )
        )
    baru = replace(blok, isi=bersihkan(replace_kata(blok.isi, catatan.usul, nilai)))
    isi = mark_blok("".join(baru.html if b.kode == blok.kode else b.html for b in semua))
    require_muat(bab, isi)
    return isi


def fill_alasan(draf: Draf, putusan: Putusan) -> Putusan:
    """Open notes go along with a return, and are reason enough. One query for a Tidak."""
    if putusan.hasil != "tidak":
        return putusan
    banyak = count_terbuka(draf)
    if not banyak:
        return putusan
    kata = _("%(banyak)s catatan terbuka pada naskah.") % {"banyak": banyak}
    return replace(putusan, catatan=" ".join(filter(None, [putusan.catatan.strip(), kata])))


def _lock(catatan_id: int) -> tuple[Draf, CatatanKoreksi]:
    draf = lock_draf(catatan_koreksi__pk=catatan_id)
    return draf, CatatanKoreksi.objects.get(pk=catatan_id)


def _require_terbuka(catatan: CatatanKoreksi) -> None:
    if not catatan.is_terbuka:
        raise TransisiDitolak(
            _("Catatan ini sudah ditutup (%(status)s).")
            % {"status": catatan.get_status_display().lower()}
        )


def _require_penulis(draf: Draf, aktor: Pengguna, now: datetime) -> Penugasan:
    tugas = require_editor(draf, aktor, now)
    return require_pelaksana(tugas, list_penugasan_for(aktor, pada=now))


def _find_blok(html: str, kode: str) -> Blok | None:
    return next((b for b in split_blok(html) if b.kode == kode), None)


def _record(
    draf: Draf,
    catatan: CatatanKoreksi,
    aksi: str,
    sebagai: Penugasan,
    now: datetime,
    **data: Any,
) -> None:
    isi: Mapping[str, Any] = {
        "status": draf.status,
        "catatan": catatan.pk,
        "bab": catatan.bab_judul,
        "naskah": catatan.versi.nomor,
    }
    record_jejak(
        draf,
        aksi=f"laporan.catatan.{aksi}",
        aktor=sebagai.pengguna,
        now=now,
        sebagai=sebagai,
        **isi,
        **data,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
