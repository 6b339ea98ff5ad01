"""Copy definition, year's target and category scale into forms opened before they were kept."""

from decimal import Decimal
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kinerja.rules.agregasi import Agregasi, combine
from kinerja.rules.kategori import PENGATURAN_BAKU, Kategori, Pengaturan

_SALIN = ("nama", "satuan", "agregasi", "desimal", "is_dapat_negatif")
_KOLOM = [*_SALIN, "definisi", "target_tahun"]


def copy_definisi(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rows and forms as the plan and the office stand today; kendala and RTL stay optional there."""
    _copy_baris(apps)
    formulir = apps.get_model("kinerja", "FormulirCapaian")._default_manager
    dibaca: dict[int, dict[str, Any]] = {}
    for f in formulir.filter(pengaturan={}).select_related("unit").iterator():
        if f.unit.instansi_id not in dibaca:
            dibaca[f.unit.instansi_id] = _read_pengaturan(apps, f.unit.instansi_id)
        f.pengaturan = dibaca[f.unit.instansi_id]
        f.save(update_fields=["pengaturan"])


def _copy_baris(apps: Apps) -> None:
    target: dict[tuple[int, int], dict[int, Decimal]] = {}
    for t in apps.get_model("kinerja", "Target")._default_manager.iterator():
        target.setdefault((t.indikator_id, t.tahun), {})[t.triwulan] = t.nilai
    capaian = apps.get_model("kinerja", "Capaian")._default_manager
    tumpuk = []
    for c in capaian.filter(nama="").select_related("indikator", "formulir").iterator():
        for nama in _SALIN:
            setattr(c, nama, getattr(c.indikator, nama))
        c.definisi = c.indikator.definisi_operasional
        setahun = target.get((c.indikator_id, c.formulir.tahun), {})
        c.target_tahun = _sum_target([setahun.get(n) for n in (1, 2, 3, 4)], Agregasi(c.agregasi))
        tumpuk.append(c)
        if len(tumpuk) == 1000:
            capaian.bulk_update(tumpuk, _KOLOM)
            tumpuk = []
    capaian.bulk_update(tumpuk, _KOLOM)


def _sum_target(nilai: list[Decimal | None], cara: Agregasi) -> Decimal | None:
    if cara is Agregasi.TERAKHIR:
        return nilai[-1]
    return None if None in nilai else combine(nilai, cara)


def _read_pengaturan(apps: Apps, instansi_id: int) -> dict[str, Any]:
    skala = apps.get_model("kinerja", "SkalaKategori")._default_manager
    baris = list(skala.filter(instansi=instansi_id).order_by("-batas"))
    batas = (
        apps.get_model("kinerja", "PengaturanKinerja")
        ._default_manager.filter(instansi=instansi_id)
        .first()
    )
    pita = [Kategori(b.batas, b.label, b.warna) for b in baris[:-1]]
    pita += [Kategori(None, b.label, b.warna) for b in baris[-1:]]
    baku = PENGATURAN_BAKU
    return Pengaturan(
        skala=tuple(pita) or baku.skala,
        batas_penjelasan=batas.batas_penjelasan if batas else baku.batas_penjelasan,
        batas_periksa=batas.batas_periksa if batas else baku.batas_periksa,
        wajib_rtl=False,
    ).to_json()


class Migration(migrations.Migration):
    """A data move of its own; going back leaves the copies to the columns' removal."""

    dependencies = [("kinerja", "0009_kamus_komponen_dan_rtl")]
    operations = [migrations.RunPython(copy_definisi, migrations.RunPython.noop)]
