"""How a NIP is printed."""


def group_nip(nip: str) -> str:
    """A NIP as documents print it, 8-6-1-3; anything that is no NIP comes back as it is."""
    if len(nip) != 18 or not nip.isdigit():
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
