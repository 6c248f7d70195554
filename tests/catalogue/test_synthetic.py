"""The made-up edition: what ships is what its model makes, and its structure is there to find."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

import agencyindex as ai
from agencyindex import Missing, catalogue
from agencyindex.errors import MethodError
from agencyindex.methods.protocols import FloatArray

FOUND = 0.3
"""A correlation beyond this is found.

For 159 agencies and no relation, a correlation of 0.26 has a two-sided chance of one in a thousand
(Fisher's z: tanh(3.29 / sqrt(156))) and one of 0.3 a chance of one in ten thousand.
"""

SHIPPED = catalogue.synthetic_edition(2020)
FITTED = [
    ai.freeze(catalogue.index(name), SHIPPED.responses.questionnaire) for name in catalogue.INDICES
]


def _measured(edition: catalogue.SyntheticEdition) -> tuple[dict[str, FloatArray], ai.Scores]:
    """Each factor in the order of the agencies that answered, and their scores."""
    scores = ai.score(FITTED, edition.responses)
    factors = {
        name: np.array([values[agency] for agency in scores.agencies])
        for name, values in edition.latent.items()
    }
    return factors, scores


def _correlations(factor: FloatArray, scores: ai.Scores) -> dict[str, float]:
    found = {}
    for name in catalogue.INDICES:
        values = scores.column(name)
        there = ~np.isnan(values)
        assert there.sum() >= 150
        found[name] = float(np.corrcoef(factor[there], values[there])[0, 1])
    return found


@pytest.mark.parametrize("seed", [2020, 0, 1, 2])
def test_the_structure_is_recovered(seed: int) -> None:
    """Size shows in technology and Digg alone, culture in maturity and collaboration alone."""
    factors, scores = _measured(catalogue.synthetic_edition(seed))
    size, culture = (_correlations(factors[name], scores) for name in ("size", "culture"))
    for name in ("technology", "digg"):
        assert size[name] > FOUND
        assert abs(culture[name]) < FOUND
    for name in ("maturity", "collaboration"):
        assert culture[name] > FOUND
        # Small agencies do a little better here, as in the report: too little to be sure of.
        assert -0.4 < size[name] < 0


@pytest.mark.parametrize("seed", range(5))
def test_a_permuted_population_shows_nothing(seed: int) -> None:
    """With the factors dealt out anew among the agencies, nothing is found."""
    factors, scores = _measured(SHIPPED)
    for factor in factors.values():
        dealt = factor.tolist()
        Random(seed).shuffle(dealt)
        assert all(abs(each) < FOUND for each in _correlations(np.array(dealt), scores).values())


def test_size_is_the_logarithm_that_the_register_gives() -> None:
    """The factor is the register's own size, so that it can be found without the generator."""
    fte = {agency.id: agency.fte for agency in SHIPPED.register}
    logarithms = np.log([fte[agency] for agency in SHIPPED.latent["size"]])
    sizes = np.array(list(SHIPPED.latent["size"].values()))
    assert np.corrcoef(logarithms, sizes)[0, 1] == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("kind", ["register", "responses"])
def test_what_ships_is_what_the_generator_makes(kind: str, tmp_path: Path) -> None:
    """The shipped file is, byte for byte, the one that the default seed writes."""
    ai.dump(getattr(SHIPPED, kind), tmp_path / "made.json")
    catalogue.export([f"digg-2020.{kind}"], tmp_path)
    made, shipped = tmp_path / "made.json", tmp_path / f"digg-2020.{kind}.json"
    assert made.read_bytes() == shipped.read_bytes()


def test_the_register_is_of_the_promised_shape() -> None:
    """Sizes from 1 up, a long tail, every agency made up and with ministry and sector."""
    register = SHIPPED.register
    sizes = sorted(agency.fte or 0 for agency in register)
    assert len(register) == 175
    assert sizes[0] == 1
    assert 10_000 < sizes[-1] <= 25_000
    assert 100 < sizes[87] < 250
    for agency in register:
        assert agency.id.startswith("synthetic-")
        assert agency.organisation_number is None
        assert agency.ministry
        assert agency.sector


def test_small_agencies_are_a_little_likelier_to_be_silent() -> None:
    """The 16 that did not answer are smaller than the others, in the mean."""
    size = SHIPPED.latent["size"]
    answered = [each for agency, each in size.items() if agency in SHIPPED.responses]
    silent = [each for agency, each in size.items() if agency not in SHIPPED.responses]
    assert (len(answered), len(silent)) == (159, 16)
    assert -1.5 < np.mean(silent) - np.mean(answered) < -0.1


def test_every_reason_for_missing_occurs() -> None:
    """The edition has something for every rule."""
    found = {
        answer
        for response in SHIPPED.responses
        for answer in response.answers.values()
        if isinstance(answer, Missing)
    }
    assert found == set(Missing)


def test_seeds_tell_editions_apart_and_zero_is_one() -> None:
    """The same seed makes the same edition, another one another."""
    first, again, other = (
        catalogue.synthetic_edition(seed, agencies=12, answering=9) for seed in (0, 0, 1)
    )
    assert first.register == again.register != other.register
    assert first.responses.fingerprint() == again.responses.fingerprint()
    assert len(first.responses) == 9


@pytest.mark.parametrize("answering", [0, 13])
def test_more_answers_than_agencies_are_refused(answering: int) -> None:
    """Somebody answers, and nobody who was not asked."""
    with pytest.raises(MethodError) as caught:
        catalogue.synthetic_edition(agencies=12, answering=answering)
    assert str(caught.value) == (
        f"{answering} of 12 agencies cannot answer. "
        'Give "answering" from 1 to "agencies". [bad-parameter]'
    )
