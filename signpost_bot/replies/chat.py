"""What the bot says in a chat besides answers: to commands, to pictures, to its buttons."""

from signpost_bot.model import Paragraph, Place, Reply

HELLO = (
    "Hello. I tell people who look after someone where to turn. "
    "Write what is going on, in your own words. For example: mum keeps falling and I am worried.",
    "I am a program, not a person. Nobody reads along. In danger, ring 999.",
    "You can also look through what I know: /topics. For numbers to ring in a crisis: /urgent.",
)
HELP = (
    "Write what is going on, in your own words. I answer with services that can help.",
    "/topics  look through what I know\n"
    "/near  say where you are, for help close to home\n"
    "/what  what a word means, such as: /what respite\n"
    "/urgent  numbers to ring in a crisis\n"
    "/suggest  tell us of a service that is missing\n"
    "/settings  short answers, or a person on the phone\n"
    "/privacy  what is kept and what is not\n"
    "/forget  delete what I remember of this chat",
)
COMMANDS = {
    "start": "What this is",
    "help": "How to ask",
    "topics": "Look through what I know",
    "near": "Say where you are",
    "what": "What a word means",
    "urgent": "Numbers to ring in a crisis",
    "suggest": "Tell us of a missing service",
    "settings": "Short answers, or by phone",
    "privacy": "What is kept and what is not",
    "forget": "Delete what I remember",
}
ABOUT = (
    "Tells people in the UK who look after someone where to turn. Write what is going on, in your "
    "own words. You read a few services that can help, in plain English.\n\n"
    "A program answers, not a person. In danger, ring 999."
)
ABOUT_SHORT = "Tells people who look after someone where to turn. In danger, ring 999."

ONLY_WORDS = (
    "I can only read words. Please write in a sentence what is going on. "
    "In danger, ring 999."
)
NO_MAPS = "I cannot read a map here. Please write it in words."
NO_COUNCIL_THERE = (
    "I cannot tell which council that is, and I only know places in the UK: please write a town, "
    "or the first half of a postcode."
)
WHICH_COUNCIL = (
    "Which council is that? If you are not sure, write the town or the first half of the postcode."
)
SLOWLY = "I read your messages one after another. Each gets its answer."
TOO_MANY = (
    "That was a lot at once. I answer the first of your messages, one after another. "
    "Where one stays without an answer, please write it again."
)
ASK_WHERE = (
    "Where are you? Write a town, a postcode, a council, or England, Scotland, Wales or "
    "Northern Ireland. Or share your location with the paperclip."
)
WHERE_KEPT = (
    "I remember it for this chat until you change it or write /forget. "
    "Of a postcode I remember the first half, and of a location the council."
)
FORGOTTEN = "I have forgotten what I remembered of this chat."
NOT_FORGOTTEN = "I could not reach what I remember just now. Please write /forget again."
NOWHERE = "I have forgotten where you are. To tell me again: /near"
NOT_REMEMBERED = "I could not remember that just now. You can still ask."
WHICH_WORD = "Which word? Write it here. For example: respite"
NOT_A_WORD = "I do not know that word. Try to ask about it in a sentence."
WHAT_WAS_WRONG = "What was wrong?"
GLAD = "Good to know. Thank you."
TOO_OLD = "This button is from an older message. Please write your question again."
NO_MORE = "I know no more for that. Try to say it another way, or look through /topics."
ALREADY = "You have told me that already. Thank you."
LOOK_THROUGH = "What is it about?"
SETTINGS = "What would you like?"
FAULT = "Something went wrong on our side. Please ask again. In danger, ring 999."
UNKNOWN_COMMAND = "I do not know that command. /help shows all of them."

BUTTONS = {
    "more": "More like this",
    "phone": "By phone",
    "near": "Near me",
    "where": "Somewhere else",
    "here": "Say where I am",
    "nowhere": "Forget where I am",
    "topics": "Look through what I know",
    "tell": "Tell me when you can answer",
    "word": "A word or short form",
    "wrong": "Not what I meant",
    "helped": "This helped",
    "urgent": "Numbers for a crisis",
    "back": "Back",
}


