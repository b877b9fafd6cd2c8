"""Services and care words asked for by name, and small talk, over the real knowledge."""

import time

import pytest

from signpost_bot.knowledge import NATIONAL_PACK, Knowledge, try_knowledge
from signpost_bot.knowledge.names import Glossary, ServiceNames
from signpost_bot.knowledge.smalltalk import Pleasantries
from signpost_bot.model import Service, SmallTalk, Term


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return try_knowledge([NATIONAL_PACK])[0]


@pytest.fixture(scope="module")
def names(knowledge: Knowledge) -> ServiceNames:
    return ServiceNames(knowledge.services.values())


@pytest.fixture(scope="module")
def glossary(knowledge: Knowledge) -> Glossary:
    return Glossary(knowledge.terms)


@pytest.fixture(scope="module")
def pleasantries(knowledge: Knowledge) -> Pleasantries:
    return Pleasantries(knowledge.smalltalk)


# --- services by name -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("netbuddy", "netbuddy"),
        ("Netbuddy?", "netbuddy"),
        ("is net buddy still going", "netbuddy"),
        ("what happened to netbuddy", "netbuddy"),
        ("is there still a netbuddy website", None),  # "a": a thing like it, perhaps
        ("samaritans number", "samaritans"),
        ("Samaritans phone number please", "samaritans"),
        ("whats the number for the samaritans", "samaritans"),
        ("how do i contact samaritans", "samaritans"),
        ("samaratins", "samaritans"),
        ("carers uk", "carers-uk-helpline"),
        ("Carers UK phone number?", "carers-uk-helpline"),
        ("carer uk", "carers-uk-helpline"),
        ("alzheimer's society number", "alzheimers-society-dementia-support-line"),
        ("Alzheimer’s Society", "alzheimers-society-dementia-support-line"),
        ("alzhiemers society", "alzheimers-society-dementia-support-line"),
        ("turn 2 us", "turn2us-benefits-calculator-and-grants-search"),
        ("silverline", "the-silver-line"),
        ("dementia uk helpline", "dementia-uk-admiral-nurse-dementia-helpline"),
        ("admiral nurse", "dementia-uk-admiral-nurse-dementia-helpline"),
        ("nhs 111", "nhs-111-england"),
        ("999", "999-emergency-services"),
        ("jointly app", "jointly"),
        # names that are words too
        ("mind", "mind-support-line"),
        ("Mind charity number", "mind-support-line"),
        ("what is mind", "mind-support-line"),
        ("my mind is going", None),
        ("do you mind", None),
        ("mind you", None),
        ("mum is losing her mind", None),
        ("scope", "direct-payments-and-personal-budgets-scope"),
        ("scope website", "direct-payments-and-personal-budgets-scope"),
        ("there is no scope for more hours with the carer", None),
        ("is a scope open", None),
        ("shout", "shout"),
        ("number for shout", "shout"),
        ("i want to shout", None),
        ("shelter", "shelter-scotland-helpline"),
        ("is there a shelter near me", None),
        ("contact number", None),
        ("how do i contact you", None),
        ("that makes no sense", None),
        # a name that is only mentioned
        ("I rang Age UK and they were no help with my mum's stairlift", None),
        ("the alzheimers society told me to ask you about respite for dad", None),
        ("mum has carers uk membership and we need a ramp", None),
        ("care uk", None),  # a company that runs homes; not Carers UK
        ("parents", None),  # not Carents
        ("are there any carers near me", None),
        ("", None),
        ("?!", None),
        ("what is it", None),
        ("número", None),
        ("netbuddy " * 60, None),
    ],
)
def test_a_service_asked_for_by_name(text: str, service: str | None, names: ServiceNames) -> None:
    found = [found.id for found in names.asked_for(text)]
    assert service in found if service else found == []


