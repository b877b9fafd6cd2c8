"""What we say, outcome by outcome. Every sentence of ours that a person reads stands here or,
for danger, in danger.py."""

from collections.abc import Mapping, Sequence

from signpost_bot.model import (
    Choice,
    Nation,
    Paragraph,
    Place,
    Question,
    Reason,
    Reply,
    Service,
    Signpost,
    Successor,
    Term,
    Topic,
)
from signpost_bot.replies.signposts import signpost

PASSED_ON = "Passed on, without your name, to the people who look after this list."
NOT_PASSED_ON = "We could not pass it on just now. We keep trying."
NEVER_KEPT = "Nothing of what you wrote has been kept. Please do reach out to one of these."
THANKS = "Thank you."
REASONS: dict[Reason, str] = {
    "not-what-i-meant": "It is not what I meant",
    "wrong-place": "It is for the wrong place",
    "out-of-date": "It is out of date",
    "link-broken": "A link or number does not work",
    "hard-to-read": "It is hard to read",
}
SUGGEST = "Which service should we know? Give only what is public: nothing about a person."
SUGGESTION_FIELDS = {
    "name": "What is it called?",
    "what": "What does it do, and for whom?",
    "phone": "Its phone number, if it has one",
    "url": "Its web address, if it has one",
    "email": "Its email address, if it has one",
    "where": "Where does it help? A town, a council or a nation",
}
_UNSURE_WHERE = "Tell me your town, postcode or nation and I can look closer to home."
_GENTLE = {
    "emotional-support": "That sounds very hard. You do not have to carry it alone.",
    "bereavement": "I am so sorry. These people will listen, in your own time.",
    "end-of-life": "I am sorry you are facing this. These people can help.",
}


def answered(
    needs: Sequence[Topic],
    services: Sequence[Service],
    *,
    place: Place | None = None,
    where: str | None = None,
) -> Reply:
    """Signposts, under the name of each need they are for.

    Args:
        where: how to call the place.
    """
    nation = place.nation if place else None
    parts: list[Paragraph | Signpost] = []
    for need in needs[:1]:
        if need.id in _GENTLE:
            parts.append(Paragraph(_GENTLE[need.id]))
    for title, its_services in _by_need(needs, services):
        if title:
            parts.append(Paragraph(title, "heading"))
        parts += [signpost(service, nation) for service in its_services]
    parts.append(Paragraph(f"I looked for help in {where}." if where else _UNSURE_WHERE))
    return Reply(tuple(parts))


def gently(first: Sequence[Paragraph], reply: Reply) -> Reply:
    """The same, after words for somebody who can do no more; said once, not twice."""
    rest = [p for p in reply.parts if not (isinstance(p, Paragraph) and p.text in _GENTLE.values())]
    return Reply((*first, *rest), reply.choices)


def choosing(question: Question, topics: Sequence[Topic]) -> Reply:
    """Several needs are close: the person says which."""
    area = question.place.name if question.place else None
    return Reply(
        (Paragraph("I want to get this right. Which of these is nearest?"),),
        tuple(Choice(topic.title, question.text, topic.id, area) for topic in topics),
    )


def where(question: Question, topic: str | None, places: Sequence[Place]) -> Reply:
    """A place has several meanings: the person says which."""
    return Reply(
        (Paragraph("There is more than one place with that name. Which one do you mean?"),),
        tuple(
            Choice(place.name, question.text, topic=topic, area=place.name) for place in places
        ),
    )


def unanswered(doors: Sequence[Signpost], where: str | None = None) -> Reply:
    """We do not know, and say so; two doors that always help.

    Args:
        where: how to call the place, if a place is all that they said.
    """
    if where:
        start = f"I can look for help in {where}. Tell me in a sentence what is going on."
        return Reply((Paragraph(start), *_always(doors)))
    start = (
        "I am sorry, I do not know about that. "
        "I know about help for people who look after someone."
    )
    again = Paragraph("You can also try to say it another way.")
    return Reply((Paragraph(start), *_always(doors), again))


def passed_on(reply: Reply) -> Reply:
    """The same, with the news that a maintainer will read the question."""
    return Reply((*reply.parts, Paragraph(PASSED_ON)), reply.choices)


def nothing_there(needs: Sequence[Topic], doors: Sequence[Signpost]) -> Reply:
    """No service for a need where somebody is: why, if we know, and the doors that always help."""
    sorry = Paragraph("I do not know a service for that where you are. I am sorry.")
    why = [Paragraph(need.none_in) for need in needs if need.none_in]
    return Reply((sorry, *why, *_always(doors)))


