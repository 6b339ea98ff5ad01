"""Refusals of the domain, each with a sentence for the person who asked.

The middleware turns them into a page: wrong state 409, wrong person 403, wrong content 422.
"""

from http import HTTPStatus

from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal that the person can understand; `pesan` is a full sentence in Indonesian."""

    status = HTTPStatus.BAD_REQUEST
    # After how many seconds trying again makes sense; None where it is not a matter of time.
    lagi_detik: int | None = None

    def __init__(self, pesan: str | Promise) -> None:
        super().__init__(str(pesan))
        self.pesan = str(pesan)


class TransisiDitolak(DomainError):
    """The thing is in a state from which the act is not possible (somebody was first)."""

    status = HTTPStatus.CONFLICT


class AksesDitolak(DomainError):
    """The person is known and may look, but may not do this."""

    status = HTTPStatus.FORBIDDEN


class IsianTidakSah(DomainError):
    """What was filled in cannot be accepted."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AlurTidakSah(IsianTidakSah):
    """A route that no draft could walk; `masalah` lists each fault."""

    def __init__(self, pesan: str | Promise, masalah: list[str] | None = None) -> None:
        super().__init__(pesan)
        self.masalah = masalah or []
