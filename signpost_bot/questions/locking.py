"""Words that only the holder of our secret can read."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken


class Lock:
    """Encrypts what has to be read again, for one purpose alone.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def locked(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def unlocked(self, token: str) -> str | None:
        """What was locked; None where the secret has changed since."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            return None
