-- Running upgrade 0001 -> 0002

CREATE TABLE _alembic_tmp_users (
    id INTEGER NOT NULL, 
    name TEXT DEFAULT 'nobody' NOT NULL, 
    PRIMARY KEY (id)
);

INSERT INTO _alembic_tmp_users (id, name) SELECT users.id, users.name 
FROM users;

DROP TABLE users;

ALTER TABLE _alembic_tmp_users RENAME TO users;

UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0001';

