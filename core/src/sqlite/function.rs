//! The functions of SQLite: since when each is there, and in which builds.

use super::name;
use super::version::Version;

/// A function that SQLite has itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The first version that has it.
    pub since: Version,
    /// In which builds it is.
    pub build: Build,
}

/// In which builds of SQLite something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// In every one.
    Every,
    /// In those that were compiled with the option, and since the version in every one.
    Until(&'static str, Version),
    /// In those that were compiled with the option.
    With(&'static str),
}

impl Build {
    /// The option without which a SQLite of the version may lack it.
    pub fn option(self, version: Version) -> Option<&'static str> {
        match self {
            Self::Every => None,
            Self::Until(option, since) => (version < since).then_some(option),
            Self::With(option) => Some(option),
        }
    }
}

/// The functions that every SQLite from 3.7.8 on has.
const OLD: Version = Version::new(3, 0, 0);

/// Before it, JSON was an option.
const JSON: Build = Build::Until("SQLITE_ENABLE_JSON1", Version::new(3, 38, 0));
const MATH: Build = Build::With("SQLITE_ENABLE_MATH_FUNCTIONS");
const FTS3: Build = Build::With("SQLITE_ENABLE_FTS3");
const FTS5: Build = Build::With("SQLITE_ENABLE_FTS5");
const RTREE: Build = Build::With("SQLITE_ENABLE_RTREE");
const GEOPOLY: Build = Build::With("SQLITE_ENABLE_GEOPOLY");
const PERCENTILE: Build = Build::With("SQLITE_ENABLE_PERCENTILE");

macro_rules! functions {
    ($($major:literal, $minor:literal, $patch:literal $build:expr, $($name:literal)+;)+) => {
        /// Every function.
        pub const FUNCTIONS: &[Function] = &[$($(
            Function { name: $name, since: Version::new($major, $minor, $patch), build: $build },
        )+)+];
    };
}

functions! {
    3,0,0 Build::Every, "abs" "avg" "changes" "coalesce" "count" "current_date" "current_time" "current_timestamp"
        "date" "datetime" "glob" "group_concat" "hex" "ifnull" "julianday" "last_insert_rowid" "length" "like"
        "load_extension" "lower" "ltrim" "match" "max" "min" "nullif" "quote" "random" "randomblob" "replace"
        "round" "rtrim" "sqlite_compileoption_get" "sqlite_compileoption_used" "sqlite_log" "sqlite_source_id"
        "sqlite_version" "strftime" "substr" "sum" "time" "total" "total_changes" "trim" "typeof" "upper"
        "zeroblob";
    3,0,0 FTS3, "fts3_tokenizer" "matchinfo" "offsets" "optimize" "snippet";
    3,0,0 RTREE, "rtreedepth" "rtreenode";
    3,0,0 Build::With("SQLITE_SOUNDEX"), "soundex";
    3,7,15 Build::Every, "instr";
    3,7,16 Build::Every, "char" "unicode";
    3,8,1 Build::Every, "likelihood" "unlikely";
    3,8,3 Build::Every, "printf";
    3,8,6 Build::Every, "likely";
    3,9,0 JSON, "json" "json_array" "json_array_length" "json_extract" "json_insert" "json_object" "json_remove"
        "json_replace" "json_set" "json_type" "json_valid";
    3,9,0 FTS5, "bm25" "fts5" "fts5_source_id" "highlight";
    3,10,0 JSON, "json_group_array" "json_group_object";
    3,14,0 JSON, "json_quote";
    3,18,0 JSON, "json_patch";
    3,24,0 Build::With("SQLITE_ENABLE_OFFSET_SQL_FUNC"), "sqlite_offset";
    3,24,0 RTREE, "rtreecheck";
    3,25,0 Build::Every, "cume_dist" "dense_rank" "first_value" "lag" "last_value" "lead" "nth_value" "ntile"
        "percent_rank" "rank" "row_number";
    3,25,0 GEOPOLY, "geopoly_area" "geopoly_bbox" "geopoly_blob" "geopoly_contains_point" "geopoly_debug"
        "geopoly_group_bbox" "geopoly_json" "geopoly_overlap" "geopoly_svg" "geopoly_within" "geopoly_xform";
    3,26,0 GEOPOLY, "geopoly_ccw" "geopoly_regular";
    3,32,0 Build::Every, "iif";
    3,34,0 Build::Every, "substring";
    3,35,0 Build::Every, "sign";
    3,35,0 MATH, "acos" "acosh" "asin" "asinh" "atan" "atan2" "atanh" "ceil" "ceiling" "cos" "cosh" "degrees" "exp"
        "floor" "ln" "log" "log10" "log2" "mod" "pi" "pow" "power" "radians" "sin" "sinh" "sqrt" "tan" "tanh"
        "trunc";
    3,38,0 Build::Every, "format" "subtype" "unixepoch";
    3,41,0 Build::Every, "unhex";
    3,42,0 Build::Every, "json_error_position";
    3,43,0 Build::Every, "octet_length" "timediff";
    3,44,0 Build::Every, "concat" "concat_ws" "string_agg";
    3,45,0 Build::Every, "jsonb" "jsonb_array" "jsonb_extract" "jsonb_group_array" "jsonb_group_object"
        "jsonb_insert" "jsonb_object" "jsonb_patch" "jsonb_remove" "jsonb_replace" "jsonb_set";
    3,46,0 Build::Every, "json_pretty";
    3,47,0 FTS5, "fts5_get_locale" "fts5_locale";
    3,48,0 Build::Every, "if";
    3,48,0 FTS5, "fts5_insttoken";
    3,50,0 Build::Every, "unistr" "unistr_quote";
    3,51,0 PERCENTILE, "median" "percentile" "percentile_cont" "percentile_disc";
    3,53,0 Build::Every, "json_array_insert" "jsonb_array_insert";
}

