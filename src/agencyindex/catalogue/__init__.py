r"""The documents that ship with the package, by name, and the model that made the synthetic ones.

They reconstruct the follow-up of the digitalisation of Swedish state agencies that Digg made for
2020, from what is public. Each item, dimension and weight states its source or says that it is our
choice; the report's own questions, points and weights are not known to us.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from agencyindex._answers import Responses
from agencyindex._documents.api import load as load_document
from agencyindex._documents.api import read_responses_document
from agencyindex._documents.files import parse_json, write_text
from agencyindex._model.agency import Register
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.catalogue._synthetic import SyntheticEdition, make_edition
from agencyindex.errors import DocumentError, FileError, MethodError, Place, Problem, did_you_mean

__all__ = [
    "INDICES",
    "SyntheticEdition",
    "document",
    "export",
    "index",
    "names",
    "questionnaire",
    "register",
    "responses",
    "synthetic_edition",
]

INDICES = ("digg", "maturity", "collaboration", "technology")
"""The four indices, in the order of the report."""


def names() -> tuple[str, ...]:
    """The documents that ship, as "name.kind".

    Examples
    --------
    >>> names()[1]
    'digg-2020.questionnaire'
    """
    folder = resources.files(__name__) / "documents"
    return tuple(sorted(entry.name.removesuffix(".json") for entry in folder.iterdir()))


def _text(full_name: str) -> str:
    if full_name not in names():
        message = f'The catalogue has no document "{full_name}".'
        mend = did_you_mean(full_name, names(), "documents")
        raise DocumentError([Problem("file-not-found", Place(), message, mend, found=full_name)])
    return (resources.files(__name__) / "documents" / f"{full_name}.json").read_text("utf-8")


def document(full_name: str) -> dict[str, Any]:
    """A document of the catalogue as a JSON value.

    Parameters
    ----------
    full_name
        Name and kind, as `names` gives them.

    Examples
    --------
    >>> document("technology.index")["title"]["sv"]
    'Teknologiindex'
    """
    value: dict[str, Any] = parse_json(_text(full_name), f"{full_name}.json")
    return value


def export(full_names: Iterable[str], folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write documents of the catalogue into a folder, each whole or not at all.

    Parameters
    ----------
    full_names
        Names and kinds, as `names` gives them.
    folder
        Where to; it is made where it is not there. A file that is there is replaced.

    Returns
    -------
    tuple of Path
        The files, each the name and kind followed by .json.

    Raises
    ------
    DocumentError
        Where the catalogue has no such document; then nothing is written.
    FileError
        Where the folder or a file cannot be written.
    """
    texts = {name: _text(name) for name in full_names}
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder cannot be made: {error.strerror or error}."
        place = Place(file=os.fspath(folder))
        problem = Problem("not-writable", place, message, "Choose another folder or name.")
        raise FileError([problem]) from error
    paths = []
    for name, text in texts.items():
        paths.append(Path(folder) / f"{name}.json")
        write_text(paths[-1], text)
    return tuple(paths)


def _value(name: str, kind: str) -> Any:
    wanted = f"{name}.{kind}"
    if wanted not in names():
        offered = [each.removesuffix(f".{kind}") for each in names() if each.endswith(kind)]
        mend = did_you_mean(name, offered, "documents")
        message = f'The catalogue has no {kind} "{name}".'
        raise DocumentError([Problem("file-not-found", Place(), message, mend, found=name)])
    return document(wanted)


def questionnaire(name: str) -> Questionnaire:
    """A questionnaire of the catalogue.

    Examples
    --------
    >>> len(questionnaire("digg-2020"))
    91
    """
    return load_document(_value(name, "questionnaire"), Questionnaire)


def index(name: str) -> IndexDefinition:
    """An index of the catalogue.

    Examples
    --------
    >>> index("technology").questionnaire.id
    'digg-2020'
    """
    return load_document(_value(name, "index"), IndexDefinition)


def register(name: str) -> Register:
    """A register of the catalogue; it says whether it is synthetic.

    Examples
    --------
    >>> len(register("digg-2020")), register("digg-2020").synthetic
    (175, True)
    """
    return load_document(_value(name, "register"), Register)


def responses(name: str) -> Responses:
    """Responses of the catalogue; they say whether they are synthetic.

    Examples
    --------
    >>> len(responses("digg-2020")), responses("digg-2020").synthetic
    (159, True)
    """
    return read_responses_document(_value(name, "responses"), questionnaire(name))


def synthetic_edition(
    seed: int = 2020, *, agencies: int = 175, answering: int = 159
) -> SyntheticEdition:
    r"""Make up an edition of the 2020 follow-up that has something in it to find.

    Nothing in it is measured. The structure follows what the report says in words (large agencies
    introduce and test more technology, small ones meet the goals and collaborate better), and
    every number is our assumption.

    Parameters
    ----------
    seed
        Any integer; the same seed gives the same edition on every machine.
    agencies
        How many are asked. 175 is our assumption: how many the follow-up asked is not public.
    answering
        How many of them answer. 159 is the report's number.

    Returns
    -------
    SyntheticEdition
        Register, responses, and the latent factors of every agency.

    Raises
    ------
    MethodError
        Where ``answering`` is below 1 or above ``agencies``.

    Notes
    -----
    Agency i has the size :math:`F_i = \operatorname{round} \exp(\ln 160 + 1.85\, q_i)` full-time
    equivalents, cut to 1 and 25,000, where the :math:`q_i` are standard normal quantiles, one from
    each of as many equal parts as there are agencies. Two factors move the answers: size
    :math:`z_i = (\ln F_i - \ln 160) / 1.85` and culture :math:`c_i \sim N(0, 1)`, independent of
    it. Item j of index k is answered by

    .. math:: y_{ij} = \frac{a_k z_i + b_k c_i + g_{ik} + e_{ij}}
              {\sqrt{a_k^2 + b_k^2 + 0.5^2 + 1}} + h_j

    where :math:`g_{ik} \sim N(0, 0.5^2)` is the agency's own in that index and
    :math:`e_{ij} \sim N(0, 1)`; the sign of the first three turns where the item's direction is
    -1. The loadings :math:`(a_k, b_k)` are (0.5, 0) for digg, (0.6, 0) for technology, and
    (-0.2, 0.6) for maturity and collaboration. :math:`h_j` says how easy an item is. The answer is
    the option whose share of the normal distribution :math:`y_{ij}` falls in, from the worst to
    the best; in a multiple choice each option has its own :math:`e` and is chosen where
    :math:`y > 0.2`. Items outside the indices follow size alone or nothing.

    The 16 that do not answer are those with the lowest :math:`0.3 z_i + e_i`. An item that is
    asked is not answered with probability 0.02; where it offers them, "don't know" has 0.03 and
    "not applicable" 0.05, more for a few items, and for three items more among small agencies.

    Draws are ``random.Random(seed).random()``, whose numbers Python keeps from version to version,
    made normal by ``statistics.NormalDist().inv_cdf``.

    Examples
    --------
    >>> edition = synthetic_edition(seed=2020)
    >>> len(edition.register), len(edition.responses), sorted(edition.latent)
    (175, 159, ['culture', 'size'])
    """
    if not 1 <= answering <= agencies:
        message = f"{answering} of {agencies} agencies cannot answer."
        mend = 'Give "answering" from 1 to "agencies".'
        raise MethodError([Problem("bad-parameter", Place(), message, mend, found=answering)])
    return make_edition(
        questionnaire("digg-2020"),
        [index(name) for name in INDICES],
        seed=seed,
        agencies=agencies,
        answering=answering,
    )
