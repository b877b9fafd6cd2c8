"""Service -> Signpost: the facts of an entry in the order a person needs them."""

import calendar
from collections.abc import Iterator

from signpost_bot.model import NATIONS, Nation, Service, Signpost

_FREE = ("free", "free to use", "free to call", "free to join")


def signpost(service: Service, nation: Nation | None = None) -> Signpost:
    """What a person reads of one service.

    Args:
        nation: where the person is, if we know. Otherwise the signpost says which nations it
            is for, unless it is for all.
    """
    return Signpost(
        service=service.id,
        name=service.name,
        what=service.what,
        ways=tuple(_ways(service)),
        url=service.url,
        phone=service.phone,
        hours=service.hours,
        cost=None if _is_free(service.cost) else service.cost,
        freshness=freshness(service),
        notes=tuple(_notes(service, nation)),
    )


def freshness(service: Service) -> str:
    """How far what we say can be trusted, in one short sentence."""
    if service.checked:
        return f"Confirmed by us in {service.checked:%B %Y}."
    if service.seen:
        year, _, month = service.seen.partition("-")
        return f"Last seen in {calendar.month_name[int(month)] + ' ' if month else ''}{year}."
    return "We have not been able to confirm this yet."


def nations_named(nations: tuple[Nation, ...]) -> str:
    """ "England and Wales"."""
    names = [name for id, name in NATIONS.items() if id in nations]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _ways(service: Service) -> Iterator[tuple[str, str]]:
    """How to reach it, a person's voice first and a screen last."""
    for label, value in (
        ("Phone", service.phone),
        ("Textphone", service.textphone),
        ("Text", service.sms),
        ("Post", service.address),
        ("Without a computer", None if service.phone else service.non_digital),
        ("Email", service.email),
        ("Chat online", service.webchat if service.webchat != service.url else None),
        ("Web", service.url),
    ):
        if value:
            yield label, value


def _notes(service: Service, nation: Nation | None) -> Iterator[str]:
    if service.alert:
        yield service.alert
    if nation is None and len(service.nations) < len(NATIONS):
        yield f"This is for {nations_named(service.nations)}."
    if service.not_for:
        yield service.not_for


def _is_free(cost: str | None) -> bool:
    return cost is not None and cost.lower().rstrip(".") in _FREE
