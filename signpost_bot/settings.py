"""Every setting there is, from the environment, ``SIGNPOST_`` in front of each name."""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from signpost_bot.errors import SettingsError


class Settings(BaseSettings):
    """With none set, ``run`` works: bundled knowledge, and a web page for this machine only."""

    model_config = SettingsConfigDict(env_prefix="SIGNPOST_", frozen=True, env_ignore_empty=True)

    packs: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Folders with knowledge of your own, laid over the national pack in order, "
        "with commas between them. When absent, the pack inside the data folder.",
    )
    data: Path = Field(default=Path("data"), description="Where the program keeps its files.")
    operator: str | None = Field(
        default=None, description="Who runs this, for people to read on the page."
    )
    host: str = Field(default="127.0.0.1", description="The address the web page listens on.")
    port: int = Field(default=8080, ge=1, le=65535, description="The port it listens on.")
    meaning: Literal["on", "off"] = Field(
        default="on", description="off: understand by words and spelling alone, without the model."
    )

    @field_validator("packs", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @property
    def own_packs(self) -> tuple[Path, ...]:
        """The packs over the national one, lowest first."""
        mended = self.data / "pack"
        return self.packs or ((mended,) if mended.is_dir() else ())


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one cannot be used; the message names it, its value and what is right.
    """
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        name = f"SIGNPOST_{str(first['loc'][0]).upper()}"
        about = Settings.model_fields[str(first["loc"][0])].description
        raise SettingsError(
            f"The setting {name} cannot be {first['input']!r}: {first['msg'].lower()}. {about}"
        ) from None


def cache_folders() -> list[Path]:
    """Where what was worked out for the knowledge lies: with the program, then in the cache."""
    return [Path(__file__).parent / "learned", user_cache_path("signpost-bot")]