def test_every_service_is_found_by_its_own_name(
    knowledge: Knowledge, names: ServiceNames
) -> None:
    lost = [
        service.name
        for service in knowledge.services.values()
        if len(service.name.split()) <= 12 and service not in names.asked_for(service.name)
    ]
    assert lost == []


def test_what_is_not_for_us_names_no_service(knowledge: Knowledge, names: ServiceNames) -> None:
    found = {text: s[0].id for text in knowledge.outside if (s := names.asked_for(text))}
    assert found == {}


def _service(id_: str, name: str, *also: str) -> Service:
    return Service(id_, name, name, "", "", ("wales",), ("t",), (), also=also)


def test_several_services_may_bear_one_name() -> None:
    names = ServiceNames([_service("a", "Shelter"), _service("b", "Shelter Cymru", "Shelter")])
    assert [service.id for service in names.asked_for("shelter number")] == ["a", "b"]
    assert [service.id for service in names.asked_for("shelter cymru number")] == ["b"]


def test_the_longest_name_counts() -> None:
    names = ServiceNames([_service("a", "Age UK"), _service("b", "Age UK advice line")])
    assert [service.id for service in names.asked_for("number of the age uk advice line")] == ["b"]


# --- care words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("what is CHC", ["nhs-continuing-healthcare"]),
        ("What is CHC?", ["nhs-continuing-healthcare"]),
        ("what's chc", ["nhs-continuing-healthcare"]),
        ("what’s CHC mean", ["nhs-continuing-healthcare"]),
        ("CHC?", ["nhs-continuing-healthcare"]),
        ("chc", ["nhs-continuing-healthcare"]),
        ("chc meaning", ["nhs-continuing-healthcare"]),
        ("meaning of CHC please", ["nhs-continuing-healthcare"]),
        ("hi what does chc stand for", ["nhs-continuing-healthcare"]),
        ("what is continuing health care?", ["nhs-continuing-healthcare"]),
        ("whats a dols", ["dols"]),
        ("dols what does it mean", ["dols"]),
        ("wots a dols", ["dols"]),
        # two meanings
        ("what does CSP mean", ["carer-support-payment", "co-ordinated-support-plan"]),
        ("csp?", ["carer-support-payment", "co-ordinated-support-plan"]),
        # words in full, misspelt, in the plural
        ("what is reablement", ["reablement"]),
        ("what is reablment", ["reablement"]),
        ("explain palliative care", ["palliative-care"]),
        ("what are direct payments", ["direct-payment"]),
        ("whats a needs assesment", ["needs-assessment"]),
        ("what's a PA", ["personal-assistant"]),
        # more is asked than what a word means
        ("how do i apply for CHC", []),
        ("can i get chc for mum", []),
        ("who pays for the CHC nurse", []),
        ("benefits tribunal what to wear", []),
        ("what do i say at the carers assessment tomorrow", []),
        ("my social worker wants to know what is going on with dads direct payments now", []),
        # a word that is only alike, or means something else here
        ("what is a dst meeting", []),  # no MDT
        ("is PIP means tested", []),
        ("DFG means test", []),
        ("they mean to put him in a nursing home", []),
        # a word alone is a need, unless it is an acronym
        ("respite", []),
        ("means test", []),
        ("what", []),
        ("what is it", []),
        ("what is the meaning of life", []),
        ("", []),
        ("?", []),
        ("what is " + "x" * 4_000, []),
    ],
)
def test_the_meaning_of_a_word(text: str, terms: list[str], glossary: Glossary) -> None:
    assert [term.id for term in glossary.asked_about(text)] == terms


def test_every_word_of_the_list_is_explained(knowledge: Knowledge, glossary: Glossary) -> None:
    lost = [t.term for t in knowledge.terms if t not in glossary.asked_about(f"what is {t.term}?")]
    assert lost == []


