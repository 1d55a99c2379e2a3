-- SQLite says: unknown datatype for x'y.b: "any /* c */\
CREATE table "x'y" ( b any /* c */ GENERATED ALWAYS ) STRICT
;
