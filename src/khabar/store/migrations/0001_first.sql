-- The store's first schema. One file a step; khabar.store.migrate runs each once, in order, and never alters an old one.
--
-- Readings are kept whole (readings.payload); what an analyst asks for stands in rows beside them. Tables ending in
-- `_rows` hold the rows of every reading, superseded ones too. The views without that ending (statements, parties,
-- places, sources, quantities, flags, caveats, problems) hold what stands now: count those.
-- Offsets count code points of documents.text, from 0, the end excluded; in SQL: substr(text, span_start + 1, span_end - span_start).
-- The rows of a statement have its id in `statement`; joined on (reading, statement_n) = (reading, n) they are found fastest.
-- Days are ISO 8601 text. NULL is "not known" or "not written".

-- One row a document: unchanging text.
CREATE TABLE documents (
  id        TEXT PRIMARY KEY,
  sha256    TEXT NOT NULL,          -- of the text as UTF-8
  text      TEXT NOT NULL,
  blob      TEXT NOT NULL, -- SHA-256 of the bytes it was read from
  record    TEXT NOT NULL, -- where in them it stands; '' is the whole file
  extractor TEXT NOT NULL  -- the reader and its version
) WITHOUT ROWID;

-- What people call a report, and the document that now goes by that name.
CREATE TABLE reports (
  name     TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES documents (id)
) WITHOUT ROWID;
CREATE INDEX reports_by_document ON reports (document, name);

-- Where and when a text was seen: a reprint is evidence too.
CREATE TABLE sightings (
  document  TEXT NOT NULL REFERENCES documents (id),
  publisher TEXT,
  url       TEXT,
  retrieved TEXT
);
CREATE UNIQUE INDEX sightings_once ON sightings (document, ifnull(publisher, ''), ifnull(url, ''), ifnull(retrieved, ''));

-- What codings were made with.
CREATE TABLE runs (
  seq         INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  khabar      TEXT NOT NULL,
  newsreader  TEXT NOT NULL,
  knowledge   TEXT NOT NULL,
  began       TEXT NOT NULL
);

-- One row a coding of a document. It stands from `since` until `until`; `until` is NULL while it stands.
CREATE TABLE readings (
  id            INTEGER PRIMARY KEY,
  document      TEXT NOT NULL REFERENCES documents (id),
  name          TEXT NOT NULL,
  published     TEXT,
  title         TEXT,
  run           TEXT NOT NULL REFERENCES runs (fingerprint),
  since         TEXT NOT NULL,
  until         TEXT,
  superseded_by INTEGER REFERENCES readings (id),
  digest        TEXT NOT NULL, -- SHA-256 of what was read, whatever the report is called
  payload       BLOB NOT NULL  -- the reading whole, without its text: zlib over JSON of khabar.records.codec
);
CREATE UNIQUE INDEX readings_current ON readings (document) WHERE until IS NULL;
CREATE INDEX readings_by_document ON readings (document, id);
CREATE INDEX readings_by_name ON readings (name, id);

CREATE TABLE statement_rows (
  reading        INTEGER NOT NULL REFERENCES readings (id),
  id             TEXT NOT NULL,
  n              INTEGER NOT NULL, -- its place among the statements of the report, from 0
  type           TEXT,
  trigger_start  INTEGER NOT NULL,
  trigger_end    INTEGER NOT NULL,
  trigger_words  TEXT NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_end   INTEGER NOT NULL,
  quote          TEXT NOT NULL,    -- the evidence in the report's own words
  told_as        TEXT,             -- how it is told, never whether it is so
  stance         TEXT,             -- of the innermost source
  background     INTEGER,
  scale          TEXT,
  voice          TEXT,             -- the innermost source; NULL is the reporter's own voice
  when_start     TEXT,
  when_end       TEXT,
  when_precision TEXT,
  when_basis     TEXT,             -- 'convention' was not read from the report
  when_words     TEXT,
  PRIMARY KEY (reading, n)
) WITHOUT ROWID;
CREATE INDEX statement_rows_by_id ON statement_rows (id);
CREATE INDEX statement_rows_by_type ON statement_rows (type);
CREATE INDEX statement_rows_by_day ON statement_rows (when_start);

