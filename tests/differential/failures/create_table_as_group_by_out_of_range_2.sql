-- SQLite says: 1st GROUP BY term out of range - should be between 1 and 1
CREATE TABLE 't' AS WITH "cte" AS (SELECT '') SELECT (SELECT 1e2 GROUP BY 2.5 ISNULL)
;
