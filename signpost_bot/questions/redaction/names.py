"""Where people are named in a text.

A list of names alone would take Rose, Hope and Mark out of "prices rose", "I hope" and "mark my
words"; without a list nobody finds "Mohammed's wheelchair". So both speak: what kind of word it
is (``lexicon.py``), and what the words around it show. Here a word is judged by what it does
(``doing.py``); ``beside.py`` reads who introduces it ("my son X", "called X"), ``letters.py`` what
people say of themselves ("I'm X", "love, X"), and ``spreading.py`` goes from one name to the next.
"""

from __future__ import annotations

from collections.abc import Iterator

from signpost_bot.questions.redaction.beside import introduced
from signpost_bot.questions.redaction.doing import (
    acts,
    is_cared_for,
    is_in_small_letters_a_name,
    needs_care,
    refuses,
)
from signpost_bot.questions.redaction.letters import self_named, signed
from signpost_bot.questions.redaction.lexicon import lexicon
from signpost_bot.questions.redaction.reading import Reading, spans_of_names
from signpost_bot.questions.redaction.showing import (
    ANIMATE,
    ASKING,
    BEFORE_NAMES,
    CALENDAR,
    CARED_FOR,
    COUNCILS_DO,
    DETERMINERS,
    FOLLOW,
    FUNCTION,
    HARDLY_WORDS,
    HELD,
    HUMAN,
    JOINING,
    KIN,
    LEADING,
    LOCATIVE,
    MODAL,
    NEEDING,
    OFTEN_CAPITALS,
    ORGANISATIONS,
    PEOPLE,
    PLANTS,
    POSSESSORS,
    ROLES,
    SURELY_FOLLOW,
    THINGS_FOLLOW,
    THINGS_TOO,
    TITLES,
    TOLD,
)
from signpost_bot.questions.redaction.spans import Span
from signpost_bot.questions.redaction.spreading import spread


def names(text: str) -> Iterator[Span]:
    """Names of people in a masked text; several words of one name are one span."""
    reading = Reading(text, lexicon())
    for i, token in enumerate(reading.tokens):
        if token.is_open and _is_named(reading, i):
            token.named = True
    for i in range(len(reading.tokens)):
        for named in (*introduced(reading, i), *self_named(reading, i)):
            reading.tokens[named].named = True
    for named in signed(reading):
        reading.tokens[named].named = True
    spread(reading)
    for start, end in spans_of_names(reading):
        yield Span(start, end, "name")


