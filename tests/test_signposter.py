"""From a question to what a person reads: the real knowledge and the real model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import numpy as np
import pytest

from signpost_bot.knowledge import Knowledge
from signpost_bot.knowledge.names import ServiceNames
from signpost_bot.knowledge.plain import AVERAGE_SENTENCE, plain_faults, sentences
from signpost_bot.matching.selecting import MOST_SERVICES, select
from signpost_bot.model import (
    NATIONS,
    Answer,
    Choice,
    Nation,
    Paragraph,
    Place,
    Question,
    Reply,
    Service,
    Signpost,
)
from signpost_bot.replies import wording
from signpost_bot.replies.signposts import freshness, signpost
from signpost_bot.replies.text import as_text
from signpost_bot.signposter import Signposter

# In the words of many sorts of people, misspelt and cut short as they come.
ASKED = [
    ("can i be paid for being home with my disabled sister all week", "carers-allowance"),
    ("is there a weekly payment for someone who cares for their gran", "carers-allowance"),
    ("husband cant walk far, is there any disability money for him", "disability-benefits"),
    ("pip form is 40 pages long where do i start", "disability-benefits"),
    ("attendence allowance for my nan shes 84", "disability-benefits"),
    ("are we missing out on any benefits", "benefits-check"),
    ("they turned mum down for pip and its wrong", "benefit-appeals"),
    ("tribunal date has come through about his benefits, scared", "benefit-appeals"),
    ("is there a discount on council tax when someone has dementia", "council-tax"),
    ("cant afford to keep the heating on for dad", "energy-bills"),
    ("we owe money on 3 credit cards since i gave up work", "debt"),
    ("charity that would pay for a new washing machine for a disabled child", "grants"),
    ("will we have to sell mums house to pay for the home", "paying-for-care"),
    ("nhs continuing health care checklist", "nhs-continuing-healthcare"),
    ("can we have the money from the council and hire someone ourselves", "direct-payments"),
    ("does caring count towards my state pension", "pensions"),
    ("how do i get a carers assesment", "carers-assessment"),
    ("get social services to come and see what help nan needs", "needs-assessment"),
    ("my boss wont let me leave early to collect dad from day centre", "working-carers"),
    ("im 13 and i look after my mum she has ms", "young-carers"),
    ("help for parents of a child with a disability", "parent-carers"),
    ("school wont give my son an ehcp", "send-education"),
    ("how to complain about the hospital", "complaints"),
    ("i want someone on our side in meetings with social workers", "advocacy"),
    ("how do i get lasting power of attorney for my father", "power-of-attorney"),
    ("who decides if she cant make decisions for herself any more", "mental-capacity"),
    ("dad died without a will what happens to the house", "wills"),
    ("looking for someone to come in and wash and dress mum in the mornings", "home-care"),
    ("how do we choose a nursing home", "care-homes"),
    ("where can i read the inspection report of grandads home", "care-quality"),
    ("they send him home from hospital tomorrow and nothing is ready", "hospital-discharge"),
    ("where can i get a commode from", "equipment"),
    ("we need a stair lift", "home-adaptations"),
    ("pendant alarm for mum in case she falls when im at work", "telecare"),
    ("mum keeps falling over", "falls"),
    ("my back is killing me from lifting him out of bed", "moving-and-handling"),
    ("incontinence pads free from nhs?", "continence"),
    ("he mixes up his tablets", "medicines"),
    ("meals on weels for my uncle", "meals"),
    ("how can mum get to her hospital appointment, she cant use the bus", "transport"),
    ("blu badge for my wife", "blue-badge"),
    ("dad keeps wandering off and getting lost", "missing"),
    ("cant get through to the gp surgery", "gp-and-nhs"),
    ("she is up all night and i have not slept for weeks", "sleep-and-nights"),
    ("my mum has just been told she has alzheimers", "dementia"),
    ("my brother had a stroke and cant speak properly", "stroke"),
    ("parkinsons support near me", "parkinsons"),
    ("wife has breast cancer, who can i talk to", "cancer"),
    ("my son hears voices", "mental-health"),
    ("adult daughter with downs syndrome", "learning-disability"),
    ("waiting list for autism assessment is 3 years", "autism"),
    ("gran is losing her eyesight", "sight-loss"),
    ("dad needs hearing aids but refuses", "hearing-loss"),
    ("husband has multiple sclerosis", "neurological"),
    ("he's a different man since his head injury", "brain-injury"),
    ("mum has copd and gets so breathless", "heart-and-lungs"),
    ("my partner is on dialysis", "diabetes-and-kidney"),
    ("her hands are so bad with rheumatoid arthritis", "arthritis-and-bones"),
    ("my son is an alcoholic", "addiction"),
    ("my little girl has a very rare genetic illness nobody has heard of", "rare-conditions"),
    ("i need a break", "carer-breaks"),
    ("respite for a week so i can go to my daughters wedding", "carer-breaks"),
    ("im exhausted and cry every day", "emotional-support"),
    ("are there any carers groups where i can meet others", "peer-support"),
    ("i never see anyone any more and feel so alone", "loneliness"),
    ("my wife died in march after 10 years of caring and i feel lost", "bereavement"),
    ("dad wants to die at home, what help is there", "end-of-life"),
    ("my sister does nothing to help and we keep rowing", "relationships"),
    ("cheap days out with a wheelchair user", "leisure"),
    ("man on the phone said he was from the bank and mum gave him her card number", "scams"),
    ("what happens to my son if i have an accident and cant get home", "emergency-planning"),
    ("sheltered housing or extra care for dad?", "housing-options"),
    ("landlord wants us out by friday", "homelessness"),
    ("boiler broken and gutters leaking, mum cant sort it herself", "home-repairs"),
    ("someone to teach my mother how to use a computer", "get-online"),
    ("cheap broadband if you are on benefits", "devices"),
    ("app so me and my sisters can share who is doing what for dad", "care-apps"),
    ("easy video calling for gran who is 90", "staying-in-touch"),
    ("how do i spot a fake email", "online-safety"),
    ("facebook group or forum for carers", "online-communities"),
    ("lights that turn on by voice for someone in a wheelchair", "assistive-technology"),
    ("how do i put something on twitter", "social-media"),
    ("dad wont use the internet, how does he do it by post", "digital-choice"),
    ("what is there for carers round here", "local-directory"),
    ("i look after my husband, where do i start", "carers-general"),
    ("carers information in polish", "other-languages"),
    ("free courses to learn how to care for someone", "training"),
    ("what is the government doing about carers", "care-policy"),
    ("BLUE BADGE", "blue-badge"),
    ("demetia", "dementia"),
    ("atendance alowance", "disability-benefits"),
    ("powr of atorney", "power-of-attorney"),
    ("respit care pls", "carer-breaks"),
    ("wheelchair hire", "equipment"),
    ("hospital transport", "transport"),
    ("carers alowance", "carers-allowance"),
    ("council tax reduction carer", "council-tax"),
    ("walk in shower grant", "home-adaptations"),
    ("bed rails and a hoist", "equipment"),
    ("hes got MND", "neurological"),
    ("grief", "bereavement"),
    ("Young carer group for my 9 year old", "young-carers"),
    ("flexible working request", "working-carers"),
    ("food bank", "debt"),
    ("mum wets the bed at night", "continence"),
    ("my dad has lewy body", "dementia"),
    ("how much can you have in savings before you pay for a care home", "paying-for-care"),
    ("who inspects care homes", "care-quality"),
    ("GPS tracker watch for wandering", "telecare"),
]

REFUSED = [
    "car insurance quote",
    "cheap flights to malaga",
    "what was the premier league score last night",
    "recipe for lasagne",
    "best laptop for gaming",
    "how do i fix a puncture on my bike",
    "who is the prime minister",
    "bitcoin price",
    "what is 17 times 23",
    "premier league table",
    "write me a poem about autumn",
    "how do vaccines get through customs in brazil",
    "when does the new season of that baking show start",
]


@pytest.fixture(scope="module")
def knowledge(signposter: Signposter) -> Knowledge:
    return signposter.knowledge


def ask(signposter: Signposter, text: str, area: str | None = None, **more: bool) -> Answer:
    place = only(signposter.place(area)) if area else None
    return signposter.answer(Question(text, place=place, **more))


def only(places: Sequence[Place]) -> Place:
    (place,) = places
    return place


def first(answer: Answer, most: int) -> list[str]:
    return [match.label for match in answer.topics[:most]]


def ids(answer: Answer) -> list[str]:
    return [service.id for service in answer.services]


def signposts(reply: Reply) -> list[Signpost]:
    return [part for part in reply.parts if isinstance(part, Signpost)]


def said(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts if isinstance(part, Paragraph))


# --- a question leads to its topic ------------------------------------------------------


@pytest.mark.parametrize(("asked", "topic"), ASKED)
def test_a_question_leads_to_its_topic(signposter: Signposter, asked: str, topic: str) -> None:
    answer = ask(signposter, asked)

    assert topic in first(answer, 3)
    assert answer.outcome in ("answer", "choose", "jargon")
    assert answer.urgent is None


def test_nearly_always_the_first_topic_is_the_right_one(signposter: Signposter) -> None:
    right = [topic in first(ask(signposter, asked), 1) for asked, topic in ASKED]

    assert sum(right) >= 0.9 * len(ASKED)


def test_most_questions_are_answered_without_asking_back(signposter: Signposter) -> None:
    answers = [ask(signposter, asked) for asked, _ in ASKED]

    assert sum(a.outcome == "choose" for a in answers) <= 0.15 * len(ASKED)
    assert all(1 <= len(a.services) <= 3 for a in answers if a.outcome == "answer")


def test_two_needs_in_one_message_are_both_answered(signposter: Signposter) -> None:
    answer = ask(
        signposter,
        "My husband has had a stroke and cannot speak properly any more. "
        "How do I get a blue badge for the car?",
    )
    assert answer.outcome == "answer"
    assert set(first(answer, 2)) == {"stroke", "blue-badge"}
    headings = [p.text for p in answer.reply.parts if isinstance(p, Paragraph)]
    assert {"After a stroke", "Blue Badge parking"} <= set(headings)
    topics = [set(service.topics) for service in answer.services]
    assert any("stroke" in t for t in topics)
    assert any("blue-badge" in t for t in topics)


def test_why_is_only_told_when_asked(signposter: Signposter) -> None:
    question = Question("blue badge")

    assert all(not m.because for m in signposter.answer(question).topics)
    assert all(m.because for m in signposter.answer(question, why=True).topics[:1])


# --- what is not ours -------------------------------------------------------------------


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_not_ours_is_owned_up_to_with_two_doors(
    signposter: Signposter, asked: str
) -> None:
    answer = ask(signposter, asked)

    assert answer.outcome == "unanswered"
    assert said(answer.reply).startswith("I am sorry, I do not know about that.")
    helpline, council = signposts(answer.reply)
    assert helpline.phone
    assert council.url == "https://www.gov.uk/find-local-council"
    assert not answer.reply.choices


@pytest.mark.parametrize("area", ["London", "Leeds", "Scotland", "Cardiff", "Belfast", "SE6"])
def test_the_helpline_serves_where_they_are(signposter: Signposter, area: str) -> None:
    answer = ask(signposter, "car insurance quote", area)
    helpline = answer.services[0]

    assert answer.place
    assert answer.place.nation in helpline.nations
    assert helpline.phone
    assert "carers-general" in helpline.topics


@pytest.mark.parametrize(
    ("area", "url"),
    [
        ("Lewisham", "https://www.gov.uk/find-local-council/lewisham"),
        ("SE6 4TW", "https://www.gov.uk/find-local-council/lewisham"),
        ("Cardiff", "https://www.gov.uk/find-local-council/cardiff"),
        ("Dundee", "https://www.gov.uk/find-local-council/dundee"),
        ("Belfast", "https://belfasttrust.hscni.net/"),
    ],
)
def test_the_other_door_is_whoever_gives_care_there(
    signposter: Signposter, area: str, url: str
) -> None:
    council = signposts(ask(signposter, "car insurance quote", area).reply)[1]

    assert council.url == url
    assert ("Web", url) in council.ways


def test_in_northern_ireland_it_is_the_trust(signposter: Signposter) -> None:
    council = signposts(ask(signposter, "cheapest car insurance in Belfast").reply)[1]

    assert council.name == "Belfast Health and Social Care Trust"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "?!", "👍", "...", "\0", "🙏🏽 ❤️", "\u200b"])
def test_without_a_word_we_say_how_to_ask(signposter: Signposter, text: str) -> None:
    answer = ask(signposter, text)

    assert answer.outcome == "unanswered"
    assert answer.topics == ()
    assert "I did not get any words I can read" in said(answer.reply)


# --- which services ---------------------------------------------------------------------

PLACES = ["Lewisham", "Leeds", "Scotland", "Glasgow", "Wales", "Cardiff", "Belfast", "TD15", None]


@pytest.fixture(scope="module")
def chosen(signposter: Signposter) -> list[tuple[str, Place | None, bool, list[Service]]]:
    """(topic, place, by phone, services) for every topic, asked for by its title."""
    found = []
    for topic in signposter.knowledge.topics.values():
        reading = signposter.matcher.read(topic.title)
        for name in PLACES:
            place = only(signposter.place(name)) if name else None
            for by_phone in (False, True):
                services = select(
                    [topic.id], reading, signposter.knowledge, signposter.fit,
                    place=place, wants_phone=by_phone,
                )  # fmt: skip
                found.append((topic.id, place, by_phone, services))
    return found


Chosen = Sequence[tuple[str, Place | None, bool, list[Service]]]


def test_never_more_than_three(chosen: Chosen) -> None:
    assert max(len(services) for *_, services in chosen) == MOST_SERVICES == 3


def test_never_two_doors_of_one_organisation(chosen: Chosen) -> None:
    for topic, place, _, services in chosen:
        organisations = [service.organisation for service in services]
        assert len(set(organisations)) == len(organisations), (topic, place)


def test_nothing_closed_is_a_signpost(chosen: Chosen) -> None:
    assert all(service.status == "open" for *_, services in chosen for service in services)


def test_nobody_is_sent_to_another_nation(chosen: Chosen) -> None:
    for _, place, _, services in chosen:
        if place:
            assert all(place.nation in service.nations for service in services)


def test_nobody_is_sent_to_another_council(chosen: Chosen, knowledge: Knowledge) -> None:
    for _, place, _, services in chosen:
        for service in services:
            if place is None:
                assert not service.areas
            elif service.areas and place.areas:
                regions = {knowledge.areas.area(area).region for area in place.areas}
                assert set(service.areas) & (set(place.areas) | regions)


def test_where_we_know_nobody_the_doors_that_always_help_are_named(
    signposter: Signposter, knowledge: Knowledge
) -> None:
    """Taken away one topic's services, its question still leads somewhere."""
    services = {
        id: service
        for id, service in knowledge.services.items()
        if "blue-badge" not in service.topics
    }
    names = ServiceNames(services.values())
    bare = replace(signposter, knowledge=replace(knowledge, services=services), names=names)
    answer = ask(bare, "how do i get a blue badge", "Cardiff")

    assert answer.outcome == "answer"
    assert first(answer, 1) == ["blue-badge"]
    assert said(answer.reply).startswith("I do not know a service for that where you are.")
    helpline, council = signposts(answer.reply)
    assert helpline.phone
    assert council.url == "https://www.gov.uk/find-local-council/cardiff"

    topic = replace(knowledge.topics["blue-badge"], none_in="There are no badges on the moon.")
    topics = {**knowledge.topics, topic.id: topic}
    told = replace(bare, knowledge=replace(bare.knowledge, topics=topics))
    assert "There are no badges on the moon." in said(ask(told, "blue badge", "Cardiff").reply)


