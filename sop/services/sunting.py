"""Acts on the steps of a konsep: each sees the whole route, changes values, writes them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from organisasi.models import Jabatan, Pengguna
from sakip.common.errors import AlurTidakSah, TransisiDitolak
from sop.models import Alur, Langkah, Pelaksana, VersiSOP
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.istilah import Simbol, Tindakan, join_per_unit
from sop.rules.sunting import (
    IsianLangkah,
    apply_isian,
    compute_sidik_langkah,
    list_berubah,
    list_menuju,
    read_satuan,
    remove,
    reorder,
    splice,
)
from sop.selectors import read_graf, read_identitas
from sop.services.kunci import lock_konsep, record_versi
from sop.services.versi import list_kekeliruan

_TEKS = (
    "kegiatan",
    "simbol",
    "tindakan",
    "waktu_teks",
    "waktu_per_unit",
    "output",
    "keterangan",
    "periode",
)
_DAFTAR = ("kelengkapan", "kelengkapan_ulang", "efek", "beda_orang_dari", "perlu_konfirmasi")
# Above every nomor in use, so that steps can change places one by one.
_JAUH = 100_000


@dataclass(frozen=True)
class Penyunting:
    """Who edits which konsep, and when."""

    versi_id: int
    aktor: Pengguna
    now: datetime


class SuntinganBasi(TransisiDitolak):
    """Somebody changed or removed the step since it was opened (409). kini: the step as it is."""

    def __init__(self, pesan: str, kini: SimpulLangkah | None) -> None:
        super().__init__(pesan)
        self.kini = kini


@transaction.atomic
def save_langkah(
    *, penyunting: Penyunting, langkah_id: int, isian: IsianLangkah, sidik: str
) -> list[str]:
    """Write one step as typed, faults and all; returns the names of the cells that changed.

    sidik: of the step as its editor saw it (`compute_sidik_langkah`).

    Raises:
        SuntinganBasi: it changed or went since (HTTP 409).
        AlurTidakSah: a text the database cannot hold, an actor twice in one turn (HTTP 422).
        AksesDitolak, TransisiDitolak: as `lock_konsep`.
    """
    versi, graf = _open(penyunting)
    lama = _require_segar(graf, langkah_id, sidik)
    _require_pelaksana(versi, isian)
    graf = apply_isian(graf, langkah_id, isian, read_satuan(read_identitas(versi)))
    baru = graf.menurut_id[langkah_id]
    berubah = list_berubah(lama, baru)
    _write([baru])
    _record(
        penyunting,
        versi,
        "save",
        langkah=baru.nomor,
        id=langkah_id,
        sel=berubah,
        dari=_rekam(lama, berubah),
        diperbaiki=sorted(set(lama.perlu_konfirmasi) - set(baru.perlu_konfirmasi)),
    )
    return berubah


@transaction.atomic
def add_langkah(
    *, penyunting: Penyunting, setelah: int | None, isian: IsianLangkah | None = None
) -> int:
    """Insert a step after the step `setelah`, None for the very top; returns its id.

    The arrow that ran from the step before to the one after is led through the new one.
    isian: what stands in it, None for an empty step.

    Raises: as `save_langkah`.
    """
    versi, graf = _open(penyunting)
    urutan = [s.id for s in graf.langkah]
    if setelah is not None and setelah not in urutan:
        raise SuntinganBasi(_("Langkah itu sudah dihapus. Muat ulang halaman ini."), None)
    simbol = Simbol.PROSES if urutan else Simbol.MULAI
    baru = Langkah.objects.create(
        versi=versi, nomor=_JAUH, simbol=simbol, tindakan=Tindakan.DISPOSISI
    )
    urutan.insert(0 if setelah is None else urutan.index(setelah) + 1, baru.pk)
    asal = read_graf(versi.pk)
    graf = splice(reorder(asal, urutan), baru.pk)
    _write_susunan(versi, asal, graf)
    if isian is not None:
        _require_pelaksana(versi, isian)
        graf = apply_isian(graf, baru.pk, isian, read_satuan(read_identitas(versi)))
        _write([graf.menurut_id[baru.pk]])
    _record(penyunting, versi, "add", langkah=graf.menurut_id[baru.pk].nomor, id=baru.pk)
    return baru.pk


@transaction.atomic
def move_langkah(*, penyunting: Penyunting, langkah_id: int, ke: int) -> tuple[int, int]:
    """Put a step at place `ke` (1 is the first, too far is the last); its old and new nomor.

    Routes follow their steps; numbers are given anew.

    Raises:
        SuntinganBasi: the step went since (HTTP 409).
        AksesDitolak, TransisiDitolak: as `lock_konsep`.
    """
    versi, graf = _open(penyunting)
    lama = _require_segar(graf, langkah_id, "")
    urutan = [s.id for s in graf.langkah if s.id != langkah_id]
    urutan.insert(max(ke, 1) - 1, langkah_id)
    baru = reorder(graf, urutan)
    nomor = baru.menurut_id[langkah_id].nomor
    if nomor != lama.nomor:
        _write_susunan(versi, graf, baru)
        _record(penyunting, versi, "move", langkah=nomor, id=langkah_id, dari=lama.nomor)
    return lama.nomor, nomor


@transaction.atomic
def remove_langkah(*, penyunting: Penyunting, langkah_id: int, sidik: str) -> list[tuple[int, str]]:
    """Delete a step. Arrows that led to it end nowhere; they are returned as (nomor, outcome).

    Raises: as `save_langkah`.
    """
    versi, graf = _open(penyunting)
    lama = _require_segar(graf, langkah_id, sidik)
    sisa = remove(graf, langkah_id)
    putus = [
        (sisa.menurut_id[graf.menurut_nomor[n].id].nomor, hasil)
        for n, hasil in list_menuju(graf, langkah_id)
    ]
    Langkah.objects.filter(pk=langkah_id).delete()
    _write_susunan(versi, graf, sisa)
    _record(
        penyunting,
        versi,
        "remove",
        langkah=lama.nomor,
        id=langkah_id,
        kegiatan=lama.kegiatan,
        putus=[list(p) for p in putus],
    )
    return putus


@transaction.atomic
def confirm_langkah(*, penyunting: Penyunting, langkah_id: int, kolom: str) -> None:
    """State that a doubtful cell is as the paper has it. Its note stays, the doubt goes.

    Raises:
        TransisiDitolak: it is not in doubt any more (HTTP 409).
        SuntinganBasi, AksesDitolak: as `save_langkah`.
    """
    versi, graf = _open(penyunting)
    langkah = _require_segar(graf, langkah_id, "")
    if kolom not in langkah.perlu_konfirmasi:
        raise TransisiDitolak(_("Sel ini sudah dikonfirmasi. Muat ulang halaman ini."))
    ragu = [k for k in langkah.perlu_konfirmasi if k != kolom]
    Langkah.objects.filter(pk=langkah_id).update(perlu_konfirmasi=ragu)
    _record(penyunting, versi, "confirm", langkah=langkah.nomor, id=langkah_id, kolom=kolom)


def _open(penyunting: Penyunting) -> tuple[VersiSOP, Graf]:
    versi = lock_konsep(penyunting.versi_id, penyunting.aktor, penyunting.now)
    return versi, read_graf(versi.pk)


def _require_segar(graf: Graf, langkah_id: int, sidik: str) -> SimpulLangkah:
    langkah = graf.menurut_id.get(langkah_id)
    if langkah is None:
        raise SuntinganBasi(_("Langkah ini sudah dihapus sejak Anda membukanya."), None)
    if sidik and sidik != compute_sidik_langkah(graf, langkah_id):
        raise SuntinganBasi(_("Langkah ini sudah diubah sejak Anda membukanya."), langkah)
    return langkah


def _require_pelaksana(versi: VersiSOP, isian: IsianLangkah) -> None:
    milik = Jabatan.objects.filter(
        instansi=versi.sop.instansi_id, pk__in=[p.jabatan_id for p in isian.pelaksana]
    )
    asing = {p.jabatan_id for p in isian.pelaksana} - set(milik.values_list("pk", flat=True))
    baris = [(p.jabatan_id, p.urutan) for p in isian.pelaksana]
    masalah = []
    if asing:
        masalah.append(_("Ada jabatan yang tidak ada di instansi ini."))
    if len(set(baris)) < len(baris):
        masalah.append(_("Jabatan yang sama tertulis dua kali pada giliran yang sama."))
    if masalah:
        raise AlurTidakSah(_("Langkah belum dapat disimpan."), masalah)


def _rekam(s: SimpulLangkah, kolom: Sequence[str]) -> dict[str, Any]:
    """Texts of the cells as they were, for the trail."""
    nama = {"waktu": "waktu_teks"}
    teks = {k: getattr(s, nama.get(k, k), None) for k in kolom}
    if "pelaksana" in teks:
        teks["pelaksana"] = [[p.jabatan_nama, p.urutan, list(p.per_unit)] for p in s.pelaksana]
    return teks | {h: s.ke.get(h) for h in ("lanjut", "ya", "tidak") if h in teks}


def _record(penyunting: Penyunting, versi: VersiSOP, aksi: str, **rincian: Any) -> None:
    record_versi(
        versi,
        aksi=f"sop.langkah.{aksi}",
        aktor=penyunting.aktor,
        now=penyunting.now,
        **rincian,
    )
    versi.save(update_fields=["jejak_urut", "jejak_sidik"])


# --- writing ----------------------------------------------------------------------------------


def _write(langkah: Iterable[SimpulLangkah]) -> None:
    """Put whole steps into the tables, lines and arrows anew."""
    for s in langkah:
        baris = Langkah.objects.get(pk=s.id)
        _fill(baris, s)
        masalah = list_kekeliruan(baris)
        if masalah:
            raise AlurTidakSah(_("Langkah belum dapat disimpan."), masalah)
        baris.save()
        Pelaksana.objects.filter(langkah=baris).delete()
        Pelaksana.objects.bulk_create(
            Pelaksana(
                langkah=baris,
                jabatan_id=p.jabatan_id,
                urutan=p.urutan,
                per_unit=join_per_unit(p.per_unit),
            )
            for p in s.pelaksana
        )
        _write_alur(s)


def _fill(baris: Langkah, s: SimpulLangkah) -> None:
    for nama in _TEKS:
        setattr(baris, nama, getattr(s, nama))
    for nama in _DAFTAR:
        setattr(baris, nama, list(getattr(s, nama)))
    baris.waktu_nilai = s.waktu.nilai if s.waktu else None
    baris.waktu_satuan = s.waktu.satuan.value if s.waktu else ""


def _write_alur(s: SimpulLangkah) -> None:
    Alur.objects.filter(langkah=s.id).delete()
    Alur.objects.bulk_create(Alur(langkah_id=s.id, hasil=h, ke_id=t) for h, t in s.ke.items())


def _write_susunan(versi: VersiSOP, lama: Graf, baru: Graf) -> None:
    """Numbers, and what changed with them: separations by nomor and arrows."""
    Langkah.objects.filter(versi=versi).update(nomor=F("nomor") + 2 * _JAUH)
    baris = list(Langkah.objects.filter(versi=versi))
    for b in baris:
        s = baru.menurut_id[b.pk]
        b.nomor, b.beda_orang_dari = s.nomor, list(s.beda_orang_dari)
        if dict(s.ke) != dict(lama.menurut_id[b.pk].ke):
            _write_alur(s)
    Langkah.objects.bulk_update(baris, ["nomor", "beda_orang_dari"])
