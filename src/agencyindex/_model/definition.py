"""Index definitions: the tree from indicators to the index, with every method stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, get_args

import attrs

from agencyindex._model.response import Missing
from agencyindex._model.text import Text
from agencyindex.methods.protocols import (
    Aggregation,
    Imputation,
    Normalisation,
    Scoring,
    Treatment,
    Weighting,
)

MissingRuleName: TypeAlias = Literal["exclude", "worst", "best", "mean", "impute", "propagate"]
MISSING_RULES: tuple[MissingRuleName, ...] = get_args(MissingRuleName)
MissingRule: TypeAlias = MissingRuleName | float
"""What a missing answer counts as: a rule, or a number of points."""


def _rules(rules: Mapping[Missing, MissingRule]) -> dict[Missing, MissingRule]:
    return dict(rules)


def _nodes(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(nodes)


def _scorings(scorings: Mapping[str, Scoring]) -> dict[str, Scoring]:
    return dict(scorings)


def _treatments(treatments: Iterable[Treatment] | None) -> tuple[Treatment, ...] | None:
    return None if treatments is None else tuple(treatments)


def _limits(limits: Iterable[float]) -> tuple[float, ...]:
    return tuple(limits)


def _labels(labels: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(labels)


@attrs.frozen
class Reference:
    """A document named by its id and version."""

    id: str
    version: str


@attrs.frozen
class Scale:
    """The range that the scores of an index lie in, both ends included."""

    lower: float
    upper: float


@attrs.frozen(kw_only=True)
class Rounding:
    """Where and how scores are rounded.

    Parameters
    ----------
    where
        ``nowhere``, ``published`` (only the published figure) or ``every_level``.
    decimals
        Number of decimals, from 0 to 12.
    rule
        ``half_up`` and ``half_even`` decide a tie on the decimal value, ties away from zero or
        to the even digit; ``binary`` takes the nearer neighbour in binary, the even digit on
        an exact tie (what R's round does).
    """

    where: Literal["nowhere", "published", "every_level"] = "nowhere"
    decimals: int = 0
    rule: Literal["half_up", "half_even", "binary"] = "half_up"


@attrs.frozen(kw_only=True)
class Ranking:
    """How agencies are ranked.

    Parameters
    ----------
    on
        ``raw`` scores or ``published`` (rounded) ones.
    ties
        Equal scores get the ``smallest``, ``largest`` or ``average`` of their ranks, or
        ``dense`` ranks without holes.
    first
        Whether the ``highest`` or the ``lowest`` score has rank 1.
    """

    on: Literal["raw", "published"] = "raw"
    ties: Literal["smallest", "largest", "average", "dense"] = "smallest"
    first: Literal["highest", "lowest"] = "highest"


@attrs.frozen(kw_only=True)
class ScoreBands:
    """Named classes of the index's published score.

    Parameters
    ----------
    thresholds
        Ascending limits, one fewer than the labels.
    closed
        Which band a score on a limit belongs to: the ``upper`` or the ``lower`` one.
    labels
        Names of the bands from the lowest up, each in one language or several.
    """

    thresholds: tuple[float, ...] = attrs.field(converter=_limits)
    closed: Literal["upper", "lower"]
    labels: tuple[Text, ...] = attrs.field(converter=_labels)


@attrs.frozen
class Indicator:
    """A leaf of an index: an item, or an attribute of the register, scored.

    Parameters
    ----------
    id
        Identifier, unique in the index.
    item
        Id of the item whose answer is scored.
    attribute
        Name of the register's attribute that is scored as a number, where there is no item.
    scoring
        Name of one of the definition's scorings.
    weight
        Nominal weight among its siblings, at least 0; only where the weighting asks for it.
    direction
        1 where more points are better, -1 where fewer are.
    imputation, treatment, normalisation
        Its own steps instead of those of the nodes above.
    missing
        Its own rules for some reasons; the others come from the nodes above.
    title, source
        For people.

    Examples
    --------
    >>> Indicator("rpa", item="tech_rpa", scoring="adoption", weight=1).direction
    1
    """

    id: str
    item: str = attrs.field(default="", kw_only=True)
    attribute: str = attrs.field(default="", kw_only=True)
    scoring: str = attrs.field(kw_only=True)
    weight: float | None = attrs.field(default=None, kw_only=True)
    direction: Literal[1, -1] = attrs.field(default=1, kw_only=True)
    imputation: Imputation | None = attrs.field(default=None, kw_only=True)
    treatment: tuple[Treatment, ...] | None = attrs.field(
        default=None, kw_only=True, converter=_treatments
    )
    normalisation: Normalisation | None = attrs.field(default=None, kw_only=True)
    missing: Mapping[Missing, MissingRule] = attrs.field(
        factory=dict, kw_only=True, converter=_rules
    )
    title: Text = attrs.field(default="", kw_only=True)
    source: Text = attrs.field(default="", kw_only=True)


@attrs.frozen
class Dimension:
    """An inner node of an index.

    Parameters
    ----------
    id
        Identifier, unique in the index.
    children
        Dimensions and indicators, at least one.
    weight
        Nominal weight among its siblings, at least 0; only where the weighting asks for it.
    imputation, treatment, normalisation, weighting, aggregation, missing, minimum_coverage
        Its own methods and rules; what is None (or a reason that ``missing`` leaves out)
        comes from the node above.
    rescaling
        A normalisation of the dimension's own value, after aggregation; nothing inherits it.
    title, source
        For people.
    """

    id: str
    children: tuple[Node, ...] = attrs.field(kw_only=True, converter=_nodes)
    weight: float | None = attrs.field(default=None, kw_only=True)
    imputation: Imputation | None = attrs.field(default=None, kw_only=True)
    treatment: tuple[Treatment, ...] | None = attrs.field(
        default=None, kw_only=True, converter=_treatments
    )
    normalisation: Normalisation | None = attrs.field(default=None, kw_only=True)
    weighting: Weighting | None = attrs.field(default=None, kw_only=True)
    aggregation: Aggregation | None = attrs.field(default=None, kw_only=True)
    rescaling: Normalisation | None = attrs.field(default=None, kw_only=True)
    missing: Mapping[Missing, MissingRule] = attrs.field(
        factory=dict, kw_only=True, converter=_rules
    )
    minimum_coverage: float | None = attrs.field(default=None, kw_only=True)
    title: Text = attrs.field(default="", kw_only=True)
    source: Text = attrs.field(default="", kw_only=True)


Node: TypeAlias = Dimension | Indicator


@attrs.frozen(kw_only=True)
class EditionBefore:
    """The responses of the edition before that a fit learnt from.

    Parameters
    ----------
    edition
        Edition of the survey.
    responses
        SHA-256 fingerprint of the responses.
    """

    edition: str
    responses: str


@attrs.frozen(kw_only=True)
class Population:
    """Whose answers a fitted index learnt its numbers from.

    Parameters
    ----------
    agencies
        Number of agencies.
    edition
        Edition of the survey.
    responses, definition
        SHA-256 fingerprints of the responses and of the definition as it was before the fit.
    register
        SHA-256 fingerprint of the register; None where the index reads no attribute.
    previous
        The edition before; None where nothing was learnt from it.
    synthetic
        True where these answers, the register or the edition before were made up.
    earlier
        Whom the definition had learnt other numbers from before the fit; None where from nobody.
    """

    agencies: int
    edition: str
    responses: str
    definition: str
    register: str | None = None
    previous: EditionBefore | None = None
    synthetic: bool = False
    earlier: Population | None = None


@attrs.frozen(kw_only=True)
class IndexDefinition:
    """A composite index, declared: what is scored, how, and how it is put together.

    Parameters
    ----------
    id, version
        Name and version of the definition as a document; the id also names the root node.
    questionnaire
        Id and version of the questionnaire whose items it scores.
    children
        Dimensions and indicators, at least one.
    scorings
        Named scorings that indicators refer to.
    missing
        For each reason a rule: ``exclude`` (weights are shared among the available),
        ``worst`` or ``best`` (the end of the indicator's attainable range), ``mean`` (of the
        population), ``impute`` (what the imputation gives), ``propagate`` (the group is
        missing), or a number of points.
    minimum_coverage
        A node is missing where the children that have a value hold a smaller share of the
        nominal weight than this, from 0 to 1.
    imputation
        What fills a gap where a rule says ``impute``.
    treatment
        Transforms and treatment of outliers, one after the other, before normalisation.
    normalisation
        Of the indicators; may be None where every indicator names its own.
    weighting, aggregation
        Of the children of each node.
    rescaling
        A normalisation of the index's own value, after aggregation.
    scale
        The range that scores of the index are promised to lie in; None for no promise.
    rounding, ranking, bands
        How the figures are published.
    population
        Whose answers the numbers were learnt from, where the definition was fitted.
    title, note
        For people.
    """

    id: str
    version: str
    questionnaire: Reference
    children: tuple[Node, ...] = attrs.field(converter=_nodes)
    scorings: Mapping[str, Scoring] = attrs.field(converter=_scorings)
    missing: Mapping[Missing, MissingRule] = attrs.field(converter=_rules)
    minimum_coverage: float
    imputation: Imputation | None = None
    treatment: tuple[Treatment, ...] | None = attrs.field(default=None, converter=_treatments)
    normalisation: Normalisation | None = None
    weighting: Weighting
    aggregation: Aggregation
    rescaling: Normalisation | None = None
    scale: Scale | None = None
    rounding: Rounding
    ranking: Ranking
    bands: ScoreBands | None = None
    population: Population | None = None
    title: Text = ""
    note: Text = ""
    synthetic: bool = False
