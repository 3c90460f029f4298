"""Settings: what the environment may say, and what a wrong word gets."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from service.settings import SettingError, Settings


def test_nothing_said_gives_the_defaults_of_the_contract() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.max_body_bytes == 1 << 20
    assert settings.max_characters == 200_000
    assert settings.request_timeout == 30


def test_every_kind_of_value_is_read() -> None:
    told = {
        "PORT": "9000",
        "MODEL_PATH": "/models/x",
        "ALLOW_OPEN": "yes",
        "CORS_ORIGINS": "https://a.example, https://b.example",
        "RATE_LIMIT": "5/second",
        "LOG_LEVEL": "WARNING",
    }
    settings = Settings.from_environment(told)
    assert settings.port == 9000
    assert settings.model_path == Path("/models/x")
    assert settings.allow_open is True
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert settings.rate_limit == "5/second"
    assert settings.log_level == "warning"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "x", "Config 'PORT' has value 'x'. Not a valid int."),
        ("PORT", "70000", "Config 'PORT' has value '70000'. Allowed: from 0 to 65535."),
        ("MAX_CHARACTERS", "0", "Config 'MAX_CHARACTERS' has value '0'. Allowed: 1 or more."),
        ("ALLOW_OPEN", "maybe", "Config 'ALLOW_OPEN' has value 'maybe'. Not a valid bool."),
        ("HOST", " ", "Config 'HOST' has value ' '. Must not be empty."),
        ("RATE_LIMIT", "often", "Config 'RATE_LIMIT' has value 'often'. Not a valid rate such as '600/minute'."),
        ("RUNTIME", "tensorflow", "Config 'RUNTIME' has value 'tensorflow'. Allowed: openvino, torch."),
        ("LOG_LEVEL", "loud", "Config 'LOG_LEVEL' has value 'loud'. Allowed: debug, info, warning, error."),
    ],
)
def test_a_wrong_value_is_named_with_its_setting_and_what_is_allowed(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingError) as refused:
        Settings.from_environment({name: value})
    assert str(refused.value) == message


def test_settings_cannot_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]  # that is the point


def test_every_setting_says_what_it_does() -> None:
    for field in fields(Settings):
        assert len(field.metadata["meaning"]) > 10, field.name
