"""An address of a database may name several hosts: after a failover the other one takes the writes."""

import pytest

from config.env import database

ONE = "postgres://yimen_app:p%40ss@db.internal:5432/yimen"
TWO = "postgres://yimen_app:p%40ss@one:5432,two:5433/yimen?target_session_attrs=read-write"


def test_one_host_is_read_as_ever():
    told = database(ONE)
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.internal", 5432, "yimen")
    assert (told["USER"], told["PASSWORD"]) == ("yimen_app", "p@ss")


def test_several_hosts_are_named_with_their_ports_and_what_is_wanted_of_them():
    told = database(TWO)
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("one,two", "5432,5433", "yimen")
    assert (told["USER"], told["PASSWORD"]) == ("yimen_app", "p@ss")
    assert told["OPTIONS"] == {"target_session_attrs": "read-write"}


@pytest.mark.parametrize("url", [ONE, "postgres://a:b@/yimen?host=%2Ftmp%2Fyimen-1"])
def test_a_socket_or_a_single_host_keeps_its_shape(url):
    assert "," not in str(database(url)["HOST"])
