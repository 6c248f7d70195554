"""Canonical JSON after RFC 8785, and the fingerprint of a JSON value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite

JsonValue = object
"""What `json.loads` gives: None, bool, int, float, str, list, dict."""


def canonical(value: JsonValue) -> bytes:
    """The one byte string that RFC 8785 gives a JSON value.

    Raises
    ------
    ValueError
        Where a number is not finite, as JSON has none such.

    Examples
    --------
    >>> canonical({"b": 1.0, "a": [True, 1e21, 4.5]})
    b'{"a":[true,1e+21,4.5],"b":1}'
    """
    return _text(value).encode()


def digest(value: JsonValue) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits.

    Examples
    --------
    >>> digest({})
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    return hashlib.sha256(canonical(value)).hexdigest()


def _text(value: JsonValue) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number_text(float(value))
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_text(key)}:{_text(value[key])}" for key in keys) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(_text(each) for each in value) + "]"
    raise TypeError(f"{type(value).__name__} is no JSON value")


def number_text(number: float) -> str:
    """A number as ECMAScript writes it (Number::toString).

    Examples
    --------
    >>> number_text(1e-7), number_text(333333333.33333329), number_text(-0.0)
    ('1e-7', '333333333.3333333', '0')
    """
    if not isfinite(number):
        raise ValueError(f"{number} is no JSON number")
    if number == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    point = len(text) + exponent
    if 0 < point <= 21:
        whole = text[:point].ljust(point, "0")
        body = whole + ("." + text[point:] if text[point:] else "")
    elif -6 < point <= 0:
        body = "0." + "0" * -point + text
    else:
        mantissa = text[0] + ("." + text[1:] if text[1:] else "")
        body = f"{mantissa}e{point - 1:+d}"
    return ("-" if sign else "") + body
