"""The bank: one SQLite file with documents, items, memories and reviews. Only this package writes SQL.

`bank.open_bank` gives a Bank; the modules beside it hold what can be asked of one: `documents`
(what a build keeps), `items` (the questions), `study` (cards, reviews, undo), `figures` (statistics).
"""