macro_rules! table_functions {
    ($($major:literal, $minor:literal, $patch:literal $build:expr, $($name:literal)+;)+) => {
        /// Every function that stands where a table would, but for those of pragmas.
        pub const TABLE_FUNCTIONS: &[Function] = &[$($(
            Function { name: $name, since: Version::new($major, $minor, $patch), build: $build },
        )+)+];
    };
}

table_functions! {
    3,9,0 JSON, "json_each" "json_tree";
    3,51,0 Build::Every, "jsonb_each" "jsonb_tree";
}

/// A number of arguments that a function takes only since a later version than its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The function.
    pub name: &'static str,
    /// The fewest arguments of the form.
    pub fewest: usize,
    /// The most.
    pub most: usize,
    /// The first version that takes so many.
    pub since: Version,
}

/// Every number of arguments that came later than its function.
pub const FORMS: &[Form] = &[
    Form { name: "iif", fewest: 2, most: 2, since: Version::new(3, 48, 0) },
    Form { name: "iif", fewest: 4, most: usize::MAX, since: Version::new(3, 49, 0) },
    Form { name: "if", fewest: 4, most: usize::MAX, since: Version::new(3, 49, 0) },
    Form { name: "json_valid", fewest: 2, most: 2, since: Version::new(3, 45, 0) },
];

/// The functions that read a moment, and the place of the moment among their arguments.
pub const DATES: &[(&str, usize)] =
    &[("date", 0), ("time", 0), ("datetime", 0), ("julianday", 0), ("unixepoch", 0), ("strftime", 1)];

/// The modifiers of a moment for which an older SQLite answers NULL.
pub const MODIFIERS: &[(&str, Version)] = &[
    ("auto", Version::new(3, 38, 0)),
    ("subsec", Version::new(3, 42, 0)),
    ("subsecond", Version::new(3, 42, 0)),
    ("ceiling", Version::new(3, 46, 0)),
    ("floor", Version::new(3, 46, 0)),
];

/// The conversions of `strftime()` for which an older SQLite answers NULL.
pub const CONVERSIONS: &[(char, Version)] = &[
    ('e', Version::new(3, 44, 0)),
    ('F', Version::new(3, 44, 0)),
    ('I', Version::new(3, 44, 0)),
    ('k', Version::new(3, 44, 0)),
    ('l', Version::new(3, 44, 0)),
    ('p', Version::new(3, 44, 0)),
    ('P', Version::new(3, 44, 0)),
    ('R', Version::new(3, 44, 0)),
    ('T', Version::new(3, 44, 0)),
    ('u', Version::new(3, 44, 0)),
    ('G', Version::new(3, 46, 0)),
    ('g', Version::new(3, 46, 0)),
    ('U', Version::new(3, 46, 0)),
    ('V', Version::new(3, 46, 0)),
];

/// The modules of virtual tables that SQLite has itself.
pub const MODULES: &[Function] = &[
    Function { name: "fts3", since: OLD, build: FTS3 },
    Function { name: "fts4", since: OLD, build: FTS3 },
    Function { name: "fts4aux", since: OLD, build: FTS3 },
    Function { name: "fts3tokenize", since: Version::new(3, 7, 17), build: FTS3 },
    Function { name: "fts5", since: Version::new(3, 9, 0), build: FTS5 },
    Function { name: "fts5vocab", since: Version::new(3, 9, 0), build: FTS5 },
    Function { name: "rtree", since: OLD, build: RTREE },
    Function { name: "rtree_i32", since: OLD, build: RTREE },
    Function { name: "geopoly", since: Version::new(3, 25, 0), build: GEOPOLY },
    Function { name: "dbstat", since: Version::new(3, 8, 10), build: Build::With("SQLITE_ENABLE_DBSTAT_VTAB") },
];

/// The collations that SQLite has itself.
pub const COLLATIONS: &[&str] = &["binary", "nocase", "rtrim"];

/// The function of that name.
pub fn function(name: &str) -> Option<&'static Function> {
    find(FUNCTIONS, name)
}

/// The form of the function with so many arguments, where it came later than the function.
pub fn form(name: &str, arguments: usize) -> Option<&'static Form> {
    let fits = |form: &&Form| name::same(form.name, name) && (form.fewest..=form.most).contains(&arguments);
    FORMS.iter().find(fits)
}

/// The function of that name that stands where a table would.
pub fn table_function(name: &str) -> Option<&'static Function> {
    find(TABLE_FUNCTIONS, name)
}

/// The module of that name.
pub fn module(name: &str) -> Option<&'static Function> {
    find(MODULES, name)
}

fn find(all: &'static [Function], name: &str) -> Option<&'static Function> {
    all.iter().find(|known| name::same(known.name, name))
}
