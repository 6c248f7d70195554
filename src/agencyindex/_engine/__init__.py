"""Plan, fit, score and explain."""
