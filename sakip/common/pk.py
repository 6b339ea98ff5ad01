"""Ids of rows as they come from outside: in a form, in the query of an address."""

# One less than the digits of the largest id a database holds, so that each of them fits.
_DIGIT = 18


def read_pk(teks: str) -> int | None:
    """The id that `teks` names, or None where it can be none.

    Only ASCII digits, and never so many that `int` refuses them (4,300) or a database does (19).
    """
    sah = len(teks) <= _DIGIT and teks.isascii() and teks.isdigit()
    return int(teks) if sah else None
