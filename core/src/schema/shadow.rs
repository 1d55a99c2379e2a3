//! The tables in which a virtual table of SQLite's own modules keeps its content: its shadow tables.
//!
//! The module makes, renames and drops them with the virtual table. Other modules are not known, and
//! what they make is left to the engine.

use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::alter;
use super::replay::{Problem, ProblemKind, Step, taken, without_dependents};
use super::{Object, Schema};
use crate::parse::MOST_COLUMNS;
use crate::parse::statement::{Body, CreateVirtualTable, Name, ObjectKind, ObjectName};
use crate::parse::token::{self, Token, TokenKind};
use crate::sqlite::name;
use crate::text::Span;

/// A table that a module makes: what stands behind the virtual table's name and a `_`, and behind the
/// name of the whole.
struct Shadow {
    suffix: &'static str,
    definition: String,
}

/// A module that has shadow tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Module {
    Fts3,
    Fts4,
    Fts5,
    Rtree,
}

impl Module {
    fn new(name: &Name) -> Option<Self> {
        let modules = [("fts3", Self::Fts3), ("fts4", Self::Fts4), ("fts5", Self::Fts5)];
        let modules = modules.into_iter().chain([("rtree", Self::Rtree), ("rtree_i32", Self::Rtree)]);
        modules.into_iter().find(|(known, _)| name.is(known)).map(|(_, module)| module)
    }

    /// The name of a shadow table as the module spells it.
    fn spelt(self, name: &str) -> String {
        if self == Self::Rtree { name::quote(name) } else { name::literal(name) }
    }

    /// What SQLite says where the name of a shadow table is taken.
    fn refusal(self, owner: &str, shadow: &str) -> String {
        match self {
            Self::Fts3 | Self::Fts4 => format!("vtable constructor failed: {owner}"),
            Self::Fts5 => format!("fts5: error creating shadow table {shadow}: table '{shadow}' already exists"),
            Self::Rtree => format!("table \"{shadow}\" already exists"),
        }
    }
}

/// The step that makes the virtual table, with its shadow tables.
pub(super) fn create(made: Step, text: &str, create: &CreateVirtualTable, temporary: bool) -> Step {
    let (changes, mut after) = made?;
    let Some(module) = Module::new(&create.module).filter(|_| !changes.is_empty()) else { return Ok((changes, after)) };
    let owner = &create.name.name;
    for Shadow { suffix, definition } in shadows(create, text) {
        let name = format!("{}_{suffix}", owner.text);
        if let Some(existing) = named(&after, &name, temporary) {
            let error = module.refusal(&owner.text, &name);
            let kind = ProblemKind::Exists { name, what: existing.kind.as_str() };
            return Err(Problem { kind, span: owner.span, error });
        }
        let sql = format!("CREATE TABLE {}{definition}", module.spelt(&name));
        if let Some(shadow) = Object::new(&name, sql, temporary) {
            after = after.with(shadow);
        }
    }
    Ok((changes, after))
}

/// The schema without the shadow tables of the object, if it is a virtual table.
pub(super) fn drop(mut after: Schema, object: &Object) -> Schema {
    for suffix in suffixes(object) {
        let shadow = named(&after, &format!("{}_{suffix}", object.name), object.temporary).cloned();
        after = shadow.map_or(after.clone(), |shadow| without_dependents(&after, &shadow));
    }
    after
}

/// The schema with the shadow tables renamed as the object was, if it is a virtual table.
pub(super) fn rename(mut after: Schema, object: &Object, to: &Name) -> Result<Schema, Problem> {
    for suffix in suffixes(object) {
        let Some(shadow) = named(&after, &format!("{}_{suffix}", object.name), object.temporary).cloned() else {
            continue;
        };
        let to = Name { text: format!("{}_{suffix}", to.text), span: to.span };
        // The module answers that it could not, and nothing else.
        after = alter::rename_table(&after, &shadow, &to)
            .map_err(|problem| Problem { error: String::from("SQL logic error"), ..problem })?;
    }
    Ok(after)
}

