"""The regency of the matrix with many rows on every list, and a thousand grants to read by name."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import models

from kinerja.models import Bukti, Capaian, Indikator, Program, Target
from kinerja.services.ringkasan import check_ringkasan
from laporan.models import (
    ArsipDokumen,
    Dokumen,
    Draf,
    IzinBaca,
    KelasArsip,
    Kunjungan,
    Lampiran,
    Pemberitahuan,
    Pengiriman,
    Penyampaian,
    Tugas,
    TujuanKirim,
    VersiNaskah,
)
from organisasi.models import (
    HariLibur,
    Instansi,
    Jabatan,
    KunciApi,
    NomorRegister,
    Pengguna,
    Penugasan,
    Register,
)
from sop.models import SOP
from tests.house.negeri import Negeri

BARIS = 20
PEMBACA = 50  # times BARIS: a thousand grants

M = TypeVar("M", bound=models.Model)
Nilai = Callable[[int], object]


def clone(objek: M, banyak: int = BARIS, **ubah: Nilai) -> list[M]:
    """As many rows like that one, each with what `ubah` says of the k-th."""
    kolom = [f for f in objek._meta.concrete_fields if not f.primary_key]
    tetap = {f.attname: getattr(objek, f.attname) for f in kolom}
    return type(objek)._base_manager.bulk_create(
        type(objek)(**{**tetap, **{nama: nilai(k) for nama, nilai in ubah.items()}})
        for k in range(banyak)
    )


def _teks(awalan: str) -> Nilai:
    return lambda k: f"{awalan}{k}"


def crowd(n: Negeri) -> None:
    """Twenty more of whatever the pages of the office list."""
    draf = _crowd_draf(n)
    _crowd_kantor(n)
    _crowd_kinerja(n)
    _crowd_berkas(n, draf)
    _grant_semua(n, draf)
    share(n, 1, BARIS)


def _crowd_draf(n: Negeri) -> list[Draf]:
    """Finished reports and running ones that all lie with the head."""
    contoh = n.tugas("tanda")
    draf = [
        *clone(n.draf["tanda"], tahun=lambda k: 2100 + k, token=_teks("jalan")),
        *clone(n.draf["selesai"], tahun=lambda k: 2100 + k, token=_teks("usai")),
    ]
    jalan = draf[:BARIS]
    kunjungan = clone(contoh.kunjungan, draf_id=lambda k: jalan[k].pk)
    clone(contoh, draf_id=lambda k: jalan[k].pk, kunjungan_id=lambda k: kunjungan[k].pk)
    lewat = Kunjungan.objects.filter(draf=n.draf["selesai"]).exclude(keluar=None)[0]
    usai = clone(lewat, draf_id=lambda k: draf[BARIS + k].pk)
    clone(
        Tugas.objects.filter(kunjungan=lewat)[0],
        draf_id=lambda k: draf[BARIS + k].pk,
        kunjungan_id=lambda k: usai[k].pk,
    )
    return draf


def _crowd_kantor(n: Negeri) -> None:
    orang = clone(n.orang["staf2"], nip=lambda k: f"{k:018d}", surel=_teks("ramai@x"))
    clone(Penugasan.objects.filter(pengguna=n.orang["staf"])[0], pengguna_id=lambda k: orang[k].pk)
    clone(n.unit, kode=_teks("R"))
    clone(Jabatan.objects.get(pk=n.jabatan["staf"].pk), kode=_teks("ramai"))
    clone(SOP.objects.get(instansi=n.instansi, kode="tulis"), kode=_teks("ramai"))
    tanggal = HariLibur.objects.filter(instansi=n.instansi)[0]
    clone(tanggal, tanggal=lambda k: tanggal.tanggal + timedelta(days=k + 1))
    clone(KunciApi.objects.get(instansi=n.instansi), awalan=_teks("ramai"))
    clone(Register.objects.get(instansi=n.instansi), nama=_teks("R"), untuk=lambda _k: "lain")
    nomor = NomorRegister.objects.get(register__instansi=n.instansi)
    clone(nomor, urut=lambda k: k + 2, nomor=_teks("R"))
    for lain in ("inspek", "lain"):
        kantor = n.orang[lain].penugasan.get().jabatan.instansi
        clone(Instansi.objects.get(pk=kantor.pk), 10, kode=_teks(f"ramai-{lain}"))


def _crowd_kinerja(n: Negeri) -> None:
    indikator = Indikator.objects.get(unit=n.unit)
    baru = clone(indikator, kode=_teks("R"))
    for target in Target.objects.filter(indikator=indikator):
        clone(target, indikator_id=lambda k: baru[k].pk)
    for capaian in Capaian.objects.filter(indikator=indikator):
        clone(capaian, indikator_id=lambda k: baru[k].pk)
    clone(Bukti.objects.filter(capaian__indikator=indikator)[0], sha256=_teks("r"))
    program = Program.objects.filter(instansi=n.instansi, jenis="program").get()
    clone(program, kode=_teks("R"))
    check_ringkasan()  # as handing in would have kept the sums


def _crowd_berkas(n: Negeri, draf: list[Draf]) -> None:
    usai = draf[BARIS:]
    kelas = KelasArsip.objects.get(instansi=n.instansi)
    clone(kelas, kode=_teks("R"))
    tujuan = clone(TujuanKirim.objects.get(instansi=n.instansi), nama=_teks("R"))
    kirim = Penyampaian.objects.get(draf__instansi=n.instansi)
    clone(kirim, draf_id=lambda k: usai[k].pk)
    clone(kirim, tujuan_id=lambda k: tujuan[k].pk)
    arsip = ArsipDokumen.objects.get(dokumen__draf__instansi=n.instansi)
    asli = Dokumen.objects.get(pk=arsip.dokumen_id)
    naskah = VersiNaskah.objects.get(dokumen=asli)
    versi = clone(naskah, draf_id=lambda k: usai[k].pk)
    dokumen = clone(
        asli,
        draf_id=lambda k: usai[k].pk,
        versi_naskah_id=lambda k: versi[k].pk,
        berkas=_teks("ramai"),
    )
    clone(arsip, dokumen_id=lambda k: dokumen[k].pk, berkas=_teks("ramai"))
    clone(Lampiran.objects.get(), sha256=_teks("r"))
    kabar = clone(Pemberitahuan.objects.filter(pengguna=n.orang["kepala"])[0], kunci=_teks("r"))
    gagal = Pengiriman.objects.filter(status="gagal")[0]
    clone(gagal, pemberitahuan_id=lambda k: kabar[k].pk)


def _grant_semua(n: Negeri, draf: list[Draf]) -> None:
    """A thousand grants on drafts of the office."""
    kepala = n.orang["kepala"]
    pembaca = clone(kepala, PEMBACA, nip=lambda k: f"9{k:017d}", surel=_teks("baca@x"))
    _grant(n, [(d, o) for d in draf[:BARIS] for o in pembaca])


def share(n: Negeri, dari: int, sampai: int) -> None:
    """Drafts of that many other offices, given to the head of the own one."""
    banyak = sampai - dari
    kantor = clone(n.instansi, banyak, kode=lambda k: f"sebelah{dari + k}")
    draf = clone(
        n.draf["tanda"],
        banyak,
        instansi_id=lambda k: kantor[k].pk,
        tahun=lambda k: 2200 + dari + k,
        token=lambda k: f"asing{dari + k}",
    )
    _grant(n, [(d, n.orang["kepala"]) for d in draf])


def _grant(n: Negeri, pasangan: list[tuple[Draf, Pengguna]]) -> None:
    contoh = IzinBaca.objects.filter(draf__instansi=n.instansi)[0]
    assert contoh.hak is not None
    hak = clone(
        contoh.hak,
        len(pasangan),
        content_object_id=lambda k: pasangan[k][0].pk,
        user_id=lambda k: pasangan[k][1].pk,
    )
    clone(
        contoh,
        len(pasangan),
        hak_id=lambda k: hak[k].pk,
        draf_id=lambda k: pasangan[k][0].pk,
        pembaca_id=lambda k: pasangan[k][1].pk,
    )
