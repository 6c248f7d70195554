"""Index definitions: trees of any depth up to three, with every method and rule."""

from __future__ import annotations

from hypothesis import strategies as st

import agencyindex as ai
from agencyindex.testing._nodes import (
    SPANS,
    Above,
    Family,
    Shared,
    aggregations,
    children,
    imputations,
    normalisations,
    rescalings,
    rules,
)
from agencyindex.testing._plain import REASONS, Document, maybe, numbers, texts

SOMEWHERE = st.fixed_dictionaries(
    {
        "where": st.sampled_from(["published", "every_level"]),
        "decimals": st.integers(0, 4),
        "rule": st.sampled_from(["half_up", "half_even", "binary"]),
    }
)
ROUNDINGS = st.just({"where": "nowhere"}) | SOMEWHERE
RANKINGS = st.fixed_dictionaries(
    {
        "on": st.sampled_from(["raw", "published"]),
        "ties": st.sampled_from(["smallest", "largest", "average", "dense"]),
        "first": st.sampled_from(["highest", "lowest"]),
    }
)


@st.composite
def _bands(draw: st.DrawFn) -> Document:
    thresholds = sorted(draw(st.lists(numbers(), min_size=1, max_size=3, unique=True)))
    labels = [draw(texts(f"Band {number}")) for number in range(len(thresholds) + 1)]
    closed = draw(st.sampled_from(["upper", "lower"]))
    return {"thresholds": thresholds, "closed": closed, "labels": labels}


EXTRAS = maybe({"title": texts("An index"), "bands": _bands()})


def indices(
    questionnaire: ai.Questionnaire,
    *,
    declared: bool = False,
    monotone: bool = False,
    scaled: bool = False,
) -> st.SearchStrategy[ai.IndexDefinition]:
    """Index definitions that every check accepts beside the questionnaire.

    A fit may still find nobody who answered, or nobody who differs: both depend on the answers.

    Parameters
    ----------
    questionnaire
        What is scored.
    declared
        Whether nothing is left to learn from a population, so that `agencyindex.freeze` works.
    monotone
        Whether more points never make a lower score: no scale runs backwards.
    scaled
        Whether the definition promises a scale; then no node adds without dividing.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> section = ai.Section("all", items=[ai.Item("e_id", "yes_no")])
    >>> questionnaire = ai.Questionnaire(id="q", version="1.0.0", sections=[section])
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(indices(questionnaire, declared=True, scaled=True))
    ... def a_promise_needs_no_population(index):
    ...     assert ai.freeze(index, questionnaire).definition.scale == index.scale
    >>> a_promise_needs_no_population()
    """
    return _indices(questionnaire, Family(declared=declared, monotone=monotone), scaled=scaled)


@st.composite
def _indices(
    draw: st.DrawFn,
    questionnaire: ai.Questionnaire,
    family: Family,
    *,
    scaled: bool,
) -> ai.IndexDefinition:
    shared = Shared(questionnaire, family)
    span = draw(st.sampled_from(SPANS)) if scaled else None
    above = Above(
        span=span,
        fixed=draw(st.booleans()),
        normalisation=draw(st.none() | normalisations(family, span)),
        imputation=draw(st.none() | imputations(declared=family.declared)),
        missing=draw(
            st.fixed_dictionaries(dict.fromkeys(REASONS, rules(declared=family.declared)))
        ),
    )
    document: Document = {
        "schema": "agencyindex/index/1",
        "id": "index",
        "version": "1.0.0",
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version},
        "rounding": draw(ROUNDINGS),
        "ranking": draw(RANKINGS),
        "missing": above.missing,
        "minimum_coverage": draw(st.sampled_from([0, 0.25, 0.5, 0.75, 0.9, 1])),
        "weighting": {"method": "fixed" if above.fixed else "equal"},
        "aggregation": draw(aggregations(span)),
        "children": children(draw, shared, above, depth=3),
        "scorings": shared.scorings,
    }
    if above.imputation is not None:
        document["imputation"] = above.imputation
    if above.normalisation is not None:
        document["normalisation"] = above.normalisation
    if draw(st.integers(0, 3)) == 0:
        document["rescaling"] = draw(rescalings(family, span))
    if span is not None:
        document["scale"] = {"lower": span[0], "upper": span[1]}
    document |= draw(EXTRAS)
    return ai.load(document, ai.IndexDefinition)
