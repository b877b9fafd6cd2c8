"""Dates of birth, told apart from other dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from signpost_bot.questions.redaction.spans import NAME, Span, pattern

_MONTHS = (
    "jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = "(?:3[01]|[0-2]?[0-9])"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th))?"
_ORDINAL_WORD = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    "|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
    "|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[ -]first"
)
_FEAST = (
    r"(?:(?:christmas|boxing|new\syear'?s|valentine'?s|may|midsummer'?s?|bonfire|easter)"
    r"\s(?:day|eve|night|sunday)"
    r"|(?:christmas|easter|ramadan|eid|diwali)(?=\s(?:18|19|20)\d\d))"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_YEAR_WORDS = (  # "nineteen forty", "sixty two"
    rf"(?:(?:nineteen|twenty|two\sthousand)\s(?:and\s)?)?(?:\w+ty|\w+teen|oh|{_ONES})"
    rf"(?:[\s-](?:{_ONES}))?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|'?\d\d)"
# "3 April 41", but not the hour of "3 April 10am"
_YEAR_AFTER = (
    r"(?:[\s.,/'-]{0,3}(?P<%s>(?:18|19|20)\d\d|\d\d(?!\s?(?:am|pm|[:.]\d)))"
    rf"|\s(?:nineteen|twenty)\s(?:\w+ty|\w+teen|{_ONES})(?:[\s-](?:{_ONES}))?)?"
)
_DATE = pattern(
    rf"""(?<![\w./-])(?:
        (?P<iso>(?:19|20)\d\d)(?P<i>[-/.])(?:0?[1-9]|1[0-2])(?P=i){_DAY}
      | {_DAY}\s?(?P<sign>[-/.\\|])\s?{_DAY}\s?(?P=sign)\s?(?P<y>{_YEAR})
      | {_DAY}(?P<space>\s){_DAY}\s(?P<y0>{_YEAR})
      | (?:{_DAY}{_ORDINAL}[\s.,/-]*|(?:{_ORDINAL_WORD})\s)(?:of\s)?(?:{_MONTHS})(?:\b|(?=\d))
        {_YEAR_AFTER % "y2"}
      | (?:{_MONTHS})\b[\s.]*(?:the\s)?{_DAY}{_ORDINAL}{_YEAR_AFTER % "y3"}
      | {_DAY}(?:st|nd|rd|th)\sof\s(?:the\s)?{_DAY}(?:st|nd|rd|th)[\s,]+(?:of\s)?(?P<y4>{_YEAR})
      | {_DAY}{_ORDINAL}[\s,/.-]{{1,2}}{_DAY}(?:st|nd|rd|th)[\s,/.-]{{1,2}}(?P<y8>{_YEAR})
      | {_DAY}[./-](?:I{{1,3}}|I?V|VI{{1,3}}|I?X|XI{{1,2}})[./-](?P<y6>{_YEAR})
      | {_DAY}{_ORDINAL}\s(?:of\s)?[a-z]{{3,12}}\.?,?\s(?P<y7>(?:18|19)\d\d)
      | (?P<y5>(?:18|19|20)\d\d),?\s(?:{_MONTHS})\s{_DAY}{_ORDINAL}
    )(?!\w|[-/.]\d)"""
)
_PARTS_OF_A_BIRTH_DATE = pattern(
    rf"""(?:\bborn|\bb(?:irth)?['-]?days?|\bd\.?\s?o\.?\s?b\b|\b(?:date|year)\sof\sbirth
          |\bbirth\s?year|(?-i:\bb)\.)
        (?:[\s.,:=-]|in|on|at|the|was|is|back|of|way|around|about|year
            |spring|summer|autumn|winter|early|late|end|start|middle|her|his|my|their){{0,9}}
        (?P<value>(?:(?:{_ORDINAL_WORD}|{_DAY}{_ORDINAL})[\s-](?:of\s)?)?
            (?:(?:{_MONTHS})\b[\s.,/-]*(?:of\s)?|{_FEAST}[\s,]*)?(?:(?:18|19|20)\d\d|'\d\d)
          | {_FEAST} | (?<=in\s)\d\d(?!\s?(?:weeks?|days?|hours?|min|months?))
          | (?:{_ORDINAL_WORD})\s(?:of\s)?(?:the\s)?(?:{_MONTHS}|{_ORDINAL_WORD})\b
            (?:[\s,]{{1,2}}{_YEAR_WORDS})?
          | {_DAY}[/.-](?:1[0-2]|0?[1-9]) | (?:1[0-2]|0?[1-9])[/.-](?:(?:18|19|20)\d\d|\d\d)
          | (?:18|19|20)\d\d[/-]\d{{1,2}} | nineteen[\s-]\w+ty(?:[\s-](?:{_ONES}))?
          )(?!\w|[/.-]\d)"""
)
_BIRTH = pattern(r"\bborn\b | \bbirth | \bd\.?\s?o\.?\s?b\b | \bb['-]?day | \bb\.?\s?$")
_BIRTH_AFTER = pattern(
    r"[\s,)(-]{0,3}(?:d\.?\s?o\.?\s?b\b|date\sof\sbirth"
    r"|(?:,|is|was)\s(?:\S+\s){0,3}(?:birthday|bday)"
    r"|(?:is|was)\swhen\s\w+\swas\sborn|(?:his|her|my)\sbirthday)"
)
_NAMED_BEFORE = pattern(rf"(?<!with\s)(?<!see\s)(?<!by\s)(?<!{NAME}){NAME}++[\s,:-]{{1,3}}$")
# "he turns 18 on 5 June", "my son, 12/05/2014,"
_TURNS_BEFORE = pattern(
    r"\b(?:turn(?:s|ed|ing)?\s[\w-]+|(?:be|is|was)\s(?:\d{1,3}|\w+teen|\w+ty))\son\s(?:the\s)?$"
)
_KIN_BEFORE = pattern(
    r"\b(?:son|daughter|mum|mother|dad|father|husband|wife|partner|brother|sister|nan|gran|grand\w+)"
    r"\s?[,(:]\s?$"
)
_DAY_BEFORE = pattern(r"\b(?:on|since|until|till|by|from|dated?|before|after|for)\s$")

_YEARS = ("iso", "y", "y0", "y2", "y3", "y4", "y5", "y6", "y7", "y8")  # of the ways to write a date
_BEFORE = 60  # characters before a date that may say what it is
_AFTER = 20
_NEAR = 30  # characters between "birthday" and a day without a year
_BORN_BEFORE = 2000  # a full date as old as that is hardly ever anything else
_LAST_CENTURY = 30  # the year 41 was in it, the year 25 is in this one


def dates(text: str) -> Iterator[Span]:
    """Dates of birth. Other dates stay: an appointment leads to nobody, and matters.

    A date is one of birth where the words before it say so, where it follows a name, stands alone
    in brackets, or lies before 2000; there a year alone goes, too.
    """
    for found in _DATE.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        after = text[found.end() : found.end() + _AFTER]
        year = next(filter(None, map(found.group, _YEARS)), None)
        if not _is_a_day(found, before):
            continue
        if _is_of_birth(found, year, before, after):
            yield Span(found.start(), found.end(), "date of birth")
        elif year and not _may_be_a_number(found, before):
            yield Span(found.start(), found.end(), None)
    for found in _PARTS_OF_A_BIRTH_DATE.finditer(text):
        yield Span(found.start("value"), found.end("value"), "date of birth")


def _is_a_day(found: re.Match[str], before: str) -> bool:
    """False for "20/00/00", and for what follows "sort code"."""
    if not found["sign"] and not found["space"]:
        return True
    day, month = (int(part) for part in re.findall(r"\d+", found[0])[:2])
    valid = 0 < min(day, month) <= 12 and max(day, month) <= 31
    return valid and "sort" not in before[-12:].lower()


def _is_of_birth(found: re.Match[str], year: str | None, before: str, after: str) -> bool:
    clause = re.split(r"[!?\n;]|(?<!b)\.\s", before.lower())[-1]  # "d.o.b. 3/4/41" is one
    said = list(_BIRTH.finditer(clause))
    if (said and (year or len(clause) - said[-1].end() <= _NEAR)) or _BIRTH_AFTER.match(after):
        return True
    if _TURNS_BEFORE.search(before):
        return True
    spaced = found["space"] and len(year or "") < 4  # "1 2 30": any numbers
    if not year or spaced:
        return False
    bracketed = before.endswith("(") and after.startswith(")")
    whose = _NAMED_BEFORE.search(before) or _KIN_BEFORE.search(before)
    return bracketed or _is_long_ago(year) or whose is not None


def _is_long_ago(year: str) -> bool:
    number = int(year.strip("'"))
    return number >= _LAST_CENTURY if number < 100 else number < _BORN_BEFORE


def _may_be_a_number(found: re.Match[str], before: str) -> bool:
    """True for "20-12-25", which is a sort code unless the words before it speak of a day."""
    if re.fullmatch(r"\d\d-\d\d-\d\d", found[0]):
        return _DAY_BEFORE.search(before) is None
    return found["y0"] is not None and len(found["y0"]) < 4
