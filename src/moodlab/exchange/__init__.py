"""Imports and exports: one module for each format, without store and Qt."""
