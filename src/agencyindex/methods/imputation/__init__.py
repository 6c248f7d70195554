"""Imputation: a value for what is missing, one indicator at a time."""
