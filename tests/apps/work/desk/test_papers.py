"""Papers of a case: what we hold of them, and where the originals lie."""

from yimen.kernel.ids import uuid7
from yimen.work.desk import api as desk


def test_many_cases_are_asked_at_once_which_originals_we_keep(
    acting, clerk, officer, make_actor, asked, now, django_assert_num_queries
):
    from dataclasses import replace

    with acting(clerk):
        kept = replace(asked(sick=True, papers={"identity": "seen", "diagnosis": "tolerated"}),
                       originals={"identity": "filed"})  # fmt: skip
        first = desk.accept_case(by=clerk, at=now, area="330212007001", asked=kept).public_id
        second = desk.accept_case(by=clerk, at=now, area="330212007001", asked=asked()).public_id
    nobodys = uuid7()
    with acting(officer), django_assert_num_queries(1):
        held = desk.papers_of([first, second, nobodys], by=officer)
    assert held[first] == desk.PapersHeld(papers=2, files=0, at_window=0, with_file=1)
    assert (held[first].originals, held[second].originals) == (1, 0)
    assert held[nobodys] == desk.PapersHeld()
    stranger = make_actor("desk.view_cases", area="330212008")
    with acting(stranger):
        assert desk.papers_of([first], by=stranger) == {first: desk.PapersHeld()}