def said(*paragraphs: str) -> Reply:
    """Words of ours as a reply."""
    return Reply(tuple(map(Paragraph, paragraphs)))


def near(place: Place | None) -> Reply:
    """What we take as where somebody is, and how to change it."""
    if place is None:
        return said(ASK_WHERE)
    return said(f"I look for help in {place.name}.", ASK_WHERE, WHERE_KEPT)


def now_near(place: Place) -> Reply:
    """Where we look from now on."""
    return said(f"From now on I look for help in {place.name}.", WHERE_KEPT)


def asks_where(text: str) -> bool:
    """Whether a message of ours asked where somebody is."""
    return ASK_WHERE in text


def asks_which_word(text: str) -> bool:
    """Whether a message of ours asked for a word."""
    return text == WHICH_WORD


def settings_of(place: Place | None) -> Reply:
    """What is set, above the buttons that change it."""
    where = f"I look for help in {place.name}." if place else "I do not know where you are."
    return said(where, SETTINGS)


# --- a service that is missing ----------------------------------------------------------

SUGGEST = "Thank you for telling us of a service. I ask six short things."
SKIP_OR_STOP = "Write - to leave this out, or stop to end."
STOP = "Write stop to end."
SO_FAR = "So far:"
ALL_OF_IT = "This is what I would pass on:"
NOT_SENT = "Nothing was passed on, and nothing was kept."
NOTHING_KEPT = "Nothing is kept here, so there is nobody it could be passed on to. I am sorry."
SUGGEST_BUTTONS = {"send": "Pass it on", "stop": "Do not"}
FIELDS = {
    "name": "Name",
    "what": "What it does",
    "phone": "Phone",
    "url": "Web",
    "email": "Email",
    "where": "Where",
}
LEFT_OUT = "-"
_LEAVE_OUT = ("-", "–", "—", "skip", "no", "none")
_STOP = ("stop", "cancel", "end", "quit")


def leaves_out(text: str) -> bool:
    """Whether somebody has nothing to say to a field."""
    return text.strip().lower().rstrip(".!") in _LEAVE_OUT


def stops(text: str) -> bool:
    """Whether somebody wants to be asked no more."""
    return text.strip().lower().rstrip(".!") in _STOP


# --- "tell me when you can answer" --------------------------------------------------------

TELL_HOW = (
    "There are two ways.",
    "I can give you a link to keep. Open it any time, and you see whether there is an answer. "
    "Then I know nothing about you.",
    "Or I can write to you here. For that I keep the number of this chat, locked with a key, until "
    "I have told you. After 90 days I delete it.",
)
TELL_BUTTONS = {"link": "Give me a link", "here": "Write to me here"}
TELL_HERE = "I write to you here when there is an answer. To stop that, write /forget."
NOT_TOLD = "I could not note that just now. Please press the button again later."
NOT_YET = "There is no answer yet. Keep the link and open it again later."
NOT_LOOKED_UP = "I could not look it up just now. Please open the link again later."
NO_SUCH_LINK = "I do not know this link any more. Please write your question again."
CAN_ANSWER = "You asked something that I could not answer. Now I can."


def you_asked(text: str) -> str:
    """The question that an answer belongs to, as it was kept."""
    return f"Your question was: {text}"


def tell_link(address: str, days: int) -> Reply:
    """The link that somebody keeps."""
    return said(
        "Keep this link, for example in your saved messages. Open it any time to see whether "
        f"there is an answer. It works for {days} days.",
        address,
    )


def switch(name: str, on: bool) -> str:
    """What stands on the button of a setting: what pressing it will do."""
    return _SWITCHES[name][on]


_SWITCHES = {
    "by_phone": ("A person by phone first, please", "Do not put the phone first"),
    "short": ("Short answers, please", "Full answers, please"),
}