def test_what_was_never_seen_comes_last(chosen: Chosen) -> None:
    for topic, place, by_phone, services in chosen:
        for local in (True, False):  # what is round the corner comes first in any case
            some = [service for service in services if bool(service.areas) is local]
            unseen = [service.seen is None and service.checked is None for service in some]
            assert by_phone or unseen == sorted(unseen), (topic, place)


def test_who_wants_to_ring_gets_phones_first(chosen: Chosen) -> None:
    tried = 0
    for topic, place, by_phone, services in chosen:
        phones = [service.phone is not None for service in services]
        if by_phone:
            assert phones == sorted(phones, reverse=True), (topic, place)
            tried += len(set(phones)) > 1
    assert tried > 20


def test_a_council_of_ones_own_comes_first(
    signposter: Signposter, knowledge: Knowledge
) -> None:
    tried = 0
    for service in knowledge.services.values():
        councils = [area for area in service.areas if area in knowledge.areas.areas]
        if not service.is_open or not councils or not (service.seen or service.checked):
            continue
        area = knowledge.areas.area(councils[0])
        place = Place(area.name, area.nation, (area.id,))
        for topic in service.topics[:3]:
            reading = signposter.matcher.read(knowledge.topics[topic].title)
            found = select([topic], reading, knowledge, signposter.fit, place=place)
            assert found[0].areas, (service.id, topic)
            tried += 1
    assert tried > 30


