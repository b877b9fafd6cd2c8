"""How a person is reached: e-mail, pages of their own, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from signpost_bot.questions.redaction.spans import Span, any_of, pattern, without_stops

_MARK = re.compile(
    r"\[(name|email|phone|postcode [A-Z]{1,2}[0-9][A-Z0-9]?|nhs number|ni number|number"
    r"|date of birth|address|web address)\]"
)


def marks(text: str) -> Iterator[Span]:
    """Our own marks, typed or from an earlier time: they stay as they are."""
    return (Span(found.start(), found.end(), found[1]) for found in _MARK.finditer(text))


# --- e-mail -----------------------------------------------------------------------------

_HOSTS = any_of(
    """gmail googlemail hotmail outlook yahoo ymail rocketmail icloud me mac live msn aol btinternet
    btopenworld sky virginmedia virgin ntlworld talktalk tiscali blueyonder plusnet proton
    protonmail pm mail email gmx zoho fastmail hushmail o2 ee tesco nhs wp onet interia"""
)
_HOSTS_ALONE = any_of(
    "gmail googlemail hotmail yahoo outlook icloud btinternet aol protonmail"
)
_ENDINGS = any_of("com co uk org net ac gov ie me eu info pl fr de es it")
_DOT = r"(?:\.|\s?[\[(<{]?\s?\bdot\b\s?[\])>}]?\s?)"
_LOCAL = r"(?<![\w.+-])[\w.+-]++(?:\s(?:dot|underscore|dash|hyphen)\s[\w+-]++){0,4}"
_SIGN = r"(?<![\w.+'-])@?[\w.+'-]++"  # "@peg@mastodon.social", too
_EMAILS = (
    pattern(rf"{_SIGN}@\s?\w[\w-]*+(?:\.\w[\w-]*+|\s?\.\s?(?:{_ENDINGS})\b|,com?\b)*"),
    # jean @ gmail . com
    pattern(rf"{_SIGN}\s@\s?[\w-]++(?:\.\w[\w-]*+)*?(?:\s?\.\s?(?:{_ENDINGS})\b)+"),
    # jean (at) example.org
    pattern(rf"{_LOCAL}\s?[\[(<{{]\s?at\s?[\])>}}]\s?[\w-]++(?:{_DOT}[\w-]++)*"),
    # jean at example dot org, jean at sky.com, jean at gmail
    pattern(rf"{_LOCAL}\s?\bat\b\s?[\w-]++(?:\s?\bdot\b\s?(?:{_ENDINGS})\b)+"),
    pattern(rf"{_LOCAL}\s?\bat\b\s?(?:{_HOSTS})(?:{_DOT}(?:{_ENDINGS})\b)+"),
    pattern(rf"{_LOCAL}\s?\bat\b\s?(?:{_HOSTS_ALONE})\b"),
)
# Where everyone is to send a scam leads to nobody; "look at gov dot uk" is no address.
_PUBLIC_EMAIL = pattern(
    r"^(?:report|help|info|enquiries)@[\w.-]+\.gov\.uk\.?$ | look\sat | ^jo@samaritans\.org\.?$"
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, written out, too: "jean at gmail dot com"."""
    for written in _EMAILS:
        for found in written.finditer(text):
            if not _PUBLIC_EMAIL.search(found[0]):
                yield Span(*without_stops(found), "email")


# --- web --------------------------------------------------------------------------------

_ENDINGS_OF_PAGES = any_of(
    """com org net uk info biz eu ie app site online blog tv scot wales cymru london co io edu gov
    page link shop care support club live xyz dev gg ly fm pl nl charity foundation website
    family diary me\\.uk"""
)
_PAGES = (
    pattern(r"(?<!\w)(?:https?|ftp)\s?:?\s?//\S++"),
    pattern(r"(?<![\w.])www\d?\s?\.\s?\S++"),
    # "jeansdiary . co . uk"
    pattern(r"(?<![\w.-])[\w-]++\s\.\s?(?:com|co|org|net)\b(?:\s?\.\s?uk\b)?"),
    pattern(r"(?<![\w.])www(?:\s(?:dot\s)?[\w-]++)(?:\s(?:dot\s)?(?:co|com|org|net|uk)\b)++"),
    # "facebook dot com slash jean"
    pattern(
        rf"""(?<![\w.-])[\w-]++(?:\sdot\s(?:{_ENDINGS})\b)++
            (?:\s(?:forward\s)?slash\s(?:at\s)?[\w.@-]++)*+"""
    ),
    # "gofundme.com/f/alfie"; other endings may be the next word ("home.me and him") without a path
    pattern(
        rf"""(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*+\.)+
            (?: (?:{_ENDINGS_OF_PAGES})(?![\w-])(?:[/?\#]\S*+)? | [a-z]{{2,4}}/\S++ )"""
    ),
)
_PUBLIC_PAGE = pattern(
    r"""(?:https?://)?(?:[\w-]+\.)*
        (?: (?:gov|nhs|police)\.uk | (?:my)?gov\.(?:scot|wales) | advice\.scot )(?:/\S*)?"""
)


