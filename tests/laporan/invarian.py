"""What must hold of every draft after every act (docs/adr/0002)."""

from django.db import connection

from laporan.models import (
    CatatanArsip,
    Draf,
    Efek,
    Kunjungan,
    Penggandaan,
    Rapat,
    ReviuAPIP,
    SuratPengantar,
    Tugas,
    Undangan,
)
from laporan.rules.putar_ulang import replay
from organisasi.selectors import find_chain_break, list_jejak
from sop.selectors import get_graf

# PostgreSQL takes half of the random walks, SQLite, whose writers stand in one line, a tenth of
# them. Thousands are walked by script/faults F6.
SARINGAN = 2 if connection.vendor == "postgresql" else 10

BERCATATAN = {"rapat", "sosialisasi", "surat", "penggandaan", "arsip", "reviu"}


def assert_invarian(draf_id: int) -> None:
    """Check every invariant of one draft against its rows."""
    draf = Draf.objects.select_related("versi").get(pk=draf_id)
    kunjungan = list(Kunjungan.objects.filter(draf=draf).select_related("langkah").order_by("pk"))
    tugas = list(Tugas.objects.filter(draf=draf))
    _assert_satu_terbuka(draf, kunjungan, tugas)
    _assert_putaran(draf, kunjungan)
    for k in kunjungan:
        _assert_tugas_kunjungan(draf, k, [t for t in tugas if t.kunjungan_id == k.pk])
    _assert_tugas_tutup(tugas)
    _assert_catatan(draf, kunjungan)
    _assert_jejak(draf, kunjungan)
    _assert_meja(draf, kunjungan, tugas)
    assert (draf.status == Draf.Status.PERBAIKAN) is (draf.is_aktif and draf.balik_dari > 0)
    selesai = {k.pk for k in kunjungan if k.hasil in ("lanjut", "ya")}
    arsip = Efek.objects.filter(draf=draf, jenis="arsip").values_list("kunjungan", flat=True)
    graf = get_graf(draf.versi_id, draf.versi.sidik)
    berarsip = {k.pk for k in kunjungan if graf.menurut_id[k.langkah_id].arsipkan}
    assert set(arsip) == selesai & berarsip


def _assert_satu_terbuka(draf: Draf, kunjungan: list[Kunjungan], tugas: list[Tugas]) -> None:
    terbuka = [k for k in kunjungan if k.keluar is None]
    assert len(terbuka) == (1 if draf.status in Draf.TERBUKA else 0)
    di_meja = [t for t in tugas if t.status in Tugas.DI_MEJA]
    assert bool(di_meja) is (draf.status in Draf.TERBUKA)
    assert {t.kunjungan_id for t in tugas if t.status in Tugas.TERBUKA} <= {k.pk for k in terbuka}


def _assert_putaran(draf: Draf, kunjungan: list[Kunjungan]) -> None:
    assert all(k.langkah.versi_id == draf.versi_id for k in kunjungan)
    for nomor in {k.langkah.nomor for k in kunjungan}:
        putaran = [k.iterasi for k in kunjungan if k.langkah.nomor == nomor]
        assert putaran == list(range(1, len(putaran) + 1))
        assert draf.iterasi[str(nomor)] == len(putaran)


def _assert_tugas_kunjungan(draf: Draf, kunjungan: Kunjungan, tugas: list[Tugas]) -> None:
    simpul = get_graf(draf.versi_id, draf.versi.sidik).menurut_id[kunjungan.langkah_id]
    for p in simpul.pelaksana:
        milik = sorted(t.unit_id for t in tugas if t.pelaksana_id == p.id and t.unit_id is not None)
        semua = [u for j in p.per_unit for u in draf.unit.get(j, [])]
        lingkup = semua if kunjungan.lingkup is None else kunjungan.lingkup
        assert milik == (sorted(set(semua) & set(lingkup)) if p.per_unit else [])
        assert bool(milik) is bool(p.per_unit)
    assert len(tugas) == sum(
        len([t for t in tugas if t.pelaksana_id == p.id]) for p in simpul.pelaksana
    )


def _assert_tugas_tutup(tugas: list[Tugas]) -> None:
    for t in tugas:
        tutup = t.status in (Tugas.Status.SELESAI, Tugas.Status.DIKEMBALIKAN)
        assert tutup is bool(t.oleh_id and t.sebagai_id and t.pada and t.pelaku_nama)
        assert t.status != Tugas.Status.DIKEMBALIKAN or t.catatan.strip()


def _assert_catatan(draf: Draf, kunjungan: list[Kunjungan]) -> None:
    """A record is sealed just when its visit has ended; a finished step left what it asks for."""
    graf = get_graf(draf.versi_id, draf.versi.sidik)
    if not BERCATATAN & {s.tindakan for s in graf.langkah}:
        return
    tercatat = set()
    for model in (Undangan, Rapat, SuratPengantar, Penggandaan, CatatanArsip, ReviuAPIP):
        for baris in model._default_manager.filter(draf=draf).select_related("kunjungan"):
            assert (baris.ditutup_pada is None) is (baris.kunjungan.keluar is None)
            tercatat.add(baris.kunjungan_id)
    for k in kunjungan:
        berjejak = graf.menurut_id[k.langkah_id].tindakan in BERCATATAN
        assert k.hasil not in ("lanjut", "ya") or not berjejak or k.pk in tercatat


def _assert_jejak(draf: Draf, kunjungan: list[Kunjungan]) -> None:
    assert find_chain_break(draf) is None
    posisi = replay([j.data for j in list_jejak(draf)])
    terbuka = next((k for k in kunjungan if k.keluar is None), None)
    assert posisi.status == draf.status
    assert posisi.langkah == (terbuka.langkah.nomor if terbuka else None)
    assert posisi.iterasi == (terbuka.iterasi if terbuka else 0)


def _assert_meja(draf: Draf, kunjungan: list[Kunjungan], tugas: list[Tugas]) -> None:
    if draf.status not in Draf.TERBUKA:
        assert draf.meja == Draf.Meja.USAI
        return
    terbuka = next(k for k in kunjungan if k.keluar is None)
    simpul = get_graf(draf.versi_id, draf.versi.sidik).menurut_id[terbuka.langkah_id]
    giliran = min(t.urutan for t in tugas if t.status in Tugas.DI_MEJA)
    tingkat = {p.tingkat for p in simpul.pelaksana if p.urutan == giliran}
    assert draf.meja == (tingkat.pop() if len(tingkat) == 1 else Draf.Meja.BERSAMA)
