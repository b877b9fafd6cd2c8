"""The sentence model as it ships: real files, real runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from signpost_bot.errors import SignpostError
from signpost_bot.meaning import DIMENSIONS, Encoder, ModelError

SHIPPED = Path(__file__).parent.parent / "signpost_bot" / "meaning" / "minilm"
MEND = "SIGNPOST_MEANING=off"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, free to be damaged."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "minilm"))


def test_one_row_of_length_one_a_text(encoder: Encoder) -> None:
    vectors = encoder.encode(["how do I get a blue badge", "respite", "Mae fy mam yn sâl"])
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(
    ("asked", "alike", "different"),
    [
        (
            "i need a rest from looking after mum",
            "respite for carers",
            "parking permit for disabled people",
        ),
        (
            "where can i park, my son uses a wheelchair",
            "disabled parking badge",
            "grieving after a death",
        ),
        (
            "dad keeps wandering off at night",
            "a person with dementia goes missing",
            "help with energy bills",
        ),
        ("my hubby passed away last week", "bereavement support", "a stairlift at home"),
        ("cant afford the heating", "help with energy bills", "getting a carer's assessment"),
    ],
)
def test_what_means_alike_lies_nearer(
    asked: str, alike: str, different: str, encoder: Encoder
) -> None:
    question, near, far = encoder.encode([asked, alike, different])
    assert question @ near > question @ far + 0.1


def test_a_vector_is_the_same_whatever_else_is_asked(encoder: Encoder) -> None:
    texts = ["help", "my mum has dementia and i cannot cope any more", "", "🙂", "carer " * 400]
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    np.testing.assert_array_equal(encoder.encode(texts), alone)
    np.testing.assert_array_equal(encoder.encode(texts[::-1])[::-1], alone)


def test_threads_change_the_pace_only(encoder: Encoder) -> None:
    texts = ["who can sit with my husband for an hour", "PIP"]
    np.testing.assert_allclose(
        Encoder.load(threads=2).encode(texts), encoder.encode(texts), atol=1e-3
    )


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00"])
def test_a_text_without_words_is_like_nothing(text: str, encoder: Encoder) -> None:
    assert not encoder.encode([text]).any()


@pytest.mark.parametrize(
    "text",
    [
        "🙂",
        "👩‍👧",
        "a\x00b",
        "half a smile \ud83d",  # as JSON can carry it
        "word " * 20_000,
        "x" * 100_000,
        "é," * 50_000,
    ],
    ids=[
        "emoji",
        "joined emoji",
        "NUL",
        "half an emoji",
        "many words",
        "one long word",
        "many signs",
    ],
)
def test_any_text_has_a_vector(text: str, encoder: Encoder) -> None:
    vector = encoder.encode([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carer’s Assessment", "carer’s assessment"),
        ("café", "cafe\u0301"),
        ("can you\u00a0help", "can  you\thelp"),
        ("nul\x00 inside", "nul inside"),
        ("smile \ud83d\ude42", "smile 🙂"),
    ],
)
def test_case_accents_and_spacing_make_no_difference(
    one: str, other: str, encoder: Encoder
) -> None:
    np.testing.assert_array_equal(*encoder.encode([one, other]))


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("badge", True),
        ("Respite", False),  # two pieces: no proof that it is misspelt
        ("Council", True),
        ("café", True),
        ("bagde", False),
        ("counsil", False),
        ("", False),
        ("##ing", False),
        ("[CLS]", False),
        ("two words", False),
    ],
)
def test_known_words(word: str, known: bool, encoder: Encoder) -> None:
    assert encoder.known_word(word) is known


def test_the_same_files_have_the_same_fingerprint(encoder: Encoder, folder: Path) -> None:
    assert Encoder.load(folder).fingerprint == encoder.fingerprint
    assert len(encoder.fingerprint) == 64


def test_line_ends_of_windows_do_no_harm(encoder: Encoder, folder: Path) -> None:
    checksums = folder / "SHA256SUMS"
    checksums.write_bytes(checksums.read_bytes().replace(b"\n", b"\r\n"))
    assert Encoder.load(folder).fingerprint == encoder.fingerprint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_a_missing_file_is_named_with_the_mend(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match="missing") as caught:
        Encoder.load(folder)
    assert str(folder / name) in str(caught.value)
    assert MEND in str(caught.value)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("share", [0, 0.5, 0.999], ids=["empty", "half", "nearly whole"])
def test_a_file_cut_short_is_named_with_the_mend(name: str, share: float, folder: Path) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ModelError, match="damaged") as caught:
        Encoder.load(folder)
    assert str(folder / name) in str(caught.value)
    assert MEND in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xfe\x00"])
def test_checksums_that_make_no_sense_are_told_with_the_mend(content: bytes, folder: Path) -> None:
    (folder / "SHA256SUMS").write_bytes(content)
    with pytest.raises(ModelError, match=MEND):
        Encoder.load(folder)


def test_a_model_that_cannot_be_run_is_told_with_the_mend(folder: Path) -> None:
    import hashlib

    (folder / "model.onnx").write_bytes(b"not a network")
    (folder / "SHA256SUMS").write_text(
        "".join(
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
            for name in ("model.onnx", "tokenizer.json")
        )
    )
    with pytest.raises(ModelError, match=MEND) as caught:
        Encoder.load(folder)
    assert isinstance(caught.value, SignpostError)


def test_what_ships_carries_its_licence_and_origin() -> None:
    assert "Apache License" in (SHIPPED / "LICENSE").read_text("utf-8")
    assert "SHA-256" in (SHIPPED / "ORIGIN.md").read_text("utf-8")


def test_nothing_is_reported_to_anybody(tmp_path: Path) -> None:
    """Unless told not to, onnxruntime keeps a device id and a queue of events in the home."""
    code = "from signpost_bot.meaning import Encoder; Encoder.load().encode(['hello'])"
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"), str(tmp_path))
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, **homes})
    assert list(tmp_path.rglob("*")) == []
