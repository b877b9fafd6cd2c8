"""Which web addresses Telegram takes in a button or a link.

The rules are those of TDLib's ``LinkManager::check_link`` and ``parse_url``, short of IPv6.
"""

import re


def fault_of(url: str) -> str | None:
    """Why Telegram refuses this address, in its words; None when it is taken."""
    link = url.strip()
    if not link:
        return "URL is empty"
    internal = re.match(r"(?i)(tg|ton):(?://)?", link)
    rest = link[internal.end() :] if internal else link
    scheme = re.match(r"([^/?#@\[:]*)://", rest)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    authority = re.split(r"[/?#]", rest[scheme.end() :] if scheme else rest)[0]
    host, colon, port = authority.rpartition("@")[2].rpartition(":")
    if not colon:
        host = port
    elif not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        return "Wrong port number specified in the URL"
    if not host:
        return "URL host is empty"
    if re.search(r"[\s<>\"'{}|\\^`]", host):
        return "Disallowed character in URL host"
    if internal:
        return f"Wrong {internal[1].lower()} URL" if colon or scheme else None
    return None if "." in host else "Wrong HTTP URL"
