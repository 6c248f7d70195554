"""Tables of indicators: every method takes each column by itself, to the bit."""

from __future__ import annotations

import attrs
import numpy as np
import pytest
from tests.methods.examples import AGENCIES, of
from tests.methods.populations import COLUMNS, HARD_COLUMNS, same

from agencyindex.errors import MethodError, Place, Problem
from agencyindex.methods import columns
from agencyindex.methods.columns import by_columns, each_part, ends, parts, shaped, stretches
from agencyindex.methods.imputation import PreviousEdition
from agencyindex.methods.normalisation import (
    Ampi,
    DistanceToMax,
    DistanceToTarget,
    FractionOfMax,
    MinMax,
    Rank,
    RobustScore,
    VectorNormalisation,
    ZScore,
)
from agencyindex.methods.protocols import Peers
from agencyindex.methods.treatment import BoxCox, Logarithm, Power, ShiftedLogarithm

EIGHT = [each for each in COLUMNS.values() if len(each) == len(AGENCIES)]
THREE = {name: each for name, each in HARD_COLUMNS.items() if len(each) == 3}
THREE["infinite alone"] = np.full(3, np.inf)
THREE["none above zero"] = np.array([-3.0, 0.0, -2.0])
TWO = {name: each for name, each in HARD_COLUMNS.items() if len(each) == 2}
ORDERS = pytest.mark.parametrize("order", ["C", "F"])
AT_ONCE = [
    MinMax(to=[0, 100], clip=True),
    MinMax(to=[7, 3], clip=False, when_constant=5),
    ZScore(mean=0, deviation=1),
    ZScore(mean=100, deviation=10, when_constant=100),
    ZScore(mean=50, deviation=10, of="population"),
    DistanceToMax(),
    FractionOfMax(),
    VectorNormalisation(),
    DistanceToTarget(target=1e40, cap=False),
    Ampi(),
    Ampi(centre=2.5),
]
"""Methods that do all columns of an ordinary table together."""


def told(values):
    """What imputations may know, as many agencies as there are values."""
    count = len(values)
    return Peers(
        agencies=AGENCIES[:count],
        groups=["small", "large", None, "small", "large", "small", None, "large"][:count],
        previous=np.full(np.shape(values), 3.5),
        others=np.arange(2.0 * count).reshape(count, 2) % 7,
    )


def at_work(family, method):
    """The verb of a family as a function of values alone."""
    if family == "imputation":
        return lambda values: method.fill(values, told(values))
    return method.normalise if family == "normalisation" else method.treat


def outcome(work, values):
    """What comes of it: numbers, or the problems with the columns that they are in."""
    try:
        return work(values), []
    except MethodError as error:
        return None, [(each.code, each.message, each.place.column) for each in error.problems]


def one_by_one(work, table):
    """What becomes of a table by columns: numbers, or all problems."""
    rows = [outcome(work, table[:, place].copy()) for place in range(table.shape[1])]
    problems = [
        (code, message, str(place))
        for place, (_, found) in enumerate(rows, 1)
        for code, message, _ in found
    ]
    return (None if problems else np.column_stack([found for found, _ in rows])), problems


def check(family, method, table):
    """A table comes to what its columns come to, each alone, and stays as it was."""
    work, before = at_work(family, method), table.copy()
    expected, problems = one_by_one(work, table)
    found, told_of = outcome(work, table)
    if family == "normalisation" and not method.learnt:
        # A declared one takes a table as so many numbers: its refusals name no column.
        told_of = [] if found is None else told_of
        problems = [] if expected is None else problems
    assert sorted(told_of) == sorted(problems)
    assert (found is None) == (expected is None)
    if expected is not None:
        assert same(np.ascontiguousarray(found), np.ascontiguousarray(expected))
    assert same(np.ascontiguousarray(table), np.ascontiguousarray(before))


FAMILIES = [
    example
    for family in ("normalisation", "treatment", "imputation")
    for example in of(family)
    if example.method.name not in ("attainable", "distance_to_reference")
]
every = pytest.mark.parametrize("example", FAMILIES, ids=str)


@every
@ORDERS
def test_a_table_is_its_columns_side_by_side(example, order):
    """Whole columns, and columns with gaps."""
    table = np.array(EIGHT).T.copy(order=order)
    check(example.family, example.method, table)
    table[[1, 4], [0, 2]] = np.nan
    check(example.family, example.method, table)


@every
@pytest.mark.parametrize("name", THREE)
def test_a_hard_column_changes_nothing_beside_it(example, name):
    """Nor is it changed: what one column refuses is said of that column, and of each such one."""
    fair = np.array([20.0, 41.0, 30.0])
    check(example.family, example.method, np.column_stack([fair, THREE[name], fair[::-1]]))
    check(example.family, example.method, np.column_stack([THREE[name], fair, THREE[name]]))


@every
@pytest.mark.parametrize("name", TWO)
def test_a_hard_pair_changes_nothing_beside_it(example, name):
    """Likewise of two agencies, whose deviation may be too small for a float."""
    check(example.family, example.method, np.column_stack([[20.0, 41.0], TWO[name]]))


