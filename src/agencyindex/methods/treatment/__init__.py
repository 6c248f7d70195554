"""Treatment: transforms and outliers, one indicator at a time, before normalisation."""
