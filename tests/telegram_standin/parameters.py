"""The parameters of one call, however they were sent: form, multipart, JSON or query."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from telegram_standin.errors import bad


@dataclass
class Parameters:
    """Named values of a call. Nested ones may be JSON text, as forms send them."""

    values: dict[str, Any]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """The value as text, empty when there is none."""
        value = self.values.get(name)
        if value is None:
            return ""
        return str(value) if not isinstance(value, bool) else str(value).lower()

    def whole(self, name: str, default: int = 0) -> int:
        value = self.text(name)
        try:
            return int(value) if value else default
        except ValueError:
            raise bad(f'field "{name}" must be a Number') from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def nested(self, name: str) -> Any:
        """The value with its JSON text read; None when there is none."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def fields(self, name: str) -> dict[str, Any]:
        """A nested object, empty when there is none."""
        value = self.nested(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad(f'field "{name}" must be of type Object')
        return value


async def read(request: Request) -> Parameters:
    """The parameters of a request, the address's own among them."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        body = await request.body()
        try:
            sent = json.loads(body or b"{}")
        except ValueError:
            raise bad("can't parse request JSON object") from None
        if not isinstance(sent, dict):
            raise bad("can't parse request: object expected")
        values |= sent
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            for name, value in form.multi_items():
                values[name] = await value.read() if isinstance(value, UploadFile) else value
    return Parameters(values)