-- The answer of every field that holds one, with its evidence.
CREATE TABLE value_rows (
  reading     INTEGER NOT NULL REFERENCES readings (id),
  statement   TEXT NOT NULL,
  statement_n INTEGER NOT NULL,
  field       TEXT NOT NULL, -- type, told_as, stance, background, scale, when
  span_start  INTEGER,
  span_end    INTEGER,
  words       TEXT,
  because     TEXT NOT NULL, -- the rule or model that filled it
  confidence  REAL,          -- a rank from 0 to 1
  reason      TEXT,          -- why it is not known
  PRIMARY KEY (reading, statement_n, field)
) WITHOUT ROWID;

CREATE TABLE party_rows (
  reading     INTEGER NOT NULL REFERENCES readings (id),
  statement   TEXT NOT NULL,
  statement_n INTEGER NOT NULL,
  slot        TEXT NOT NULL, -- 'actor' or 'target'
  n           INTEGER NOT NULL,
  name        TEXT,
  actor       TEXT,          -- its id in the register
  kind        TEXT,
  alleged     INTEGER,
  span_start  INTEGER,
  span_end    INTEGER,
  words       TEXT,
  because     TEXT NOT NULL,
  confidence  REAL,
  reason      TEXT,
  PRIMARY KEY (reading, statement_n, slot, n)
) WITHOUT ROWID;
CREATE INDEX party_rows_by_name ON party_rows (name);

CREATE TABLE place_rows (
  reading     INTEGER NOT NULL REFERENCES readings (id),
  statement   TEXT NOT NULL,
  statement_n INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  name        TEXT,
  entry       TEXT, -- its id in the gazetteer
  country     TEXT, -- ISO 3166 alpha-3
  lat         REAL, -- NULL where it was not resolved, never 0
  lon         REAL,
  radius_km   REAL, -- of the area around area_lat, area_lon
  area_lat    REAL,
  area_lon    REAL,
  precision   TEXT,
  part        TEXT, -- what is said of a part is not said of the whole
  span_start  INTEGER,
  span_end    INTEGER,
  words       TEXT,
  because     TEXT NOT NULL,
  confidence  REAL,
  reason      TEXT,
  PRIMARY KEY (reading, statement_n, n)
) WITHOUT ROWID;
CREATE INDEX place_rows_by_name ON place_rows (name);

CREATE TABLE source_rows (
  reading     INTEGER NOT NULL REFERENCES readings (id),
  statement   TEXT NOT NULL,
  statement_n INTEGER NOT NULL,
  n           INTEGER NOT NULL, -- 0 is the innermost voice
  name        TEXT,
  actor       TEXT,
  role        TEXT,
  affiliation TEXT,
  channel     TEXT,
  kind        TEXT,
  cue_start   INTEGER,
  cue_end     INTEGER,
  cue_words   TEXT,
  span_start  INTEGER,
  span_end    INTEGER,
  words       TEXT,
  because     TEXT NOT NULL,
  confidence  REAL,
  reason      TEXT,
  PRIMARY KEY (reading, statement_n, n)
) WITHOUT ROWID;
CREATE INDEX source_rows_by_name ON source_rows (name);

CREATE TABLE quantity_rows (
  reading     INTEGER NOT NULL REFERENCES readings (id),
  statement   TEXT NOT NULL,
  statement_n INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  kind        TEXT,
  low         INTEGER, -- NULL is open
  high        INTEGER,
  number      TEXT,    -- the number as written
  whose       TEXT,
  scope       TEXT,
  supersedes  TEXT,
  span_start  INTEGER,
  span_end    INTEGER,
  words       TEXT,
  because     TEXT NOT NULL,
  confidence  REAL,
  reason      TEXT,
  PRIMARY KEY (reading, statement_n, n)
) WITHOUT ROWID;

CREATE TABLE flag_rows (
  reading     INTEGER NOT NULL REFERENCES readings (id),
  statement   TEXT NOT NULL,
  statement_n INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  kind        TEXT,
  note        TEXT,
  span_start  INTEGER,
  span_end    INTEGER,
  words       TEXT,
  because     TEXT NOT NULL,
  confidence  REAL,
  reason      TEXT,
  PRIMARY KEY (reading, statement_n, n)
) WITHOUT ROWID;

