"""Which drafts a person may read: one predicate for lists and for single drafts."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.db.models.sql.compiler import SQLCompiler

from laporan.models import Draf, IzinBaca
from organisasi.models import Pengguna, Penugasan


class _Termasuk(Func):
    """Whether the first is among what the second, a subquery, gives.

    As an array in PostgreSQL, which then finds each side of an "or" by its own index; with IN it
    reads the whole table.
    """

    template = "%(expressions)s"
    arg_joiner = " IN "
    output_field = BooleanField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[Any]]:
        return self.as_sql(
            compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY"
        )


def visible_draf(pengguna: Pengguna, penugasan: Sequence[Penugasan]) -> QuerySet[Draf]:
    """Drafts the person may read: of an office where a post is held now, or granted by name.

    A grant holds from its first moment to its last by the clock of the database, whether or not
    anybody cleaned up, and only for somebody who holds a post anywhere. Being an account
    administrator opens no draft.
    """
    kantor = {p.jabatan.instansi_id for p in penugasan}
    if not kantor:
        return Draf.objects.none()
    diberi = IzinBaca.objects.berlaku(Now()).filter(pembaca=pengguna).order_by()
    return Draf.objects.filter(
        Q(instansi__in=kantor) | Q(_Termasuk(F("pk"), Subquery(diberi.values("draf"))))
    )