def _always(doors: Sequence[Signpost]) -> list[Paragraph | Signpost]:
    lead = Paragraph("If you look after someone, these can help you further:")
    return [lead, *doors] if doors else []


def council_door(service: Service, doors: Sequence[tuple[str, str]]) -> Signpost:
    """The way to whoever gives social care where somebody is.

    Args:
        service: the entry that finds any council.
        doors: (name, web address), the likeliest first.
    """
    door = signpost(service)
    if not doors or doors[0][1] == service.url:
        return door
    name, url = doors[0]
    others = tuple(
        ("It could also be", f"{other}: {address}") for other, address in doors[1:]
    )
    return Signpost(
        service=service.id,
        name=name,
        what="They arrange care where you are, and help for you as a carer.",
        ways=(("Web", url), *others),
        url=url,
        phone=None,
        hours=None,
        cost=None,
        freshness=door.freshness,
    )


def meaning(terms: Sequence[Term], rest: Reply | None) -> Reply:
    """What a word means, then who can help with it."""
    parts: list[Paragraph | Signpost] = []
    if len(terms) > 1:
        parts.append(Paragraph(f"People use this word for {_number(len(terms))} things."))
    parts += [Paragraph(f"{term.term}: {_lower_first(term.plain)}") for term in terms]
    return Reply((*parts, *(rest.parts if rest else ())), rest.choices if rest else ())


def gone(
    service: Service, entries: Mapping[str, Service], nation: Nation | None = None
) -> tuple[Paragraph | Signpost, ...]:
    """What became of a service that somebody asked for by name, and where to turn now."""
    successors = [
        entries[s] if isinstance(s, str) else s
        for s in service.successor
        if isinstance(s, Successor) or s in entries
    ]
    name = service.name
    first = {
        "closed": f"{name} has closed.",
        "merged": f"{name} has closed.",
        "renamed": f"{name} has a new name.",
        "unknown": f"We could not find out whether {name} is still there.",
        "open": f"{name} is open.",
    }[service.status]
    if not successors:
        reason = service.no_successor or "We do not know of another service like it."
        return (Paragraph(f"{first} {reason}"),)
    now = _names([s.name for s in successors])
    turn = (
        f"It is called {now} now:"
        if service.status == "renamed"
        else f"You could try {now}:"
        if service.status == "unknown"
        else f"{now} {'does' if len(successors) == 1 else 'do'} this now:"
    )
    return (Paragraph(f"{first} {turn}"), *(_elsewhere(s, nation) for s in successors))


def small_talk(text: str) -> Reply:
    return Reply((Paragraph(text),))


def empty() -> Reply:
    return Reply(
        (
            Paragraph(
                "I did not get any words I can read. Tell me in a sentence what is going on. "
                "For example: my mum keeps falling."
            ),
        )
    )


def not_a_place(words: str) -> str:
    return (
        f"I do not know the place {words!r}. "
        "Try a postcode, a town, a council or a nation, such as SE6, Leeds or Wales."
    )


def _elsewhere(successor: Service | Successor, nation: Nation | None) -> Signpost:
    if isinstance(successor, Service):
        return signpost(successor, nation)
    return Signpost(
        service="",
        name=successor.name,
        what="",
        ways=(("Web", successor.url),),
        url=successor.url,
        phone=None,
        hours=None,
        cost=None,
        freshness="We have not been able to confirm this yet.",
    )


def _by_need(
    needs: Sequence[Topic], services: Sequence[Service]
) -> list[tuple[str | None, list[Service]]]:
    """Each service under the title of the need that matters most to it.

    What has none of the needs, having been asked for by name, comes first and without a title.
    """
    found: list[tuple[str | None, list[Service]]] = [(None, [])]
    found += [(need.title, []) for need in needs]
    for service in services:
        ranks = [
            (service.topics.index(need.id), i)
            for i, need in enumerate(needs)
            if need.id in service.topics
        ]
        found[min(ranks)[1] + 1 if ranks else 0][1].append(service)
    return [(title, its) for title, its in found if its]


def _lower_first(text: str) -> str:
    """For a sentence that follows a colon; names and acronyms keep their capitals."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() and first != "A" else text[:1].lower() + text[1:]


def _names(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _number(count: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(count, str(count))
