"""Persons, units and accounts; who may see what; and the seal on what is said of a person."""