/// The virtual table that keeps its content in the table.
pub(crate) fn owner<'schema>(schema: &'schema Schema, table: &str) -> Option<&'schema Rc<Object>> {
    table.match_indices('_').find_map(|(at, _)| {
        let owner = schema.get(&table[..at]).filter(|owner| owner.is_virtual())?;
        suffixes(owner).iter().any(|suffix| name::same(suffix, &table[at + 1..])).then_some(owner)
    })
}

fn named<'schema>(schema: &'schema Schema, name: &str, temporary: bool) -> Option<&'schema Rc<Object>> {
    let name = ObjectName { schema: None, name: Name { text: String::from(name), span: Span::default() } };
    taken(schema, ObjectKind::Table, &name, temporary)
}

fn suffixes(object: &Object) -> Vec<&'static str> {
    if !object.is_virtual() {
        return Vec::new();
    }
    let Body::CreateVirtualTable(create) = &object.statement().body else { return Vec::new() };
    shadows(create, &object.sql).into_iter().map(|shadow| shadow.suffix).collect()
}

/// The shadow tables in the order in which the module makes them. `text` is what was read.
fn shadows(create: &CreateVirtualTable, text: &str) -> Vec<Shadow> {
    // No table has more columns, and so the module refuses more.
    let arguments: Vec<&str> = create.arguments(text).take(MOST_COLUMNS + 1).collect();
    match Module::new(&create.module) {
        _ if arguments.len() > MOST_COLUMNS => Vec::new(),
        Some(module @ (Module::Fts3 | Module::Fts4)) => fts4(module, &arguments),
        Some(Module::Fts5) => fts5(&arguments),
        Some(Module::Rtree) => rtree(&arguments),
        None => Vec::new(),
    }
}

fn shadow(suffix: &'static str, definition: &str) -> Shadow {
    Shadow { suffix, definition: String::from(definition) }
}

/// `rtree.c`: the columns behind `+` stand beside the rowid.
fn rtree(arguments: &[&str]) -> Vec<Shadow> {
    let auxiliary = arguments.iter().filter(|argument| argument.starts_with('+')).count();
    let mut columns = String::from("(rowid INTEGER PRIMARY KEY,nodeno");
    columns.extend((0..auxiliary).map(|at| format!(",a{at}")));
    columns.push(')');
    Vec::from([
        Shadow { suffix: "rowid", definition: columns },
        shadow("node", "(nodeno INTEGER PRIMARY KEY,data)"),
        shadow("parent", "(nodeno INTEGER PRIMARY KEY,parentnode)"),
    ])
}

/// `fts3.c`: in `fts3` there are no options but the tokenizer.
fn fts4(module: Module, arguments: &[&str]) -> Vec<Shadow> {
    let mut columns = String::new();
    let mut count = 0;
    let (mut content, mut sizes, mut language) = (true, module == Module::Fts4, false);
    for argument in arguments {
        if is_tokenizer(argument) {
            continue;
        }
        match argument.split_once('=').filter(|_| module == Module::Fts4) {
            Some((key, _)) if name::same(key, "content") => content = false,
            Some((key, _)) if name::same(key, "languageid") => language = true,
            Some((key, _)) if name::same(key, "matchinfo") => sizes = false,
            Some(_) => {}
            None => {
                let column = words(argument).next().map_or_else(String::new, |token| token.unquoted(argument).into());
                columns.push_str(&format!(", {}", name::literal(&format!("c{count}{column}"))));
                count += 1;
            }
        }
    }
    if count == 0 {
        columns.push_str(", 'c0content'");
    }
    if language {
        columns.push_str(", langid");
    }
    let mut found = Vec::new();
    if content {
        found.push(shadow("content", &format!("(docid INTEGER PRIMARY KEY{columns})")));
    }
    found.push(shadow("segments", "(blockid INTEGER PRIMARY KEY, block BLOB)"));
    found.push(shadow(
        "segdir",
        "(level INTEGER,idx INTEGER,start_block INTEGER,leaves_end_block INTEGER,end_block INTEGER,root BLOB,\
         PRIMARY KEY(level, idx))",
    ));
    if sizes {
        found.push(shadow("docsize", "(docid INTEGER PRIMARY KEY, size BLOB)"));
    }
    if module == Module::Fts4 {
        found.push(shadow("stat", "(id INTEGER PRIMARY KEY, value BLOB)"));
    }
    found
}