def test_a_nation_s_own_comes_before_what_is_for_everywhere(chosen: Chosen) -> None:
    tried = 0
    for topic, place, by_phone, services in chosen:
        if place is None or by_phone:
            continue
        main = [
            service
            for service in services
            if topic in service.topics[:3]
            and (service.seen or service.checked)
            and not service.areas
        ]
        everywhere = [len(service.nations) == len(NATIONS) for service in main]
        assert everywhere == sorted(everywhere), (topic, place, [s.id for s in main])
        tried += len(set(everywhere)) > 1
    assert tried > 20


@pytest.mark.parametrize(
    "asked",
    [
        "who can i ring about a blue badge",
        "blue badge, is there a phone number",
        "i want to talk to someone about a blue badge",
        "blue badge. i have no internet",
    ],
)
def test_wanting_to_ring_is_heard_in_the_question(signposter: Signposter, asked: str) -> None:
    answer = ask(signposter, asked, "Northern Ireland")

    assert answer.services[0].phone
    assert "blue-badge" in first(answer, 3)


def test_wanting_to_ring_may_come_from_the_channel(signposter: Signposter) -> None:
    plain = ask(signposter, "I need a break from caring", "Lewisham")
    by_phone = ask(signposter, "I need a break from caring", "Lewisham", wants_phone=True)

    assert by_phone.services[0].phone
    assert sum(s.phone is not None for s in by_phone.services) >= sum(
        s.phone is not None for s in plain.services
    )


