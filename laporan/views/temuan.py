"""What is wrong with a posted page, in the words the page shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django import forms

from sakip.common.errors import IsianTidakSah

Galat = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Temuan:
    """What is wrong with a posted page: sentences, and faults by row and field.

    jangkar: the part of the page to come back to.
    """

    pesan: Sequence[str] = ()
    galat: Galat = field(default_factory=dict)
    jangkar: str = ""

    @property
    def butir(self) -> list[tuple[str, int | None]]:
        """Each sentence with the row it is about, None for none; rows are told of in order."""
        sisa = [(kalimat, pk) for pk, ruas in self.galat.items() for kalimat in ruas.values()]
        hasil: list[tuple[str, int | None]] = []
        for pesan in self.pesan:
            milik = bool(sisa) and pesan.endswith(sisa[0][0])
            hasil.append((pesan, sisa.pop(0)[1] if milik else None))
        return hasil

    def __add__(self, lain: Self) -> "Temuan":
        jangkar = self.jangkar or lain.jangkar
        return Temuan([*self.pesan, *lain.pesan], {**self.galat, **lain.galat}, jangkar)


def list_galat(*formulir: forms.BaseForm) -> list[str]:
    """Faults of the forms as sentences that name their field."""
    return [
        str(galat) if nama == "__all__" else f"{form[nama].label}: {galat}"
        for form in formulir
        for nama, daftar in form.errors.items()
        for galat in daftar
    ]


def keep(simpan: Callable[[], object]) -> Temuan:
    """Do it; what cannot be accepted comes back as words beside the form that still holds it."""
    try:
        simpan()
    except IsianTidakSah as ditolak:
        return Temuan([ditolak.pesan])
    return Temuan()
