"""Reading routes, identity pages and the catalogue."""

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Jabatan
from sakip.common.errors import TransisiDitolak
from sop.models import SOP, Alur, Langkah, Pelaksana, VersiSOP
from sop.rules.berkas import BerkasSOP, from_rute
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.sidik import compute_sidik


@lru_cache(maxsize=256)
def get_graf(versi_id: int, sidik: str) -> Graf:
    """The frozen route of a version that is or was published. Three queries, none once cached.

    Safe to keep for the life of the process: such a route cannot change, and its fingerprint is
    part of the key. Names of posts are those of the moment of reading.

    Raises:
        TransisiDitolak: there is no such version outside of konsep (nothing is cached then).
    """
    beku = [VersiSOP.Status.TERBIT, VersiSOP.Status.DICABUT]
    graf = _read_graf(
        Langkah.objects.filter(versi=versi_id, versi__sidik=sidik, versi__status__in=beku), versi_id
    )
    if not graf.langkah:
        raise TransisiDitolak(_("Versi SOP ini belum terbit, jadi belum dapat dijalankan."))
    return graf


def read_graf(versi_id: int) -> Graf:
    """The route as it stands in the tables now, konsep included. Three queries."""
    return _read_graf(Langkah.objects.filter(versi=versi_id), versi_id)


def _read_graf(langkah: QuerySet[Langkah], versi_id: int) -> Graf:
    baris = list(langkah.order_by("nomor"))
    if not baris:
        return Graf(())
    pelaksana: dict[int, list[SimpulPelaksana]] = defaultdict(list)
    for p in (
        Pelaksana.objects.filter(langkah__versi=versi_id)
        .select_related("jabatan")
        .order_by("urutan", "pk")
    ):
        pelaksana[p.langkah_id].append(_simpul_pelaksana(p))
    ke: dict[int, dict[str, int | None]] = defaultdict(dict)
    for asal, hasil, tujuan in Alur.objects.filter(langkah__versi=versi_id).values_list(
        "langkah", "hasil", "ke"
    ):
        ke[asal][hasil] = tujuan
    return Graf(tuple(_simpul(s, tuple(pelaksana[s.pk]), ke[s.pk]) for s in baris))


def _simpul_pelaksana(p: Pelaksana) -> SimpulPelaksana:
    return SimpulPelaksana(
        id=p.pk,
        jabatan_id=p.jabatan_id,
        jabatan_kode=p.jabatan.kode,
        jabatan_nama=p.jabatan.nama,
        tingkat=p.jabatan.tingkat,
        urutan=p.urutan,
        per_unit=p.jenis_unit,
    )


def _simpul(
    s: Langkah, pelaksana: tuple[SimpulPelaksana, ...], ke: dict[str, int | None]
) -> SimpulLangkah:
    polos = (
        "nomor kegiatan simbol tindakan waktu waktu_per_unit waktu_teks output keterangan periode "
        "catatan_sumber"
    )
    daftar = "kelengkapan kelengkapan_ulang efek beda_orang_dari perlu_konfirmasi"
    isi: dict[str, Any] = {nama: getattr(s, nama) for nama in polos.split()}
    isi |= {nama: tuple(getattr(s, nama)) for nama in daftar.split()}
    return SimpulLangkah(id=s.pk, pelaksana=pelaksana, ke=ke, **isi)


def read_identitas(versi: VersiSOP) -> Identitas:
    """The identity page of a version. No query."""
    isi = {nama: getattr(versi, nama) for nama in Identitas.__dataclass_fields__}
    isi = {nama: tuple(nilai) if isinstance(nilai, list) else nilai for nama, nilai in isi.items()}
    isi["judul_pelaksana"] = tuple(
        KolomPelaksana(k["judul"], tuple(k["jabatan"]), k["tercetak"])
        for k in versi.judul_pelaksana
    )
    return Identitas(**isi)


def read_sidik(versi: VersiSOP) -> str:
    """Fingerprint of what stands in the tables now; equals `versi.sidik` once published."""
    return compute_sidik(read_graf(versi.pk), read_identitas(versi))


def list_sop(instansi: Instansi) -> QuerySet[SOP]:
    """SOPs of the office, versions newest first, each with `banyak_langkah`. Two queries."""
    versi = VersiSOP.objects.annotate(banyak_langkah=Count("langkah")).order_by("-nomor")
    return (
        SOP.objects.filter(instansi=instansi)
        .prefetch_related(Prefetch("versi", versi))
        .order_by("nama", "kode")
    )


def list_versi_berlaku(instansi: Instansi, *, pada: date) -> QuerySet[VersiSOP]:
    """Versions of the office on which drafts start on that day, by name of the SOP. One query."""
    sudah = Q(status=VersiSOP.Status.TERBIT, berlaku_mulai__lte=pada)
    lebih_baru = VersiSOP.objects.filter(
        sudah, sop=OuterRef("sop"), berlaku_mulai__gt=OuterRef("berlaku_mulai")
    )
    daftar = VersiSOP.objects.filter(sudah, ~Exists(lebih_baru), sop__instansi=instansi)
    return daftar.select_related("sop__instansi").order_by("sop__nama", "sop__kode")


def get_versi_berlaku(sop: SOP, *, pada: date) -> VersiSOP | None:
    """The version in force on that day, None when there is none. One query."""
    daftar = VersiSOP.objects.filter(
        sop=sop, status=VersiSOP.Status.TERBIT, berlaku_mulai__lte=pada
    )
    return daftar.select_related("sop__instansi").order_by("-berlaku_mulai").first()


def map_jabatan(instansi: Instansi) -> dict[str, str]:
    """Every name of every post to its kode; a kode wins over a nama, a nama over an alias.

    One query.
    """
    jabatan = list(Jabatan.objects.filter(instansi=instansi).order_by("kode"))
    sebutan = {alias: j.kode for j in jabatan for alias in j.alias}
    sebutan |= {j.nama: j.kode for j in jabatan}
    return sebutan | {j.kode: j.kode for j in jabatan}


def read_berkas_sop(versi: VersiSOP) -> BerkasSOP:
    """A version as a data file says it. Three queries."""
    sop = BerkasSOP(
        kode=versi.sop.kode,
        nama=versi.sop.nama,
        unit_pemilik=versi.sop.unit_pemilik,
        identitas=read_identitas(versi),
        graf=read_graf(versi.pk),
        menghasilkan=versi.sop.menghasilkan,
    )
    return from_rute(sop)
