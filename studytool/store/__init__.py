"""The bank: one SQLite file with documents, items, memories and reviews. Only this package writes SQL.

`opening.open_bank` gives a Bank; the modules beside it hold what can be asked of one. Building: `documents`
(what a build keeps), `items` (the questions). Studying: `study` (cards, reviews, undo), `asides` (set aside,
let pass, reported), `sittings` (exams, challenges), `mistakes`, `figures` (statistics).
"""