# --- services by name -------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["netbuddy", "is netbuddy still going?", "Net Buddy website"])
def test_what_has_closed_says_so_and_where_to_turn(signposter: Signposter, asked: str) -> None:
    answer = ask(signposter, asked)

    assert answer.outcome == "answer"
    assert said(answer.reply).startswith("Netbuddy has closed. Scope online community does this")
    assert [post.service for post in signposts(answer.reply)] == ["scope-online-community"]
    assert ids(answer) == ["scope-online-community"]


def test_every_closed_service_is_told_of_when_asked_for(
    signposter: Signposter, knowledge: Knowledge
) -> None:
    tried = 0
    for service in knowledge.services.values():
        same_name = [s for s in knowledge.services.values() if service.name in (s.name, *s.also)]
        if service.is_open or len(same_name) > 1:
            continue
        named = signposter.names.asked_for(service.name)
        if list(named) != [service]:
            continue  # an everyday word
        parts = wording.gone(service, knowledge.services)
        text = "\n".join(part.text for part in parts if isinstance(part, Paragraph))
        expected = {
            "closed": f"{service.name} has closed.",
            "merged": f"{service.name} has closed.",
            "renamed": f"{service.name} has a new name. It is called",
            "unknown": f"We could not find out whether {service.name} is still there.",
        }[service.status]
        assert text.startswith(expected)
        posts = [part for part in parts if isinstance(part, Signpost)]
        assert len(posts) == len(service.successor)
        assert service.successor or text != expected, "nothing says where people go now"
        assert service.id not in [post.service for post in posts]
        tried += 1
    assert tried >= 20


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("scie dementia gateway", "SCIE Dementia Gateway has a new name. It is called "),
        ("linkmeup", "We could not find out whether LinkMeUp UK is still there. You could try "),
        ("blastbeat", "We could not find out whether Blastbeat Education UK is still there. No "),
        ("the amazings", "The Amazings has closed. "),
    ],
)
def test_renamed_and_unknown_are_told_apart(
    signposter: Signposter, asked: str, says: str
) -> None:
    assert said(ask(signposter, asked).reply).startswith(says)


