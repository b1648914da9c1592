"""Checklists: their items and names, the lists in the text, and what is wrong with them."""
