"""Backups made while the data is in use, brought back after a look, and archives for twenty years.

Everything goes through `deeds`, one at a time: a page, a command and the clock ask alike.
"""