def test_successors_stand_in_the_order_they_are_given(
    signposter: Signposter, knowledge: Knowledge
) -> None:
    answer = ask(signposter, "go genie")
    given = [s for s in knowledge.services["go-genie"].successor if isinstance(s, str)]

    assert ids(answer) == given
    assert [post.service for post in signposts(answer.reply)] == given


@pytest.mark.parametrize(
    ("asked", "service"),
    [
        ("carers uk phone number", "carers-uk-helpline"),
        ("herbert protocol", "herbert-protocol"),
        ("how do i contact samaritans", "samaritans"),
    ],
)
def test_what_is_open_comes_first_when_asked_for_by_name(
    signposter: Signposter, asked: str, service: str
) -> None:
    assert ids(ask(signposter, asked))[0] == service


# --- words of the care system -----------------------------------------------------------


@pytest.mark.parametrize("asked", ["what does CHC mean", "what is chc", "CHC?", "explain CHC pls"])
def test_a_word_is_explained_before_help_is_named(signposter: Signposter, asked: str) -> None:
    answer = ask(signposter, asked)

    assert answer.outcome == "jargon"
    assert said(answer.reply).startswith("NHS continuing healthcare: ")
    assert first(answer, 1) == ["nhs-continuing-healthcare"]
    assert all("nhs-continuing-healthcare" in s.topics for s in answer.services)


def test_a_word_of_two_meanings_is_explained_twice(signposter: Signposter) -> None:
    answer = ask(signposter, "what is CSP")
    texts = [part.text for part in answer.reply.parts if isinstance(part, Paragraph)]

    assert texts[0] == "People use this word for two things."
    assert texts[1].startswith("Carer Support Payment: money ")
    assert texts[2].startswith("Co-ordinated support plan: a legal plan ")
    assert set(first(answer, 2)) == {"carers-allowance", "send-education"}
    assert any("carers-allowance" in s.topics for s in answer.services)
    assert any("send-education" in s.topics for s in answer.services)


def test_every_word_we_know_can_be_asked_about(
    signposter: Signposter, knowledge: Knowledge
) -> None:
    for term in knowledge.terms:
        answer = ask(signposter, f"what does {term.term} mean?")
        if answer.urgent:  # "what does suicidal mean" is met with help first
            continue
        assert answer.outcome == "jargon", term.term
        assert f"{term.term}: " in said(answer.reply)


# --- small talk -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("hello", "Hello."),
        ("Helloooo!!", "Hello."),
        ("good morning", "Hello."),
        ("thanks", "You are welcome."),
        ("thank you so much xx", "You are welcome."),
        ("are you a robot", "I am a computer program, not a person."),
        ("are you real?", "I am a computer program, not a person."),
        ("you are useless", "I am sorry that did not help."),
        ("fuck off", "I am sorry that did not help."),
    ],
)
def test_small_talk_gets_a_short_reply(signposter: Signposter, text: str, starts: str) -> None:
    answer = ask(signposter, text)

    assert answer.outcome == "smalltalk"
    assert said(answer.reply).startswith(starts)
    assert answer.topics == answer.services == ()


