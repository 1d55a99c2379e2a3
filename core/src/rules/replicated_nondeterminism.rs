//! # A value that each copy of the database computes for itself
//!
//! rqlite sends statements to several nodes, and each runs them. Random values and the time it replaces
//! by one literal before it sends: in `DEFAULT (random())` or in a trigger that freezes the value of the
//! day on which the schema was made. What it does not see each node computes for itself, and from then on
//! the nodes hold different rows without an error.
//!
//! ## Flagged
//!
//! ```sql
//! -- target: rqlite
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, token INTEGER DEFAULT (random()));
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- target: rqlite
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, token INTEGER NOT NULL);
//! INSERT INTO users (id, token) VALUES (1, 4711) ON CONFLICT DO NOTHING;
//! ```
//!
//! ## Proof
//!
//! None: rqlite does not run here. Three nodes of its version 8 were measured: three values, and
//! `DEFAULT (random())` stored as `DEFAULT (-7427895182824818390)`.

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "replicated-nondeterminism", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    if !cx.targets.contains(&Target::Rqlite) {
        return;
    }
    let text = &cx.file.text;
    for call in cx.calls() {
        let Some(varies) = call.varies(text) else { continue };
        let name = call.name.text(text).to_ascii_lowercase();
        match (call.role, varies) {
            (Role::Default | Role::Trigger, _) => kept(call, &name, varies, out),
            (Role::Statement, Varies::Random) => once(call, &name, statement, out),
            _ => {}
        }
    }
}

/// A call that the schema keeps.
fn kept(call: &Call, name: &str, varies: Varies, out: &mut Findings) {
    let place = if call.role == Role::Default { "the default" } else { "the trigger" };
    let frozen = name == "random";
    let (message, reason, level) = match varies {
        Varies::Random if frozen => (
            format!("rqlite freezes `{name}()` in {place} when it is made"),
            "it writes one value into the schema, and each row gets that one",
            Level::Error,
        ),
        Varies::Random => (
            format!("each node of rqlite computes `{name}()` in {place} for itself"),
            "the nodes hold different values from the first row on",
            Level::Error,
        ),
        Varies::Clock => (
            format!("the nodes of rqlite see different times for `{name}` in {place}"),
            "each node asks its own clock, or all keep the time at which the schema was made",
            Level::Warning,
        ),
    };
    out.report(call.name.span, message)
        .reason(reason)
        .help("let the application send the value with each row")
        .level(level);
}

/// A random value in a statement that runs once.
fn once(call: &Call, name: &str, statement: &Statement, out: &mut Findings) {
    let Body::Data(data) = &statement.body else { return };
    let within = |expressions: &[Expression]| expressions.iter().any(|it| it.span.contains(call.name.span));
    let ordered = data.rows.as_ref().is_some_and(|rows| within(&rows.order_by)) || within(&data.order_by);
    if ordered {
        out.report(call.name.span, format!("the nodes of rqlite choose different rows by `{name}()`"))
            .reason("what stands in ORDER BY it does not replace, so that each node has an order of its own")
            .help("let the application choose the rows")
            .level(Level::Error);
    } else if data.kind == DataKind::Update && data.sets.iter().any(|set| set.value.span.contains(call.name.span)) {
        out.report(call.name.span, format!("all rows get the same value of `{name}()` on rqlite"))
            .reason("it replaces the call by one value before it sends the statement to its nodes")
            .help("let the application send a value for each row");
    }
}