-- Reservations of a report itself ("could not be independently verified").
CREATE TABLE caveat_rows (
  reading    INTEGER NOT NULL REFERENCES readings (id),
  kind       TEXT NOT NULL,
  speaker    TEXT,          -- NULL is the report itself
  span_start INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  words      TEXT NOT NULL
);
CREATE INDEX caveat_rows_by_reading ON caveat_rows (reading);

-- What khabar could not do.
CREATE TABLE problem_rows (
  reading    INTEGER NOT NULL REFERENCES readings (id),
  stage      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  message    TEXT NOT NULL,
  severity   TEXT NOT NULL,
  span_start INTEGER,
  span_end   INTEGER,
  words      TEXT,
  location   TEXT -- the file or record
);
CREATE INDEX problem_rows_by_reading ON problem_rows (reading);

-- What people decided, anchored to words. Append-only.
CREATE TABLE decisions (
  seq           INTEGER PRIMARY KEY,
  document      TEXT NOT NULL REFERENCES documents (id),
  trigger_start INTEGER NOT NULL,
  trigger_end   INTEGER NOT NULL,
  field         TEXT NOT NULL,
  decided       TEXT NOT NULL,
  decided_by    TEXT NOT NULL,
  at            TEXT NOT NULL,
  reason        TEXT NOT NULL
);
CREATE INDEX decisions_by_document ON decisions (document, seq);

CREATE VIEW current_readings AS
  SELECT r.id AS reading, (SELECT min(name) FROM reports WHERE document = r.document) AS report, r.document, r.published, r.title,
         r.run, r.since
  FROM readings r WHERE r.until IS NULL;
CREATE VIEW statements AS
  SELECT s.id, c.report, c.document, c.published, s.type, s.trigger_words, s.trigger_start, s.trigger_end, s.quote,
         s.evidence_start, s.evidence_end, s.told_as, s.stance, s.background, s.scale, s.voice, s.when_start, s.when_end,
         s.when_precision, s.when_basis, s.when_words, c.run, c.since, s.reading, s.n
  FROM current_readings c JOIN statement_rows s ON s.reading = c.reading;
CREATE VIEW field_values AS
  SELECT c.report, t.* FROM current_readings c JOIN value_rows t ON t.reading = c.reading;
CREATE VIEW parties AS
  SELECT c.report, t.* FROM current_readings c JOIN party_rows t ON t.reading = c.reading;
CREATE VIEW places AS
  SELECT c.report, t.* FROM current_readings c JOIN place_rows t ON t.reading = c.reading;
CREATE VIEW sources AS
  SELECT c.report, t.* FROM current_readings c JOIN source_rows t ON t.reading = c.reading;
CREATE VIEW quantities AS
  SELECT c.report, t.* FROM current_readings c JOIN quantity_rows t ON t.reading = c.reading;
CREATE VIEW flags AS
  SELECT c.report, t.* FROM current_readings c JOIN flag_rows t ON t.reading = c.reading;
CREATE VIEW caveats AS
  SELECT c.report, t.* FROM current_readings c JOIN caveat_rows t ON t.reading = c.reading;
CREATE VIEW problems AS
  SELECT c.report, t.* FROM current_readings c JOIN problem_rows t ON t.reading = c.reading;

-- Nothing is deleted, and what was said is not said otherwise afterwards.
CREATE TRIGGER documents_stay BEFORE DELETE ON documents BEGIN SELECT raise(ABORT, 'documents are never deleted'); END;
CREATE TRIGGER documents_unchanging BEFORE UPDATE ON documents BEGIN SELECT raise(ABORT, 'documents never change'); END;
CREATE TRIGGER readings_stay BEFORE DELETE ON readings BEGIN SELECT raise(ABORT, 'readings are superseded, never deleted'); END;
CREATE TRIGGER readings_unchanging BEFORE UPDATE OF document, name, run, since, digest, payload ON readings
  BEGIN SELECT raise(ABORT, 'readings are superseded, never changed'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decisions_unchanging BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions never change'); END;
