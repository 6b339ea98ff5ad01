"""How a NIP is printed."""

import pytest
from django.template import Context, Template

from sakip.common.nip import group_nip


@pytest.mark.parametrize(
    ("nip", "harap"),
    [
        ("197001011995031001", "19700101 199503 1 001"),
        ("19700101 199503 1 001", "19700101 199503 1 001"),
        ("-", "-"),
        ("19700101199503100X", "19700101199503100X"),
    ],
)
def test_nip_is_grouped_and_anything_else_left_alone(nip: str, harap: str) -> None:
    assert group_nip(nip) == harap
    assert Template("{{ n|nip }}").render(Context({"n": nip})) == harap
