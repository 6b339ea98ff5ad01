"""How a NIP is printed."""

PANJANG_NIP = 18


def group_nip(nip: str) -> str:
    """A NIP as documents print it, 8-6-1-3; anything that is no NIP comes back as it is."""
    if len(nip) != PANJANG_NIP or not nip.isdigit():
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