@pytest.mark.parametrize(
    "text", ["hello i need a break from caring", "thanks, and what about a blue badge?"]
)
def test_a_greeting_does_not_swallow_a_question(signposter: Signposter, text: str) -> None:
    assert ask(signposter, text).outcome == "answer"


# --- places -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name", "says"),
    [
        ("i need a break from caring in Lewisham", "Lewisham", "Lewisham"),
        ("i need a break from caring SE6 4TW", "SE6", "SE6 (Lewisham)"),
        ("i need a break from caring. im in scotland", "Scotland", "Scotland"),
        ("i live in belfast and need a break from caring", "Belfast", "Belfast"),
    ],
)
def test_a_place_in_the_question_is_used(
    signposter: Signposter, asked: str, name: str, says: str
) -> None:
    answer = ask(signposter, asked)

    assert answer.outcome == "answer"
    assert first(answer, 1) == ["carer-breaks"]
    assert answer.place
    assert answer.place.name == name
    assert said(answer.reply).endswith(f"I looked for help in {says}.")


def test_a_place_known_beforehand_is_used(signposter: Signposter) -> None:
    answer = ask(signposter, "I need a break from caring", "SE6")

    assert answer.place == only(signposter.place("SE6"))
    assert said(answer.reply).endswith("I looked for help in SE6 (Lewisham).")


def test_the_words_count_more_than_what_was_known(signposter: Signposter) -> None:
    answer = ask(signposter, "I need a break from caring in Cardiff", "Lewisham")

    assert answer.place
    assert answer.place.areas == ("cardiff",)


def test_what_was_known_tells_places_of_one_name_apart(signposter: Signposter) -> None:
    answer = ask(signposter, "carers groups in newport", "Newport, Wales")

    assert answer.outcome == "answer"
    assert answer.place
    assert answer.place.areas == ("newport",)


def test_without_a_place_we_say_what_would_help(signposter: Signposter) -> None:
    text = said(ask(signposter, "I need a break from caring").reply)

    assert text.endswith("Tell me your town, postcode or nation and I can look closer to home.")


@pytest.mark.parametrize("asked", ["help for carers in newport", "newport", "im in newport"])
def test_a_name_of_several_places_is_asked_about_and_the_choice_answers(
    signposter: Signposter, asked: str
) -> None:
    answer = ask(signposter, asked)

    assert answer.outcome == "where"
    assert said(answer.reply) == (
        "There is more than one place with that name. Which one do you mean?"
    )
    assert {"Newport, Wales", "Newport, Isle of Wight"} <= {c.title for c in answer.reply.choices}
    for choice in answer.reply.choices:
        then = pressed(signposter, choice)
        assert then.outcome == ("answer" if "help" in asked else "unanswered")
        assert then.place
        assert then.place.name == choice.title
        assert then.services


def pressed(signposter: Signposter, choice: Choice) -> Answer:
    """What the button leads to, as a channel asks it."""
    place = only(signposter.place(choice.area)) if choice.area else None
    return signposter.answer(Question(choice.question, place=place, topic=choice.topic))


@pytest.mark.parametrize(
    ("text", "called", "url"),
    [
        ("SE6 4TW", "SE6 (Lewisham)", "https://www.gov.uk/find-local-council/lewisham"),
        ("im in leeds", "Leeds", "https://www.gov.uk/find-local-council/leeds"),
        ("Scotland", "Scotland", "https://www.gov.uk/find-local-council"),
    ],
)
def test_a_place_alone_gets_its_doors_and_a_question(
    signposter: Signposter, text: str, called: str, url: str
) -> None:
    answer = ask(signposter, text)

    assert answer.outcome == "unanswered"
    assert said(answer.reply).startswith(
        f"I can look for help in {called}. Tell me in a sentence what is going on."
    )
    assert signposts(answer.reply)[1].url == url
    assert signposter.only_place(text) == (answer.place,)


def test_a_question_with_a_place_is_more_than_a_place(signposter: Signposter) -> None:
    assert signposter.only_place("blue badge in leeds") == ()
    assert signposter.only_place("blue badge") == ()
    assert signposter.only_place("") == ()


# --- choices ----------------------------------------------------------------------------


