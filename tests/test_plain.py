"""Plain language: how sentences are counted, and what people would stumble over."""

import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st

from signpost_bot.knowledge import load_knowledge
from signpost_bot.knowledge.plain import AVOIDED, plain_faults, sentences

# --- sentences --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("You can ring them.", [4]),
        ("Ring them. They answer at once.", [2, 4]),
        ("Is it free? It is! Ring.", [3, 2, 1]),
        ("Really?! Yes... perhaps", [1, 1, 1]),
        ("no full stop at the end", [6]),
        # abbreviations end nothing
        ("Bring a letter, e.g. a bill, to show who you are. Then wait.", [11, 2]),
        ("Some people (i.e. carers) go first.", [6]),
        ("Ask Dr. Smith, Mr. Jones or Mrs. Ali in St. Helens.", [11]),
        # unless a sentence plainly begins after them
        ("Open from 9 a.m. to 5 p.m. on weekdays.", [9]),
        ("Ring after 9 a.m. They answer.", [4, 2]),
        ("Forms, letters, etc. are read to you.", [7]),
        # nor do full stops inside times, money, numbers and addresses
        ("Open 9.30am to 5.15pm. Free.", [4, 1]),
        ("It costs £76.75 a week. Pay by card.", [5, 3]),
        ("See www.nhs.uk/carers. Or ring.", [2, 2]),
        ("Look at https://a.example.org/b?c=d.e now.", [4]),
        ("Write to help@carers.example.org today.", [4]),
        # brackets, quotation marks and dashes
        ("Ring them (it is free). Then wait.", [5, 2]),
        ("(It is free.) Ring.", [3, 1]),
        ("They say “Help is near.” Ring.", [5, 1]),
        ('They say "Help is near." Ring.', [5, 1]),
        ("Age 18–25 – or over – may come.", [7]),
        ("A well-known 24-hour line and/or a chat.", [7]),
        ("It's your mum's home.", [4]),
        ("It’s your mum’s home.", [4]),
        # lines are sentences too
        ("You get:\n- a plan\n- a break", [2, 2, 2]),
        ("Ring 0808 808 7777.\n\nThey answer.", [4, 2]),
        ("Cymraeg: ffôn a neges.", [4]),
        ("", []),
        ("...", []),
    ],
)
def test_words_are_counted_by_sentence(text: str, counts: list[int]) -> None:
    assert [len(words) for words in sentences(text)] == counts


def words(count: int) -> str:
    return " ".join(["day"] * count) + "."


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        ([words(15)], []),
        ([words(16)], ["long-average"]),
        ([words(25), words(5)], []),
        ([words(26), words(4)], ["long-sentence"]),
        ([words(26)], ["long-sentence", "long-average"]),
        ([words(26), words(2), words(30)], ["long-sentence", "long-sentence", "long-average"]),
        ([words(16), words(14)], []),
        ([words(16), words(15)], ["long-average"]),
        ([], []),
        ([""], []),
    ],
)
def test_a_sentence_has_25_words_and_15_on_average(texts: list[str], rules: list[str]) -> None:
    assert [fault.rule for fault in plain_faults(texts)] == rules


def test_a_long_sentence_is_shown_by_its_start() -> None:
    text = "Ring. You can ring them on any day" + " and night" * 10 + ". Go. Go. Go."
    (fault,) = plain_faults(["Fine.", text])
    assert fault.text == 1
    assert fault.message == (
        "the sentence that starts 'You can ring them on any' has 27 words. "
        "Split it: 25 words at most."
    )


def test_the_average_is_of_all_texts_together() -> None:
    (fault,) = plain_faults([words(20), words(12)])
    assert fault.text is None
    assert fault.message == "its sentences have 16.0 words on average. Shorten them: 15 at most."


# --- words to avoid ---------------------------------------------------------------------


@pytest.mark.parametrize(("word", "better"), AVOIDED.items())
def test_every_avoided_word_is_told_with_a_better_one(word: str, better: str) -> None:
    for text in (f"They {word} it.", word.upper(), word.capitalize()):
        faults = [f for f in plain_faults([text]) if f.rule == "avoided-word"]
        assert any(f"Try {better!r}." in fault.message for fault in faults)


@pytest.mark.parametrize(
    "text",
    ["A purchaser.", "The viaduct.", "Robustly made.", "A path.", "Individually.", "Dialogues."],
)
def test_a_word_inside_another_is_not_avoided(text: str) -> None:
    assert plain_faults([text]) == []


