"""Settings: what the README says of them is what there is."""

import re
from pathlib import Path

import pytest

from signpost_bot.errors import SettingsError
from signpost_bot.settings import Settings, read_settings

README = Path(__file__).parent.parent / "README.md"


def test_every_setting_stands_in_the_readme_and_nothing_else_does() -> None:
    told = re.findall(r"`SIGNPOST_([A-Z_]+)` \|", README.read_text("utf-8"))
    assert [name.lower() for name in told] == [
        "packs", "data", "operator", "database_url", "secret_key", "telegram_token",
        "telegram_api_url", "webhook_url", "retention_days", "host", "port", "meaning",
    ]  # fmt: skip
    assert set(Settings.model_fields) == {name.lower() for name in told}


def test_the_defaults_are_those_of_the_readme() -> None:
    rows = re.findall(r"`SIGNPOST_([A-Z_]+)` \| ([^|]+) \|", README.read_text("utf-8"))
    for name, told in rows:
        default = Settings.model_fields[name.lower()].default
        if default not in (None, ()):
            assert told == f"`{default}`"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "abc", "SIGNPOST_PORT cannot be 'abc'"),
        ("PORT", "70000", "SIGNPOST_PORT cannot be '70000'"),
        ("MEANING", "maybe", "SIGNPOST_MEANING cannot be 'maybe'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"SIGNPOST_{name}", value)
    with pytest.raises(SettingsError, match=says):
        read_settings()


def test_packs_are_split_at_commas_and_empty_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_PACKS", " a, b ,,")
    assert read_settings().packs == (Path("a"), Path("b"))
    monkeypatch.setenv("SIGNPOST_PACKS", "")
    assert read_settings().packs == ()


def test_the_pack_in_the_data_folder_is_laid_over_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNPOST_DATA", str(tmp_path))
    assert read_settings().own_packs == ()
    (tmp_path / "pack").mkdir()
    assert read_settings().own_packs == (tmp_path / "pack",)
