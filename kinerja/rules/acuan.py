"""Codes that name a row of another table: as short as they are clear, as long as they must be.

The code of an indikator alone will do where no other sasaran has it; where one does, the codes
above it go in front: "1/2.1" is indikator 2.1 of sasaran 1.
"""

from collections import defaultdict
from collections.abc import Iterable

Jalur = tuple[str, ...]
_MAKS_SARAN = 3


class AcuanTidakDikenal(ValueError):
    """The text names no row, or several; the message is a sentence."""


class Acuan:
    """Rows of one table by every way to name them. jalur: codes from the top down to a row."""

    def __init__(self, tabel: str, jalur: Iterable[Jalur]) -> None:
        self.tabel = tabel
        self._jalur: set[Jalur] = set()
        self._nama: dict[str, set[Jalur]] = defaultdict(set)
        for j in jalur:
            self.add(j)

    def __contains__(self, jalur: Jalur) -> bool:
        return jalur in self._jalur

    def add(self, jalur: Jalur) -> None:
        """One more row."""
        self._jalur.add(jalur)
        for n in range(len(jalur)):
            self._nama["/".join(jalur[n:])].add(jalur)

    def find(self, teks: str) -> Jalur:
        """The row that `teks` names.

        Raises:
            AcuanTidakDikenal: none, or more than one.
        """
        ada = self._nama.get(teks) or self._nama.get("/".join(b.strip() for b in teks.split("/")))
        if not ada:
            pesan = f"{self.tabel} berkode “{teks}” tidak ada di instansi ini maupun dalam berkas."
            raise AcuanTidakDikenal(pesan)
        if len(ada) > 1:
            saran = ", ".join(sorted(self.shorten(j) for j in ada)[:_MAKS_SARAN])
            raise AcuanTidakDikenal(
                f"{self.tabel} berkode “{teks}” lebih dari satu; tulis dengan induknya: {saran}."
            )
        return next(iter(ada))

    def shorten(self, jalur: Jalur) -> str:
        """The shortest name of a row that no other one has."""
        for n in reversed(range(len(jalur))):
            nama = "/".join(jalur[n:])
            if len(self._nama[nama]) <= 1:
                return nama
        return "/".join(jalur)
