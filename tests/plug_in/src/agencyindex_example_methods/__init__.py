"""Example methods for agencyindex: each is named by an entry point of this package."""
