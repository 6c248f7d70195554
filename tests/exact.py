"""Arithmetic in fractions that knows what floating point can do.

A number knows two things besides its value. ``size`` is the sum of the absolute terms that made it,
the honest yardstick for rounding errors where terms of opposite sign cancel. ``sure`` is true where
floating-point arithmetic can only give the float nearest to the value: every step before the last
is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import ceil, floor

TOLERANCE = Fraction(1, 10**12)
DIGITS = Context(prec=60, Emin=-(10**6), Emax=10**6)
RULES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}


def exact(number: float) -> Fraction:
    """The decimal number that stands in the document."""
    return Fraction(repr(float(number)))


def coarse(value: Fraction) -> bool:
    """Whether products and sums of a dozen such numbers are exact in floating point."""
    return (value * 4096).denominator == 1 and abs(value) <= 4096


@dataclass(frozen=True)
class Number:
    """An exact value, the sum of its absolute terms, and whether its float is beyond doubt."""

    value: Fraction
    size: Fraction
    sure: bool

    @property
    def coarse(self) -> bool:
        """Whether a float holds it exactly, with room for sums and products."""
        return self.sure and coarse(self.value)


def plain(value: float | Fraction) -> Number:
    """A number as a document states it."""
    found = value if isinstance(value, Fraction) else exact(value)
    return Number(found, abs(found), sure=True)


def times(direction: int, number: Number) -> Number:
    """A number turned, or as it is."""
    return replace(number, value=direction * number.value)


def mean(numbers: Sequence[Number]) -> Number:
    """The plain mean."""
    count = len(numbers)
    size = sum((each.size for each in numbers), Fraction(0)) / count
    value = sum((each.value for each in numbers), Fraction(0)) / count
    return Number(value, size, all(each.coarse for each in numbers))


def line(number: Number, posts: tuple[Number, ...], to: Sequence[float], *, clip: bool) -> Number:
    """The straight line that takes the first post to the first end, the second to the second."""
    first, second = posts
    start, end = map(exact, to)
    ordered = sorted(posts, key=lambda each: each.value)
    if clip and number.value <= ordered[0].value:
        number = ordered[0]
    if clip and number.value >= ordered[1].value:
        number = ordered[1]
    for post, value in ((first, start), (second, end)):
        if number.sure and post.sure and number.value == post.value:
            return plain(value)
    span = abs(second.value - first.value)
    share = (number.value - first.value) / (second.value - first.value)
    size = abs(end - start) * (number.size + first.size) / span + abs(start)
    moved = (end - start) * share
    inputs = number.coarse and first.coarse and second.coarse and coarse(start) and coarse(end)
    sure = inputs and (start == 0 or coarse(moved))
    return Number(moved + start, max(size, abs(moved + start)), sure)


def aggregated(method: str, pairs: Sequence[tuple[Fraction, Number]]) -> Number:
    """The aggregate of weights and values."""
    whole = sum(weight for weight, _ in pairs)
    if method == "geometric":
        return _geometric(pairs, whole)
    if method == "harmonic":
        return _harmonic(pairs, whole)
    if method in ("minimum", "maximum", "median"):
        return _by_place(method, sorted(pairs, key=lambda pair: pair[1].value), whole)
    total = sum((weight * number.value for weight, number in pairs), Fraction(0))
    size = sum((weight * number.size for weight, number in pairs), Fraction(0))
    sure = all(coarse(weight) and number.coarse for weight, number in pairs)
    by = 1 if method == "sum" else whole
    return Number(total / by, size / by, sure)


def _geometric(pairs: Sequence[tuple[Fraction, Number]], whole: Fraction) -> Number:
    if any(number.value == 0 for _, number in pairs):
        return plain(0)
    logarithm = sum(
        (weight / whole * Fraction(DIGITS.ln(_decimal(number.value))) for weight, number in pairs),
        Fraction(0),
    )
    value = Fraction(DIGITS.exp(_decimal(logarithm)))
    worst = max(number.size / abs(number.value) for _, number in pairs)
    return Number(value, value * worst, sure=False)


def _harmonic(pairs: Sequence[tuple[Fraction, Number]], whole: Fraction) -> Number:
    if any(number.value == 0 for _, number in pairs):
        return plain(0)
    value = whole / sum((weight / number.value for weight, number in pairs), Fraction(0))
    worst = max(number.size / abs(number.value) for _, number in pairs)
    return Number(value, value * worst, sure=False)


def _by_place(method: str, ascending: Sequence[tuple[Fraction, Number]], whole: Fraction) -> Number:
    """The first, the last or the middle of ascending values."""
    if method != "median":
        return ascending[0 if method == "minimum" else -1][1]
    below = Fraction(0)
    for place, (weight, number) in enumerate(ascending):
        below += weight
        if 2 * below == whole:
            return mean([number, ascending[place + 1][1]])
        if 2 * below > whole:
            return number
    raise AssertionError("the weights do not add up")


def _decimal(value: Fraction) -> Decimal:
    return DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def rounded(number: Number, decimals: int, rule: str, seen: float | None = None) -> Number:
    """A number rounded; sure, as the float nearest to a decimal number."""
    unit = Fraction(1, 10**decimals)
    low, high = floor(number.value / unit) * unit, ceil(number.value / unit) * unit
    tie = low + unit / 2
    if not number.sure:
        if abs(number.value - tie) <= TOLERANCE * number.size:
            chosen = [each for each in (low, high) if float(each) == seen]
            if chosen:
                return plain(chosen[0])
        return plain(low if number.value < tie else high)
    if rule == "binary":
        return plain(_nearest(float(number.value), low, high, even=floor(low / unit) % 2 == 0))
    step = Decimal(1).scaleb(-decimals)
    decimal = Decimal(repr(float(number.value))).quantize(step, rounding=RULES[rule])
    return plain(Fraction(decimal))


def _nearest(value: float, low: Fraction, high: Fraction, *, even: bool) -> Fraction:
    """The neighbour that is nearer by subtraction in floating point, the even one of two."""
    down, up = abs(value - float(low)), abs(float(high) - value)
    if down == up:
        return low if even else high
    return low if down < up else high


def agree(number: Number, found: float) -> bool:
    """Whether a float is what the reference has, to 1e-12.

    The difference is relative to the value itself, unless terms of opposite sign cancel more than
    two of its digits: then to the sum of the absolute terms.
    """
    yardstick = abs(number.value)
    if number.size > 100 * yardstick:
        yardstick = number.size
    return abs(Fraction(found) - number.value) <= TOLERANCE * yardstick
