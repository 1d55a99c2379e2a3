-- SQLite says: error in trigger tr: 1st ORDER BY term does not match any column in the result set
CREATE TABLE w (d );
CREATE TRIGGER tr INSERT ON w BEGIN SELECT NEW.d FROM w UNION SELECT 1e2 ORDER BY d ; END;
ALTER TABLE w RENAME TO "temp"
;
