// Runs a folder of Drizzle's migrations as an application does: drizzle-orm on better-sqlite3.
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";

const [database, migrationsFolder] = process.argv.slice(2);
migrate(drizzle(new Database(database)), { migrationsFolder });
