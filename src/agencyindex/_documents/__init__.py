"""JSON documents to the model and back: schemas, checks, codec, canonical form, files."""
