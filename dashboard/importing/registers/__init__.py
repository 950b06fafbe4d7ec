"""From a table's rows to what is stored: typed, keyed, summed, each accounted for."""
