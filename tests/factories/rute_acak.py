"""Random routes, to draw."""

import random

from sop.rules.graf import Graf, SimpulPelaksana
from tests.factories.sop import simpul, simpul_pelaksana


def _pelaksana(r: random.Random, kode: list[str]) -> tuple[SimpulPelaksana, ...]:
    utama = r.choice(kode)
    if len(kode) < 3 or r.random() > 0.1:
        return (simpul_pelaksana(utama),)
    lain = r.choice([k for k in kode if k != utama])
    return simpul_pelaksana(utama), simpul_pelaksana(lain, urutan=r.choice([1, 2]))


def rute_acak(benih: int, *, paling_banyak: int = 30) -> Graf:
    """A sound route, denser than real ones: 4 steps or more, up to 8 actors, a fifth decisions."""
    r = random.Random(benih)  # noqa: S311 - a drawing, not a secret
    banyak = r.randint(4, paling_banyak)
    kode = [f"jab{n}" for n in range(r.randint(2, 8))]
    langkah = []
    for n in range(1, banyak + 1):
        isi: dict[str, object] = {"pelaksana": _pelaksana(r, kode)}
        if n == banyak:
            isi |= {"simbol": "akhir", "ke": {"lanjut": None}}
        elif n > 1 and r.random() < 0.2:
            kembali = r.randint(max(1, n - 6), n - 1)
            isi |= {"simbol": "keputusan", "ke": {"ya": n + 1, "tidak": kembali}}
        langkah.append(simpul(n, **isi))
    if r.random() < 0.2:
        ke = {"ya": None, "tidak": r.randint(1, banyak - 1)}
        langkah[-1] = simpul(banyak, simbol="keputusan", ke=ke, pelaksana=langkah[-1].pelaksana)
    return Graf(tuple(langkah))
