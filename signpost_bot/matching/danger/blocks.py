"""The blocks that patterns are built from: words for persons and things, and how they join."""

import re


def compiled(*choices: str) -> re.Pattern[str]:
    """Any of these, at the edges of words."""
    return re.compile(r"\b(?:" + "|".join(choices) + r")\b")


def one_of(words: str) -> str:
    """One of these single words."""
    return "(?:" + "|".join(words.split()) + ")"


def some(most: int) -> str:
    """Up to so many words in between, in the same breath."""
    return rf"(?: [a-z]+){{0,{most}}}? "


def some_or_numbers(most: int) -> str:
    """The same, where a number may stand in between."""
    return rf"(?: [a-z0-9]+){{0,{most}}}? "


PARTNER_WORDS = (
    "husband husbands wife wifes partner partners boyfriend boyfriends girlfriend girlfriends "
    "fiance fiancee ex exs exes spouse missus bloke fella"
)
ELDER_WORDS = (
    "mum mums mummy mother mothers dad dads daddy father fathers parent parents nan nans nana "
    "nanna nanny gran grans granny grandma grandmas grandmother grandad grandads granddad grandpa "
    "grandfather grandparents uncle uncles aunt aunts aunty auntie aunties neighbour neighbours "
    "lady gentleman"
)
KIN_WORDS = (
    "brother brothers sister sisters son sons daughter daughters cousin cousins sibling siblings "
    "twin stepdad stepmum stepson stepfather stepmother stepdaughter stepbrother relative "
    "relatives family friend friends mate mates flatmate lad inlaws lodger landlord"
)
CHILD_WORDS = (
    "child childs children childrens kid kids baby babys babies toddler toddlers infant grandson "
    "grandsons granddaughter granddaughters grandaughter grandchild grandchildren grandkids niece "
    "nephew nieces nephews pupil teenager teen schoolgirl schoolboy newborn stepchild stepchildren"
)
PARTNER, ELDER, KIN, CHILD = map(one_of, (PARTNER_WORDS, ELDER_WORDS, KIN_WORDS, CHILD_WORDS))
LITTLE = (
    "(?:little|young|small|year old|yr old) (?:boy|girl|one|ones|brother|sister|lad|son|daughter)"
)
PAID = (
    "(?:carers?|care (?:worker|workers|staff|assistant|agency|home|homes)|support workers?|staff|"
    "nurses?|pa|pas|personal assistant|agency|nursing home|the home|the ward|hospital|workers?|"
    "cleaner|manager|day centre|supported living|taxi driver|driver|escort|teacher|teachers|coach)"
)
PILLS = (
    "(?:tablets?|medication|medicines?|morphine|insulin|paracetamol|painkillers|drugs|dose|doses|"
    "ibuprofen|sleepers|warfarin|codeine|patches|antidepressants|methadone|sleeping tablets)"
)
