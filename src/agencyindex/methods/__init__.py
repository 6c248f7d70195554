"""The mathematics: strategies as frozen parameter objects over pure array functions."""
