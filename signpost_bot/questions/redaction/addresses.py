"""Where somebody lives: house numbers with streets, flats, house names.

A town, a district or the first half of a postcode stays: it leads to a council, not to a door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from signpost_bot.questions.redaction.lexicon import lexicon
from signpost_bot.questions.redaction.spans import FOUND, Span, any_of, pattern

# What a street is called, if a number stands before it ...
_STREETS = any_of(
    """acres? street str st road rd avenue ave av lane ln drive drv dr close cl crescent cresc
    cres court crt ct place pl way terrace terr ter gardens gdns garden grove gr square sq hill
    rise row walk mews park pk view green parade pde vale croft mount meadows? wynd brae
    loan quay wharf gate fold
    garth chase end path approach heights house hse lodge towers? mansions buildings bldgs villas?
    cottages? bungalows? farm circus dale dene fields? glade glen heath hollow knoll lea link mead
    orchard paddocks? parkway promenade prom ridge side spinney spur yard broadway bank embankment
    common estate lawns? point bridge boulevard blvd copse crest bury banks causeway cloisters?
    corner cross dell drift entry esplanade ferry forge ginnel grange hall haven highway hurst
    island jetty landing leas loke manor marina maltings moor nook oaks oval pasture piece pightle
    pines plain quadrant reach retreat shaw slade slope springs? stairs station strand toft tops?
    turn twitten vennel viaduct villages? wood"""
)
# ... in small letters, where "5 minutes up the bank" is none ...
_STREETS_IN_SMALL_LETTERS = re.compile(
    any_of(
        """street st road rd avenue ave lane ln close crescent cres terrace terr gardens gdns grove
        mews wynd court drive place way square cottages? crt ct dr cl sq row walk park hill rise
        house lodge green view"""
    )
)
# ... and without a number, where only the words before it say that somebody lives there.
_ROADS = r"st(?!\.?\s(?-i:[A-Z]))|" + any_of(
    """street road rd avenue ave lane ln close crescent cres terrace gardens gdns grove mews drive
    court cottages? wynd row"""
)
_THE_STREETS = any_of(
    """green close avenue drive street lane grove crescent square terrace mews paddocks? orchard
    meadows? hill mount parade row walk cottages? croft gardens glebe limes elms oaks oval broadway
    maltings spinney ridge rise beeches firs laurels larches chestnuts willows poplars birches
    hawthorns cedars pines hollies rowans"""
)
_WELSH = "heol|ffordd|stryd|rhodfa|(?-i:" + any_of(
    """Lon Maes Clos Cae Cwrt Parc Trem Erw Bro Llys Bryn Pen Rhes Tai Tan Min Ty Rhiw Gerddi Pant
    Cilgant Nant Bron Glan Hafod Coed Gwel Golwg Dol Plas Porth Rhos Waun Twyn Ael Awel Cefn)"""
)
_HOUSES = any_of(
    """Cottage Farm Farmhouse Bungalow Barn Lodge House Villa Manor Hall Grange Rectory Vicarage
    Croft Mill Stables Chapel Barns Cottages Gables Willows Oaks Elms Laurels Beeches Firs Limes
    Hollies Cedars Chestnuts Orchard Nook"""
)

_WORD = r"[a-z][a-z'.-]*+"
_CAPITALS = r"(?-i:(?:[A-Z][\w'-]*+\s){1,3})"
_NUMBER = r"\d{1,4}\s?[a-z]?(?:\s?[-/&]\s?\d{1,3}[a-z]?)?"
_NUMBER_WORD = (
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
) + any_of(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
)
_DOOR = (
    r"(?:(?:no\.?|number|nr\.?|house\s(?:number|no\.?)|plot|unit|block)\s?)?"
    rf"(?:{_NUMBER}(?:\s?\([^()]{{1,6}}\))?|{_NUMBER_WORD})"
)
_FLAT = r"""(?:flat|flt|apartment|apt|studio|unit|maisonette|bedsit)\.?\s?(?:no\.?\s?|number\s)?
    (?:\d{1,4}(?:/\d|\s?[a-z])?\b(?!\s(?:years?|yrs?|months?|weeks?|days?|floors?|flights|miles
    |minutes|mins|times|tyres?)\b)|[a-z]\b)"""
# These are enough only where a house follows: "unit 2 hours away", "room 4" of anything.
_ROOM = r"(?:room|caravan|pitch|plot|berth|mooring|block)\s(?:\d{1,4}|[a-z])\b"
_NO_FLAT = pattern(r"(?:unit|room|caravan|pitch|plot|berth|mooring|block)\b")
# "Rose Court, Church Lane": the street that follows belongs to the address.
_THEN_STREET = rf"(?:,\s?(?:{_CAPITALS}(?:{_ROADS})\b|(?:{_WELSH})\s(?-i:[A-Z])[\w'-]*+))?"

_NUMBERED = pattern(
    rf"""(?<![\w£$€.,/-])(?:\d{{1,2}}/\d{{1,2}}[\s,]{{1,2}})?(?:(?P<flat>{_FLAT})[\s,]{{1,3}})?
        (?P<door>{_DOOR})[\s,]{{1,3}}
        (?:(?:on|in|at)\s(?=(?-i:[A-Z])))?
        (?: (?P<the>the\s(?:{_THE_STREETS}))\b
          | (?P<name>(?:{_WORD}\s){{0,4}}?{_WORD}\s)(?P<kind>{_STREETS})\b\.?
            (?:\s(?-i:East|West|North|South|Gardens|Cottages|Mews|Close|Road|Lane|Terrace|Street)\b)?
          | (?P<alone>(?-i:[A-Z][a-z]{{2,}}(?:gate|side)))
          | (?P<welsh>(?:{_WELSH})(?:'r)?\s(?:(?:yr?|[a-z])\s)?{_WORD}
            |(?-i:[A-Z][a-z]+-(?:yr?|yn|on|upon|by)-[A-Z]?[a-z]+)) )(?!\w){_THEN_STREET}"""
)
_FLATS = pattern(
    rf"""(?<!\w)(?P<flat>{_FLAT}|{_ROOM})(?:[\s,]{{1,3}}(?:(?:at|in|on)\s)?
        (?:(?:caravan|holiday|travellers?|mobile\shome)\s(?:site|park)[\s,]{{1,3}})?
        (?P<name>(?:{_WORD}\s){{0,3}}?{_WORD}\s(?:{_STREETS})\b\.?{_THEN_STREET}))?"""
)
_HOUSE_AND_STREET = pattern(
    rf"""(?<!\w)(?-i:(?:The\s)?)
        (?: {_CAPITALS}(?-i:{_HOUSES})(?:,\s?|\s(?:on|in)\s)(?:\d{{1,4}}[a-z]?\s)?
            (?:{_CAPITALS}(?:{_STREETS})\b|(?:{_WELSH})\s(?-i:[A-Z])[\w'-]*+)
          | (?-i:(?:[A-Z][\w'-]*+\s?){{1,3}}),\s?(?:{_WELSH})\s(?-i:[A-Z])[\w'-]*+ )"""
)
_LIVES = r"""(?:
      (?:live|lives|lived|living|staying|stay|stays|house|home|flat|bungalow|place|based|we're|were
        |i'm|im|he's|hes|she's|shes|mum's|mums|dad's|dads|nan's|nans)\s
        (?:(?:is|alone|just|together|still|up|down|round)\s)?(?:at|on|in|near\sto|off)\s
    | (?:address|home|house)\s(?:is|was)\s(?:(?:at|called)\s)? | address\s?(?:[:=-]\s?|(?=\d))
    | (?:moved|moving|move|back)\s(?:in)?to\s
    | (?:come|sent|send|deliver(?:ed)?|post(?:ed)?|round|over|write)\s
        (?:(?:it|them|him|her|us)\s)?to\s
    | parked\soutside\s | visit\sus\sat\s )"""
_KEPT_HOUSES = any_of(
    "care nursing residential home hospital hospice day sheltered retirement ward surgery centre"
)
_NOBODYS = any_of(
    """mum dad nan gran grandma grandad a an the my our his her their your this that same care
    nursing old sheltered council in"""
)
_OLD_HOUSES = "post\\soffice|coach\\shouse|police\\sstation|" + any_of(
    "school schoolhouse rectory vicarage chapel mill bakery forge dairy smithy barn manse station"
)
_DAYS = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec"
)
_DAY_OR_MONTH = pattern(rf"\b(?:{_DAYS})")
_NO_DAY = f"(?!{_DAYS})"  # "lives at 27 Whitecross", but "lives on 9 May"
# "Mill Lane 14"
_NUMBER_LAST = pattern(
    r"""(?<!\w)(?-i:(?:[A-Z][\w'-]*+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Grove))
        (?:,?\s(?:no\.?|number|nr\.?)\s?\d{1,4}[a-z]?|\s\d{1,4}[a-z]?(?=[,.]|\s?$))(?!\w)"""
)
# "23 Railway Cuttings, [postcode SE6]", "23 Railway Cuttings, Cheam"
_BEFORE_TOWN = re.compile(
    rf"(?<![\w£$€.,/-])(?P<street>\d{{1,4}}[a-z]?,?\s(?:[A-Z][a-z'-]+\s?){{1,3}})(?<!\s),?\s"
    rf"(?:(?P<found>{FOUND})|(?P<town>[A-Z][a-z-]+))"
)
_SMALL_WORDS = (
    "(?:"
    + any_of("hours? times? days? weeks? months? years? with when that this then from home most")
    + r")\b"
)
# "14 acacia [postcode SE6]", "Acacia Avenue, [postcode SE6]"
_BEFORE_POSTCODE = pattern(
    rf"""(?<!\w)(?P<value>\d{{1,4}}[a-z]?\s(?!(?:{_SMALL_WORDS}))[a-z]{{4,}}+(?:\s[a-z]{{3,}}+)?
        | {_CAPITALS}(?:{_STREETS}))[\s,]{{1,2}}{FOUND}"""
)
# "Holly Cottage, Little Snoring", "rose cottage, mill lane"
_COTTAGE = pattern(
    rf"""(?<![\w'.-])(?: (?P<value>(?-i:(?:The\s)?(?:[A-Z][\w'-]*+\s){{1,3}}
            (?:Cottage|Farm|Farmhouse|Barn|Bungalow|Rectory|Vicarage|Forge)))(?=,\s?(?-i:[A-Z]))
          | (?P<small>{_WORD}\s(?:cottage|farmhouse|barn|bungalow|rectory|vicarage|forge),\s?
            (?:{_WORD}\s){{1,2}}(?:lane|road|street|close|hill|row)\b))"""
)
# Where people live: "on Acacia Avenue", while a "Street" or a "Road" may be where the shops are.
_STREET_ALONE = re.compile(
    r"(?i:\b(?:on|in|at|off|of|from)\s)(?P<value>(?!The |High |Station )(?:[A-Z][\w'-]*+\s){1,3}"
    r"(?:Avenue|Close|Crescent|Drive|Grove|Terrace|Gardens|Mews))\b(?!\s[A-Z])"
)
_HOME = pattern(
    rf"""(?<!\w){_LIVES}(?P<value>the\sold\s(?:{_OLD_HOUSES})\b|(?!(?:{_NOBODYS})\s)
        (?: \d{{1,4}}[a-z]?,?\s{_NO_DAY}(?!{_SMALL_WORDS})[a-z]{{4,}}+
            (?=[,.]|\s?$|\s(?:and|in|but)\b)
          | \d{{1,4}}[a-z]?,?\s{_NO_DAY}(?-i:[A-Z][a-z-]{{2,}}+(?:\s[A-Z][\w'-]*+){{0,2}})
          | (?:number|no\.?)\s?\d{{1,4}}[a-z]?\b
          | (?:(?-i:The\s)|{_CAPITALS})(?-i:(?:Old\s)?(?:{_HOUSES}))\b(?!\s(?:{_KEPT_HOUSES}))
          | (?:{_WELSH})\s(?-i:[A-Z])[\w'-]*+
          | (?-i:[A-Z][\w'-]*+(?:\s[A-Z][\w'-]*+){{0,2}}),\s{_CAPITALS}(?:{_ROADS})\b
          | {_CAPITALS}(?:{_ROADS})\b | (?-i:The\s[A-Z][\w'-]*+\s)(?:{_ROADS})\b
          | {_WORD}\s(?!st\b|ave\b|court\b|drive\b|row\b)(?:{_ROADS})\b ))"""
)
_AT_NUMBER = pattern(r"(?<!\w)(?:at|in)\s(?P<value>(?:number|no\.?)\s?\d{1,4}[a-z]?)(?!\w)")
_BOX = pattern(r"(?<!\w)(?:p\.?\s?o\.?\sbox|bfpo)\s\d+")
# Postcodes of Ireland: each is one house.
_EIRCODE = re.compile(
    r"(?<!\w)[AC-FHKNPRTV-Y]\d[0-9W] ?(?=[A-Z]*\d)(?=\d*[A-Z])[0-9AC-FHKNPRTV-Y]{4}(?!\w)"
)

# Words that no street is named with, but that stand between a number and "road" all the time.
_BETWEEN = frozenset(
    """a about across adult after ago all along already am an and are around as at away back bad
    bags be bed bedded bedroom bedrooms beds been before behind beside big both bus buses but by
    came can car care carer carers cars check children children's college come could council day
    days dead dementia did different do doctors door doors double down dropped each else every
    falls few flights floor floors for from full get go going good got had half hard has have he
    her him his hospital hour hours houses i if in into is it it's its just kids last late left
    less long lot me men metres mg mile miles min mins minute minutes month months more most mum
    much my near nearly new nice night nights no not now nurses nursing of off on only or other our
    out over own patients people per person pm pounds primary quid really residential residents
    right same seat seater secondary she short side since single small social some star step steps
    stone storey stories such take takes taken than that the their them then there they this those
    three till times to too top two until up us very via visits walk was way we week weeks were
    when where which while who will with women year years yet you your yr yrs""".split()
)
_PART_OF = re.compile(
    r"\b(?:section|post|page|level|stage|grade|band|part|schedule|article|step|type|class|year"
    r"|aged?|rule|over|under|bus|number|ks|form|tier|phase|zone)\s$",
    re.IGNORECASE,
)
_LONGEST_PARTS = 40  # characters of "Block 3, Flat 4, "
_LONGEST_PART = 12  # characters of "schedule 2", and what may stand before it


def addresses(text: str) -> Iterator[Span]:
    """Addresses down to the door; what comes after the street stays."""
    for start, end in _homes(text):
        left = _PARTS_BEFORE.search(text, max(0, start - _LONGEST_PARTS), start)
        right = _PARTS_AFTER.match(text, end)
        yield Span(left.start() if left else start, right.end() if right else end, "address")


# "Block 3, Flat 4, Rose Court", "14 High Street (flat 2)"
_PART = any_of("flat flt apt apartment block room unit plot studio floor")
_PARTS_BEFORE = pattern(
    rf"""(?<!\w)(?:(?:(?:{_PART})\s\w{{1,4}}|\d{{1,3}}(?:/\d{{1,2}}|[a-z])?
        |(?:ground|first|second|third|top|upper|lower|basement|1st|2nd|3rd)(?:\sfloor)?(?:\sflat)?)
        ,\s?)+$"""
)
_PARTS_AFTER = pattern(rf"(?:[\s,]{{1,2}}\(?(?:{_PART})\s\w{{1,4}}\b\)?){{1,3}}")


def _homes(text: str) -> Iterator[tuple[int, int]]:
    for office in (_BOX, _EIRCODE):
        yield from (found.span() for found in office.finditer(text))
    flats = list(_FLATS.finditer(text))
    yield from (_flat(found) for found in flats if found["name"])
    for found in _NUMBERED.finditer(text):
        if _is_street(found):
            yield found.span()
    for found in flats:
        if re.search(r"\d", found["flat"]) and not _NO_FLAT.match(found["flat"]):
            yield _flat(found)
    for whole in (_HOUSE_AND_STREET, _NUMBER_LAST, _STREET_ALONE):
        for found in whole.finditer(text):
            kind = "value" if whole is _STREET_ALONE else 0
            house, _, town = found[kind].partition(", ")
            if town.lower() in lexicon().phrases:  # "Moor Farm, Hebden Bridge"
                yield found.start(kind), found.start(kind) + len(house)
            elif found[kind].lower() not in lexicon().phrases:
                yield found.span(kind)
    for whole in (_BEFORE_POSTCODE, _COTTAGE):
        for found in whole.finditer(text):
            yield found.span("value" if found["value"] else "small")
    for found in _BEFORE_TOWN.finditer(text):
        day = _DAY_OR_MONTH.search(found["street"])
        town = (found["town"] or "").lower() in lexicon().places and "," in found[0]
        if (found["found"] or town) and not day:
            yield found.span("street")
    for home in (_HOME, _AT_NUMBER):
        yield from (f.span("value") for f in home.finditer(text) if not _is_town(f["value"]))


def _is_town(written: str) -> bool:
    """ "Earls Court" and "Bro Machno" are parts of the world, not of an address."""
    lists, words = lexicon(), written.lower().split()
    placed = not _ENDS_AS_ROAD.search(written) and any(word in lists.places for word in words)
    return " ".join(words) in lists.phrases or (placed and not re.search(r"\d", written))


_ENDS_AS_ROAD = pattern(rf"(?:{_ROADS})$")


_STREET_ENDS = pattern(r"\s?(?:[,.;!?)\n]|$|(?:in|and|is|near|by|next)\b)")


def _is_street(found: re.Match[str]) -> bool:
    if found["flat"] or found["welsh"]:
        return True
    door = found["door"].lower()
    if _PART_OF.search(found.string[max(0, found.start() - _LONGEST_PART) : found.start()]):
        return False  # "section 8 rent arrears court"
    if found["alone"]:
        return door[0].isdigit()  # "8 Kirkgate"
    if found["the"]:
        ended = _STREET_ENDS.match(found.string, found.end())
        return found["the"][0] == "T" or door[0] == "n" or ended is not None
    name = found["name"].split()
    if name[0] == "The":
        name = name[1:]
    if not name or any(word.lower().strip(".'") in _BETWEEN for word in name):
        return False
    numbered = door[0].isdigit()
    if all(word[0].isupper() for word in name):
        return numbered or door[0] in "nhpub" or found["kind"][0].isupper()
    sure = _STREETS_IN_SMALL_LETTERS.fullmatch(found["kind"].lower()) is not None
    numbered = numbered or door.startswith(("no", "num")) or found["kind"].lower() in _SAID
    return sure and len(name) <= 2 and numbered


# "fourteen elm grove"; "two care homes place" is none
_SAID = frozenset("street road avenue lane close crescent terrace gardens grove".split())


def _flat(found: re.Match[str]) -> tuple[int, int]:
    name = found["name"]
    if name and not any(word.lower() in _BETWEEN for word in name.split()[:-1]):
        return found.span()
    return found.span("flat")
