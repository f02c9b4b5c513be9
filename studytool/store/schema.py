"""The tables of the bank, as named migrations: a shipped one is never edited, only followed by another."""

from __future__ import annotations

from typing import NamedTuple

FIRST = """
create table documents (
    id integer primary key,
    path text not null unique,
    name text not null,
    stamp text not null,              -- digest of the file, of what is said of it and of the rules
    title text,
    issuer text,
    published_on text,
    genre text,
    text text,                        -- only of standard input, which cannot be read again
    sentence_count integer not null,
    knowledge_count integer not null,
    item_count integer not null,
    dropped text not null,            -- JSON: gate -> count
    built_at text not null
) strict;

create table articles (
    document_id integer not null references documents(id) on delete cascade,
    position integer not null,
    id text not null,
    title text not null,
    kicker text,
    subtitle text,
    byline text,
    issuer text,
    published_on text,
    genre text,
    paragraphs text not null,         -- JSON: [{text, section, role}]
    joints text not null,             -- JSON: [{left, right, confidence, made}]
    doubts text not null,             -- JSON: [{kind, text, reason}]
    primary key (document_id, position)
) strict;
create index articles_id on articles(id);

create table items (
    id text primary key,
    kind text not null,
    asks text not null,
    stem text not null,
    key text not null,                -- JSON lists from here on
    accepted text not null,
    options text not null,
    distractors text not null,
    explanation text,
    family text not null,
    difficulty real not null,
    score real not null,
    status text not null default 'draft',
    tags text not null,
    original text,
    changed text,
    changed_at text not null          -- when the content last changed
) strict;
create index items_order on items(status, score desc, id);
create index items_family on items(family);

create table origins (                -- where an item's evidence stands; one fact may stand in several
    item_id text not null references items(id) on delete cascade,
    document_id integer not null references documents(id) on delete cascade,
    article_id text not null,
    article text not null,
    section text,
    published_on text,
    evidence text not null,
    ranges text not null,             -- JSON: [[start, end]]
    primary key (item_id, document_id)
) strict, without rowid;
create index origins_document on origins(document_id);

create table learners (
    name text primary key,
    created_at text not null
) strict;

create table memories (
    learner text not null references learners(name),
    item_id text not null references items(id),
    state integer not null,
    step integer,
    stability real,
    difficulty real,
    due_at text not null,
    reviewed_at text,
    primary key (learner, item_id)
) strict, without rowid;
create index memories_due on memories(learner, due_at);

create table reviews (
    id integer primary key,
    learner text not null references learners(name),
    item_id text not null references items(id),
    reviewed_at text not null,        -- UTC
    studied_on text not null,         -- the learner's own day
    response text not null,           -- JSON list
    mark text not null,
    rating integer not null,
    seconds real not null,
    mode text not null,
    guessed integer not null,
    before text                       -- JSON of the memory before it, for undo; null: it was new
) strict;
create index reviews_learner on reviews(learner, reviewed_at);
create index reviews_day on reviews(learner, studied_on);
create index reviews_item on reviews(item_id);

create table holds (                  -- items set aside by one learner
    learner text not null references learners(name),
    item_id text not null references items(id),
    kind text not null,               -- bury: until the day; suspend: until lifted
    until text,
    primary key (learner, item_id)
) strict, without rowid;

create table variants (               -- responses a person has accepted as right
    item_id text not null references items(id),
    part integer not null,
    text text not null,
    learner text not null,
    accepted_at text not null,
    primary key (item_id, part, text)
) strict, without rowid;

create table flags (                  -- what a learner thinks is wrong with an item
    id integer primary key,
    item_id text not null references items(id),
    learner text not null,
    reason text not null,
    flagged_at text not null,
    closed_at text
) strict;
"""

SITTINGS = """
create table papers (                 -- exams: being sat, or sat
    id integer primary key,
    learner text not null references learners(name),
    title text not null,
    started_at text not null,
    minutes real,                     -- the time allowed; null: as long as it takes
    pass_percent real not null,
    seconds real not null default 0,  -- the time used so far, over all the times it was gone on with
    finished_at text,                 -- null: it can be gone on with
    result text                       -- JSON once finished: [[kind, questions, right, points, most]]
) strict;
create index papers_learner on papers(learner, finished_at);

create table paper_items (
    paper_id integer not null references papers(id) on delete cascade,
    position integer not null,
    item_id text not null references items(id) on delete cascade,
    points integer not null,
    review_id integer references reviews(id) on delete set null,  -- null: not answered
    primary key (paper_id, position)
) strict, without rowid;
create index paper_items_item on paper_items(item_id);
create index paper_items_review on paper_items(review_id);

create table challenges (
    id integer primary key,
    learner text not null references learners(name),
    started_at text not null,
    right_count integer not null default 0,
    answer_count integer not null default 0
) strict;
create index challenges_best on challenges(learner, right_count);

create table parameters (             -- FSRS parameters fitted to one learner
    learner text primary key references learners(name),
    parameters text not null,         -- JSON list
    review_count integer not null,
    fitted_at text not null
) strict, without rowid;

create index items_best on items(score desc, id, status, kind, asks, family);
drop index reviews_day;
create index reviews_day on reviews(learner, studied_on, mode, mark, seconds);
create index reviews_missed on reviews(learner, item_id) where mark = 'wrong';
"""