fn is_tokenizer(argument: &str) -> bool {
    let word = argument.get(.."tokenize".len()).is_some_and(|start| start.eq_ignore_ascii_case("tokenize"));
    let behind = argument.as_bytes().get("tokenize".len());
    word && behind.is_some_and(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80))
}

/// `fts5_config.c` and `fts5_storage.c`.
fn fts5(arguments: &[&str]) -> Vec<Shadow> {
    let mut indexed = Vec::new();
    let mut options = Fts5::default();
    for argument in arguments {
        let mut tokens = token::tokens(argument).into_iter();
        let Some(first) = tokens.next() else { continue };
        let second = tokens.next();
        if second.is_some_and(|token| token.is_symbol(argument, "=")) {
            let value = tokens.next().map_or_else(String::new, |token| token.unquoted(argument).into());
            options.set(first.span.of(argument), &value);
        } else {
            indexed.push(!second.is_some_and(|word| name::same(&word.unquoted(argument), "UNINDEXED")));
        }
    }
    let mut found = Vec::from([
        shadow("data", "(id INTEGER PRIMARY KEY, block BLOB)"),
        shadow("idx", "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID"),
    ]);
    let unindexed_only = options.contentless && options.contentless_unindexed && indexed.contains(&false);
    if !options.outside || unindexed_only {
        let kept = indexed.iter().enumerate().filter(|(_, indexed)| !(unindexed_only && **indexed));
        let mut columns = String::new();
        columns.extend(kept.map(|(at, _)| format!(", c{at}")));
        let located = indexed.iter().enumerate().filter(|(_, indexed)| options.locale && **indexed);
        columns.extend(located.map(|(at, _)| format!(", l{at}")));
        found.push(shadow("content", &format!("(id INTEGER PRIMARY KEY{columns})")));
    }
    if !options.sizeless {
        let origin = if options.contentless_delete { ", origin INTEGER" } else { "" };
        found.push(shadow("docsize", &format!("(id INTEGER PRIMARY KEY, sz BLOB{origin})")));
    }
    found.push(shadow("config", "(k PRIMARY KEY, v) WITHOUT ROWID"));
    found
}

/// The options of `fts5` that decide what it makes.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
struct Fts5 {
    /// `content=…`: it keeps no content of its own.
    outside: bool,
    /// `content=''`: nobody keeps it.
    contentless: bool,
    contentless_delete: bool,
    contentless_unindexed: bool,
    /// `columnsize=0`.
    sizeless: bool,
    locale: bool,
}

impl Fts5 {
    /// An option may be cut short: the first that begins so is meant.
    fn set(&mut self, key: &str, value: &str) {
        const OPTIONS: [&str; 10] = [
            "prefix",
            "tokenize",
            "content",
            "contentless_delete",
            "contentless_unindexed",
            "content_rowid",
            "columnsize",
            "locale",
            "detail",
            "tokendata",
        ];
        let begins = |option: &str| option.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
        match OPTIONS.into_iter().find(|option| begins(option)) {
            Some("content") => {
                self.outside = true;
                self.contentless = value.is_empty();
            }
            Some("contentless_delete") => self.contentless_delete = value == "1",
            Some("contentless_unindexed") => self.contentless_unindexed = value == "1",
            Some("columnsize") => self.sizeless = value == "0",
            Some("locale") => self.locale = value == "1",
            _ => {}
        }
    }
}

/// The tokens of the argument that name something.
fn words(argument: &str) -> impl Iterator<Item = Token> {
    token::tokens(argument).into_iter().filter(|token| token.kind != TokenKind::Symbol)
}