@pytest.mark.parametrize("deviation", [1, 10])
def test_a_deviation_that_is_no_float_is_refused_in_a_table_too(deviation):
    """Half of the least float is rounded to zero."""
    table = np.column_stack([[20.0, 41.0, 30.0, 7.0], [0.0, 0.0, 0.0, 5e-324]])
    check("normalisation", ZScore(mean=0, deviation=deviation), table)
    with pytest.raises(MethodError, match=r"column 2, ZScore  .* their standard deviation is 0"):
        ZScore(mean=0, deviation=deviation).normalise(table)


@pytest.mark.parametrize("method", AT_ONCE, ids=str)
@ORDERS
@pytest.mark.parametrize("shape", [(159, 100), (17000, 9), (1, 3), (300, 1), (2, 70000)])
def test_many_columns_at_once_are_each_alone(method, order, shape):
    """In parts that are cut by rows or by columns, and on scales far apart."""
    random = np.random.default_rng(7)
    scales = 10.0 ** (np.arange(shape[1]) % 50 - 20)
    table = np.asarray(random.normal(3, 1, shape) * scales, order=order)
    some = [0, shape[1] // 2, shape[1] - 1]
    if shape[0] == 1 and not isinstance(method, FractionOfMax | VectorNormalisation):
        assert one_by_one(method.normalise, table[:, some])[0] is None or method.when_constant
        return
    found = method.normalise(np.abs(table))
    for place in some:
        assert same(found[:, place].copy(), method.normalise(np.abs(table[:, place])))


def test_each_column_that_refuses_is_named():
    """With its number, the method and its own words; the others are not."""
    table = np.array([[1.0, 2.0, 5.0], [1.0, 3.0, 5.0]])
    for method, owner in ((MinMax(to=[0, 1], clip=False), "MinMax"), (RobustScore, "RobustScore")):
        work = method if owner == "MinMax" else method(mean=0, deviation=1)
        with pytest.raises(MethodError) as caught:
            work.normalise(table)
        assert [each.place for each in caught.value.problems] == [
            Place(method=owner, column="1"),
            Place(method=owner, column="3"),
        ]
        assert "value 1," in caught.value.problems[0].message
        assert "value 5," in caught.value.problems[1].message


@pytest.mark.parametrize(
    ("method", "table", "found"),
    [
        (Logarithm(plus=0), [[1, 0, -1], [2, 3, 4]], [("2", 0), ("3", -1)]),
        (Power(exponent=0.5), [[-1, 0, 4], [-2, 3, -5]], [("1", -2), ("3", -5)]),
        (Power(exponent=-1), [[-1, 0, 4], [-2, 3, 0]], [("2", 0), ("3", 0)]),
        (BoxCox(exponent=2), [[np.nan, 1, -1], [0, 3, 4]], [("1", 0), ("3", -1)]),
        (ShiftedLogarithm(shift=1, mirrored=False), [[2, 1], [3, 4]], [("2", 1)]),
        (ShiftedLogarithm(shift=5, mirrored=True), [[2, 6], [7, 4]], [("1", 7), ("2", 6)]),
    ],
    ids=str,
)
def test_a_transform_names_the_columns_that_it_refuses(method, table, found):
    """Each with the worst number in it; a single column has no number."""
    place = Place(method=type(method).__name__)
    with pytest.raises(MethodError) as caught:
        method.treat(np.array(table, dtype=np.float64))
    told = [(each.place, each.found) for each in caught.value.problems]
    assert told == [(attrs.evolve(place, column=number), value) for number, value in found]
    number, value = found[0]
    with pytest.raises(MethodError) as caught:
        method.treat(np.array(table, dtype=np.float64)[:, int(number) - 1])
    assert [(each.place, each.found) for each in caught.value.problems] == [(place, value)]


def test_a_table_without_columns_or_agencies():
    """No indicators are none; indicators of nobody are each refused."""
    assert Rank(ties="smallest").normalise(np.empty((3, 0))).shape == (3, 0)
    assert MinMax(to=[0, 1], clip=False).normalise(np.empty((3, 0))).shape == (3, 0)
    with pytest.raises(MethodError) as caught:
        MinMax(to=[0, 1], clip=False).normalise(np.empty((0, 2)))
    assert [each.code for each in caught.value.problems] == ["empty-population"] * 2


def test_each_column_has_its_own_edition_before():
    """A table of the edition before is as wide as that of this one; a column of it is not."""
    now = np.array([[np.nan, 1.0], [2.0, np.nan]])
    before = np.array([[5.0, 6.0], [7.0, 8.0]])
    filled = PreviousEdition().fill(now, Peers(agencies="AB", previous=before))
    assert filled.tolist() == [[5.0, 1.0], [2.0, 8.0]]
    for wrong in (before[:, 0], before[:, :1], before[:1]):
        with pytest.raises(MethodError) as caught:
            PreviousEdition().fill(now, Peers(agencies="AB", previous=wrong))
        assert caught.value.problems[0] == Problem(
            "needs-population",
            Place(method="PreviousEdition"),
            "2 columns came without as many of the edition before.",
            "Give them as Peers(previous=...), in the shape of the values.",
        )
    with pytest.raises(MethodError, match="The values of the edition before are not given"):
        PreviousEdition().fill(now, Peers(agencies="AB"))


@pytest.mark.parametrize("shape", [(0, 3), (5, 0), (1, 1), (20000, 9), (100, 3000), (3, 200000)])
@ORDERS
def test_parts_hold_every_number_once(shape, order):
    """None has more numbers than it may, nor more rows."""
    table = np.zeros(shape, order=order)
    for size in (1, 50, columns.CACHED):
        if table.size > 10000 * size:
            continue
        seen = np.zeros(shape, dtype=int)
        for chosen, stretch in parts(table, size):
            for rows in stretch:
                part = seen[rows, chosen]
                part += 1
                assert 0 < part.size <= size
                assert len(part) <= columns.TALL
        assert (seen == 1).all()


def test_columns_in_one_piece_are_taken_whole():
    """Where columns lie together a part is a few of them, and some rows of all otherwise."""
    tall = [(chosen, len(rows)) for chosen, rows in parts(np.zeros((10000, 9), order="F"), 30000)]
    assert tall == [(slice(0, 3), 1), (slice(3, 6), 1), (slice(6, 9), 1)]
    wide = [(chosen, len(rows)) for chosen, rows in parts(np.zeros((10000, 9)), 30000)]
    assert wide == [(slice(0, 9), 4)]


def test_stretches_are_cut_at_the_end():
    """The last one is what is left."""
    assert stretches(0, 3) == []
    assert stretches(6, 3) == [slice(0, 3), slice(3, 6)]
    assert stretches(7, 3) == [slice(0, 3), slice(3, 6), slice(6, 7)]


def test_what_comes_along_is_cut_as_well():
    """A second table gives its column to each column, and itself to a single one."""
    one, two = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0, 20.0], [30.0, 40.0]])
    assert by_columns(one, lambda a, b: a + b[::-1], two).tolist() == [[31.0, 42.0], [13.0, 24.0]]
    assert by_columns(one[0], lambda a, b: a + b, two[0]).tolist() == [11.0, 22.0]
    assert by_columns([1, 2], lambda a: a / 2).tolist() == [0.5, 1.0]


