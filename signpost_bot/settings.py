"""Every setting there is, from the environment, ``SIGNPOST_`` in front of each name."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from signpost_bot.errors import SettingsError

_TOKEN = re.compile(r"\d+:[\w-]{10,}", re.ASCII)
_SECRET = ("database_url", "secret_key", "telegram_token")  # never repeated in a message


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
        default=None,
        description="Who runs this and how to reach them, for people to read on the page.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="A PostgreSQL database, postgresql://user:password@host/name. When absent, "
        "a SQLite file inside the data folder.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="At least 32 random letters, the same for every copy of the program: what a "
        "chat is remembered under is made with it. When absent, one is made and kept in the data "
        "folder.",
    )
    telegram_token: SecretStr | None = Field(
        default=None,
        description="The bot's token, from BotFather. When absent, there is no bot in Telegram.",
    )
    telegram_api_url: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="The root of another Bot API server, such as http://127.0.0.1:8081. When "
        "absent, Telegram's own.",
    )
    webhook_url: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="The public https:// address under which Telegram reaches this program. When "
        "absent, the program asks Telegram for updates; then only one copy may run.",
    )
    retention_days: int = Field(
        default=365,
        ge=1,
        le=36_500,
        description="After how many days the words of a question are deleted.",
    )
    host: str = Field(default="127.0.0.1", description="The address the web page listens on.")
    port: int = Field(default=8080, ge=1, le=65535, description="The port it listens on.")
    meaning: Literal["on", "off"] = Field(
        default="on", description="off: understand by words and spelling alone, without the model."
    )

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_one(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not _TOKEN.fullmatch(token.get_secret_value()):
            raise PydanticCustomError("token", "A token is a number, a colon and random letters")
        return token

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
        field = str(first["loc"][0])
        name = f"SIGNPOST_{field.upper()}"
        value = "what it is" if field in _SECRET else repr(first["input"])
        raise SettingsError(
            f"The setting {name} cannot be {value}: {first['msg'].lower()}. "
            f"{Settings.model_fields[field].description}"
        ) from None


def secret(settings: Settings) -> bytes:
    """The key that chats are remembered under; made once and kept where none is set.

    Raises:
        SettingsError: it can neither be read nor made.
    """
    if settings.secret_key:
        return settings.secret_key.get_secret_value().encode()
    path = settings.data / "secret.key"
    try:
        if not path.exists():
            _make_secret(path)
        return path.read_bytes()
    except OSError as wrong:
        raise SettingsError(
            f"The key in {path} can neither be read nor made ({wrong.strerror}). Make the folder "
            "writable, name another one in SIGNPOST_DATA, or set SIGNPOST_SECRET_KEY."
        ) from None


def _make_secret(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
    try:
        with suppress(FileExistsError):
            os.link(draft, path)  # another copy may have been first: then its key is ours too
    finally:
        draft.unlink()


def cache_folders() -> list[Path]:
    """Where what was worked out for the knowledge lies: with the program, then in the cache."""
    return [Path(__file__).parent / "learned", user_cache_path("signpost-bot")]