def test_every_acronym_is_explained_with_all_its_meanings(
    knowledge: Knowledge, glossary: Glossary
) -> None:
    meanings: dict[str, list[str]] = {}
    for term in knowledge.terms:
        for form in {term.term, *term.also}:
            if form.isupper() and form.isalpha():
                meanings.setdefault(form, []).append(term.id)
    for acronym, ids in meanings.items():
        assert sorted(term.id for term in glossary.asked_about(f"{acronym}?")) == sorted(ids)


def test_what_is_not_for_us_asks_for_no_word(knowledge: Knowledge, glossary: Glossary) -> None:
    found = {text: t[0].id for text in knowledge.outside if (t := glossary.asked_about(text))}
    assert found == {}


def test_a_mixed_acronym_counts_as_one() -> None:
    glossary = Glossary([Term("dols", "Deprivation of Liberty Safeguards", "", (), also=("DoLS",))])
    assert len(glossary.asked_about("dols")) == 1


# --- small talk -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", "hello"),
        ("HELLO", "hello"),
        ("Helloooo!!", "hello"),
        ("hellllo", "hello"),
        ("heyyy", "hello"),
        ("hii", "hello"),
        ("goood morning", "hello"),
        ("hi there 👋", "hello"),
        ("hello bot", "hello"),
        ("hi all", "hello"),
        ("hi xxx", "hello"),
        ("hello...", "hello"),
        ("  hi  ", "hello"),
        ("thanks!!", "thanks"),
        ("thank you so much", "thanks"),
        ("thankssss", "thanks"),
        ("thanks love", "thanks"),
        ("thank you xx", "thanks"),
        ("cheers", "thanks"),
        ("bye", "goodbye"),
        ("are you real?", "robot"),
        ("how's things", "how-are-you"),
        ("hows things", "how-are-you"),
        ("how’s things", "how-are-you"),
        # a question, however it begins
        ("hi my mum fell", None),
        ("hello can i get a blue badge", None),
        ("thanks but i need a number", None),
        ("hello, my name is sue and my husband has dementia", None),
        ("good grief my dad has been sick again", None),
        ("no", "ok"),
        ("no food in the house", None),
        # nothing said
        ("", None),
        ("?", None),
        ("👋", None),
        ("😭", None),
        ("xxx", None),
        ("mate", None),
        ("999", None),
        ("hello " * 100, None),
    ],
)
def test_small_talk(text: str, kind: str | None, pleasantries: Pleasantries) -> None:
    found = pleasantries.answering(text)
    assert (found.id if found else None) == kind


def test_everything_that_people_say_is_answered(
    knowledge: Knowledge, pleasantries: Pleasantries
) -> None:
    for kind in knowledge.smalltalk:
        for said in kind.says:
            if any(sign.isalnum() for sign in said):
                for text in (said, said.upper(), f"{said}!!!"):
                    assert pleasantries.answering(text) is not None, text


def test_no_ask_of_ours_is_small_talk(knowledge: Knowledge, pleasantries: Pleasantries) -> None:
    asks = [ask for topic in knowledge.topics.values() for ask in topic.asks]
    asks += [ask for service in knowledge.services.values() for ask in service.asks]
    asks += knowledge.outside
    assert [ask for ask in asks if pleasantries.answering(ask)] == []


def test_small_talk_of_emoji_alone_answers_no_other() -> None:
    pleasantries = Pleasantries([SmallTalk("laugh", ("😂", "ha ha"), "")])
    assert pleasantries.answering("😭") is None
    assert pleasantries.answering("haaa ha") is not None


def test_a_long_message_is_read_at_once(
    names: ServiceNames, glossary: Glossary, pleasantries: Pleasantries
) -> None:
    start = time.perf_counter()
    for text in ("what is " * 2_000, "a" * 4_000, "the of to in " * 500, "what is the " * 7):
        names.asked_for(text)
        glossary.asked_about(text)
        pleasantries.answering(text)
    assert time.perf_counter() - start < 5  # it takes some hundredths
