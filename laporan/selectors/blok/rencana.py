"""Blocks of Bab I and Bab II: the units of the office, the Renstra, the indikator it is held to."""

from kinerja.models import Renstra, TargetRenstra
from kinerja.selectors.teks import format_nilai
from laporan.rules.blok import IKU, RENSTRA, STRUKTUR
from laporan.selectors.blok.bahan import KOSONG, Bahan
from laporan.selectors.blok.bentuk import Bentuk, BlokData, Daftar, Judul, Kolom, Tabel, Teks
from organisasi.models import Penugasan
from organisasi.selectors import list_unit_terbuka


def build_struktur(bahan: Bahan) -> list[BlokData]:
    """Units of the office, and who leads it. Two queries."""
    instansi = bahan.draf.instansi
    unit = [
        (str(n), u.nama, str(u.get_jenis_display()))
        for n, u in enumerate(list_unit_terbuka(instansi), 1)
    ]
    pejabat = (
        Penugasan.objects.berlaku(bahan.pada)
        .filter(jabatan__instansi=instansi, jabatan__tingkat__in=("kepala", "sekretaris"))
        .exclude(jenis=Penugasan.Jenis.DELEGASI)
        .select_related("pengguna", "jabatan", "unit")
        .order_by("jabatan__tingkat", "pk")
    )
    kolom = (Kolom("No", 8), Kolom("Unit kerja"), Kolom("Jenis", 24))
    isi: list[Bentuk] = [Tabel(f"Susunan unit kerja {instansi.nama}", kolom, tuple(unit))]
    if pejabat:
        isi.insert(0, Daftar(tuple(f"{p.sebutan}: {p.pengguna.nama}" for p in pejabat)))
    return [BlokData(STRUKTUR, tuple(isi))]


def build_renstra(bahan: Bahan) -> list[BlokData]:
    """Visi and misi, then tujuan, sasaran and indikator with the target of each year."""
    renstra = Renstra.objects.filter(
        instansi=bahan.draf.instansi_id,
        tahun_awal__lte=bahan.tahun,
        tahun_akhir__gte=bahan.tahun,
    ).first()
    isi: list[Bentuk] = []
    if renstra is None:
        isi.append(Teks("Renstra yang mencakup tahun ini belum dicatat.", is_kosong=True))
    else:
        isi += [
            Judul(f"Visi dan misi {renstra.tahun_awal}–{renstra.tahun_akhir}"),
            Teks(renstra.visi or "Visi belum dicatat.", is_kosong=not renstra.visi),
            Daftar(tuple(m for m in renstra.misi.splitlines() if m.strip())),
        ]
    return [BlokData(RENSTRA, (*isi, *_list_tujuan(bahan), _target_renstra(bahan)))]


def _list_tujuan(bahan: Bahan) -> list[Bentuk]:
    baris: list[tuple[str, str, str]] = []
    for t in bahan.tabel:
        sasaran = bahan.indikator[t.baris[0].indikator_id].sasaran
        tujuan = f"{sasaran.tujuan.kode}. {sasaran.tujuan.uraian}"
        ada = any(b[0] == tujuan for b in baris)
        nama = "; ".join(b.indikator for b in t.baris)
        baris.append((tujuan if not ada else "", f"{sasaran.kode}. {sasaran.uraian}", nama))
    if not baris:
        return [Teks("Rencana kinerja tahun ini belum berisi indikator.", is_kosong=True)]
    kolom = (Kolom("Tujuan", 26), Kolom("Sasaran", 30), Kolom("Indikator"))
    return [Tabel("Tujuan, sasaran, dan indikator", kolom, tuple(baris))]


def _target_renstra(bahan: Bahan) -> Bentuk:
    target: dict[int, dict[int, str]] = {}
    for r in TargetRenstra.objects.filter(indikator__in=bahan.indikator):
        i = bahan.indikator[r.indikator_id]
        target.setdefault(r.indikator_id, {})[r.tahun] = r.uraian or format_nilai(r.nilai, i)
    tahun = sorted({t for nilai in target.values() for t in nilai})
    if not tahun:
        return Teks("Target Renstra belum dicatat.", is_kosong=True)
    kolom = (
        Kolom("No", 7),
        Kolom("Indikator"),
        Kolom("Satuan", 14),
        *(Kolom(str(t), 10, is_angka=True) for t in tahun),
    )
    baris = tuple(
        (
            str(b.nomor),
            b.indikator,
            b.satuan,
            *(target.get(b.indikator_id, {}).get(t, KOSONG) for t in tahun),
        )
        for b in bahan.baris
    )
    return Tabel("Target indikator menurut Renstra", kolom, baris)


def build_iku(bahan: Bahan) -> list[BlokData]:
    """Indikator labelled IKU with their definition; all of them where none bears the label."""
    semua = [(b, bahan.indikator[b.indikator_id]) for b in bahan.baris]
    iku = [(b, i) for b, i in semua if any(x.nama == "IKU" for x in i.label.all())]
    catatan = () if iku else ("Belum ada indikator berlabel IKU; semua indikator ditampilkan.",)
    kolom = (
        Kolom("No", 7),
        Kolom("Indikator", 27),
        Kolom("Definisi operasional"),
        Kolom("Sumber data", 17),
        Kolom("Penanggung jawab", 17),
    )
    baris = tuple(
        (
            str(n),
            b.indikator,
            i.definisi_operasional or "Belum ada definisi operasional.",
            i.sumber_data or KOSONG,
            b.unit,
        )
        for n, (b, i) in enumerate(iku or semua, 1)
    )
    if not baris:
        return [
            BlokData(
                IKU, (Teks("Rencana kinerja tahun ini belum berisi indikator.", is_kosong=True),)
            )
        ]
    return [BlokData(IKU, (Tabel("Indikator kinerja utama", kolom, baris, catatan=catatan),))]
