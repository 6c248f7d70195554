"""Hypothesis strategies for your own tests: questionnaires, answers to them, indices of them.

>>> from hypothesis import given, settings
>>> from hypothesis import strategies as st
>>> import agencyindex as ai
>>> from agencyindex import testing
>>> @settings(max_examples=3, deadline=None, database=None)
... @given(st.data())
... def everything_fits_together(data):
...     questionnaire = data.draw(testing.questionnaires())
...     responses = data.draw(testing.responses(questionnaire))
...     index = data.draw(testing.indices(questionnaire))
...     documents = [ai.document(each) for each in (questionnaire, index, responses)]
...     assert ai.validate(*documents) == ()
>>> everything_fits_together()
"""

from agencyindex._extras import require

require("hypothesis", "test", "generate questionnaires, answers and indices")

from agencyindex.testing._indices import indices  # noqa: E402
from agencyindex.testing._questionnaires import questionnaires  # noqa: E402
from agencyindex.testing._responses import responses  # noqa: E402

__all__ = ["indices", "questionnaires", "responses"]
