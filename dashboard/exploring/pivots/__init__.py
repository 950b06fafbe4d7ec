"""Pivots of any table, their totals counted anew from the rows."""
