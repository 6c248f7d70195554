"""The canonical form of JSON values, against the examples of RFC 8785."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import agencyindex as ai
from agencyindex._documents.canonical import canonical, digest, number_text

# RFC 8785, Appendix B: IEEE 754 bits, and the text that they have.
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]

# RFC 8785, section 3.2.2, the input and section 3.2.4, its bytes.
SERIALISED = r"""{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}"""
BYTES = bytes.fromhex(
    "7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c"
    "22 6e 75 6d 62 65 72 73 22 3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31"
    "65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22"
    "3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d"
)

# RFC 8785, section 3.2.3: keys in the order of their UTF-16 code units.
KEYS = r"""{
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
}"""
SORTED = [
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | TEXTS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@pytest.mark.parametrize(("bits", "text"), NUMBERS)
def test_numbers_are_written_as_the_standard_lists_them(bits: str, text: str) -> None:
    """Every number of Appendix B has the text that it has there."""
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert number_text(number) == text


@pytest.mark.parametrize("text", ["0.5", "0.25", "1.5", "1.5e-7", "1.5e+21"])
def test_numbers_of_few_digits_are_written_as_ecmascript_does(text: str) -> None:
    """No zero stands before the first digit of a half, and a power of ten may follow two digits."""
    assert number_text(float(text)) == text


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_numbers_that_json_cannot_write_are_refused(bits: str) -> None:
    """Not-a-number and the infinities of Appendix B are errors."""
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    with pytest.raises(ValueError, match="is no JSON number"):
        canonical([number])


def test_the_serialisation_example() -> None:
    """Strings, numbers and literals come out as the bytes of section 3.2.4."""
    assert BYTES == canonical(json.loads(SERIALISED))


def test_keys_are_sorted_by_utf_16_code_units() -> None:
    """The surrogate pair of the emoji sorts before the Hebrew letter, as in section 3.2.3."""
    assert list(json.loads(canonical(json.loads(KEYS))).values()) == SORTED


def test_every_control_character_has_its_shortest_escape() -> None:
    """The five short escapes are used, the others are lower-case and four digits wide."""
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
    expected = "".join(short.get(code, f"\\u{code:04x}") for code in range(32))
    assert canonical("".join(map(chr, range(32)))).decode() == f'"{expected}"'
    assert canonical("\x7f\u2028/").decode() == '"\x7f\u2028/"'


@given(VALUES)
def test_the_canonical_form_is_stable(value: object) -> None:
    """Parsing the canonical form and writing it again changes no byte."""
    once = canonical(value)
    assert canonical(json.loads(once)) == once


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_back_as_they_were(number: float) -> None:
    """The text of a number names that number and no other."""
    assert float(number_text(number)) == number


@given(st.dictionaries(TEXTS, st.integers(-9, 9)))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    """Two objects with the same members have one canonical form."""
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_integers_are_the_numbers_that_json_readers_see() -> None:
    """Whole numbers and floats of one value are the same, beyond 2**53 too."""
    assert canonical([1, -0.0, 2**53 + 1]) == b"[1,0,9007199254740992]"


def test_the_digest_is_that_of_the_canonical_bytes() -> None:
    """The fingerprint is the plain SHA-256 of the canonical bytes."""
    value = {"b": [1, "ö"], "a": None}
    assert digest(value) == hashlib.sha256('{"a":null,"b":[1,"ö"]}'.encode()).hexdigest()


def test_what_is_no_json_value_is_refused() -> None:
    """Sets and bytes-like strangers are no JSON values."""
    with pytest.raises(TypeError, match="set is no JSON value"):
        canonical({"a": {1}})


@pytest.mark.parametrize("escape", [r"\ud800", r"\uDFFF", r"\udc00\ud800"])
def test_lone_surrogates_are_refused_when_a_document_is_read(tmp_path: Path, escape: str) -> None:
    """Half a character has no UTF-8 bytes, so a document that escapes one is no document."""
    path = tmp_path / "half.json"
    path.write_text(f'{{"schema": "agencyindex/register/1", "note": "{escape}"}}')
    with pytest.raises(ai.errors.DocumentError) as caught:
        ai.load(path)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("not-utf8", "half.json#/note")
