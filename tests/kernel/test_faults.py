import pytest

from yimen.kernel.faults import Fault, FaultError, value_of


def test_a_value_passes_and_a_fault_is_raised_with_its_sentence():
    assert value_of(5) == 5
    with pytest.raises(FaultError, match="写错了") as caught:
        value_of(Fault("wrong", "写错了"))
    assert caught.value.fault.code == "wrong"
    assert str(Fault("wrong", "写错了")) == "写错了"
