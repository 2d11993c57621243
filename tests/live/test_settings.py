"""Settings come from code, the environment or one TOML file, and a wrong one is named."""

from pathlib import Path

import pytest

from levelhead.settings import WrongSetting, load
from levelhead.settings_language_model import Wording


@pytest.fixture
def toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "levelhead.toml"
    monkeypatch.setenv("LEVELHEAD_CONFIG", str(path))
    return path


def test_out_of_the_box_it_serves_this_machine_with_the_demo() -> None:
    settings = load()
    assert (settings.host, settings.demo, settings.demo_pace) == ("127.0.0.1", True, 1.0)
    assert settings.database_url == "sqlite:///data/levelhead.db"


def test_what_is_given_wins_over_the_environment_and_that_over_the_file(
    toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml.write_text('host = "10.0.0.1"\nport = 1\ndemo_pace = 3\n')
    monkeypatch.setenv("LEVELHEAD_PORT", "2")
    monkeypatch.setenv("LEVELHEAD_DEMO_PACE", "4")
    settings = load(demo_pace=5.0, host=None)
    assert (settings.host, settings.port, settings.demo_pace) == ("10.0.0.1", 2, 5.0)


def test_a_database_url_takes_the_place_of_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load(data_dir=tmp_path).database_url == f"sqlite:///{tmp_path}/levelhead.db"
    monkeypatch.setenv("LEVELHEAD_DATABASE", "sqlite:////srv/levelhead.db")
    assert load(data_dir=tmp_path).database_url == "sqlite:////srv/levelhead.db"


def test_an_unknown_key_is_named_with_the_nearest_one(toml: Path) -> None:
    toml.write_text("prot = 80\n")
    with pytest.raises(WrongSetting, match=r"levelhead\.toml: there is no setting 'prot'; the nearest is 'port'"):
        load()


@pytest.mark.parametrize(
    ("content", "why"),
    [("port = ", "not TOML"), ("port = 70000", "port: .*65535"), ('log_level = "loud"', "log_level: .*'loud'")],
)
def test_a_wrong_value_is_named(toml: Path, content: str, why: str) -> None:
    toml.write_text(content)
    with pytest.raises(WrongSetting, match=why):
        load()


@pytest.mark.usefixtures("toml")
def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(WrongSetting, match=r"levelhead\.toml: No such file"):
        load()


def test_a_wrong_environment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVELHEAD_DEMO", "perhaps")
    with pytest.raises(WrongSetting, match=r"demo: .*'perhaps'"):
        load()


def test_networks_are_given_with_commas_or_as_a_list(toml: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml.write_text('webhook_networks = ["10.0.0.0/8", "fd00::/8"]\n')
    assert [str(network) for network in load().webhook_networks] == ["10.0.0.0/8", "fd00::/8"]
    monkeypatch.setenv("LEVELHEAD_WEBHOOK_NETWORKS", "127.0.0.0/8, ::1/128")
    assert [str(network) for network in load().webhook_networks] == ["127.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        (
            "WEBHOOK_NETWORKS",
            "10.0.0.1/8",
            r"webhook_networks: 10\.0\.0\.1/8 has host bits set; write",
        ),
        ("TRACES", "collector:4318", "traces: an address begins with http:// or https://"),
        (
            "LANGUAGE_MODEL_URL",
            "ftp://here",
            "language_model_url: an address begins with http:// or https:// and names",
        ),
        ("LANGUAGE_MODEL_URL", "http://me:pass@here/v1", "language_model_url: leave out name, password"),
        ("LANGUAGE_MODEL_FOR", "draft,poems", r"language_model_for: .*'poems'"),
        ("OUTBOX_DAYS", "0", "outbox_days: .*greater than or equal to 1"),
    ],
)
def test_a_setting_that_cannot_be_used_says_what_would_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    monkeypatch.setenv(f"LEVELHEAD_{name}", value)
    with pytest.raises(WrongSetting, match=why):
        load()


def test_there_is_no_language_model_out_of_the_box_and_its_key_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().language_model_url is None
    monkeypatch.setenv("LEVELHEAD_LANGUAGE_MODEL_URL", "https://models.example.com/v1/")
    monkeypatch.setenv("LEVELHEAD_LANGUAGE_MODEL_KEY", "hunter2")
    monkeypatch.setenv("LEVELHEAD_LANGUAGE_MODEL_FOR", "draft, note")
    settings = load()
    assert settings.language_model_url == "https://models.example.com/v1"
    assert settings.language_model_for == (Wording.DRAFT, Wording.NOTE)
    assert "hunter2" not in repr(settings)
