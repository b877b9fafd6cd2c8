"""Our matcher beside three others, on public questions: how right, how sure, how fast.

    python benchmarks/matching.py PATH [--quick]

PATH holds ``clinc150/data_full.json`` and ``banking77/{train,test}.csv``. README.md beside this
file says where they come from and what the columns mean.
"""

from __future__ import annotations

import os

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # before numpy is first imported

import argparse
import csv
import json
import platform
import random
import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from unittest import mock

import numpy as np
from rapidfuzz import fuzz, process, utils
from scipy.stats import rankdata

from signpost_bot.matching import Matcher
from signpost_bot.meaning import Encoder

SEEDS = (1, 2, 3)
FEW = 5  # examples an intent
MISTYPED = 0.3  # of the words over 3 letters
TIMED = 300  # questions that are timed, with nothing remembered
QUICK = 500, 200  # questions in and out of scope

Examples = Mapping[str, Sequence[str]]  # label -> texts


# --- questions --------------------------------------------------------------------------


@dataclass(frozen=True)
class Questions:
    """Texts to ask, with the label that is right for each; None where none is."""

    texts: Sequence[str]
    labels: Sequence[str | None]

    def mistyped(self, seed: int) -> Questions:
        rng = random.Random(seed)
        return Questions([mistyped(text, rng) for text in self.texts], self.labels)

    def some(self, inside: int, outside: int) -> Questions:
        rng = random.Random(0)
        ours = [i for i, label in enumerate(self.labels) if label is not None]
        rest = [i for i, label in enumerate(self.labels) if label is None]
        rows = rng.sample(ours, min(inside, len(ours))) + rng.sample(rest, min(outside, len(rest)))
        return Questions([self.texts[i] for i in rows], [self.labels[i] for i in rows])


def clinc(path: Path) -> tuple[Examples, Questions]:
    data = json.loads((path / "clinc150" / "data_full.json").read_text("utf-8"))
    asked = [(text, label) for text, label in data["test"]]
    asked += [(text, None) for text, _ in data["oos_test"]]
    return _grouped(data["train"]), Questions(*zip(*asked, strict=True))


def banking(path: Path) -> tuple[Examples, Questions]:
    def rows(name: str) -> list[list[str]]:
        with (path / "banking77" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))[1:]

    return _grouped(rows("train.csv")), Questions(*zip(*rows("test.csv"), strict=True))


def few(examples: Examples, seed: int) -> Examples:
    rng = random.Random(seed)
    return {label: rng.sample(list(texts), FEW) for label, texts in examples.items()}


def mistyped(text: str, rng: random.Random) -> str:
    """The text with one slip of the finger in some of its longer words."""
    return re.sub(
        r"[^\W\d_]{4,}",
        lambda word: _slip(word[0], rng) if rng.random() < MISTYPED else word[0],
        text,
    )


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(i - 1, 0) : i] + row[i + 1 : i + 2] for row in _ROWS for i, key in enumerate(row)
}


def _slip(word: str, rng: random.Random) -> str:
    """Two letters swapped, or one dropped, doubled or replaced by its neighbour key."""
    while True:
        i = rng.randrange(len(word) - 1)
        before, letter, after = word[:i], word[i], word[i + 1 :]
        slipped = rng.choice(
            [
                before + after[0] + letter + after[1:],
                before + after,
                before + letter + letter + after,
                before + rng.choice(_BESIDE.get(letter.lower(), letter)) + after,
            ]
        )
        if slipped != word:
            return slipped


def _grouped(pairs: Sequence[Sequence[str]]) -> Examples:
    found: dict[str, list[str]] = {}
    for text, label in pairs:
        found.setdefault(label, []).append(text)
    return found


# --- what is compared -------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    label: str
    confidence: float  # the higher, the surer that the question is in scope
    served: bool | None = None  # None: the method draws no line


class Method(Protocol):
    name: str
    learned_in: float  # seconds

    def ask(self, text: str) -> Told: ...