EDITS = """
create table edits (                  -- what people did to items: never changed, only undone
    id integer primary key,
    batch integer not null,           -- id of the first edit made together with it
    item_id text not null references items(id) on delete cascade,
    reviewer text not null,
    edited_at text not null,
    action text not null,             -- edit, approve, retire, reopen, renew
    reason text,
    fields text not null,             -- JSON: column -> the value given by the person
    before text not null,             -- JSON: all that undoing it puts back
    undone_at text
) strict;
create index edits_item on edits(item_id);
create index edits_batch on edits(batch);
create index edits_reviewer on edits(reviewer, undone_at);

create table overlays (               -- what of an item is a person's, over what is generated
    item_id text primary key references items(id) on delete cascade,
    fields text not null,             -- JSON: column -> value; these stand in `items`
    status text,                      -- approved or retired by a person; null: left as it was
    generated text not null,          -- JSON: all columns as generated last
    seen text,                        -- JSON: as generated when the person decided; null: the same still
    successor_id text                 -- the new item made of the changed sentence of one that disappeared
) strict, without rowid;
create index overlays_successor on overlays(successor_id);
create index overlays_seen on overlays(item_id) where seen is not null;

-- imported 1: a bank of questions, no source; replaced_by: the path of what took its place
alter table documents add column imported integer not null default 0;
alter table documents add column withdrawn_at text;
alter table documents add column replaced_by text;
create index flags_item on flags(item_id) where closed_at is null;
"""

MEASURES = """
create table measures (               -- of items that ask for or state a figure
    item_id text primary key references items(id) on delete cascade,
    measure integer not null,         -- the same number for the same words, unit, years and day
    contested integer not null default 0  -- 1: another value is given for it; asked only if approved
) strict, without rowid;
create index measures_measure on measures(measure);
create index measures_contested on measures(item_id) where contested;
"""


OWN_VARIANTS = """
create table own_variants (           -- responses a learner has let pass as right: for themselves alone
    item_id text not null references items(id),
    part integer not null,
    text text not null,
    learner text not null,
    accepted_at text not null,
    primary key (item_id, learner, part, text)
) strict, without rowid;
insert into own_variants (item_id, part, text, learner, accepted_at)
    select item_id, part, text, learner, accepted_at from variants;
drop table variants;
alter table own_variants rename to variants;
"""


HANDED_OUT = """
create table handed_out (             -- items that people may have in an Anki deck
    item_id text primary key references items(id) on delete cascade,
    handed_at text not null
) strict, without rowid;
"""


class Migration(NamedTuple):
    """A change of the tables, known by its name to every bank that has had it."""

    name: str
    sql: str

    @property
    def statements(self) -> tuple[str, ...]:
        """Its statements, one by one: SQLite's own script runner would commit what it finds open."""
        return tuple(one for one in self.sql.split(";\n") if one.strip())


# In this order. `migrating` applies them and records their names in `_sqlite_migrations`.
MIGRATION_SET = "studytool"
MIGRATIONS = (
    Migration("m001_first", FIRST),
    # exam papers, challenges, fitted parameters; indexes for a bank of a hundred thousand items
    Migration("m002_sittings", SITTINGS),
    # people's edits over generated items, imported banks, withdrawn documents
    Migration("m003_edits", EDITS),
    # the day a person gave for a document that nothing else dates
    Migration("m004_assumed_days", "alter table documents add column assumed_on text"),
    # what learners did with an item, found by the item: a build that deletes some looked through all of it
    Migration(
        "m005_by_item",
        "create index memories_item on memories(item_id);\n"
        "create index holds_item on holds(item_id);\n"
        "create index flags_of_item on flags(item_id)",
    ),
    # what figures measure, and whose value another document contradicts
    Migration("m006_measures", MEASURES),
    # two learners may let the same words pass, each for themselves
    Migration("m007_own_variants", OWN_VARIANTS),
    # what disappears from its source has to be named in the next deck of those who have it
    Migration("m008_handed_out", HANDED_OUT),
)