def test_each_part_knows_its_columns():
    """What is made of a part is put where the part was, in the layout of the table."""
    table = np.arange(12.0 * columns.TALL).reshape(-1, 4)
    shifts = np.array([100.0, 200.0, 300.0, 400.0])
    for order in "CF":
        found = each_part(
            np.array(table, order=order), lambda part, at, out: np.add(part, shifts[at], out=out)
        )
        assert same(found, table + shifts)
        assert found.flags["F_CONTIGUOUS"] == (order == "F")


@pytest.mark.parametrize("rows", [0, 1, 3 * columns.TALL + 1])
def test_ends_are_the_least_and_the_greatest(rows):
    """Of every column, wherever in it they are; a gap makes gaps of both."""
    table = np.random.default_rng(rows).normal(0, 1, (rows, 5))
    table[-1:, 2], table[: rows // 2, 3] = np.nan, np.inf
    for order in "CF":
        low, high = ends(np.array(table, order=order))
        assert same(low, table.min(axis=0, initial=np.inf))
        assert same(high, table.max(axis=0, initial=-np.inf))


def test_room_is_shaped_in_the_order_of_a_part():
    """So that both are gone through together; the rest of the room is left."""
    room = np.zeros(10)
    for part in (np.ones((2, 3)), np.ones((2, 3), order="F"), np.ones((9, 9))[2:4, 1:4]):
        found = shaped(room, part)
        found[:] = part
        assert found.strides[0] // 8 == (1 if part.flags["F_CONTIGUOUS"] else 3)
    assert room.tolist() == [1.0] * 6 + [0.0] * 4


@pytest.mark.parametrize(
    ("method", "column", "code"),
    [
        (VectorNormalisation(), [1.5e308, 1.7e308, 1.6e308], "not-finite"),
        (DistanceToTarget(target=4, cap=False), [4.0, 5.0, 6.0], "out-of-range"),
        (DistanceToTarget(target=4, cap=True), [5.0, 5.5, 6.0], "out-of-range"),
        (
            DistanceToTarget(target=1.7e308, cap=False),
            [-1.7e308, -1.6e308, -1.6e308],
            "bad-parameter",
        ),
    ],
    ids=str,
)
def test_a_column_that_has_no_scale_is_named_among_ordinary_ones(method, column, code):
    """Ends alone do not tell that there is none."""
    with pytest.raises(MethodError) as caught:
        method.normalise(np.array([[1.0, 2.0, 3.0], column]).T)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.column) == (code, "2")
