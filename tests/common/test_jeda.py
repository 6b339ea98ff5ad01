"""The collector rests only within, and only for whoever found it at work."""

import gc

import pytest

from sakip.common.jeda import jeda_pembersih


@jeda_pembersih()
def fail_within() -> None:
    assert not gc.isenabled()
    with jeda_pembersih():
        pass
    assert not gc.isenabled()
    raise LookupError


def test_the_collector_works_again_afterwards_even_after_a_fault() -> None:
    with pytest.raises(LookupError):
        fail_within()
    assert gc.isenabled()