def web_addresses(text: str) -> Iterator[Span]:
    """Web addresses, but for those of the state: they lead to nobody, and people say "GOV.UK"."""
    for written in _PAGES:
        for found in written.finditer(text):
            start, end = without_stops(found)
            public = _PUBLIC_PAGE.fullmatch(text[start:end].replace(" dot ", "."))
            yield Span(start, end, None if public else "web address")


# --- postcodes --------------------------------------------------------------------------

_AREAS = any_of(
    """ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e
    ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln
    ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so
    sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze"""
)
_POSTCODES = (
    # as they are made: no C, I, K, M, O or V in the second half
    pattern(
        r"""(?<![a-z0-9])(?P<out>[a-z]{1,2}[0-9][a-z0-9]?)
            (?P<gap>[ .,:/\n-]{0,3})(?P<in>[0-9o][abd-hjlnp-uw-z]{2})(?![a-z0-9])"""
    ),
    # misread ones, of an area that there is; but "b12 5mg" is none
    pattern(
        rf"""(?<![a-z0-9])(?P<out>(?:{_AREAS})[0-9][a-z0-9]?)(?P<gap>[ .,-]{{0,3}})
            (?P<in>[0-9](?!kg|mg|km|cm|mm|ml|am|pm|oz|kb|mb|mph|min)[a-z]{{2}})(?![a-z0-9])"""
    ),
    # "se 6 4tw", but not "at 6 4th floor"
    pattern(
        rf"""(?<![a-z0-9])(?P<out>(?!(?:al|am|b|ba|ca|co|da|de|do|e|g|ha|im|l|la|le|m|me|n|ne|pa|pe|po
            |s|so|st|to|w)\s)(?:{_AREAS})\s[0-9][a-z0-9]?)(?P<gap>\s)
            (?P<in>[0-9][abd-hjlnp-uw-z]{{2}})(?![a-z0-9])"""
    ),
    # "SE 6 4TW", "SE6 4 TW", "B2 1 9RT"
    pattern(
        rf"""(?-i:(?<![A-Z0-9])(?P<out>(?:{_AREAS.upper()})[ ]?[0-9][ ]?[A-Z0-9]?)
            (?P<gap>[ .,-]{{1,3}})(?P<in>[0-9][ ]?[ABD-HJLNP-UW-Z]{{2}})(?![A-Za-z0-9]))"""
    ),
    # "s e 6 4 t w"
    pattern(
        r"""(?<!\w)(?P<out>[a-z]\s(?:[a-z]\s)?\d(?:\s[\da-z])?)(?P<gap>\s)
            (?P<in>\d\s[abd-hjlnp-uw-z]\s[abd-hjlnp-uw-z])(?!\w)"""
    ),
)


_SPOKEN = any_of("am an as at be by do go he if in is it me my no of ok on or so to tv up us we")


def postcodes(text: str) -> Iterator[Span]:
    """Full postcodes, each once; the outward half stays inside the mark."""
    ended = set()
    for number, written in enumerate(_POSTCODES):
        for found in written.finditer(text):
            if found.end() in ended:
                continue
            inward = found["in"]
            if found["gap"] and re.fullmatch("1st|2nd|3rd|[04-9]th", inward):
                continue  # "off the M25 2nd exit"
            if inward[0] in "oO" and not found[0].isupper():
                continue  # "in se6 our bins": an O for the nought only in capitals
            if number and not found[0].isupper() and re.fullmatch(_SPOKEN, inward[1:]):
                continue  # "in se6 2 of us"
            outward = re.sub(" ", "", found["out"]).upper()
            ended.add(found.end())
            yield Span(found.start(), found.end(), f"postcode {outward}")



def outward_half(postcode: Span) -> str:
    """ "SE6" of a span that is marked "postcode SE6"."""
    return str(postcode.mark).removeprefix("postcode ")
