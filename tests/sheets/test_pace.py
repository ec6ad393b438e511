"""What makes thousands of rows quick is put back afterwards, whatever happened."""

import gc
import sys

import pytest

from sheets.pace import no_collection, quick_handover


def test_collection_comes_back_after_an_error() -> None:
    def broken() -> None:
        with no_collection():
            assert not gc.isenabled()
            raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        broken()
    assert gc.isenabled()


def test_collection_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_hand_over_as_before_after_an_error() -> None:
    before = sys.getswitchinterval()

    def broken() -> None:
        with quick_handover():
            assert sys.getswitchinterval() < before
            raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        broken()
    assert sys.getswitchinterval() == before
