"""Definitions print as documentation."""

import pytest
from django.core.management import CommandError, call_command


def test_the_pages_are_written_and_checked(tmp_path):
    call_command("write_rules_docs", "--into", str(tmp_path), verbosity=0)
    assert "2026" in (tmp_path / "calendar.md").read_text(encoding="utf-8")
    call_command("write_rules_docs", "--into", str(tmp_path), "--check")
    (tmp_path / "calendar.md").write_text("手工改过", encoding="utf-8")
    with pytest.raises(CommandError, match=r"calendar\.md"):
        call_command("write_rules_docs", "--into", str(tmp_path), "--check")


@pytest.mark.django_db
def test_the_check_command_runs_every_example(capsys):
    call_command("check_definitions", "--published")
    assert "算例全部符合" in capsys.readouterr().out
