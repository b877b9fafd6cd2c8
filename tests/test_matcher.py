"""Matching as a library: examples in, decisions out; and the sums behind it, done the long way."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from signpost_bot.matching import Matcher, fitting, learning
from signpost_bot.matching.kept import Arrays, NotKeptError, kept
from signpost_bot.matching.words import WordIndex
from signpost_bot.meaning import Encoder
from signpost_bot.model import Decision

EXAMPLES = {
    "blue-badge": [
        "how do i get a blue badge",
        "disabled parking permit for my mother",
        "park nearer the shops because she can't walk far",
        "renew dad's blue badge before it runs out",
        "can we park on double yellow lines with the badge",
    ],
    "falls": [
        "my husband keeps falling over",
        "how can we stop gran from having another fall",
        "she tripped on the stairs and is unsteady on her feet",
        "exercises to help with balance",
        "he is frightened of falling again",
    ],
    "breaks": [
        "i need a break from caring",
        "respite care for a week so we can go on holiday",
        "somebody to sit with him for an afternoon",
        "i never get a day off from looking after mum",
        "short breaks for family carers",
    ],
    "money": [
        "how much is carer's allowance",
        "what benefits can we claim",
        "we cannot live on what we get each week",
        "is there money for people who look after someone",
        "i gave up my wages to care for my wife",
    ],
}
OUTSIDE = [
    "how do i bake sourdough bread",
    "who won the football last night",
    "will it rain tomorrow",
    "write a poem about the sea",
    "which laptop is best for games",
    "translate good evening into german",
    "the capital of peru",
    "how do planes stay in the air",
]

# Said in other words than the examples are.
ASKED = [
    ("blu badge for mum?", "blue-badge"),
    ("parking badge for disabled people", "blue-badge"),
    ("nan had a fall in the kitchen", "falls"),
    ("dad is wobbly and falls a lot", "falls"),
    ("could anyone take over for a weekend so I can rest", "breaks"),
    ("i want a holiday from being a carer", "breaks"),
    ("do carers get paid anything", "money"),
    ("what can i claim for caring", "money"),
]
NOT_OURS = [
    "best recipe for banana bread",
    "what was the score in the football",
    "what is the weather like tomorrow",
    "recommend me a gaming laptop",
]


@pytest.fixture(scope="module")
def matcher(encoder: Encoder) -> Matcher:
    return Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder)


def best(decision: Decision) -> str:
    return decision.matches[0].label


# --- the contract -----------------------------------------------------------------------


def test_it_works_as_the_documentation_says() -> None:
    matcher = Matcher.from_examples(
        {"blue-badge": ["how do I get a blue badge", "parking for disabled people"]},
        outside=["how do I bake bread"],
    )
    decision = matcher.decide("blu badge for mum?")

    assert decision.outcome == "answer"
    assert decision.matches[0].label == "blue-badge"
    assert 0 < decision.matches[0].score <= 1


@pytest.mark.parametrize(("asked", "label"), ASKED)
def test_a_question_finds_its_label(matcher: Matcher, asked: str, label: str) -> None:
    decision = matcher.decide(asked)

    assert best(decision) == label
    assert decision.outcome in ("answer", "choose")
    assert label in decision.needs


@pytest.mark.parametrize("asked", NOT_OURS)
def test_what_is_not_ours_is_refused(matcher: Matcher, asked: str) -> None:
    decision = matcher.decide(asked)

    assert decision.outcome == "unanswered"
    assert decision.needs == ()
    assert decision.confidence < 0


def test_without_outside_examples_most_are_still_told_apart(encoder: Encoder) -> None:
    matcher = Matcher.from_examples(EXAMPLES, encoder=encoder)
    ours = [matcher.decide(asked).confidence for asked, _ in ASKED]
    others = [matcher.decide(asked).confidence for asked in NOT_OURS]

    assert all(best(matcher.decide(asked)) == label for asked, label in ASKED)
    assert min(ours) > max(others)
    assert sum(matcher.decide(asked).outcome == "unanswered" for asked in NOT_OURS) >= 3


@pytest.mark.parametrize("outside", [[], OUTSIDE])
def test_scores_are_between_nought_and_one_best_first_and_five_at_most(
    encoder: Encoder, outside: list[str]
) -> None:
    many = {f"{label}-{i}": texts[i::2] for label, texts in EXAMPLES.items() for i in (0, 1)}
    matcher = Matcher.from_examples(many, outside, encoder=encoder)
    for asked in [*(asked for asked, _ in ASKED), *NOT_OURS, "", "?", "ß" * 9_000, "help \ud83d"]:
        matches = matcher.decide(asked).matches
        scores = [match.score for match in matches]

        assert len(matches) == 5
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert sum(scores) <= 1.001
        assert len({match.label for match in matches}) == 5


def test_by_words_alone(encoder: Encoder) -> None:
    matcher = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=None)

    assert best(matcher.decide("blue badge")) == "blue-badge"
    assert best(matcher.decide("carer's allowance")) == "money"
    assert best(matcher.decide("a break from looking after mum")) == "breaks"
    assert matcher.decide("quantum chromodynamics").outcome == "unanswered"
    assert matcher.read("blue badge").vector.shape == (0,)


@pytest.mark.parametrize("with_model", [True, False])
@pytest.mark.parametrize("outside", [(), OUTSIDE], ids=["nothing outside", "outside"])
@pytest.mark.parametrize(
    "examples",
    [
        {"only": ["how do i get a blue badge"]},
        {"only": EXAMPLES["falls"]},
        {label: texts[:1] for label, texts in EXAMPLES.items()},
        {"one": ["blue badge"], "two": EXAMPLES["falls"]},
        {"same": ["blue badge", "blue badge"], "again": ["blue badge"]},
        {"signs": ["?!"], "words": ["blue badge"]},
    ],
    ids=["one text", "one label", "one text a label", "uneven", "the same texts", "no words"],
)
def test_few_examples_are_enough(
    encoder: Encoder, examples: dict[str, list[str]], outside: list[str], with_model: bool
) -> None:
    matcher = Matcher.from_examples(examples, outside, encoder=encoder if with_model else None)
    for label, texts in examples.items():
        decision = matcher.decide(texts[0])

        assert {m.label for m in decision.matches} == set(examples)
        assert all(np.isfinite(m.score) for m in decision.matches)
        assert np.isfinite(decision.confidence)
        assert label in [m.label for m in decision.matches[:2]]


def test_a_label_asked_in_its_own_words_is_found_however_few_there_are(encoder: Encoder) -> None:
    matcher = Matcher.from_examples(
        {label: texts[:1] for label, texts in EXAMPLES.items()}, encoder=encoder
    )
    for label, texts in EXAMPLES.items():
        assert best(matcher.decide(texts[0])) == label
        assert matcher.decide(texts[0]).outcome != "unanswered"


@pytest.mark.parametrize("examples", [{}, {"empty": []}, {"empty": [], "also": ()}])
def test_no_examples_is_an_error_that_says_so(examples: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="give at least one label with one text"):
        Matcher.from_examples(examples, OUTSIDE, encoder=None)


def test_a_label_without_texts_is_never_the_answer(encoder: Encoder) -> None:
    matcher = Matcher.from_examples({"empty": [], **EXAMPLES}, OUTSIDE, encoder=encoder)

    assert "empty" not in matcher.labels
    assert {m.label for m in matcher.decide("empty").matches} == set(EXAMPLES)


def test_labels_may_be_any_text(encoder: Encoder) -> None:
    matcher = Matcher.from_examples(
        {"": ["blue badge"], "two words ✓": ["i need a break"]}, encoder=encoder
    )
    assert best(matcher.decide("blue badge")) == ""
    assert best(matcher.decide("a break")) == "two words ✓"


# --- what a person types ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how do i get a bleu badge", "how do i get a blue badge"),
        ("disabled parkign permit", "disabled parking permit"),
        ("respitte care", "respite care"),
        ("carers alowance", "carers allowance"),
        ("exercizes for balence", "exercises for balance"),
    ],
)
def test_slips_of_the_finger_are_mended(encoder: Encoder, typed: str, meant: str) -> None:
    examples = {**EXAMPLES, "more": ["blue badge", "carers allowance", "respite", "balance"]}
    matcher = Matcher.from_examples(examples, OUTSIDE, encoder=encoder)

    assert matcher.read(typed).text == meant
    assert matcher.decide(typed) == matcher.decide(meant)


def test_capitals_quotes_and_spaces_change_nothing(matcher: Matcher) -> None:
    plain = matcher.decide("how much is carer's allowance")

    assert matcher.decide("HOW MUCH IS CARER'S ALLOWANCE") == plain
    assert matcher.decide("how much is carer’s  allowance ") == plain
    assert matcher.decide("\0how much is carer's allowance\0") == plain


def test_two_needs_in_one_message_are_both_answered(matcher: Matcher) -> None:
    decision = matcher.decide(
        "My husband keeps falling over and I am scared he will break a hip. "
        "Also how do I get a blue badge for him so that we can park closer?"
    )
    assert decision.outcome == "answer"
    assert set(decision.needs) == {"falls", "blue-badge"}


def test_a_long_story_around_one_need_is_about_that_need(matcher: Matcher) -> None:
    decision = matcher.decide(
        "I have looked after my wife for nine years now. We used to love the theatre. "
        "I never get a day off and I am so tired. Is there anyone who would sit with her "
        "for an afternoon? I would so love a break."
    )
    assert decision.needs[0] == "breaks"


def test_the_same_text_gets_the_same_decision(matcher: Matcher, encoder: Encoder) -> None:
    again = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder)
    for asked in [*(asked for asked, _ in ASKED), *NOT_OURS]:
        assert matcher.decide(asked) == matcher.decide(asked) == again.decide(asked)


def test_why_names_the_examples_that_decided(matcher: Matcher) -> None:
    match = matcher.decide("renew a blue badge", why=True).matches[0]

    assert match.label == "blue-badge"
    assert [e.likeness for e in match.because] == sorted(e.likeness for e in match.because)[::-1]
    assert all(e.text in EXAMPLES["blue-badge"] for e in match.because)
    assert match.because[0].text == "renew dad's blue badge before it runs out"
    assert set(match.because[0].shared) == {"renew", "blue", "badge"}
    assert matcher.decide("renew a blue badge").matches[0].because == ()


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_no_text_is_too_odd(matcher: Matcher, text: str) -> None:
    decision = matcher.decide(text)

    assert decision.outcome in ("answer", "choose", "unanswered")
    assert all(0 <= m.score <= 1 for m in decision.matches)


# --- what is kept -----------------------------------------------------------------------


def _x(arrays: Arrays) -> list[int]:
    return [int(x) for x in arrays["x"]]


def test_what_was_learned_is_read_back_and_says_the_same(encoder: Encoder, tmp_path: Path) -> None:
    first = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder, folders=[tmp_path])
    files = list(tmp_path.iterdir())
    again = Matcher.from_examples(
        EXAMPLES, OUTSIDE, encoder=encoder, folders=[tmp_path], only_kept=True
    )

    assert [f.suffix for f in files] == [".npz"]
    for asked, _ in ASKED:
        assert again.decide(asked, why=True) == first.decide(asked, why=True)


def test_what_was_overtaken_longest_is_let_go(tmp_path: Path) -> None:
    for i in range(20):
        kept([i], [tmp_path], lambda i=i: {"x": np.array([i])}, _x)
        newest = max(tmp_path.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (i, i))

    assert len(list(tmp_path.glob("*.npz"))) == 12
    assert kept([19], [tmp_path], None, _x) == [19]
    with pytest.raises(NotKeptError):
        kept([0], [tmp_path], None, _x)


def test_other_examples_are_kept_apart(encoder: Encoder, tmp_path: Path) -> None:
    Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder, folders=[tmp_path])

    with pytest.raises(NotKeptError):
        Matcher.from_examples(EXAMPLES, encoder=encoder, folders=[tmp_path], only_kept=True)
    with pytest.raises(NotKeptError):
        Matcher.from_examples(
            EXAMPLES, OUTSIDE, encoder=None, folders=[tmp_path], only_kept=True
        )


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1_000])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle] ^= 0xFF
    path.write_bytes(data)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _of_something_else(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, of=np.arange(3))


def _with_fewer_limits(path: Path) -> None:
    """As an earlier version may have left it."""
    with np.load(path) as stored:
        found = {name: stored[name] for name in stored.files}
    with path.open("wb") as file:
        np.savez(file, **(found | {"limits": found["limits"][:1]}))


@pytest.mark.parametrize(
    "damage", [_cut, _flipped, _emptied, _of_something_else, _with_fewer_limits]
)
def test_a_damaged_file_is_made_anew(
    encoder: Encoder, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    first = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder, folders=[tmp_path])
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    damage(file)
    again = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder, folders=[tmp_path])

    assert again.decide("blue badge") == first.decide("blue badge")
    assert list(tmp_path.iterdir()) == [file]
    assert len(file.read_bytes()) == len(whole)


def test_new_work_goes_into_the_last_folder_that_can_be_written_to(tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("")
    folders = [tmp_path / "first", tmp_path / "second", not_a_folder]

    assert kept(["a"], folders, lambda: {"x": np.arange(3)}, _x) == [0, 1, 2]
    assert not (tmp_path / "first").exists()
    assert len(list((tmp_path / "second").iterdir())) == 1
    assert kept(["a"], folders, None, _x) == [0, 1, 2]


def test_a_folder_that_cannot_be_written_to_is_no_error(encoder: Encoder, tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("")
    matcher = Matcher.from_examples(
        EXAMPLES, encoder=encoder, folders=[not_a_folder, Path("/proc/none/of/this")]
    )

    assert best(matcher.decide("blue badge")) == "blue-badge"
    assert list(tmp_path.iterdir()) == [not_a_folder]


def test_a_write_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    def made() -> dict[str, Any]:
        return {"good": np.arange(3), "bad": Unwritable()}

    with pytest.raises(RuntimeError, match="no array"):
        kept(["x"], [tmp_path], made, _x)
    assert list(tmp_path.iterdir()) == []


class Unwritable:
    def __array__(self, *_: object, **__: object) -> None:
        raise RuntimeError("no array")


def test_it_needs_no_files_of_ours_but_the_model(tmp_path: Path) -> None:
    """As a library, from anywhere, with nothing to write to."""
    script = (
        "from signpost_bot.matching import Matcher\n"
        "m = Matcher.from_examples({'tea': ['a cup of tea'], 'rain': ['a storm']})\n"
        "print(m.decide('some tea please').matches[0].label)\n"
    )
    env = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True
    )

    assert (ran.stdout, ran.stderr, ran.returncode) == ("tea\n", "", 0)
    assert list(tmp_path.iterdir()) == []


# --- the sums ---------------------------------------------------------------------------


def _problem(seed: int, size: int = 24, classes: int = 4) -> tuple[fitting.Floats, fitting.Labels]:
    """Unit vectors at random, and a class for each; every class has an example."""
    rng = np.random.default_rng(seed)
    of = np.concatenate([np.arange(classes), rng.integers(0, classes, size - classes)])
    vectors = rng.normal(size=(size, 6)) + 0.7 * rng.normal(size=(classes, 6))[of]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors @ vectors.T).astype(np.float32), of.astype(np.intp)


def _refitted(
    likeness: fitting.Floats, of: fitting.Labels, classes: int, left_out: fitting.Labels
) -> fitting.Floats:
    """Scores of the left-out examples by a regression that never saw them, in full digits."""
    kept_in = np.setdiff1d(np.arange(len(of)), left_out)
    sizes = np.bincount(of, minlength=classes)
    by_class = fitting._RIDGE * np.sqrt(sizes / sizes[sizes > 0].mean())
    kernel = np.exp(likeness.astype(np.float64) - 1)
    system = kernel[np.ix_(kept_in, kept_in)] + np.diag(by_class[of[kept_in]])
    weights = np.linalg.solve(system, np.eye(classes)[of[kept_in]])
    found: fitting.Floats = kernel[np.ix_(left_out, kept_in)] @ weights
    return found


@pytest.mark.parametrize("seed", range(5))
def test_leaving_one_out_in_closed_form_is_refitting_without_it(seed: int) -> None:
    likeness, of = _problem(seed)
    solved = fitting.solve(likeness.copy(), of, 4, whole_classes=False)
    for row in range(len(of)):
        by_hand = _refitted(likeness, of, 4, np.array([row]))[0]
        np.testing.assert_allclose(solved.without_one[row], by_hand, atol=1e-4)
    assert solved.without_class is None


@pytest.mark.parametrize("seed", range(5))
def test_leaving_a_class_out_in_closed_form_is_refitting_without_it(seed: int) -> None:
    likeness, of = _problem(seed)
    solved = fitting.solve(likeness.copy(), of, 4, whole_classes=True)
    assert solved.without_class is not None
    for one in range(4):
        rows = np.flatnonzero(of == one)
        others = [c for c in range(4) if c != one]
        by_hand = _refitted(likeness, of, 4, rows)
        np.testing.assert_allclose(
            solved.without_class[np.ix_(rows, others)], by_hand[:, others], atol=1e-4
        )
        assert (solved.without_class[rows, one] == -np.inf).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_regression_shows_what_its_weights_say(seed: int) -> None:
    likeness, of = _problem(seed)
    solved = fitting.solve(likeness.copy(), of, 4, whole_classes=False)

    np.testing.assert_allclose(fitting.kernel(likeness) @ solved.weights, solved.shown, atol=1e-4)


@pytest.mark.parametrize("whole", [False, True])
def test_with_every_example_in_the_basis_the_large_way_is_the_small_way(whole: bool) -> None:
    likeness, of = _problem(7, size=30, classes=5)
    rows = np.arange(len(of))
    small = fitting.solve(likeness.copy(), of, 5, whole_classes=whole)
    large = fitting.solve_on(lambda some: likeness[some], rows, of, 5, whole_classes=whole)

    # the large way adds a trace of ridge, so that equal examples do no harm
    np.testing.assert_allclose(large.shown, small.shown, atol=5e-3)
    np.testing.assert_allclose(large.without_one, small.without_one, atol=5e-3)
    if whole:
        assert small.without_class is not None
        assert large.without_class is not None
        np.testing.assert_allclose(large.without_class, small.without_class, atol=2e-2)


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(0, 12))
@settings(deadline=None)
def test_nearest_is_the_mean_of_the_few_most_alike(seed: int, classes: int, more: int) -> None:
    rng = np.random.default_rng(seed)
    of = rng.integers(0, classes, 1 + more).astype(np.intp)  # some classes may have none
    likeness = rng.choice([0.1, 0.2, 0.2, 0.5, 0.9], (2, len(of))).astype(np.float32)
    expected = [
        [np.sort(row[of == c])[-fitting.NEIGHBOURS :].mean() if (of == c).any() else -1
         for c in range(classes)]
        for row in likeness
    ]  # fmt: skip

    np.testing.assert_allclose(fitting.nearest(likeness, of, classes), expected, atol=1e-6)
    prepared = fitting.Classes.of_examples(of, classes)
    for row, wanted in zip(likeness, expected, strict=True):
        np.testing.assert_allclose(prepared.nearest(row), wanted, atol=1e-6)


@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(0, 10))
@settings(deadline=None)
def test_nearness_without_itself_is_that_of_its_fellows(
    seed: int, classes: int, more: int
) -> None:
    rng = np.random.default_rng(seed)
    of = np.concatenate([np.arange(classes), rng.integers(0, classes, more)]).astype(np.intp)
    likeness = rng.random((len(of), len(of)), dtype=np.float32)
    np.fill_diagonal(likeness, -1)
    sizes = np.bincount(of, minlength=classes)
    near = fitting.nearest(likeness, of, classes)
    found = learning._of_the_others(near.copy(), of, sizes)

    for row, own in enumerate(of):
        fellows = np.delete(likeness[row], row)[np.delete(of, row) == own]
        few = np.sort(fellows)[-fitting.NEIGHBOURS :]
        assert found[row, own] == pytest.approx(few.mean() if len(few) else -1, abs=1e-5)
        others = np.arange(classes) != own
        assert (found[row, others] == near[row, others]).all()


floats = st.floats(-50, 50, width=32)


@given(arrays(np.float32, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=floats), floats)
@settings(deadline=None)
def test_softmax_gives_chances(scores: fitting.Floats, shift: float) -> None:
    chances = fitting.softmax(scores)

    assert chances.shape == scores.shape
    assert ((chances >= 0) & (chances <= 1 + 1e-6)).all()
    np.testing.assert_allclose(chances.sum(axis=-1), 1, atol=1e-5)
    np.testing.assert_allclose(fitting.softmax(scores + np.float32(shift)), chances, atol=1e-4)
    best_of = np.take_along_axis(chances, scores.argmax(axis=-1)[:, None], axis=-1)
    assert (best_of >= chances.max(axis=-1, keepdims=True) - 1e-6).all()


def test_softmax_of_great_scores_does_not_overflow() -> None:
    np.testing.assert_allclose(fitting.softmax(np.array([3e4, 0, -3e4], np.float32)), [1, 0, 0])


@given(
    arrays(np.float32, st.integers(1, 30), elements=st.floats(-1, 1, width=32)),
    arrays(np.float32, st.integers(1, 30), elements=st.floats(-1, 1, width=32)),
)
@settings(deadline=None)
def test_the_dividing_line_is_as_fair_as_any(
    inside: fitting.Floats, outside: fitting.Floats
) -> None:
    def unfairness(line: float) -> float:
        return abs(float((inside >= line).mean()) - float((outside < line).mean()))

    line = np.float32(fitting.dividing_line(inside, outside))

    assert line in np.concatenate([inside, outside])
    assert unfairness(line) <= min(map(unfairness, [*inside, *outside])) + 1e-9


def test_the_dividing_line_parts_what_can_be_parted() -> None:
    inside, outside = np.array([0.6, 0.7, 0.9], np.float32), np.array([0.1, 0.3], np.float32)
    line = fitting.dividing_line(inside, outside)

    assert (inside >= line).all()
    assert (outside < line).all()


@given(st.integers(0, 1_000), st.floats(0.02, 0.5))
@settings(max_examples=30, deadline=None)
def test_the_temperature_is_found_from_which_answers_were_drawn(seed: int, true: float) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(1_500, 4)).astype(np.float32) * 0.5
    chances = fitting.softmax(scores / np.float32(true))
    of = (rng.random((len(scores), 1)) > chances.cumsum(axis=1)).sum(axis=1).clip(0, 3)
    found = fitting.temperature(scores, of)

    assert true / 1.5 < found < true * 1.5


def test_scores_that_are_always_wrong_get_the_softest_temperature() -> None:
    scores = np.tile(np.array([1, 0], np.float32), (50, 1))
    sharp = fitting.temperature(scores, np.zeros(50, np.intp))
    soft = fitting.temperature(scores, np.ones(50, np.intp))

    assert sharp < soft
    assert soft == pytest.approx(1.0)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.text(max_size=40))
@settings(max_examples=40, deadline=None)
def test_likeness_by_words_is_between_nought_and_one(texts: list[str], asked: str) -> None:
    index = WordIndex.of(texts)
    found = index.likeness(asked)

    assert found.shape == (len(texts),)
    assert ((found >= -1e-6) & (found <= 1 + 1e-5)).all()
    for row, text in enumerate(texts):
        own = index.likeness(text)[row]
        assert own == pytest.approx(1, abs=1e-4) or not any(c.isalnum() or c == "_" for c in text)
    np.testing.assert_allclose(WordIndex.from_arrays(index.arrays()).likeness(asked), found)


def test_more_examples_than_can_be_solved_at_once_give_the_same_answers(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder)
    monkeypatch.setattr(learning, "MOST_SOLVED", 10)
    large = Matcher.from_examples(EXAMPLES, OUTSIDE, encoder=encoder)

    for asked, label in ASKED:
        assert best(large.decide(asked)) == label
        assert large.decide(asked).matches[0].score == pytest.approx(
            small.decide(asked).matches[0].score, abs=0.1
        )
    for asked in NOT_OURS:
        assert large.decide(asked).outcome == "unanswered"