def _is_named(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    if token.kind == "name":
        return _is_plainly_a_name(reading, i)
    if token.kind == "new":
        return _is_a_stranger(reading, i)
    if not reading.lexicon.is_first(token.low) or reading.follows_article(i):
        return False
    if token.kind == "either":
        return _is_a_person_here(reading, i)
    if not token.capital:
        return False
    if token.kind == "place":
        return _is_person_not_place(reading, i)
    return _is_word_as_name(reading, i)


# --- a name and nothing else ------------------------------------------------------------


def _is_plainly_a_name(reading: Reading, i: int) -> bool:
    token, lexicon = reading.tokens[i], reading.lexicon
    known = all(part in lexicon.known for part in token.low.split("-")[:1])
    if token.shouted:
        return len(token.low) > 5 or (known and len(token.low) > 4)  # SAM and ABI are acronyms
    if not token.capital:
        if token.low in _VERBS and reading.after(i) in ("up", "in", "off", "the", "my", "it", "a"):
            return False  # "jack up the bed"
        plain = lexicon.is_plain_first(token.low) and not reading.follows_article(i)
        family = len(token.low) > 5 and not reading.is_misspelt(token.low)
        shown = lexicon.is_first(token.low) or family
        return plain or (shown and is_in_small_letters_a_name(reading, i))
    if reading.touches(i) and reading.is_initial(i - 1):
        return True
    if reading.follows_article(i):
        return reading.after(i) in ("family", "boys", "girls", "twins")  # "the Christie"
    if known:
        return True
    if len(token.low) <= 2:
        return token.low not in MODAL and reading.is_lively(i)
    if not token.starts:
        return lexicon.is_first(token.low) or not reading.is_slip(i) or reading.is_lively(i)
    if lexicon.is_first(token.low) and not reading.is_misspelt(token.low):
        return True
    return reading.is_lively(i) or _is_full_name(reading, i)


_VERBS = frozenset("jack rob nick bob josh mike mick tom".split())


def _is_full_name(reading: Reading, i: int) -> bool:
    """Two names side by side, both with capitals."""
    token, after = reading.tokens[i], reading.at(i + 1)
    return (
        reading.touches(i + 1)
        and token.capital
        and after.capital
        and after.is_open
        and reading.lexicon.is_name(after.low)
    )


def _is_full_name_first(reading: Reading, i: int) -> bool:
    """ "Joy Baker said", at the start; but not "Will Power of Attorney"."""
    after = reading.low(i + 1)
    family = after in reading.lexicon.last or after in reading.lexicon.first
    goes_on = reading.after(i + 1) in FOLLOW or reading.gap(i + 2)[:1] in (",", ".")
    return family and after not in ORGANISATIONS and _is_full_name(reading, i) and goes_on


# --- a name and a word ------------------------------------------------------------------


def _is_a_person_here(reading: Reading, i: int) -> bool:
    """Rose, Hope, Will: what stands around the word says who or what it is."""
    token, before, after = reading.tokens[i], reading.before(i), reading.after(i)
    if token.shouted and len(token.low) < 4:
        return False
    if not token.capital and before in DETERMINERS | POSSESSORS - {"our"}:
        return False  # "every penny is counted", "her iris is damaged"
    if token.low in reading.lexicon.places and _is_placed(reading, i):
        return False
    if token.low in HARDLY_WORDS or (after == "who" and before in CARED_FOR):
        return True
    if not token.capital:
        return _is_a_person_in_small_letters(reading, i)
    if acts(reading, i) or _has_a_persons_capital(reading, i):
        return True
    if token.starts and _is_full_name_first(reading, i):
        return True
    if token.low in PEOPLE and (token.possessive or after in SURELY_FOLLOW | NEEDING):
        return True
    if token.possessive and token.low not in CALENDAR | OFTEN_CAPITALS:
        return bool(reading.low(i + 1)) and reading.low(i + 1) not in FUNCTION
    if token.low in _MONEY_OR_ART:
        return after in ANIMATE - THINGS_TOO
    return after in ("needs", "used", "cannot") or (
        after in ANIMATE and (token.low not in MODAL or after not in ("wont", "cant"))
    )


_MONEY_OR_ART = frozenset(("bill", "grant", "art"))  # they, too, come and go


def _is_a_person_in_small_letters(reading: Reading, i: int) -> bool:
    token, before, after = reading.tokens[i], reading.before(i), reading.after(i)
    ours = before == "our"
    if token.low not in PEOPLE:
        animate = ours and after in ANIMATE and token.low not in _MONEY_OR_ART
        human = after in HUMAN and token.low not in MODAL
        begins = token.starts or before in JOINING
        does = begins and (acts(reading, i) or refuses(reading, i) or needs_care(reading, i))
        cared = token.low not in OFTEN_CAPITALS and is_cared_for(reading, i)
        return animate or human or does or cared
    if acts(reading, i) or refuses(reading, i) or is_cared_for(reading, i):
        return True
    if after in SURELY_FOLLOW or (ours and reading.goes_on_as_after_a_person(i)):
        return True
    led = before in LEADING and token.low not in PLANTS
    return led and (reading.closes(i) or after in FOLLOW | NEEDING)


def _is_placed(reading: Reading, i: int) -> bool:
    """ "in Craig", "Craig hospital"."""
    after = reading.low(i + 1)
    if len(reading.tokens) == 1:
        return True  # a place is asked for, and this is the answer
    return reading.before(i) in LOCATIVE or after in ORGANISATIONS or after in ("council", "county")


def _has_a_persons_capital(reading: Reading, i: int) -> bool:
    """ "I asked Rose": a capital amid a sentence, and no heading or title around it."""
    token, lexicon = reading.tokens[i], reading.lexicon
    if token.starts:
        return False
    before, after = reading.at(i - 1), reading.at(i + 1)
    if reading.is_heading(i + 1):
        return lexicon.is_name(after.low) and after.low not in ORGANISATIONS
    if reading.after(i) in ORGANISATIONS and not token.possessive:
        return False  # "on Primrose ward"
    heading = reading.touches(i) and before.capital and before.kind == "word"
    if heading and not before.starts and before.low not in TITLES | KIN | {"i"}:
        return False
    if token.low in reading.in_small_letters:
        return True  # "Rose rose", "what is in Will's will"
    if token.low in CALENDAR:
        return before.low in TOLD or reading.after(i) in ANIMATE
    if token.low in OFTEN_CAPITALS:
        return reading.is_lively(i) or before.low in BEFORE_NAMES | LEADING or acts(reading, i)
    return True


def _is_word_as_name(reading: Reading, i: int) -> bool:
    """Prince, Gift, Guy: with a capital, and doing as people do, or spoken to."""
    token = reading.tokens[i]
    if token.low in ROLES - {"guy"} or reading.before(i) in LOCATIVE:
        return False
    if token.starts and _is_full_name_first(reading, i):
        return True
    does = token.low not in ORGANISATIONS and acts(reading, i)
    if token.starts:
        return does
    told = reading.before(i) in TOLD and not reading.is_heading(i + 1)
    return told or does or reading.after(i) in ANIMATE


def _is_person_not_place(reading: Reading, i: int) -> bool:
    """ "Chester lives in Chester": the first does what people do, the second has an "in"."""
    token, before = reading.tokens[i], reading.before(i)
    if _is_placed(reading, i) or reading.low(i + 1) in ("area", "borough"):
        return False
    if token.possessive:
        return reading.low(i + 1) in HELD | KIN
    if acts(reading, i) and reading.after(i) not in COUNCILS_DO:
        return True
    return not token.starts and before in TOLD | {"poor", "dear", "miss", "love", "visit", "see"}


# --- a word on no list ------------------------------------------------------------------


def _is_a_stranger(reading: Reading, i: int) -> bool:
    """An unknown word with a capital: amid a sentence, or doing as people do.

    It costs a brand now and then, 10 of the 490,000 words of our own questions and services, and
    finds what no list can: without it every second such name stays.
    """
    token, after = reading.tokens[i], reading.at(i + 1)
    if not token.low.isascii():
        return reading.is_in_latin_letters  # a word of another script is hardly anything else
    if token.branded or len(token.low) < 3:
        return False
    if not token.capital:
        before = reading.before(i)
        begins = token.starts or before in JOINING or is_cared_for(reading, i)
        shown = begins and is_in_small_letters_a_name(reading, i)
        led = before in ASKING and reading.after(i) in ("to", "that", "about", "need", "get", "go")
        plain = not token.shouted and len(token.low) > 3 and not reading.is_misspelt(token.low)
        return (shown or led) and plain
    if token.low.endswith("s") and reading.lexicon.kind(token.low[:-1]) == "name":
        return True  # "the Okafors"
    if "-" in token.low and min(map(len, token.low.split("-"))) < 3:
        return False  # "Pre-op"
    if reading.follows_article(i) or reading.is_slip(i):
        return False
    if reading.is_heading(i + 1):
        return reading.lexicon.is_name(after.low) and not token.starts
    if token.starts and token.low.endswith("s") and not token.possessive:
        return False  # "Testers wanted"
    if reading.after(i) in ANIMATE or acts(reading, i):
        return True
    if token.starts:
        verb = reading.after(i)
        does = verb in ("needs", "cannot", "gets", "got")
        paired = verb == "and" and reading.at(i + 2).capital and reading.at(i + 2).kind != "word"
        return does or paired or (token.possessive and after.low in HELD | KIN)
    return reading.before(i) not in LOCATIVE | THINGS_FOLLOW and not _is_among_things(reading, i)


def _is_among_things(reading: Reading, i: int) -> bool:
    """ "Ensure, Complan, Meritene": in a list of things, what else."""
    for step in (-1, 1):
        j = i + step
        gap = reading.gap(max(i, j)) if j < len(reading.tokens) else ""
        if reading.low(j) in ("and", "or") and gap == " ":
            j += step
        elif gap not in (", ", "/", " / ", " & "):
            continue
        other = reading.at(j)
        thing = other.capital and not other.starts and other.kind in ("word", "place")
        if thing and other.low not in FUNCTION | KIN | ROLES and not other.named:
            return True
    return False
