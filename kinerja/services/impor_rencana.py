"""A plan from Excel: an upload is kept, checked in the background, applied whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import UnggahanRencana
from kinerja.rules.acuan import Jalur
from kinerja.rules.bukti import clean_nama
from kinerja.rules.kolom import Isi
from kinerja.rules.lembar_rencana import (
    Baris,
    Tabel,
    has_tabel,
    list_kurang,
    make_sidik,
    read_tabel,
)
from kinerja.rules.nilai import JenisNilai, read_tingkat
from kinerja.rules.target import show_target
from kinerja.selectors.tabel_rencana import AKSI, INDIKATOR, build_tabel, get_keadaan
from kinerja.services.antrean import open_buku, publish, require_berkas, settle
from kinerja.services.impor_e81 import check_e81, write_e81
from kinerja.services.lembar_rencana import find_kolom, list_tertinggal, read_identitas
from kinerja.services.rencana import lock_instansi
from kinerja.services.tulis_rencana import Penulis
from organisasi.models import Instansi, Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.lembar import Buku

DITULIS = ("baru", "ubah")
DITOLAK = ("galat", "tahan")


@transaction.atomic
def receive_rencana(
    *, unggahan: UnggahanRencana, berkas: File[bytes], aktor: Pengguna, now: datetime
) -> UnggahanRencana:
    """Keep an uploaded workbook and have it checked. unggahan: whose, which kind and year.

    Raises:
        IsianTidakSah: empty or too large (422).
        AksesDitolak: `aktor` does not plan for that office (403).
    """
    require_berkas(berkas)
    if not perms.can_plan(unggahan.instansi_id, list_penugasan_for(aktor, pada=now)):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengubah rencana kinerja instansi ini."))
    unggahan.nama_asli, unggahan.oleh, unggahan.pada = clean_nama(berkas.name or ""), aktor, now
    unggahan.berkas.save("", berkas, save=False)
    unggahan.save()
    transaction.on_commit(partial(publish, UnggahanRencana, unggahan.pk, now=now))
    return unggahan


def check_unggahan_rencana(*, unggahan_id: int) -> None:
    """Read the workbook and note what each row would do. Asked twice it is done once."""
    unggahan = UnggahanRencana.objects.select_related("instansi").get(pk=unggahan_id)
    if unggahan.status != UnggahanRencana.Status.ANTRE:
        return
    try:
        baris, catatan = _check(unggahan, open_buku(unggahan))
        if not baris:
            raise IsianTidakSah(_("Berkas ini tidak berisi baris yang dapat diimpor."))
    except IsianTidakSah as galat:
        settle(UnggahanRencana, unggahan_id, pesan=str(galat.pesan))
        return
    settle(UnggahanRencana, unggahan_id, baris=baris, catatan=catatan)


def _check(unggahan: UnggahanRencana, buku: Buku) -> tuple[list[dict[str, Any]], list[str]]:
    if unggahan.jenis == UnggahanRencana.Jenis.E81:
        return check_e81(unggahan, buku)
    instansi, tahun = unggahan.instansi, unggahan.tahun
    sidik = read_identitas(buku, instansi, tahun)
    tabel, keadaan = build_tabel(instansi, tahun), get_keadaan(instansi, tahun, sidik)
    baris = read_tabel(buku, tabel, keadaan)
    terbaca: dict[str, set[Jalur]] = {t.nama: set() for t in tabel if has_tabel(buku, t)}
    for b in baris:
        terbaca[b.lembar].add(b.jalur)
    catatan = [*list_kurang(buku, tabel), *list_tertinggal(keadaan, tabel, terbaca)]
    indikator = {j: dict(v) for j, v in keadaan.isi[INDIKATOR].items()}
    for b in baris:
        if b.lembar == INDIKATOR:
            indikator[b.jalur] = indikator.get(b.jalur, {}) | b.nilai
    cari = {t.nama: t for t in tabel}
    return [_to_json(b, cari[b.lembar], indikator) for b in baris], catatan


def _to_json(
    b: Baris, tabel: Tabel, indikator: Mapping[Jalur, Mapping[str, str]]
) -> dict[str, Any]:
    """A row as its page shows it, and as it is written later."""
    nilai = {**(b.lama or {}), **b.nilai}
    induk = indikator.get(b.jalur, {})
    if b.lembar == AKSI:
        jenis = {"jenis_nilai": nilai.get("jenis_nilai", JenisNilai.ANGKA)}
        induk = {**indikator.get(b.jalur[:-1], {}), **jenis}
    return {
        "lembar": b.lembar,
        "baris": b.baris,
        "kode": _find_kode(b),
        "nama": nilai.get("uraian") or nilai.get("nama") or induk.get("nama", ""),
        "hasil": b.hasil,
        "galat": b.galat,
        "ubah": [
            [k.judul, b.alamat.get(n, ""), *(_show(tabel, n, v, induk) for v in pasangan)]
            for n, pasangan in b.ubah.items()
            if (k := find_kolom(tabel, n)) and b.hasil in DITULIS
        ],
        "jalur": b.jalur,
        "nilai": _list_tulis(b),
        "sidik": make_sidik(b.lama) if b.lama else "",
    }


def _find_kode(b: Baris) -> str:
    """Its own code; of an action that of its indikator."""
    if b.lembar == AKSI:
        return b.jalur[-2] if b.jalur else ""
    return b.jalur[-1] if b.jalur else b.nilai.get("kode", "")


def _list_tulis(b: Baris) -> dict[str, str]:
    """Of a new row everything, of a changed one what changes."""
    if b.hasil == "ubah":
        return {n: baru for n, (_lama, baru) in b.ubah.items()}
    return b.nilai if b.hasil == "baru" else {}


def _show(tabel: Tabel, nama: str, nilai: str, indikator: Mapping[str, str]) -> str:
    kolom = find_kolom(tabel, nama)
    if kolom is None or not nilai:
        return "–"
    if kolom.isi is Isi.NILAI:
        jenis = JenisNilai(indikator.get("jenis_nilai", JenisNilai.ANGKA))
        return show_target(nilai, jenis, read_tingkat(indikator.get("tingkatan", "")))
    return kolom.show(nilai)


@transaction.atomic
def apply_rencana(
    *,
    unggahan_id: int,
    hanya_sah: bool,
    aktor: Pengguna,
    now: datetime,
    pilihan: Collection[int] = (),
) -> int:
    """Write the rows of a checked workbook; how many. All of it, or nothing.

    pilihan: of Form E.81, places of the indikator whose targets are to be taken over as well.
    Periods already opened keep the targets they were opened with.

    Raises:
        IsianTidakSah: it has faults and `hanya_sah` was not chosen (422).
        AksesDitolak: `aktor` does not plan for that office (403).
        TransisiDitolak: it was applied before, or the plan changed meanwhile (409).
    """
    unggahan, instansi = lock_unggahan(unggahan_id, aktor, now)
    require_pilihan(unggahan, hanya_sah=hanya_sah)
    if unggahan.jenis == UnggahanRencana.Jenis.E81:
        baris: Sequence[Mapping[str, Any]] = write_e81(unggahan, instansi, pilihan)
    else:
        baris = _write_rencana(unggahan, instansi)
    settle_terapan(unggahan, instansi, [summarize(b) for b in baris], aktor=aktor, now=now)
    return len(baris)


def _write_rencana(unggahan: UnggahanRencana, instansi: Instansi) -> Sequence[Mapping[str, Any]]:
    baris = [b for b in unggahan.baris if b["hasil"] in DITULIS]
    _require_sama(instansi, unggahan.tahun, baris)
    try:
        with transaction.atomic():
            Penulis(instansi, unggahan.tahun).write(baris)
    except IntegrityError as galat:
        pesan = _("Ada kode yang sudah dipakai di luar tahun %(tahun)d. Tidak ada yang disimpan.")
        raise IsianTidakSah(pesan % {"tahun": unggahan.tahun}) from galat
    return baris


def lock_unggahan(
    unggahan_id: int, aktor: Pengguna, now: datetime
) -> tuple[UnggahanRencana, Instansi]:
    """A checked upload and its office, both locked until the transaction ends.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (403).
        TransisiDitolak: it was applied before (409).
    """
    unggahan = UnggahanRencana.objects.select_for_update().get(pk=unggahan_id)
    instansi = lock_instansi(unggahan.instansi_id, aktor, now)
    if unggahan.status != UnggahanRencana.Status.SIAP:
        raise TransisiDitolak(_("Berkas ini sudah disimpan. Unggah kembali bila ada perubahan."))
    return unggahan, instansi


def require_pilihan(unggahan: UnggahanRencana, *, hanya_sah: bool) -> None:
    """Raises:
    IsianTidakSah: rows have faults, and nobody chose to leave them out (422).
    """
    salah = sum(b["hasil"] in DITOLAK for b in unggahan.baris)
    if salah and not hanya_sah:
        raise IsianTidakSah(
            _("%(n)d baris bergalat. Perbaiki berkasnya, atau simpan hanya baris yang sah.")
            % {"n": salah}
        )


def _require_sama(instansi: Instansi, tahun: int, baris: Sequence[Mapping[str, Any]]) -> None:
    """The plan must be what it was when the workbook was checked."""
    kini = get_keadaan(instansi, tahun).isi
    for b in baris:
        ada = kini[b["lembar"]].get(tuple(b["jalur"]))
        if (make_sidik(ada) if ada else "") != b["sidik"]:
            raise TransisiDitolak(
                _(
                    "%(lembar)s %(kode)s berubah sejak berkas diperiksa, jadi tidak ada yang "
                    "disimpan. Unggah berkas itu sekali lagi."
                )
                % {"lembar": b["lembar"], "kode": b["kode"]}
            )


def settle_terapan(
    unggahan: UnggahanRencana,
    instansi: Instansi,
    ubah: list[dict[str, Any]],
    *,
    aktor: Pengguna,
    now: datetime,
) -> None:
    """Note that the upload was applied, on the upload and in the trail of the office."""
    record_jejak(
        instansi,
        aksi=f"kinerja.{unggahan.jenis}.import",
        aktor=aktor,
        now=now,
        berkas=unggahan.nama_asli,
        tahun=unggahan.tahun,
        ubah=ubah,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
    unggahan.apply(pesan=_("%(n)d baris disimpan.") % {"n": len(ubah)})
    unggahan.save(update_fields=["status", "pesan"])


def summarize(b: Mapping[str, Any]) -> dict[str, Any]:
    """What the trail keeps of one row: columns with old and new."""
    isi = {judul: [lama, baru] for judul, _alamat, lama, baru in b["ubah"]}
    return {"lembar": b["lembar"], "kode": b["kode"], "hasil": b["hasil"], "isi": isi}
