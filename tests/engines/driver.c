/* Runs SQL in a real SQLite of any version: one process per engine, many scenarios.
**
**     driver ENGINE.so
**
** It first says `version 3.40.1`. Then it reads one request a line and ends each answer with a line `.`:
**
**     open            closes the database there was, and opens a new one in memory
**     open PATH       closes it, and opens this file
**     names           takes what stands in double quotes for names alone, where the engine can
**     run SQL         runs the statements of the SQL one by one, up to the first that fails
**
** An answer to `run` has a line for each row (`row`, then the values, a tab before each), for each
** statement that ran to its end (`done`), and for the one that failed (`error CODE MESSAGE`, the
** extended result code). A value is `null`, `integer 1`, `real 1.5`, `text abc` or `blob 00FF`.
** Within paths, SQL, texts and messages a newline is written \n, a carriage return \r, a tab \t, and a
** backslash \\; within texts a NUL is \0.
*/
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

static const char *(*libversion)(void);
static int (*open_database)(const char *, sqlite3 **);
static int (*close_database)(sqlite3 *);
static int (*prepare)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
static int (*step)(sqlite3_stmt *);
static int (*finalize)(sqlite3_stmt *);
static int (*column_count)(sqlite3_stmt *);
static int (*column_type)(sqlite3_stmt *, int);
static long long (*column_int64)(sqlite3_stmt *, int);
static double (*column_double)(sqlite3_stmt *, int);
static const unsigned char *(*column_text)(sqlite3_stmt *, int);
static const void *(*column_blob)(sqlite3_stmt *, int);
static int (*column_bytes)(sqlite3_stmt *, int);
static const char *(*errmsg)(sqlite3 *);
static int (*extended_errcode)(sqlite3 *);
static int (*configure)(sqlite3 *, int, ...);

/* SQLITE_DBCONFIG_DQS_DML and SQLITE_DBCONFIG_DQS_DDL. */
enum { STRINGS_IN_DATA = 1013, STRINGS_IN_SCHEMAS = 1014 };

static void fail(const char *why, const char *what) {
  fprintf(stderr, "driver: %s: %s\n", why, what);
  exit(1);
}

static void find(void *library, const char *name, void *function) {
  void *found = dlsym(library, name);
  if (!found) fail("the engine has no function", name);
  memcpy(function, &found, sizeof found);
}

static void say_escaped(const char *text, int length) {
  int i;
  for (i = 0; i < length; i++) {
    switch (text[i]) {
      case '\n': fputs("\\n", stdout); break;
      case '\r': fputs("\\r", stdout); break;
      case '\t': fputs("\\t", stdout); break;
      case '\0': fputs("\\0", stdout); break;
      case '\\': fputs("\\\\", stdout); break;
      default: putchar(text[i]);
    }
  }
}

/* Undoes the escapes in place. */
static void unescape(char *text) {
  char *to = text;
  for (; *text; text++) {
    if (*text == '\\' && text[1]) {
      text++;
      *to++ = *text == 'n' ? '\n' : *text == 'r' ? '\r' : *text == 't' ? '\t' : *text;
    } else {
      *to++ = *text;
    }
  }
  *to = '\0';
}

static void say_row(sqlite3_stmt *statement) {
  int column, i, count = column_count(statement);
  fputs("row", stdout);
  for (column = 0; column < count; column++) {
    switch (column_type(statement, column)) {
      case 1: printf("\tinteger %lld", column_int64(statement, column)); break;
      case 2: printf("\treal %.17g", column_double(statement, column)); break;
      case 3: {
        const char *text = (const char *)column_text(statement, column);
        fputs("\ttext ", stdout);
        say_escaped(text, column_bytes(statement, column));
        break;
      }
      case 4: {
        const unsigned char *bytes = column_blob(statement, column);
        int length = column_bytes(statement, column);
        fputs("\tblob ", stdout);
        for (i = 0; i < length; i++) printf("%02X", bytes[i]);
        break;
      }
      default: fputs("\tnull", stdout);
    }
  }
  putchar('\n');
}

static void say_error(sqlite3 *database) {
  const char *message = errmsg(database);
  printf("error %d ", extended_errcode(database));
  say_escaped(message, (int)strlen(message));
  putchar('\n');
}

static void run(sqlite3 *database, const char *sql) {
  while (*sql) {
    sqlite3_stmt *statement = 0;
    const char *rest = 0;
    int code;
    if (prepare(database, sql, -1, &statement, &rest) != 0) {
      say_error(database);
      return;
    }
    sql = rest;
    if (!statement) continue; /* white space, a comment, or a lone semicolon */
    while ((code = step(statement)) == 100) say_row(statement);
    if (code != 101) {
      say_error(database);
      finalize(statement);
      return;
    }
    finalize(statement);
    puts("done");
  }
}

static void start(sqlite3 **database, const char *path) {
  if (*database && close_database(*database) != 0) fail("a database does not close", errmsg(*database));
  if (open_database(path, database) != 0) fail("a database does not open", errmsg(*database));
}

/* Reads a line of any length, without its end. */
static char *read_line(void) {
  static char *line = 0;
  static size_t room = 0;
  size_t length = 0;
  int character;
  while ((character = getchar()) != EOF && character != '\n') {
    if (length + 2 > room) {
      room = room ? room * 2 : 4096;
      line = realloc(line, room);
      if (!line) fail("out of memory", "a line");
    }
    line[length++] = (char)character;
  }
  if (character == EOF && length == 0) return 0;
  if (!line) return "";
  line[length] = '\0';
  return line;
}

int main(int count, char **arguments) {
  sqlite3 *database = 0;
  char *line;
  void *library;
  if (count != 2) fail("usage", "driver ENGINE.so");
  library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) fail("the engine does not load", dlerror());
  find(library, "sqlite3_libversion", &libversion);
  find(library, "sqlite3_open", &open_database);
  find(library, "sqlite3_close", &close_database);
  find(library, "sqlite3_prepare_v2", &prepare);
  find(library, "sqlite3_step", &step);
  find(library, "sqlite3_finalize", &finalize);
  find(library, "sqlite3_column_count", &column_count);
  find(library, "sqlite3_column_type", &column_type);
  find(library, "sqlite3_column_int64", &column_int64);
  find(library, "sqlite3_column_double", &column_double);
  find(library, "sqlite3_column_text", &column_text);
  find(library, "sqlite3_column_blob", &column_blob);
  find(library, "sqlite3_column_bytes", &column_bytes);
  find(library, "sqlite3_errmsg", &errmsg);
  find(library, "sqlite3_extended_errcode", &extended_errcode);
  find(library, "sqlite3_db_config", &configure);
  printf("version %s\n", libversion());
  fflush(stdout);
  start(&database, ":memory:");
  while ((line = read_line()) != 0) {
    if (strcmp(line, "open") == 0) {
      start(&database, ":memory:");
    } else if (strncmp(line, "open ", 5) == 0) {
      unescape(line + 5);
      start(&database, line + 5);
    } else if (strcmp(line, "names") == 0) {
      configure(database, STRINGS_IN_DATA, 0, (void *)0);
      configure(database, STRINGS_IN_SCHEMAS, 0, (void *)0);
    } else if (strncmp(line, "run ", 4) == 0) {
      unescape(line + 4);
      run(database, line + 4);
    } else {
      fail("no such request", line);
    }
    puts(".");
    fflush(stdout);
  }
  close_database(database);
  return 0;
}