def test_each_place_of_an_avoided_word_is_told() -> None:
    faults = plain_faults(["We facilitate.", "Fine.", "We utilise and facilitate."])
    assert [(fault.text, fault.message.split()[0]) for fault in faults] == [
        (0, "'facilitate'"), (2, "'utilise'"), (2, "'facilitate'")
    ]  # fmt: skip


def test_what_is_offered_instead_is_not_avoided_itself() -> None:
    assert [f for better in AVOIDED.values() for f in plain_faults([better])] == []


# --- jargon -----------------------------------------------------------------------------

JARGON = ["Reablement", "deputy", "CHC", "carer's assessment"]


@pytest.mark.parametrize(
    ("text", "unexplained"),
    [
        # an acronym, and what explains it
        ("CHC pays for care.", ["CHC"]),
        ("They ask the ICB.", ["ICB"]),
        ("Full NHS funding for care (CHC) pays.", []),
        ("CHC (full NHS funding) pays.", []),
        ("CHC, which means full NHS funding, pays.", []),
        ("CHC means full NHS funding.", []),
        ("CHC, or full NHS funding, pays.", []),
        ("CHC or NHS funding pays.", []),
        ("Full NHS funding, or CHC, pays.", []),
        ("Full NHS funding, also called CHC, pays.", []),
        ("CHC: full NHS funding.", []),
        ("CHC pays. Later: CHC (full NHS funding).", []),
        # what looks like an explanation
        ("CHC or PIP may pay.", ["CHC", "PIP"]),
        ("CHC is (nearly always) hard to get.", ["CHC"]),
        ("Ask for CHC and wait or ring.", ["CHC"]),
        # plurals, small letters, letters within a word
        ("EHCPs are plans.", ["EHCP"]),
        ("chc pays.", []),
        ("DoLS are rules.", ["DoLS"]),
        ("The CoP decides.", ["CoP"]),
        ("XCHCX", ["XCHCX"]),
        # what everybody knows
        ("Ask your GP, the NHS, your MP or the BBC. GPs know. No TV.", []),
        ("See WWW.AGE.ORG.UK, GOV.UK or ABC@DEF.ORG.", []),
        ("I am at A and E.", []),
        # care words
        ("Reablement gets you going.", ["Reablement"]),
        ("reablement gets you going.", ["Reablement"]),
        ("Help to get going again (reablement).", []),
        ("Reablement (help to get going again).", []),
        ("You can be her deputy.", ["deputy"]),
        ("Two deputys.", ["deputy"]),
        ("A deputyship.", []),
        ("A carer's assessment is free.", ["carer's assessment"]),
        ("A talk about you (carer's assessment).", []),
    ],
)
def test_jargon_wants_explaining(text: str, unexplained: list[str]) -> None:
    faults = [fault for fault in plain_faults([text], JARGON) if fault.rule == "jargon"]
    assert sorted(fault.message.split(" is not explained")[0].strip("'\"") for fault in faults) == (
        unexplained
    )


def test_one_explanation_is_enough_for_all_texts() -> None:
    assert plain_faults(["CHC pays.", "Full NHS funding (CHC)."], JARGON) == []


def test_jargon_is_told_where_it_stands_first() -> None:
    (fault,) = plain_faults(["Fine.", "CHC pays.", "CHC."], JARGON)
    assert (fault.text, fault.message) == (
        1,
        "'CHC' is not explained. Say it in plain words, with 'CHC' in brackets after them.",
    )


def test_a_word_in_its_own_name_explains_itself() -> None:
    assert plain_faults(["IPSEA gives advice. Reablement too."], JARGON, "IPSEA reablement") == []
    assert [f.rule for f in plain_faults(["IPSEA helps."], JARGON, "Ipsea")] == ["jargon"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=3), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_can_be_measured(texts: list[str], jargon: list[str]) -> None:
    for fault in plain_faults(texts, jargon):
        assert fault.text is None or 0 <= fault.text < len(texts)


def test_all_entries_together_are_for_readers_of_ten_or_eleven() -> None:
    """No score is valid for one entry; over all of them two scores agree well enough.

    Both give a school year in the United States, where year 5 is for ten-year-olds.
    """
    services = load_knowledge().services.values()
    text = " ".join(service.what for service in services)
    assert textstat.automated_readability_index(text) < 6
    assert textstat.coleman_liau_index(text) < 7
