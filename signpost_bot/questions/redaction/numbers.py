"""Numbers that lead to a person: phones, references, cards, National Insurance, car plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from signpost_bot.questions.redaction.spans import Span, any_of, pattern

_CUE = 40  # characters before a number that may say what it is

# --- what everyone may know -------------------------------------------------------------

_HELPLINES = pattern(
    r"""(?<![\d+])(?: 116\s?(?:123|000|006|117) | 1800[012] | 85258 )(?![\s-]?\d)"""
)
_MONEY = pattern(
    r"""[£$€]\s?\d[\d,]*+(?:\s\d{3}\b)*(?:\.\d+)?
      | (?<![\w.,])\d[\d,]*+(?:\.\d+)?\s?(?:pounds|quid|grand|euros?|pence|%|percent)"""
)


def public_numbers(text: str) -> Iterator[Span]:
    """Helplines with six digits, and sums of money: they stay."""
    for number in (_HELPLINES, _MONEY):
        yield from (Span(*found.span(), None) for found in number.finditer(text))


# --- read out ---------------------------------------------------------------------------

_TIMES = "(?:(?:double|triple|treble)\\s)?"
_DIGIT = any_of("oh zero nought nil one two three four five six seven eight nine o")
_SPELLED = pattern(
    rf"""(?<!\w)(?:\+\s?)?{_TIMES}(?:{_DIGIT}|\d+)
        (?:[\s,-]{{1,2}}{_TIMES}(?:{_DIGIT}|hundred|thousand|\d+)\b){{4,}}+"""
)
# "o7700 9oo 678": a letter that looks like the nought.
_WITH_LETTERS_O = pattern(r"(?<!\w)(?:[\do][\s-]?){8,14}[\do](?!\w)")
_LEAST_SPELLED, _LEAST_WITH_O = 6, 5  # digits


def spelled_digits(text: str) -> Iterator[Span]:
    """Phone numbers read out, "oh seven double seven ...", or with letters for noughts."""
    for found in _WITH_LETTERS_O.finditer(text):
        if "o" in found[0].lower() and _digits(found[0]) >= _LEAST_WITH_O:
            yield Span(found.start(), found.end(), "phone")
    for found in _SPELLED.finditer(text):
        words = re.findall(r"[a-z]+|\d", found[0].lower())
        if sum(map(str.isalpha, words)) >= 2 and len(words) >= _LEAST_SPELLED:
            yield Span(found.start(), found.end(), "phone")


# --- with letters -----------------------------------------------------------------------

_NINO = pattern(
    r"""(?<![a-z0-9])[a-z]\s?[a-z][\s.-]?\d\s?\d[\s.-]?\d\s?\d[\s.-]?\d\s?\d
        (?P<suffix>[\s.-]?[a-d])?(?![a-z0-9])"""
)
_NINO_CUE = pattern(r"\bn\.?\s?i\.?\b|\bnino\b|national\sins|insurance")
_TWO_LETTER_WORD = pattern(
    rf"(?:{any_of('am an as at be by do go he if in is it me my no of on or sc so to up us we')})\s"
)
_IBAN = pattern(
    r"""(?<![a-z0-9])[a-z]{2}\d{2}(?:[\s-]?[a-z0-9]{4}){3,7}(?:[\s-]?[a-z0-9]{1,3})?
        (?![a-z0-9])"""
)
_LEAST_OF_IBAN = 8  # digits; "ab12 cars have been here" has fewer
_MACHINE = pattern(
    r"""(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)
      | (?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])
      | (?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])
      | (?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])"""
)
_TIME = re.compile(r"\d?\d(?::\d\d)+")
_PLATES = tuple(
    pattern(rf"(?<![a-z0-9]){plate}(?![a-z0-9])")
    for plate in (
        r"[a-z]{2}\d{2}(?P<gap>[\s-]?)(?P<word>[a-z]{3})",  # AB12 CDE
        r"[a-z]\d{1,3}(?P<gap>[\s-]?)(?P<word>[a-z]{3})",  # A123 BCD
        r"(?P<word>[a-z]{3})(?P<gap>[\s-]?)\d{1,3}[a-z]",  # ABC 123D
        r"(?P<word>[a-z]{1,3})(?P<gap>[\s-]?)\d{1,4}",  # ABZ 1234
        r"\d{1,4}(?P<gap>[\s-]?)(?P<word>[a-z]{1,3})",  # 1234 ABZ
    )
)
_PLATE_CUE = pattern(
    r"\b(?:reg(?:istration)?|plates?|car|vehicle|motability|van|drives?|driving|parked)\b"
)
_ULSTER = re.compile("[A-Z](?:[IZ][A-Z]|[A-Z]Z)[ -]?(?!(?:19|20)\\d\\d)\\d{3,4}")  # "UIA 4567"
# Three letters that are a word after "SE18" and before "24h".
_SPOKEN = frozenset(
    """
    all am ago aid and any are ask bed big bit bus but can car dad day did due end few fit for
    gas get got gps had has have her him his how its job kid lad law led let lot man map may men
    met mid min mum nan new not now off old one our out own pay per pip put run sat saw say see
    set she tea ten the too top try two use via was way who why won yes yet you yrs hrs max
    """.split()
)


def lettered_numbers(text: str) -> Iterator[Span]:
    """National Insurance numbers, IBANs, car plates, addresses of machines."""
    for found in _IBAN.finditer(text):
        if _digits(found[0]) >= _LEAST_OF_IBAN:
            yield Span(found.start(), found.end(), "number")
    for found in _NINO.finditer(text):
        insured = _NINO_CUE.search(text, max(0, found.start() - _CUE), found.start())
        if insured or not _TWO_LETTER_WORD.match(found[0]):  # "in 20 25 50"
            mark = "ni number" if insured or found["suffix"] else "number"
            yield Span(found.start(), found.end(), mark)
    for found in _MACHINE.finditer(text):
        if not _TIME.fullmatch(found[0]):
            yield Span(found.start(), found.end(), "number")
    yield from _plates(text)


def _plates(text: str) -> Iterator[Span]:
    for kind, plate in enumerate(_PLATES):
        for found in plate.finditer(text):
            driven = _PLATE_CUE.findall(text, max(0, found.start() - _CUE), found.start())
            capitals, together = found[0].isupper(), not found["gap"]
            if kind > 2:  # elsewhere "PIP 2024"
                registered = any(cue[:3].lower() in ("reg", "pla") for cue in driven)
                ulster = driven and _ULSTER.fullmatch(found[0])
                sure = capitals and (registered or ulster) and _digits(found[0]) > 1
            else:
                capitals = capitals and _digits(found[0]) > 1
                sure = capitals or bool(driven) or (kind == 0 and together)
            if sure and found["word"].lower() not in _SPOKEN:
                yield Span(found.start(), found.end(), "number")


# --- references, pins -------------------------------------------------------------------

_CASES = (
    "acc(?:oun)?t?|a/c|licen[cs]e|share\\scode|police\\slog|"
    + any_of(
        """case claim crn policy mrn passport brp badge id crime incident complaint application
        invoice booking ticket utr uprn urn serial tracking cad appeal tribunal reg"""
    )
)
# These are followed by other numbers, too ("rent is 1200"), unless a "number" stands between.
_OTHERS = "member(?:ship)?|" + any_of(
    """customer client patient hospital order visa identity unit student pupil payroll staff
    employee tenancy rent tax meter log prescription nhs insurance ni card file registration roll
    parcel plate district"""
)
_VALUE = r"(?=[a-z0-9/.-]*\d)[a-z0-9]++(?:[/.-][a-z0-9]+|\s(?=[a-z0-9]*\d)[a-z0-9]+\b){0,11}+"
_NUMBER_OF = r"\s?(?:number|no\b\.?|num\b\.?|nr\b\.?|ref(?:erence)?\b\.?|id\b|code|\#)"
_REF = "ref(?:erence)?s?"
_INITIALS = r"(?:(?-i:[A-Z]{2,6})\s)?"  # "ref ASC 229017"
_REFERENCE = pattern(
    rf"""(?<!\w)(?: (?:{_REF}|{_CASES}|{_OTHERS})\.?(?P<number>{_NUMBER_OF})
            | (?P<ref>{_REF})\.? | (?P<case>{_CASES})\.? | (?:{_OTHERS})\.? )
        (?P<is>(?:\s?(?:is|was|:|\#|=|-|\())*)\s?
        (?P<letters>(?(number){_INITIALS}|(?(ref){_INITIALS})))(?P<value>{_VALUE})"""
)
# "booking reference XKJWPQ"
_LETTERS_ALONE = re.compile(
    r"(?:[Rr]ef(?:erence)?|[Bb]ooking|[Cc]ode)(?: number| no\.?| code)?(?: is|:| -)?"
    r" (?P<value>[A-Z]{5,10})\b"
)
_SORT_CODE = pattern(
    r"""\b(?:sort(?:ing)?(?:\s?code)?s?|s/?c)\b[^\d\n]{0,15}
        (?P<value>\d\d[\s./-]{0,3}\d\d[\s./-]{0,3}\d\d)(?!\d)
      | (?<![\w/.])(?P<slashed>\d\d([/.])\d\d\3\d\d)(?![\w/]|\.\d)"""  # dates are known by now
)
_PIN = pattern(
    r"""(?<!\w)(?: pin | pass\s?code | pass\s?word | key\s?safe
          | (?:card|account|acc)\s(?:ending|ends)
          | cvv | cvc | security\s(?:code|number)(?:\son\sthe\sback)?
          | (?:key|door|alarm|gate|entry|security|access|safe|lock|house)\s?(?:pad\s)?code )
        (?:\s?(?:number|no\.?|code))?(?:\s?(?:is|was|:|=|-|in|to|its|it's)){0,3}\s?
        (?P<value>[a-z]{0,2}\d[\s-]?\d[\s-]?\d(?:[\s-]?\d){0,3}[a-z]{0,2}(?!\w))"""
)
_PASSWORD = pattern(
    r"""(?<!\w)pass\s?word(?:\s(?:is|was)|\s?[:=])?\s(?P<value>(?=[^\s\d]*\d)[^\s,]{4,40}+)(?!\S{9})"""
)
# Forms, laws, roads and genes that everyone may name.
_FORM = pattern(
    r"""ds\d{3,4}|sr1|pip\d{1,4}|ca1|esa50|uc50|aa1|dla1a?|matb1|fp\d{1,3}[a-z]?|hc\d{1,3}[a-z]*
      | ssp1|p\d\d|iht\d{3}|lpa\d{3}|[sb]f\d{1,3}|c\d{2,3}|n1|sscs\d[a-z]?|dl1|ct1|v\d{1,4}[a-z]?
      | d\d{1,4}|vat\d{1,4}
      | s(?:ection)?\d{3}|covid-?\d+|h1n1|t[12]"""
)
_ROAD_OR_GENE = pattern(r"[abm]\d{1,4}(?:/[abm]\d{1,4})* | \d{1,2}[pq]\d+(?:\.\d+)?")
_MIXED = re.compile(r"(?<![\w/-])[A-Za-z0-9]++(?:[/-][A-Za-z0-9]++)*+")
# "LBL/24/881": fewer digits are enough
_FILED = re.compile(r"(?<![\w/-])[A-Z]{2,}(?:[/-][A-Z0-9]+)*[/-]\d[A-Z0-9/-]*(?![\w/-])")
_HASH = re.compile(r"(?<![\w&])#\s?(?P<value>\d{3,}[A-Za-z0-9/-]*)")
_UNIT = any_of(
    """mgs? lbs? hrs? mins? secs? days? wks? weeks? mths? months? yrs? years? kcals? cals? units?
    miles? watts? mcg ug g kg kgs ml mls l cl cm mm m km ft in oz st stone
    am pm h s yo x k p pw pcm nd rd th iu steps w v mb gb ish plus ers"""
)
_MEASURED = pattern(rf"\d+(?:\.\d+)?(?:{_UNIT})?(?:[/-]\d*(?:{_UNIT})?)*")
_YEAR = r"(?:19|20)\d\d(?:[-/]\d\d)?"
_WORD_AND_YEAR = pattern(rf"[a-z]+-?{_YEAR}")
_LEAST_MIXED = 4  # digits that no ordinary word has among its letters


def references(text: str) -> Iterator[Span]:
    """Reference, case and account numbers, pins; whatever mixes letters with many digits."""
    for coded in (_PIN, _PASSWORD, _SORT_CODE, _HASH, _LETTERS_ALONE):
        for found in coded.finditer(text):
            kind = "value" if found["value"] else "slashed"
            yield Span(found.start(kind), found.end(kind), "number")
    for found in _REFERENCE.finditer(text):
        if _is_reference(found):
            whole = found[0][:3].lower() == "nhs" and _digits(found["value"]) == 10
            mark = "nhs number" if whole else "number"
            yield Span(found.start("letters"), found.end("value"), mark)
    for mixed in (_MIXED, _FILED):
        for found in mixed.finditer(text):
            least = _LEAST_MIXED if mixed is _MIXED else 3
            if _digits(found[0]) >= least and not _is_common(found[0]):
                yield Span(found.start(), found.end(), "number")


def _is_reference(found: re.Match[str]) -> bool:
    value = found["value"]
    digits, letters = _digits(value), sum(map(str.isalpha, value))
    if letters and (_FORM.fullmatch(value) or _MEASURED.fullmatch(value)):
        return False
    case = (found["case"] or "").lower()
    numbered = found["number"] or found["ref"]
    if numbered or (case and re.search("[:#=]", found["is"])):
        return digits >= 2 and digits + letters >= 3
    if re.fullmatch(_YEAR, value):
        return False
    if case and re.fullmatch(r"\w+/\w+", value):
        return True
    least = 3 if case in ("incident", "cad", "crime") else 4 if case else 5
    return digits >= least or (letters > 0 and digits >= 3)


def _is_common(written: str) -> bool:
    """Measures, forms, roads and years: "1000mg", "A4042", "covid-2019"; "12/05"."""
    common = (_MEASURED, _WORD_AND_YEAR, _FORM, _ROAD_OR_GENE)
    plain = re.search("[A-Za-z]", written) is None
    return plain or any(each.fullmatch(written) for each in common)


# --- runs of digits ---------------------------------------------------------------------

_BETWEEN = r"(?:\s?[-./,()]\s?\(?|\)\s?\(?|\s{1,3})"
_RUN = re.compile(rf"(?<![\w.,])\+?\(?\+?\d++(?:{_BETWEEN}\(?\d++)*+\)?")
_HANGING = re.compile(r"(?:[/-]\d{1,4}[A-Za-z]?(?!\w))+")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[\s-]+(?:\d\d)?\d\d)*")
_NHS_CUE = pattern(r"\bn\.?h\.?s\b")
_PHONE_CUE = pattern(
    rf"\b(?:{any_of('phone tel telephone mob mobile cell landline ring rang call number text')}"
    rf"|{any_of('whatsapp fax contact reach txt dial')})\b[^.!?]{{0,12}}$"
)
_LEAST = 6  # digits of a number that leads to somebody


class _Run(NamedTuple):
    """Groups of digits with little between them."""

    text: str
    groups: tuple[tuple[int, int], ...]
    called: bool  # the words before it speak of a phone
    insured: bool  # ... of the NHS

    def digits(self, first: int, last: int) -> int:
        return sum(end - start for start, end in self.groups[first : last + 1])

    def written(self, first: int, last: int) -> str:
        return self.text[self.groups[first][0] : self.groups[last][1]]

    def parts(self, first: int, last: int) -> list[str]:
        return [self.text[start:end] for start, end in self.groups[first : last + 1]]

    def gap(self, i: int) -> str:
        """What stands before group i."""
        return self.text[self.groups[i - 1][1] : self.groups[i][0]]


def digits(text: str) -> Iterator[Span]:
    """Phone, NHS, card and account numbers: any six digits or more that belong together."""
    for found in _RUN.finditer(text):
        before = text[max(0, found.start() - _CUE) : found.start()]
        run = _Run(
            text,
            tuple(group.span() for group in re.compile(r"\d+").finditer(text, *found.span())),
            called=_PHONE_CUE.search(before) is not None,
            insured=_NHS_CUE.search(before) is not None,
        )
        yield from _in_run(run)


def _in_run(run: _Run) -> Iterator[Span]:
    i = 0
    while i < len(run.groups):
        last = _end_of_phone(run, i)
        if last is None:
            last = _end_of_number(run, i)
        if last is None:
            i += 1
            continue
        start, end = run.groups[i][0], run.groups[last][1]
        if run.text[start - 1 : start] == "+":
            start -= 1
        if run.text[start - 1 : start] == "(" and ")" in run.text[start:end]:
            start -= 1
        mark = _mark(run, i, last, run.text[start:end])
        if hanging := _HANGING.match(run.text, end):
            end = hanging.end()  # "12345678/01"
        yield Span(start, end, mark)
        while i < len(run.groups) and run.groups[i][0] < end:
            i += 1


def _end_of_phone(run: _Run, first: int) -> int | None:
    """The last group of a phone number that starts here: 0..., +44 ..., 0044 ..., (0) ..."""
    start = run.groups[first][0]
    plus = run.text[max(0, start - 2) : start].rstrip("(").endswith("+")
    hanging = first > 0 and run.gap(first) in ("-", "/", ".")  # the middle of "20-00-00"
    if not plus and (run.text[start] != "0" or hanging):
        return None
    abroad = plus or run.text.startswith("00", start)
    least, most = (8, 15) if abroad else (9, 11)
    best = None
    for i in range(first, len(run.groups)):
        stop = i > first and re.search(r"[.,]\s|\s[.,]", run.gap(i))
        if (stop and run.digits(i, i) < 3) or run.digits(first, i) > most:
            break
        if run.digits(first, i) >= least:
            best = i
    return best


def _end_of_number(run: _Run, first: int) -> int | None:
    """The last group of a number of six digits or more that starts here."""
    third = first + 2
    if third < len(run.groups) and re.fullmatch(r"\d\d(-\d\d){2}", run.written(first, third)):
        return third  # a sort code, whatever follows
    last = first
    while last + 1 < len(run.groups) and _is_joined(run, last + 1):
        last += 1
    parts, total = run.parts(first, last), run.digits(first, last)
    if len(parts[0]) >= _LEAST and (len(parts) == 1 or any(len(part) < 3 for part in parts[1:])):
        return first  # "12345678 2 weeks ago"
    if last == first or _YEARS.fullmatch(run.written(first, last)) or _is_counting(parts):
        return None
    evenly = min(map(len, parts)) >= 3 or len({run.gap(i) for i in range(first + 1, last + 1)}) == 1
    alike = min(map(len, parts)) >= 2 or max(map(len, parts)) == 1
    long = total > _LEAST or (total == _LEAST and run.called)
    return last if long and evenly and alike else None


def _is_joined(run: _Run, i: int) -> bool:
    gap = run.gap(i)
    if "." in gap:
        return gap == "." and min(run.digits(i - 1, i - 1), run.digits(i, i)) >= 3
    return not set(gap) & set("/,()")


def _is_counting(parts: list[str]) -> bool:
    """True for "1 2 3 4 5 6 7 8"."""
    if max(map(len, parts)) > 2:
        return False
    start = int(parts[0])
    return [int(part) for part in parts] == list(range(start, start + len(parts)))


def _mark(run: _Run, first: int, last: int, written: str) -> str:
    number, total = "".join(run.parts(first, last)), run.digits(first, last)
    if total == 10 and number[0] != "0" and "+" not in written:
        grouped = re.fullmatch(r"\d{3}[\s-]\d{3}[\s-]\d{4}", written)
        if grouped or run.insured or _is_nhs(number):
            return "nhs number"
    british = number[0] == "0" and 9 <= total <= 14
    return "phone" if "+" in written or british or (run.called and total <= 11) else "number"


def _is_nhs(number: str) -> bool:
    """The check digit of NHS numbers: weights 10 to 2, modulo 11."""
    check = 11 - sum(int(d) * (10 - i) for i, d in enumerate(number[:9])) % 11
    return check % 11 == int(number[9])


def _digits(written: str) -> int:
    return sum(map(str.isdigit, written))
