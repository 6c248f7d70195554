"""What the build makes from the package, so that no page can say otherwise."""
