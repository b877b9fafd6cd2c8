"""From what people read (a number, an address) to what their phone or browser opens.

Only http, https, tel, mailto and sms ever come out of here, whatever an entry holds.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import phonenumbers
from markupsafe import Markup, escape
from phonenumbers import PhoneNumberFormat

_DIALLED = re.compile(r"[+(]?\d[\d ()\-]*\d")
_MAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")
_RELAY_UK = "18001"  # stands before the number itself, and makes no sense from abroad
_LONGEST_SHORT_CODE = 6  # digits: 116123 has six

# Inside sentences. Long numbers have to be valid ones as well; short ones are those that nobody
# means as an amount.
_IN_TEXT = re.compile(
    r"(?P<web>https?://[^\s<>\"]*[\w/])"
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<site>(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:uk|org|com|net|wales|scot|cymru)\b(?:/[\w./-]*\w)?)"
    r"|(?P<phone>(?<![\w£])(?<!\d,)(?:0\d(?: ?\d){6,9}|116 ?\d{3}|999|111|18000)(?![ ]?\d|\w))"
    r"|(?:(?<=\bto )|(?<=\btext ))(?P<sms>\d{5})(?!\w|,\d)"
)


def address(label: str, value: str) -> str | None:
    """Where a way of getting in touch leads when pressed; None when it can only be read.

    >>> address("Phone", "0808 808 7777")
    'tel:+448088087777'
    >>> address("Text", "Text SHOUT to 85258") is None
    True
    """
    value = value.strip()
    if value.lower().startswith(("http://", "https://")):
        return _web(value)
    if _MAIL.fullmatch(value):
        return "mailto:" + quote(value, safe="@")
    if "text" in label.lower() and "phone" not in label.lower():
        return f"sms:{_digits(value)}" if _DIALLED.fullmatch(value) else None
    return telephone(value)


def telephone(number: str) -> str | None:
    """A tel: address: the international form, or a short code as it is.

    None for anything that is more than one number ("18001 then 0300 123 1100"): a wrong
    number dialled is worse than one typed by hand.
    """
    if not _DIALLED.fullmatch(number.strip()):
        return None
    digits = _digits(number)
    if len(digits) <= _LONGEST_SHORT_CODE or digits.startswith(_RELAY_UK):
        return f"tel:{digits}"
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return "tel:" + phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def site(url: str) -> str:
    """The name of a web site as people say it: "carersuk.org"."""
    try:
        host = urlsplit(url).hostname or url
    except ValueError:
        return url
    return host.removeprefix("www.")


def linked(text: str) -> Markup:
    """A sentence, escaped, in which numbers and addresses can be pressed."""
    return Markup("").join(_pieces(text))


def _pieces(text: str) -> Iterator[Markup]:
    at = 0
    for found in _IN_TEXT.finditer(text):
        if leads_to := _found_address(found):
            yield escape(text[at : found.start()])
            yield Markup('<a href="{}">{}</a>').format(leads_to, found[0])
            at = found.end()
    yield escape(text[at:])


def _found_address(found: re.Match[str]) -> str | None:
    match found.lastgroup:
        case "site":
            return f"https://{found[0]}"
        case "sms":
            return f"sms:{found[0]}"
        case "phone":
            return telephone(found[0]) if _is_real(found[0]) else None
        case _:
            return address("", found[0])


def _is_real(number: str) -> bool:
    if len(_digits(number)) <= _LONGEST_SHORT_CODE:
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _web(url: str) -> str | None:
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:  # "http://[": no address at all
        return None


def _digits(number: str) -> str:
    plus = "+" if number.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", number)
