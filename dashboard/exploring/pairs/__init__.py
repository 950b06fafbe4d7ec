"""Two tables beside each other: their columns matched, keys proposed, compared and joined."""
