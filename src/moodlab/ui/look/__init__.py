"""Colours, fonts and icons, from the theme to Qt. No widget."""
