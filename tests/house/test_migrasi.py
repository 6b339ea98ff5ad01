"""Migrations that the release before them survives: widen first, take away when nobody reads it.

While a release is put in place the old code still works on the new schema (CONTRIBUTING.md).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED

KAMI = ("organisasi", "sop", "kinerja", "laporan")
# From before the rule, when nothing was released. The list may only become shorter.
DAHULU = {
    "laporan.0004_kerangka",
    "laporan.0006_surat_arsip",
    "laporan.0010_reviu",
    "laporan.0014_dokumen_surat",
    "laporan.0016_percobaan_paket_lke",
    "laporan.0017_kerangka_lembar",
    "organisasi.0005_kertas",
    "sop.0004_dokumen_tanpa_ruas",
}
MENGURANGI = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def judge(operasi: Operation, dahulu: ProjectState, aplikasi: str) -> Iterator[str]:
    """Why the code before it would fail beside this operation."""
    if isinstance(operasi, MENGURANGI):
        yield f"{operasi.describe()}: masih dibaca kode sebelumnya"
    elif isinstance(operasi, migrations.AddField):
        if not _is_boleh_kosong(operasi.field):
            yield f"{operasi.describe()}: kode sebelumnya tidak mengisinya; beri db_default"
    elif isinstance(operasi, migrations.AlterField):
        yield from _judge_ubah(operasi, dahulu, aplikasi)


def _judge_ubah(
    operasi: migrations.AlterField, dahulu: ProjectState, aplikasi: str
) -> Iterator[str]:
    lama = dahulu.models[aplikasi, operasi.model_name_lower].fields[operasi.name]
    if lama.null and not _is_boleh_kosong(operasi.field):
        yield f"{operasi.describe()}: kode sebelumnya masih mengosongkannya"
    if (operasi.field.max_length or 0) < (lama.max_length or 0):
        yield f"{operasi.describe()}: kode sebelumnya masih menulis yang lebih panjang"


def _is_boleh_kosong(field: models.Field[Any, Any]) -> bool:
    """Whether a row may be inserted by code that does not know the column."""
    return bool(field.many_to_many) or field.null or field.db_default is not NOT_PROVIDED


@cache
def _list_salah() -> dict[str, list[str]]:
    """What the rule has against each migration of ours, in one walk over all of them."""
    pemuat = MigrationLoader(None)
    keadaan, salah = ProjectState(), dict[str, list[str]]()
    rencana = (k for ujung in sorted(pemuat.graph.leaf_nodes()) for k in _plan(pemuat, ujung))
    for aplikasi, nama in dict.fromkeys(rencana):
        langkah = pemuat.disk_migrations[aplikasi, nama]
        for operasi in langkah.operations:
            if aplikasi in KAMI and not langkah.initial:
                salah.setdefault(f"{aplikasi}.{nama}", []).extend(judge(operasi, keadaan, aplikasi))
            operasi.state_forwards(aplikasi, keadaan)
    return salah


def _plan(pemuat: MigrationLoader, ujung: tuple[str, str]) -> list[tuple[str, str]]:
    """What leads to that migration, itself included, in order."""
    return list(pemuat.graph.forwards_plan(ujung))


def test_the_code_before_a_migration_works_on_after_it() -> None:
    salah = {nama: kata for nama, kata in _list_salah().items() if kata and nama not in DAHULU}
    assert salah == {}


def test_what_was_excused_still_needs_it() -> None:
    assert {n for n in DAHULU if not _list_salah()[n]} == set()


_LAMA = ProjectState()
_LAMA.add_model(
    ModelState("uji", "Surat", [("perihal", models.CharField(max_length=20, null=True))])
)


@pytest.mark.parametrize(
    ("operasi", "salah"),
    [
        (migrations.AddField("surat", "isi", models.TextField()), True),
        (migrations.AddField("surat", "isi", models.TextField(default="")), True),
        (migrations.AddField("surat", "isi", models.TextField(null=True)), False),
        (migrations.AddField("surat", "isi", models.TextField(default="", db_default="")), False),
        (migrations.RemoveField("surat", "perihal"), True),
        (migrations.RenameField("surat", "perihal", "hal"), True),
        (migrations.AlterField("surat", "perihal", models.CharField(max_length=20)), True),
        (
            migrations.AlterField("surat", "perihal", models.CharField(max_length=9, null=True)),
            True,
        ),
        (
            migrations.AlterField("surat", "perihal", models.TextField(null=True, max_length=20)),
            False,
        ),
    ],
)
def test_the_rule_knows_what_breaks_the_code_before(operasi: Operation, salah: bool) -> None:  # noqa: FBT001 - a column of the table above
    assert bool(list(judge(operasi, _LAMA, "uji"))) is salah