class Remembering:
    """The bundled encoder, which keeps the vector of every text it has seen."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint = encoder.fingerprint
        self.known_word = encoder.known_word
        self.remembers = True
        self.saved = 0.0  # seconds that encoding would have taken where a vector was remembered
        self._encoder = encoder
        self._seen: dict[str, tuple[np.ndarray, float]] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not self.remembers:
            return self._encoder.encode(texts)
        for text in texts:
            if text in self._seen:
                self.saved += self._seen[text][1]
            else:
                start = time.perf_counter()
                vector = self._encoder.encode([text])[0]
                self._seen[text] = vector, time.perf_counter() - start
        return np.array([self._seen[text][0] for text in texts])


class Ours:
    name = "signpost"

    def __init__(self, examples: Examples, encoder: Remembering) -> None:
        saved, start = encoder.saved, time.perf_counter()
        with mock.patch("os.cpu_count", return_value=1):  # encode on one thread too
            self._matcher = Matcher.from_examples(examples, encoder=encoder)
        self.learned_in = time.perf_counter() - start + encoder.saved - saved

    def ask(self, text: str) -> Told:
        decision = self._matcher.decide(text)
        served = decision.outcome != "unanswered"
        return Told(decision.matches[0].label, decision.confidence, served)


class _Nearest:
    """The label of the one example that is nearest."""

    def __init__(self, examples: Examples) -> None:
        start = time.perf_counter()
        self.labels = [label for label, texts in examples.items() for _ in texts]
        self.learn([text for texts in examples.values() for text in texts])
        self.learned_in = time.perf_counter() - start

    def learn(self, texts: Sequence[str]) -> None:
        raise NotImplementedError


class Rapidfuzz(_Nearest):
    name = "rapidfuzz"

    def learn(self, texts: Sequence[str]) -> None:
        self._texts = [utils.default_process(text) for text in texts]

    def ask(self, text: str) -> Told:
        asked = utils.default_process(text)
        _, score, row = process.extractOne(asked, self._texts, scorer=fuzz.token_set_ratio)
        return Told(self.labels[row], score)


class Fts5(_Nearest):
    name = "sqlite fts5"

    def learn(self, texts: Sequence[str]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE ex USING fts5(text, tokenize='porter unicode61')")
        rows = enumerate(texts)
        self._db.executemany("INSERT INTO ex(rowid, text) VALUES (?, ?)", rows)

    def ask(self, text: str) -> Told:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        nearest = "SELECT rowid, rank FROM ex WHERE ex MATCH ? ORDER BY rank LIMIT 1"
        found = self._db.execute(nearest, [words]).fetchone() if words else None
        return Told(self.labels[found[0]], -found[1]) if found else Told("", 0.0)


class TfIdf(_Nearest):
    name = "tf-idf"

    def learn(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(ngram_range=(1, 2))
        self._vectors = self._vectorizer.fit_transform(texts)

    def ask(self, text: str) -> Told:
        likeness = (self._vectors @ self._vectorizer.transform([text]).T).toarray()[:, 0]
        row = int(likeness.argmax())
        return Told(self.labels[row], float(likeness[row]))


def methods(examples: Examples, encoder: Remembering) -> Iterator[Method]:
    yield Ours(examples, encoder)
    yield Rapidfuzz(examples)
    yield Fts5(examples)
    try:
        yield TfIdf(examples)
    except ImportError:
        print("tf-idf is left out: pip install scikit-learn", file=sys.stderr)


# --- measuring --------------------------------------------------------------------------


@dataclass
class Row:
    """What one method did on one set, over all its seeds."""

    accuracy: list[float] = field(default_factory=list)
    auroc: list[float] = field(default_factory=list)
    served: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    learned_in: list[float] = field(default_factory=list)
    questions: int = 0

    def add(self, method: Method, questions: Questions, encoder: Remembering) -> None:
        told = [method.ask(text) for text in questions.texts]
        ours = np.array([label is not None for label in questions.labels])
        right = [t.label == label for t, label in zip(told, questions.labels, strict=True)]
        self.accuracy.append(float(np.mean(np.array(right)[ours])))
        sure = np.array([t.confidence for t in told])
        if not ours.all():
            self.auroc.append(auroc(sure[ours], sure[~ours]))
        if told[0].served is not None:
            served = np.array([t.served for t in told])
            self.served.append(float(served[ours].mean()))
            if not ours.all():
                self.refused.append(float(1 - served[~ours].mean()))
        self.milliseconds += timed(method, questions, encoder)
        self.learned_in.append(method.learned_in)
        self.questions += len(told)

    def cells(self) -> list[str]:
        p50, p99 = np.percentile(self.milliseconds, [50, 99])
        shares = (self.accuracy, self.auroc, self.served, self.refused)
        return [
            *(f"{100 * np.mean(share):.1f}" if share else "-" for share in shares),
            f"{p50:.1f}",
            f"{p99:.1f}",
            f"{np.mean(self.learned_in):.1f}",
            str(self.questions),
        ]


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """How often a question in scope is surer than one out of scope; ties count half."""
    ranks = rankdata(np.concatenate([inside, outside]))[: len(inside)].sum()
    return float((ranks / len(inside) - (len(inside) + 1) / 2) / len(outside))


def timed(method: Method, questions: Questions, encoder: Remembering) -> list[float]:
    """Milliseconds for each of a sample of questions, as if asked for the first time."""
    rng = random.Random(0)
    encoder.remembers = False
    taken = []
    for text in rng.sample(list(questions.texts), min(TIMED, len(questions.texts))):
        start = time.perf_counter()
        method.ask(text)
        taken.append((time.perf_counter() - start) * 1000)
    encoder.remembers = True
    return taken


HEADINGS = (
    "set", "method", "accuracy %", "AUROC %", "served %", "refused %",
    "ms p50", "ms p99", "learn s", "questions",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Our matcher beside three others.")
    parser.add_argument("path", type=Path, help="the folder with clinc150/ and banking77/")
    parser.add_argument(
        "--quick", action="store_true", help="one seed, a sample of the questions, no full sets"
    )
    asked = parser.parse_args()
    if not (asked.path / "clinc150").is_dir():
        parser.error(f"no folder {asked.path / 'clinc150'}. README.md says where to get it.")
    rows = run(asked.path, quick=asked.quick)
    table = [list(HEADINGS), *([*names, *row.cells()] for names, row in rows.items())]
    print_table(table)
    print(machine())


def run(path: Path, *, quick: bool) -> Mapping[tuple[str, str], Row]:
    encoder = Remembering(Encoder.load(threads=1))
    rows: dict[tuple[str, str], Row] = {}

    def add(name: str, examples: Examples, variants: Mapping[str, Questions]) -> None:
        for method in methods(examples, encoder):
            for variant, questions in variants.items():
                progress(f"{name}{variant}, {method.name} ...")
                row = rows.setdefault((name + variant, method.name), Row())
                row.add(method, questions, encoder)

    examples, questions = clinc(path)
    if quick:
        questions = questions.some(*QUICK)
    for seed in SEEDS[:1] if quick else SEEDS:
        variants = {"": questions, ", mistyped": questions.mistyped(seed)}
        add(f"CLINC150, {FEW} examples", few(examples, seed), variants)
    if not quick:
        add("CLINC150, all", examples, {"": questions})
        add("BANKING77, all", *_as_variant(banking(path)))
    progress("")
    return dict(sorted(rows.items(), key=lambda item: _ORDER.index(item[0][0])))


_ORDER = [f"CLINC150, {FEW} examples", f"CLINC150, {FEW} examples, mistyped"]
_ORDER += ["CLINC150, all", "BANKING77, all"]


def _as_variant(data: tuple[Examples, Questions]) -> tuple[Examples, Mapping[str, Questions]]:
    return data[0], {"": data[1]}


def progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        aligned = (c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(cells))
        print("  ".join(aligned).rstrip())


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        cpu = next((x.split(":")[1].strip() for x in info.open() if "model name" in x), cpu)
    parts = ["numpy", "onnxruntime", "rapidfuzz", "scikit-learn"]
    versions = ", ".join(f"{part} {_version(part)}" for part in parts)
    return (
        f"\n{cpu}, 1 thread of {os.cpu_count()}; Python {platform.python_version()}, {versions}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def _version(part: str) -> str:
    try:
        return version(part)
    except LookupError:
        return "absent"


if __name__ == "__main__":
    main()
