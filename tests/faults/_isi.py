"""Figures by the million: two years made by the product, the years before them copied in SQL."""

from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from kinerja.models import Capaian, FormulirCapaian

_INDIKATOR, _TRIWULAN, _PENGGUNA = 200, 8, 20
_TAHUN = _TRIWULAN // 4
# Beyond this the product's own way takes minutes; copies are as good for what is tried on them.
_PALING_BUATAN = 20_000
# Only forms without a trail, which a copy would break. Copies keep no sums and fire no trigger:
# nobody asks for reports of those years.
_SALIN = """
SET session_replication_role = replica;
SET statement_timeout = 0;
INSERT INTO {formulir} (tahun, {kolom_formulir})
SELECT tahun - {tahun} * n, {kolom_formulir} FROM {formulir}, generate_series(1, {kali}) n
WHERE jejak_urut = 0 ON CONFLICT DO NOTHING;
INSERT INTO {capaian} (formulir_id, {kolom_capaian})
SELECT tujuan.id, {kolom_capaian} FROM {capaian} c JOIN {formulir} asal ON asal.id = c.formulir_id
JOIN {formulir} tujuan USING (unit_id, triwulan, putaran)
WHERE asal.jejak_urut = 0 AND tujuan.tahun < asal.tahun
AND (asal.tahun - tujuan.tahun) % {tahun} = 0 ON CONFLICT DO NOTHING;
ANALYZE;
RESET session_replication_role;
RESET statement_timeout;
"""


def list_pilihan(capaian: int) -> list[str]:
    """Options of `buat_data` for so many figures, or for the share of them that it makes."""
    opd = -(-min(capaian, _PALING_BUATAN) // (_INDIKATOR * _TRIWULAN))
    takaran = {"opd": opd, "pengguna": _PENGGUNA, "indikator": _INDIKATOR, "triwulan": _TRIWULAN}
    return ["--tambah", *(f"--{nama}={n}" for nama, n in takaran.items())]


def copy_tahun(kursor: CursorWrapper, capaian: int) -> None:
    """The same figures again for the years before, until there are so many. By the owner only."""
    kali = -(-capaian // _PALING_BUATAN) - 1
    if kali < 1:
        return
    # The names of our own columns, and numbers of ours.
    kursor.execute(
        _SALIN.format(
            formulir=FormulirCapaian._meta.db_table,
            capaian=Capaian._meta.db_table,
            kolom_formulir=_list_kolom(FormulirCapaian, "tahun"),
            kolom_capaian=_list_kolom(Capaian, "formulir_id"),
            tahun=_TAHUN,
            kali=kali,
        )
    )


def _list_kolom(model: type[Model], kecuali: str) -> str:
    """All columns but the key and that one."""
    kolom = [str(f.column) for f in model._meta.concrete_fields if not f.primary_key]
    return ", ".join(k for k in kolom if k != kecuali)
