-- SQLite's grammar takes GENERATED ALWAYS for the end of the type, and cuts it off only where one space is between.
CREATE TABLE t (a, b GENERATED ALWAYS GENERATED ALWAYS AS (a), c REAL GENERATED/* c */ ALWAYS AS (a), d GENERATED ALWAYS);
CREATE TABLE u (a, b INTEGER(5) -- c
GENERATED ALWAYS AS (a));
