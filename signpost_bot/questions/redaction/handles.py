"""What people are called elsewhere: on Facebook and Snapchat, in games, forums and shops.

Some words no one writes but as such a name ("@jean.cares", "jo_cares"). Others show it by what
stands beside them: "my insta is jocares", "find mick1962 on ebay".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from signpost_bot.questions.redaction.lexicon import lexicon
from signpost_bot.questions.redaction.showing import FUNCTION, ORGANISATIONS
from signpost_bot.questions.redaction.spans import Span, any_of, pattern, without_stops

# --- shown by nothing but themselves ----------------------------------------------------

# "meet @home", "@5ish": a place or an hour, not somebody.
_PLACES_AND_HOURS = any_of(
    """all church college desk dinner eight eleven five four home hospital least lunch lunchtime
    midday midnight my night nine noon one our school seven six ten the three two uni work"""
)
_NO_AT = rf"(?!\d+(?:ish|[a-z]{{0,2}})(?![\w.])|\d+[:.]\d|(?:{_PLACES_AND_HOURS})(?![\w.-]))"
_SURE = (
    # "@jeanie_s", "@jo-cares", "@mossy#4410"
    pattern(rf"(?<![\w@])@{_NO_AT}\w++(?:[.-]++\w++)*+(?:\#\d{{3,5}})?"),
    pattern(r"(?<![\w@.-])[\w.]*[a-z0-9]_++[a-z0-9][\w.]*+(?:\#\d{3,5})?"),  # "jo_cares"
    pattern(r"(?<![\w@.])[a-z][\w.]{2,}\#\d{4}(?!\d)"),  # "mossy#4410"
    pattern(r"(?<![\w/])/?u/[a-z0-9][\w-]{2,}"),  # "u/jo-cares"
    pattern(r"(?<!\w)[a-z0-9]++(?:\sdot\s\w++)?\sunderscore\s\w++(?:\s(?:dot|underscore)\s\w++)*"),
)

# --- shown by what stands beside them ---------------------------------------------------

_SERVICE = r"insta(?:gram)?|tik\s?tok|snap(?:chat)?|whats\s?app|you\s?tube|blue\s?sky|" + any_of(
    """facebook fb messenger ig twitter telegram discord reddit twitch xbox psn playstation ps4 ps5
    nintendo switch steam roblox minecraft fortnite ebay vinted depop etsy gumtree linkedin threads
    bsky mastodon mumsnet netmums gransnet forum skype pinterest tumblr kik viber wechat strava
    nextdoor paypal spotify signal gofundme justgiving patreon linktree onlyfans fifa
    blog vlog podcast website"""
)
_SERVICES = rf"(?:(?:{_SERVICE}|(?<=\bon\s)x|(?<=\bmy\s)x)(?![\w'-]|\.\w))"
_NAME_OF = any_of(
    """gamer\\s?tag user\\s?name user\\s?id screen\\s?name display\\s?name nick\\s?name
    login(?:\\sname|\\sid)? handle call\\s?sign ign (?:online|gaming|epic)\\s(?:name|id)
    (?:plays|posts?|goes|streams|sells)\\s(?:\\w+\\s){0,2}?(?:as|by|under)"""
)
_KIND = rf"(?:{_NAME_OF}|name|user|tag|id|account|acc|profile|page|channel|seller|buyer|shop|nick)"
_BEING = "i'm|im|i\\sam|we're|he's|hes|she's|shes"
_WORD = r"[a-z0-9_](?:[\w'-]|[.:]++(?=\w))*+"
_CUE = pattern(
    rf"""(?<![\w@./-])(?P<owner>(?:my|his|her|our|their|me|{_BEING})\s(?:on\s)?)?
        (?: (?P<service>{_SERVICES})(?:\s(?:live|messenger|chat))?(?:\s(?P<kind>{_KIND})\b)?
          | (?P<generic>{_NAME_OF})\b(?:\son\s(?:(?:the|there|my)\s?)?\w*(?:\sforum)?)? )
        (?P<link>(?:'?s)?\s?(?:[:=@]|[=-]?>|-)\s?(?:@\s)? | /
          | (?:,?\s(?:me|us|him|her|there))?,?\s(?:saved\s|down\s)?
            (?:(?:{_BEING})\s)?(?:saved\s|down\s)?(?P<as>as|under)\s
          | ,?\s(?:{_BEING}|it's|its)\s
          | (?P<is>'?s\s|\s(?:is|was)\s(?:called\s)?) | \s(?:me\s)?at\s | ,?\s(?:me\s)? )["'(>]?
        (?!(?:{_KIND}|{_SERVICE})(?![\w.-]))(?P<value>{_WORD})(?P<more>(?:\s[a-z][\w'-]*+){{0,3}})"""
)
_BEFORE = pattern(
    rf"""(?<![\w@./:'-])(?:(?P<lead>i'm|im|i\sam|me|as|called|user|seller|its|it's)\s
          | (?P<seek>find|add|follow|message|msg|dm|search|tag|friend|seen|from|off|by|ask)\s)?
        (?P<value>{_WORD})(?(seek)(?P<more>(?:\s[a-z][\w'-]*+)??))\s?
        (?: ,?\s?on\s(?:the\s(?:\w+\s){{0,2}})?{_SERVICES} | [(-]\s?{_SERVICES}\s?\)
          | \s?(?:is|was)\s(?:my|his|her)\s(?:{_SERVICES}|{_NAME_OF}) )"""
)
_SPOKEN = pattern(rf"{_SERVICES}\s(?:is\s|at\s|name\s)*(?P<value>\w++(?:\sdot\s\w++)+)")

# Letters before digits that together are no name: "covid19", "section21", "june2025".
_COUNTED = any_of(
    """covid section form level band step part type grade page year week day stage tier room vitamin
    omega windows iphone ipad android version under over age aged max min flat esa pip dla uc top
    chapter season episode series bus ward phase figure item point"""
)
_MONTHS = any_of(
    "jan\\w* feb\\w* mar(?:ch)? apr(?:il)? june? july? aug\\w* sept?\\w* oct\\w* nov\\w* dec\\w*"
)
_NUMBERED = pattern(rf"(?:{_COUNTED}|{_MONTHS}|{_SERVICE})s?-?\d+")
_MEASURED = pattern(r"\d+-?(?P<unit>[a-z]+)")
# "on facebook.they": the next sentence begins, where someone left the space out.
_BEGINNING = frozenset(
    """a and any but can for he her his how i i'm if im in is it it's its my no not on or our please
    she so thanks that the there they this to we what when where who why you""".split()
)
_LONGEST_SLIP = 5  # letters: a strange word as short as that may be any slip


def handles(text: str) -> Iterator[Span]:
    """Names on other services, with "@" or without."""
    for surely in _SURE:
        for found in surely.finditer(text):
            if re.search("[A-Za-z]", found[0]):
                yield Span(*without_stops(found), "name")
    for found in _SPOKEN.finditer(text):
        yield Span(*found.span("value"), "name")
    for found in _CUE.finditer(text):
        end = _end_of_value(found)
        if end:
            yield Span(found.start("value"), end, "name")
    for found in _BEFORE.finditer(text):
        value, more = found["value"], found["more"] or ""
        if more:
            if _whole_name(value, more) == len(value) + len(more):
                yield Span(found.start("value"), found.end("more"), "name")
            continue
        sought = found["seek"] is not None and _is_strange(value)
        if _is_shaped(value) or sought or (found["lead"] and _is_unlisted(value)):
            yield Span(*found.span("value"), "name")


def _end_of_value(found: re.Match[str]) -> int | None:
    """Where the name behind "my insta is" ends; None where what stands there is none."""
    value = found["value"]
    named = found["as"] or (found["kind"] or "").endswith("name")
    noted = not {*":=@-"}.isdisjoint(found["link"]) or (found["link"] == "/" and "-" in value)
    owner = (found["owner"] or "").lower()
    sure = named or found["generic"] or noted or found["kind"] or owner.startswith("me ")
    sure = sure or bool(owner and found["is"])
    titled = named or (sure and _is_first(value))
    if titled and (whole := _whole_name(value, found["more"])):
        return found.start("value") + whole
    if _is_shaped(value) or (_is_unlisted(value) if sure else _is_strange(value)):
        return found.end("value")
    return None


def _whole_name(value: str, more: str) -> int:
    """The length of "The Mighty Oskar" and of "jean tattersall"; 0 where no name begins."""
    words = [value, *more.split()]
    capital = value[0].isupper() and not "".join(words).isupper()
    if not capital and not (_is_unlisted(value) or _is_first(value)):
        return 0
    taken = [value]
    for word in words[1:]:
        if not (word[0].isupper() if capital else _is_unlisted(word)):
            break
        taken.append(word)
    low = [word.lower() for word in taken]
    heading = " ".join(low) in lexicon().phrases or not ORGANISATIONS.isdisjoint(low)
    alone = len(taken) == 1 and not (_is_unlisted(value) or _is_first(value))
    return 0 if heading or alone else len(" ".join(taken))


def _is_shaped(value: str) -> bool:
    """ "JoCares", "jo.cares", "jo61", "2tired2care": as no other words are made."""
    if _NUMBERED.fullmatch(value):
        return False
    if measured := _MEASURED.fullmatch(value):
        return len(measured["unit"]) > 2 and not _is_listed(measured["unit"])
    if "_" in value:
        return True
    if re.search(r"\d", value):
        return len(re.findall("[A-Za-z]", value)) > 2
    if re.search("[.:]", value):
        parts = re.split("[.:]+", value.lower())
        plain = all(lexicon().kind(part) in ("word", "place") for part in parts)
        return _BEGINNING.isdisjoint(parts) and not plain
    return re.search("[a-z][A-Z]", value) is not None and not _is_listed(value)


def _is_strange(value: str) -> bool:
    """A word on no list, nor a slip of one."""
    low = value.lower()
    new = lexicon().kind(low) == "new" and len(low) > _LONGEST_SLIP
    return new and low.isalpha() and not lexicon().is_slip(low)


def _is_unlisted(value: str) -> bool:
    """The same, and names, and two words in one: "jocares", "tiredmum"."""
    low = value.lower()
    if not re.search("[a-z]", low) or len(low) < 3 or _is_listed(low):
        return False
    if _MEASURED.fullmatch(low) or _NUMBERED.fullmatch(low):
        return False
    return lexicon().is_name(low) or not (low.isalpha() and lexicon().is_slip(low))


def _is_first(value: str) -> bool:
    return lexicon().is_first(value.lower()) and value.lower() not in FUNCTION


def _is_listed(value: str) -> bool:
    low = value.lower().removesuffix("'s")
    return low in FUNCTION or lexicon().is_listed(low)
