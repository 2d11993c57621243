"""Settings of signing in: read as people write them, and a wrong one is named."""

from datetime import timedelta
from pathlib import Path

import pytest

from levelhead.people.claims import ClaimRules, Unknown
from levelhead.people.person import Role
from levelhead.people.session import SessionRules
from levelhead.settings import WrongSetting, load


def test_out_of_the_box_nobody_is_vouched_for_and_sessions_are_the_usual_ones() -> None:
    assert load().oidc_issuer is None
    assert load().claim_rules == ClaimRules()
    assert load().session_rules == SessionRules()


def test_the_mapping_is_written_as_pairs_and_keeps_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVELHEAD_OIDC_ROLES", "leads=supervisor, everyone = agent")
    monkeypatch.setenv("LEVELHEAD_OIDC_TEAMS", "returns=Returns desk")
    monkeypatch.setenv("LEVELHEAD_OIDC_UNKNOWN", "create")
    monkeypatch.setenv("LEVELHEAD_SESSION_IDLE_MINUTES", "10")
    rules = load().claim_rules
    assert list(rules.roles.items()) == [("leads", Role.SUPERVISOR), ("everyone", Role.AGENT)]
    assert (rules.teams, rules.unknown) == ({"returns": "Returns desk"}, Unknown.CREATE)
    assert load().session_rules.idle == timedelta(minutes=10)


def test_in_toml_the_mapping_is_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "levelhead.toml"
    path.write_text('oidc_default_role = "agent"\n[oidc_roles]\nleads = "supervisor"\n')
    monkeypatch.setenv("LEVELHEAD_CONFIG", str(path))
    assert load().claim_rules.roles == {"leads": Role.SUPERVISOR}
    assert load().claim_rules.default_role is Role.AGENT


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [
        ("oidc_roles", "leads", "theirs=ours"),
        ("oidc_roles", "leads=boss", "agent"),
        ("oidc_issuer", "http://id.example.com", "https://"),
        ("public_url", "desk.example.com", "https://desk.example.org"),
        ("public_url", "https://desk.example.com/levelhead", "without a path"),
        ("session_hours", "0", "greater than or equal to 1"),
    ],
)
def test_a_wrong_one_is_named(setting: str, value: str, why: str) -> None:
    with pytest.raises(WrongSetting, match=rf"^{setting}: .*{why}"):
        load(**{setting: value})


def test_the_clients_secret_is_not_printed() -> None:
    assert "hunter2" not in repr(load(oidc_client_secret="hunter2"))
