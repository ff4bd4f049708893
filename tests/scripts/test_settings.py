"""Settings are checked before anything starts."""

import pytest

from scripts.settings import Settings, SettingsError


def test_defaults() -> None:
    settings = Settings.from_environment()
    assert settings.chat_url == f"http://127.0.0.1:{settings.port}/webhooks/chat"


def test_settings_survive_the_way_through_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEEDLEWISE_PORT", "6005")
    monkeypatch.setenv("NEEDLEWISE_COUNTRY", "IE")
    settings = Settings.from_environment()
    for name, value in settings.as_environment().items():
        monkeypatch.setenv(name, value)
    assert Settings.from_environment() == settings
    assert settings.port == 6005
    assert settings.country == "IE"


@pytest.mark.parametrize("value", ["", "http", "0", "65536", "-1", "5005.5"])
def test_a_bad_port_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ACTIONS_PORT", value)
    with pytest.raises(SettingsError, match="ACTIONS_PORT must be a port number"):
        Settings.from_environment()


def test_an_unknown_country_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEEDLEWISE_COUNTRY", "usa")
    with pytest.raises(SettingsError, match="must be one of US, CA"):
        Settings.from_environment()


def test_two_processes_cannot_share_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTIONS_PORT", "8000")
    with pytest.raises(SettingsError, match="must differ"):
        Settings.from_environment()
