"""What the bot says in groups, through inline mode, and as a guest, besides answers."""

from collections.abc import Mapping, Sequence

from signpost_bot.model import Paragraph, Place, Reply
from signpost_bot.replies import chat

COMMANDS = {
    "help": "How to ask here",
    "ask": "Ask so that only you see it",
    "what": "What a word means",
    "urgent": "Numbers to ring in a crisis",
    "privacy": "What is kept and what is not",
}
COMMANDS_OF_ADMINISTRATORS = {"setup": "Set me up for this group"}

# One line for a sensitive question and for a danger alike: nobody can tell which it was.
ALONE = "My answer is for you alone. Press a button to read it. In danger, ring 999."
ALONE_SENT = "My answer is for you alone: only you can see it. In danger, ring 999."
HERE_IT_IS = "Here is your answer."
NOT_YOURS = "This button is for the person who asked. Ask me something, and I answer you too."
NOT_NOW = "I could not show it here. Please open our private chat."
IN_PRIVATE = "That is for you and me alone. Please open our private chat."
ADMINISTRATORS_ONLY = "Only this group’s administrators can set me up."
WHICH_WORD = "Which word? For example: /what respite"
ASK_WHAT = "What is it about? For example: /ask how do I get a break"

BUTTONS = {
    "mine": "Show me, and nobody else",
    "private": "Open our private chat",
    "ask": "Ask me in private",
}


def hello(username: str) -> Reply:
    """What stands in a group when the bot has joined."""
    return chat.said(
        "Hello. I tell people who look after someone where to turn. I am a program, not a person.",
        f"To ask me, write @{username} and your question, or reply to a message of mine. "
        "I read nothing else in this group.",
        "Administrators: /setup",
    )


def how_to_ask(username: str) -> Reply:
    return chat.said(
        _in_own_words(username),
        "Or reply to a message of mine. I read nothing else in this group.",
        "What others should not see, ask with /ask or in our private chat. In danger, ring 999.",
    )


def how_to_ask_as_guest(username: str) -> Reply:
    return chat.said(
        _in_own_words(username),
        "I read only messages that name me. What others should not see, ask in our private chat. "
        "In danger, ring 999.",
    )


def _in_own_words(username: str) -> str:
    return (
        f"Write @{username} and what is going on. For example: "
        f"@{username} how do I get a blue badge"
    )


def quiet_now(until: int) -> str:
    """It is the group's quiet time.

    Args:
        until: the hour at which it ends.
    """
    return (
        f"It is quiet here until {until}:00. I answer you in our private chat. "
        "In danger, ring 999."
    )


# --- privacy ------------------------------------------------------------------------------

PRIVACY = (
    "In this group I read only what is for me: commands, messages that name me, and replies "
    "to mine.",
    "For 30 minutes I remember what an answer was about, never who asked or in which words.",
    "What administrators set stays until I am removed from the group. It stands under a number "
    "that nobody can turn back into the group.",
    "All the rest is in our private chat: /privacy",
)

# --- /setup -------------------------------------------------------------------------------

SETUP_GONE = "I cannot reach my notes just now, so nothing was changed. Please try again later."
SETUP_DONE = "Done. To change it: /setup"
PROMPTS: Mapping[str, str] = {
    "name": "What is this community called? Reply to this message. To leave it out, reply: none",
    "place": (
        "Where is this community? Reply to this message with a town, a postcode, a council or "
        "a nation. To leave it out, reply: none"
    ),
    "quiet": (
        "Between which hours should I keep quiet? Reply to this message, for example: 22 to 7. "
        "For no quiet hours, reply: none"
    ),
}
NOT_HOURS = "I did not understand these hours. Write them like this: 22 to 7"
NAME_TOO_LONG = "That is too long for a name. Please keep it under 60 letters."
NAME_FIRST = "Give the community a name first. The digest counts what is asked under that name."
SETUP_BUTTONS = {
    "name": "Name",
    "place": "Place",
    "quiet": "Quiet hours",
    "packs": "Knowledge",
    "done": "Done",
}


def setup(
    name: str | None,
    place: Place | None,
    *,
    smalltalk: bool,
    quiet: tuple[int, int] | None,
    digest: bool,
    knows: str | None = None,
) -> Reply:
    """How the bot is set up in a group.

    Args:
        knows: what it answers from; None where there is nothing to choose.
    """
    lines = [
        f"Name: {name or 'none'}",
        f"Place: {place.name if place else 'none'}",
        f"Quiet hours: {f'{quiet[0]}:00 to {quiet[1]}:00' if quiet else 'none'}",
        f"Small talk: {'answered' if smalltalk else 'not answered'}",
        f"Weekly digest: {'on' if digest else 'off'}",
        *([f"Knowledge: {knows}"] if knows else []),
    ]
    return Reply(
        (
            Paragraph("How I work in this group", "heading"),
            Paragraph("\n".join(lines)),
            Paragraph(
                "I look for help in the place. In quiet hours I answer in private, but to a "
                "danger I answer at once. The digest tells the group once a week how often it "
                "asked about what: never who, or in which words, and nothing asked fewer than "
                "three times. To send it, I keep the number of this group, encrypted, until it "
                "is switched off."
            ),
        )
    )


def knowing(pack: str | None) -> str:
    """What is answered from.

    Args:
        pack: the one over the national one; none of them where it is empty, None: all.
    """
    if pack is None:
        return "all that I know"
    return f"the national list and {pack}" if pack else "the national list alone"


def switch(name: str, on: bool) -> str:
    """What stands on the button of a switch: what pressing it will do."""
    return _SWITCHES[name][on]


_SWITCHES = {
    "smalltalk": ("Answer small talk", "Leave small talk alone"),
    "digest": ("Send a weekly digest", "Send no digest"),
}


def not_one_place(words: str, places: Sequence[Place]) -> str:
    """Words given as the place of a community that mean none, or several."""
    if not places:
        return f"I do not know the place {words!r}. Try a postcode, a town, a council or a nation."
    names = ", ".join(place.name for place in places[:5])
    return f"There is more than one: {names}. Please write it in full."


# --- digest -------------------------------------------------------------------------------


def digest(counts: Sequence[tuple[str, int]]) -> Reply:
    """What a group asked about in a week.

    Args:
        counts: titles of topics, and how often each was asked about.
    """
    lines = "\n".join(f"{title}: {number}" for title, number in counts)
    return Reply(
        (
            Paragraph("What this group asked me about last week", "heading"),
            Paragraph(lines),
            Paragraph("Nothing asked fewer than three times is counted here. To stop it: /setup"),
        )
    )


# --- inline -------------------------------------------------------------------------------

DANGER_TITLE = "Where to get help now"
DANGER_ABOUT = "In danger, ring 999. Press here for numbers to ring."
