"""Who stands above a post, all the way up."""

from organisasi.rules.atasan import climb


def test_superiors_are_climbed_and_circles_end() -> None:
    atasan = {1: [], 2: [1], 3: [2], 4: [3, 2], 5: [6], 6: [5]}
    assert climb(atasan, 4) == {1, 2, 3}
    assert climb(atasan, 1) == set()
    assert climb(atasan, 5) == {6}
    assert climb(atasan, 99) == set()