def test_choices_are_two_to_four_and_lead_on(signposter: Signposter) -> None:
    met = 0
    for asked in unclear(signposter.knowledge):
        answer = ask(signposter, asked)
        if answer.outcome != "choose":
            continue
        met += 1
        choices = answer.reply.choices
        assert 2 <= len(choices) <= 4
        assert [c.topic for c in choices] == [m.label for m in answer.topics]
        for choice in choices:
            assert choice.question == asked
            assert choice.title == signposter.knowledge.topics[choice.topic or ""].title
            then = pressed(signposter, choice)
            assert then.outcome == "answer"
            assert first(then, 1) == [choice.topic]
            assert any(choice.topic in s.topics for s in then.services)
    assert met >= 5


def unclear(knowledge: Knowledge) -> Iterator[str]:
    """Words that several needs may be meant by."""
    yield from ("money", "help with mum", "forms", "i cant cope with the bills and the house")
    yield from ("school", "my son", "night time", "the phone", "computer", "who pays")
    yield from ("cheap days out with a wheelchair user", "my wife and her illness", "getting out")
    for topic in list(knowledge.topics.values())[::4]:
        yield topic.title.split()[-1]


def test_a_choice_keeps_the_place(signposter: Signposter) -> None:
    answer = next(
        a
        for a in (ask(signposter, asked, "Cardiff") for asked in unclear(signposter.knowledge))
        if a.outcome == "choose"
    )
    then = pressed(signposter, answer.reply.choices[0])

    assert then.place
    assert then.place.nation == "wales"


def test_an_unknown_topic_is_as_none(signposter: Signposter) -> None:
    plain = signposter.answer(Question("blue badge"))

    assert signposter.answer(Question("blue badge", topic="no-such-topic")) == plain


# --- danger -----------------------------------------------------------------------------

DANGER = [
    ("i want to kill myself", "suicide"),
    ("my husband hits me", "domestic-abuse"),
    ("he has stopped breathing", "emergency"),
    ("the care home staff are hitting my dad", "adult-safeguarding"),
    ("next door's little boy is left alone all night and is always hungry", "child-protection"),
]


@pytest.mark.parametrize(("text", "kind"), DANGER)
def test_danger_comes_before_anything_else(
    signposter: Signposter, text: str, kind: str
) -> None:
    answer = ask(signposter, f"hello. {text}. also how do i get a blue badge")

    assert answer.outcome == "urgent"
    assert answer.urgent == kind
    start = answer.reply.parts[0]
    assert isinstance(start, Paragraph)
    assert start.tone == "urgent"
    assert re.search(r"\d{3}", start.text)


@pytest.mark.parametrize(
    ("area", "phone"), [("Cardiff", "0800 132 737"), ("Glasgow", "0800 83 85 87")]
)
def test_danger_names_the_numbers_of_their_nation(
    signposter: Signposter, area: str, phone: str
) -> None:
    assert phone in as_text(ask(signposter, "i want to kill myself", area).reply)
    assert phone in as_text(ask(signposter, f"i want to kill myself. i am in {area}").reply)


@pytest.fixture(params=["no weights", "no texts", "no services", "no encoder"])
def broken(request: pytest.FixtureRequest, signposter: Signposter) -> Signposter:
    """A signposter of which one real part no longer works."""
    matcher = signposter.matcher
    hurt = object.__new__(type(matcher))
    hurt.__dict__.update(matcher.__dict__)
    empty = np.zeros((0, 0), np.float32)
    if request.param == "no weights":
        hurt._learned = replace(matcher._learned, weights=empty)
    elif request.param == "no texts":
        hurt._learned = replace(matcher._learned, vectors=np.zeros((0, 384), np.float32))
    elif request.param == "no encoder":
        hurt._encoder = object()  # type: ignore[assignment]
    else:
        return replace(signposter, knowledge=replace(signposter.knowledge, topics={}))
    return replace(signposter, matcher=hurt)


@pytest.mark.parametrize(("text", "kind"), DANGER)
@pytest.mark.parametrize("place", [None, Place("Wales", "wales")])
def test_danger_goes_out_when_the_rest_is_broken(
    broken: Signposter, text: str, kind: str, place: Place | None
) -> None:
    with pytest.raises((ValueError, KeyError, AttributeError, TypeError, IndexError)):
        broken.answer(Question("blue badge"))
    answer = broken.answer(Question(text, place=place))

    assert answer.outcome == "urgent"
    assert answer.urgent == kind
    start = answer.reply.parts[0]
    assert isinstance(start, Paragraph)
    assert start.tone == "urgent"


# --- how it reads -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "checked", "says"),
    [
        ("2025", None, "Last seen in 2025."),
        ("2026-08", None, "Last seen in August 2026."),
        ("2026-08", date(2027, 3, 9), "Confirmed by us in March 2027."),
        (None, date(2027, 12, 31), "Confirmed by us in December 2027."),
        (None, None, "We have not been able to confirm this yet."),
    ],
)
def test_how_fresh_it_is_stands_in_one_sentence(
    knowledge: Knowledge, seen: str | None, checked: date | None, says: str
) -> None:
    service = replace(knowledge.services["samaritans"], seen=seen, checked=checked)

    assert freshness(service) == says
    assert as_text(Reply((signpost(service),))).endswith(f"\n   {says}")


