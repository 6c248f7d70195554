"""Hypothesis strategies for your own tests: questionnaires, answers to them, indices of them.

>>> from hypothesis import find
>>> from agencyindex import testing
>>> questionnaire = find(testing.questionnaires(), lambda each: len(each) == 2)
>>> responses = find(testing.responses(questionnaire), lambda each: len(each) == 3)
>>> index = find(testing.indices(questionnaire), lambda each: True)
>>> len(questionnaire), len(responses), index.questionnaire.id == questionnaire.id
(2, 3, True)
"""

from agencyindex._extras import require

require("hypothesis", "test", "generate questionnaires, answers and indices")

from agencyindex.testing._indices import indices  # noqa: E402
from agencyindex.testing._questionnaires import questionnaires  # noqa: E402
from agencyindex.testing._responses import responses  # noqa: E402

__all__ = ["indices", "questionnaires", "responses"]
