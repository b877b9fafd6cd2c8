"""What we keep of what people write, in plain words, for every channel to show.

Each sentence is a promise that the program keeps; change one with the other.
"""

from collections.abc import Sequence

from signpost_bot.model import Paragraph, Reply

NOBODY_NAMED = "The people who run this page have not said who they are."

# What is true of the web page alone; other channels say what is true of them.
ON_THE_PAGE = (
    "The page uses no cookies. It loads nothing from anyone else. "
    "It does not note the address of your phone or computer.",
    "Your phone or computer may remember that you were here. So may your phone network.",
)


IN_TELEGRAM = (
    "For 30 minutes I remember what you asked about and where you are, never your words. What you "
    "set in /settings and /near stays until you write /forget. Both stand under a number that "
    "nobody can turn back into you.",
    "If you want to be told when I can answer, you can take a link. Then I keep nothing about you. "
    "Or I keep the number of this chat, locked with a key, until I have told you or you write "
    "/forget. After 90 days I delete it.",
    "Telegram keeps what you write here. Delete the chat to remove it there.",
)


def notice(
    *, retention_days: int | None, operator: str | None, also: Sequence[str] = ()
) -> Reply:
    """What is kept and what never is, under short headings.

    Args:
        retention_days: how long words are kept; None where nothing is kept at all.
        operator: who runs this and how to reach them, where they have said so.
        also: what else is true of the channel on which this is read.
    """
    sections = (
        _kept(retention_days, also) if retention_days is not None else _nothing_kept(also)
    )
    sections |= {
        "Who runs this": (f"This is run by {operator.rstrip('.')}." if operator else NOBODY_NAMED,),
        "Your rights": _rights(keeps=retention_days is not None),
    }
    parts: list[Paragraph] = []
    for heading, paragraphs in sections.items():
        parts += [Paragraph(heading, "heading"), *map(Paragraph, paragraphs)]
    return Reply(tuple(parts))


def _kept(days: int, also: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {
        "What we keep": (
            "If we cannot help, we keep the words of your question. We also keep them if you "
            "tell us that an answer did not help. People read them to make our list better.",
            "A program first takes out names, phone numbers, email addresses and the like. "
            "It can miss some. So please leave out what nobody should read.",
            "With your words we keep the day, the place you named, and what we showed you. "
            "Of a postcode we keep the first half.",
            "If you tell us of a service, we keep what you write about it.",
            "We count how often people ask about each kind of help and in each area. "
            "A count holds no words.",
        ),
        "What we never keep": (
            "We do not keep who you are. We do not keep the time of day. "
            "Nothing shows which questions come from the same person.",
            "If we see that you are in danger, we keep none of your words. "
            "We only count the kind of danger and the day.",
            "If we have an answer for you, we do not keep your words, "
            "unless you tell us that it did not help.",
            *also,
        ),
        "How long we keep it": (
            f"Words are deleted after {_days(days)}. Counts stay.",
        ),
    }


def _nothing_kept(also: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {
        "What we keep": ("Nothing that you write here is kept.",),
        "What we never keep": ("We do not keep who you are, or anything you ask.", *also),
    }


def _rights(*, keeps: bool) -> tuple[str, ...]:
    ask = (
        "You can ask the people who run this what they hold about you. "
        "You can ask them to put it right or delete it. "
        "We do not keep whose words are whose. "
        "So tell them the day and what you wrote, and they can look for it."
        if keeps
        else "You can ask the people who run this what they hold about you. "
        "This program gives them nothing to hold."
    )
    complain = (
        "If you think your details were not treated well, you can complain to them. "
        "You can also go to the Information Commissioner’s Office: ico.org.uk."
    )
    return ask, complain


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
