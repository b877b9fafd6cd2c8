"""Names of places as they are looked up, and what two places have in common."""

import re
import unicodedata
from collections.abc import Sequence

from signpost_bot.model import Nation, Place

FEW = 4  # councils: more than a town ever lies in
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")

NATION_NAMES: dict[str, Nation] = {
    "england": "england", "scotland": "scotland", "alba": "scotland", "scottish": "scotland",
    "wales": "wales", "cymru": "wales", "welsh": "wales", "northern ireland": "northern-ireland",
    "n ireland": "northern-ireland", "north of ireland": "northern-ireland",
    "ni": "northern-ireland", "n i": "northern-ireland", "ulster": "northern-ireland",
    "northern irish": "northern-ireland",
}


def name_key(words: str) -> str:
    """A name as it is looked up: no capitals, accents, apostrophes or signs between words."""
    if not words.isascii():
        plain = unicodedata.normalize("NFKD", words)
        words = "".join(c for c in plain if not unicodedata.combining(c))
    words = words.lower().replace("&", " and ")
    found = (re.sub("['’]", "", word) for word in WORD.findall(words))
    return " ".join("st" if word == "saint" else word for word in found)


def narrowed(known: tuple[Place, ...], more: tuple[Place, ...]) -> tuple[Place, ...]:
    """What two mentions say together: "Newport" and "Wales" are one place, else there are two."""
    if not known or not more:
        return known or more
    return within(known, more) or tuple(dict.fromkeys(known + more))


def within(some: Sequence[Place], others: Sequence[Place]) -> tuple[Place, ...]:
    """The places that lie in both."""
    both = (_common(one, other) for one in some for other in others)
    return tuple(dict.fromkeys(place for place in both if place))


def _common(one: Place, other: Place) -> Place | None:
    if one.nation != other.nation:
        return None
    if not one.areas or not other.areas:
        return one if one.areas else other
    narrow, wide = sorted((one, other), key=lambda place: len(place.areas))
    areas = tuple(id for id in narrow.areas if id in wide.areas)
    # "Ash, Surrey" is Ash, though Ash reaches into Hampshire; "London, Peckham" is Peckham.
    named = one if len(wide.areas) <= FEW else narrow
    return Place(named.name, named.nation, areas) if areas else None
