"""Files and data frames in, scores out: csv, xlsx, parquet, JSON lines, Arrow and plain Python."""

from agencyindex.tables.register import read_register
from agencyindex.tables.responses import read_responses
from agencyindex.tables.scores import write_scores
from agencyindex.tables.template import write_template

__all__ = ["read_register", "read_responses", "write_scores", "write_template"]
