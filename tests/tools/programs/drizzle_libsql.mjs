// Runs a folder of Drizzle's migrations as an application does: drizzle-orm on @libsql/client.
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";

const [database, migrationsFolder] = process.argv.slice(2);
await migrate(drizzle(createClient({ url: `file:${database}` })), { migrationsFolder });
