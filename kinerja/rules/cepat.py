"""The percentage alone, for totals over tens of thousands of rows.

The engine (`kinerja.rules.capaian`) explains each result; a total reads none of that. For the
settings nearly every indikator has this gives the same percentage; a property test holds the two
together. Whatever is not usual goes through the engine.
"""

from decimal import Context, Decimal

from kinerja.rules.capaian import Rumus

# Rows of these formulas with floor 0 and a single target are usual.
RUMUS_BIASA = (Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN)
_KONTEKS = Context(prec=34)
_SERATUS = Decimal(100)
_NOL = Decimal(0)


def reckon_biasa(
    target: Decimal | None, realisasi: Decimal | None, rumus: str, batas: Decimal | None
) -> Decimal | None:
    """`reckon_capaian(...).persen` for a usual row. rumus: one of RUMUS_BIASA."""
    if realisasi is None or target is None or target < 0:
        return None
    if target == 0:
        return None if rumus == Rumus.PER_TARGET else _SERATUS if realisasi <= 0 else _NOL
    if rumus == Rumus.PER_TARGET:
        atas, bawah = realisasi * _SERATUS, target
    elif rumus == Rumus.CERMIN:
        atas, bawah = (2 * target - realisasi) * _SERATUS, target
    else:
        if realisasi <= 0:
            return batas
        atas, bawah = target * _SERATUS, realisasi
    persen = _KONTEKS.divide(atas, bawah)
    if persen < 0:
        return _NOL
    return batas if batas is not None and persen > batas else persen
