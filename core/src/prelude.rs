//! All that a rule may name.

/// What a rule says: names in it that are too long to be read are cut while they are written.
macro_rules! said {
    ($($words:tt)*) => { $crate::diagnostics::said(format_args!($($words)*)) };
}

pub(crate) use alloc::format as whole;
pub(crate) use said as format;

pub(crate) use alloc::borrow::ToOwned;
pub(crate) use alloc::collections::{BTreeMap, BTreeSet};
pub(crate) use alloc::rc::Rc;
pub(crate) use alloc::string::String;
pub(crate) use alloc::vec::Vec;

pub(crate) use crate::diagnostics::{Findings, LONGEST_WORD, Level, Report, Safety};
pub(crate) use crate::diff::Difference;
pub(crate) use crate::directive::Fault;
pub(crate) use crate::engine::QueryFault;
pub(crate) use crate::engine::judge::{Effect, FailsOn, Happening, KeyFault, Loss};
pub(crate) use crate::history::broken::{Broken, Deed};
pub(crate) use crate::history::conduct::{Bare, Late, Tightened, Turn, TurnKind};
pub(crate) use crate::history::down::TakenBack;
pub(crate) use crate::history::guard::Unguarded;
pub(crate) use crate::history::rebuild::{Copy, Rebuild, Value};
pub(crate) use crate::history::{InTransaction, Queried, Renamed, Since};
pub(crate) use crate::history::{Runner, RunnerTransaction, Runs};
pub(crate) use crate::layout::setup::list::{Mismatch, MismatchKind};
pub(crate) use crate::layout::{Blind, Overlooked};
pub(crate) use crate::naming::{Facts, Misfit, NamedKind};
pub(crate) use crate::parse::call::{Call, Role, Varies};
pub(crate) use crate::parse::foreign;
pub(crate) use crate::parse::misplaced;
pub(crate) use crate::parse::statement::*;
pub(crate) use crate::parse::{arguments, expression, folded, parameters, reserved_names};
pub(crate) use crate::parse::{is_constant, normal};
pub(crate) use crate::rule::{Check, Context, FileContext, Rule};
pub(crate) use crate::rule::{DeclaredColumn, MadeTable, weight};
pub(crate) use crate::schema::change::Change;
pub(crate) use crate::schema::fingerprint::{column_line, is_same};
pub(crate) use crate::schema::number::knows_numbers;
pub(crate) use crate::schema::pragma::{Hidden, Origin, is_own_type, shown_type, table_xinfo};
pub(crate) use crate::schema::pragma::{IndexRow, Term, TermRow, index_list};
pub(crate) use crate::schema::refer::{Blocker, Remedy, drop_column_blockers, foreign_keys, names_in, rowid_alias};
pub(crate) use crate::schema::refer::{checks, has_autoincrement, is_serial, unnumbered_key};
pub(crate) use crate::schema::refer::{children, demanded, followers, never_null, replacing_keys};
pub(crate) use crate::schema::replay::{Problem as Refusal, ProblemKind as RefusalKind};
pub(crate) use crate::schema::rows::about;
pub(crate) use crate::schema::sound::{FaultKind, ParentFault, Sound, data_fault, fault, has_key_on, strings_in};
pub(crate) use crate::schema::{Knowledge, Object, Schema, stored_sql};
pub(crate) use crate::sqlite::affinity::Affinity;
pub(crate) use crate::sqlite::function;
pub(crate) use crate::sqlite::name;
pub(crate) use crate::sqlite::target::Target;
pub(crate) use crate::sqlite::version::{self, Version};
pub(crate) use crate::text::edit::Edit;
pub(crate) use crate::text::{Span, gathered};
