"""The nouns of the field: frozen, without files and without verbs."""
