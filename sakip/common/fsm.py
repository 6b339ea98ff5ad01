"""The one door to django-fsm: guarded status fields and typed transitions.

The library checks the copy in memory only, does not enforce ``permission=`` and lets
``QuerySet.update``
pass by a protected field. What closes these gaps lives here; services hold the row lock.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import django_fsm
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext as _

from sakip.common.errors import AksesDitolak, TransisiDitolak

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

dynamic_target = django_fsm.GET_STATE
ConcurrentTransition = django_fsm.ConcurrentTransition


class StatusField(django_fsm.FSMField):
    """A status that moves only through transitions. Migrations know it as the text it is.

    Every copy of an FSMField listens, for good, to each model class that Django makes, and a
    migration makes thousands of both: a third of the time that a new database took.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As a plain column of text: what is protected is the model's matter."""
        nama, _jalan, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return nama, "django.db.models.CharField", args, kwargs


@cache
def _list_status(model: type[models.Model]) -> tuple[django_fsm.FSMFieldMixin, ...]:
    return tuple(f for f in model._meta.fields if isinstance(f, django_fsm.FSMFieldMixin))


def status_fields(model: type[models.Model]) -> set[str]:
    """Names of the fields of `model` that only transitions may change."""
    return {f.name for f in _list_status(model)}


class StatusQuerySet(models.QuerySet[M]):
    """A QuerySet whose bulk updates leave guarded status fields alone."""

    def update(self, **kwargs: Any) -> int:
        """Refuse a status field: `protected=True` does not stop this path."""
        self._refuse(kwargs)
        return super().update(**kwargs)

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Refuse a status field, then do as Django does."""
        names = list(fields)
        self._refuse(names)
        return super().bulk_update(objs, names, batch_size)

    def _refuse(self, names: Iterable[str]) -> None:
        guarded = status_fields(self.model).intersection(names)
        if guarded:
            raise AttributeError(
                f"{sorted(guarded)} of {self.model.__name__} move only by transition"
            )


if TYPE_CHECKING:
    _Guarded = models.Model  # mypy sees the mixin as Any and would untype every subclass
else:

    class _Guarded(django_fsm.ConcurrentTransitionMixin, models.Model):
        class Meta:
            abstract = True


class StatusTerjaga(_Guarded):
    """Base of every model whose status moves only through transitions."""

    objects = StatusQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def state_fields(self) -> Iterable[django_fsm.FSMFieldMixin]:
        """What the library compares when saving; it looks for it at every row that is read."""
        return _list_status(type(self))

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Validate all but the status fields: Django assigns each field, which a protected one
        refuses.
        """
        super().clean_fields(exclude={*(exclude or ()), *status_fields(type(self))})


def transition(
    *,
    field: django_fsm.FSMFieldMixin | str,
    source: str | Sequence[str],
    target: str | django_fsm.State,
    permission: Callable[[Any, Any], bool],
    conditions: Sequence[Callable[[Any], bool]] = (),
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a transition, keeping the signature of the method for the type checker.

    permission: ``(instance, actor) -> bool``, compulsory: write `by_service` where the service
    that calls
    the transition decides who may, from facts the row does not hold.
    """
    declare = django_fsm.transition(
        field=field,
        source=source,
        target=target,
        conditions=list(conditions),
        permission=permission,
    )
    return cast("Callable[[Callable[P, R]], Callable[P, R]]", declare)


def by_service(_instance: models.Model, _actor: object) -> bool:
    """The calling service has checked who may act (its docstring says how)."""
    return True


def can_proceed(method: Callable[..., Any]) -> bool:
    """Whether the state allows the transition now, conditions included."""
    return bool(django_fsm.can_proceed(method))


def require_transition(
    method: Callable[..., Any], actor: PermissionsMixin, pesan: str = ""
) -> None:
    """Refuse before anything moves.

    Raises:
        TransisiDitolak: the state does not allow it (HTTP 409).
        AksesDitolak: the state does, `actor` may not (HTTP 403).
    """
    if not can_proceed(method):
        raise TransisiDitolak(
            pesan or _("Keadaannya sudah berubah sejak Anda membukanya. Muat ulang halaman ini.")
        )
    if not django_fsm.has_transition_perm(method, actor):
        raise AksesDitolak(_("Anda tidak berwenang melakukan tindakan ini."))