@pytest.mark.parametrize(
    ("nations", "where", "note"),
    [
        (("england", "wales"), None, "This is for England and Wales."),
        (("england", "scotland", "wales"), None, "This is for England, Scotland and Wales."),
        (tuple(NATIONS), None, None),
        (("england", "wales"), "wales", None),
    ],
)
def test_who_it_is_for_is_said_where_it_matters(
    knowledge: Knowledge,
    nations: tuple[Nation, ...],
    where: Nation | None,
    note: str | None,
) -> None:
    service = replace(knowledge.services["samaritans"], nations=nations, not_for=None, alert=None)

    assert signpost(service, where).notes == ((note,) if note else ())


def test_a_voice_comes_before_a_screen(knowledge: Knowledge) -> None:
    for service in knowledge.services.values():
        labels = [label for label, _ in signpost(service).ways]
        assert labels == sorted(labels, key=WAYS.index)
        assert len(set(labels)) == len(labels)


WAYS = "Phone,Textphone,Text,Post,Without a computer,Email,Chat online,Web".split(",")


def many(knowledge: Knowledge) -> list[str]:
    """Some three hundred questions of every kind."""
    asks = [ask for topic in knowledge.topics.values() for ask in topic.asks]
    closed = [s.name for s in knowledge.services.values() if not s.is_open]
    terms = [f"what is {term.term}" for term in knowledge.terms]
    talk = [kind.says[0] for kind in knowledge.smalltalk]
    return [
        *(asked for asked, _ in ASKED), *REFUSED, *asks[:: len(asks) // 90], *closed, *terms[::3],
        *talk, *(text for text, _ in DANGER), "newport", "SE6", "", "leeds", "im in wales",
        *unclear(knowledge),
    ]  # fmt: skip


def test_every_reply_reads_well(signposter: Signposter, knowledge: Knowledge) -> None:
    questions = many(knowledge)
    assert len(questions) >= 300
    for i, asked in enumerate(questions):
        area = PLACES[i % len(PLACES)] if i % 3 else None
        answer = ask(signposter, asked, area)
        text = as_text(answer.reply)
        assert text, asked
        assert text == text.strip()
        assert "None" not in text, asked
        assert "  " not in re.sub(r"^ {3}", "", text, flags=re.MULTILINE), asked
        assert not re.search(r" $|^ *$\n^ *$", text, re.MULTILINE), asked
        assert not re.search(r"[{}\[\]]|\.\.(?!\.)|\bnull\b", text), asked
        shown = [part.text for part in answer.reply.parts if isinstance(part, Paragraph)]
        if answer.outcome == "jargon":  # whose first words are the word that is explained
            shown = [text.split(": ", 1)[-1] for text in shown]
        assert not plain_faults_of_ours(shown), asked
        assert len(answer.services) <= 3
        posts = [post.service for post in signposts(answer.reply)]
        if answer.outcome == "answer":
            assert [id for id in posts if id] == [id for id in ids(answer) if id in posts]
        assert all(title and len(title) <= 60 for title in (c.title for c in answer.reply.choices))


def plain_faults_of_ours(texts: Sequence[str]) -> list[str]:
    """Long sentences and words to avoid; terms are what some of the texts explain."""
    return [
        fault.message
        for fault in plain_faults(texts)
        if fault.rule in ("long-sentence", "avoided-word")
    ]


def test_our_own_sentences_are_short_on_average(
    signposter: Signposter, knowledge: Knowledge
) -> None:
    ours = {
        part.text
        for asked in many(knowledge)
        for part in ask(signposter, asked).reply.parts
        if isinstance(part, Paragraph)
    }
    lengths = [len(words) for text in ours for words in sentences(text)]

    assert len(lengths) > 60
    assert sum(lengths) / len(lengths) <= AVERAGE_SENTENCE


def test_the_same_question_gets_the_same_answer(signposter: Signposter) -> None:
    for asked in many(signposter.knowledge)[::10]:
        assert ask(signposter, asked) == ask(signposter, asked)


def test_headings_stand_above_what_they_name(signposter: Signposter) -> None:
    for asked, _ in ASKED:
        parts = ask(signposter, asked).reply.parts
        kinds = [
            "heading" if isinstance(part, Paragraph) and part.tone == "heading" else type(part)
            for part in parts
        ]
        runs = [kind for kind, _ in groupby(kinds)]
        assert all(
            after is Signpost
            for kind, after in zip(runs, [*runs[1:], None], strict=True)
            if kind == "heading"
        )
