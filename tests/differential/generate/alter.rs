//! Every form of `ALTER TABLE`, and `DROP` of each kind.

use super::create::{Surroundings, constraint_names};
use super::{CONSTRAINTS, Context, Draw, Place, Source};

impl Draw<'_> {
    pub(super) fn alter(&mut self, kind: &str) -> String {
        let target = match self.below(100) {
            98..100 => None,
            95..98 => self.relation(),
            _ => self.table(),
        };
        let Some(table) = target else { return format!("ALTER TABLE missing {}", bare(kind)) };
        let qualifier = self.qualifier(table.within);
        let start = format!("ALTER TABLE {qualifier}{}", self.spell_name(&table.name));
        let column = if self.chance(3) { String::from("nowhere") } else { self.column_of(table) };
        let keyword = self.pick(&["COLUMN ", ""]);
        match kind {
            "RENAME TO" => {
                let to = match self.below(100) {
                    97..100 => table.name.to_ascii_uppercase(),
                    92..97 => self.pick(&self.world.relations).name,
                    _ => self.fresh_object(),
                };
                format!("{start} RENAME TO {}", self.spell_name(&to))
            }
            "RENAME COLUMN" => {
                let to = match self.below(100) {
                    96..100 => self.pick(&table.columns).to_ascii_uppercase(),
                    92..96 => self.pick(&table.columns),
                    _ => self.fresh_column(&table.columns),
                };
                format!("{start} RENAME {keyword}{column} TO {}", self.spell_name(&to))
            }
            "ADD COLUMN" => {
                let name = if self.chance(4) { self.pick(&table.columns) } else { self.fresh_column(&table.columns) };
                let strict = table.sql.to_ascii_uppercase().contains("STRICT");
                let surroundings = Surroundings {
                    known: &table.columns,
                    strict,
                    may_be_key: self.chance(2),
                    may_count: true,
                    table: &table.name,
                };
                let declaration = self.column(&name, &surroundings);
                let comment = if self.may("comment behind ADD COLUMN", 10) {
                    self.pick(&[" -- why", " /* why */", " "])
                } else {
                    ""
                };
                format!("{start} ADD {keyword}{declaration}{comment}")
            }
            "DROP COLUMN" => format!("{start} DROP {keyword}{column}"),
            "ADD CONSTRAINT" => {
                let name = if self.chance(70) {
                    let name = self.pick(&CONSTRAINTS);
                    format!("CONSTRAINT {} ", self.spell(name))
                } else {
                    String::new()
                };
                let source = Source {
                    qualifier: remold_core::sqlite::name::quote(&table.name),
                    columns: table.columns.clone(),
                    qualified: false,
                };
                let context = Context { scope: vec![source], place: Place::Definition };
                let expression = self.expression(&context, 2);
                format!("{start} ADD {name}CHECK ({expression}){}", self.on_conflict())
            }
            "DROP CONSTRAINT" => {
                let known = constraint_names(&table.sql);
                let name = if known.is_empty() || self.chance(5) {
                    self.pick(&CONSTRAINTS).to_owned()
                } else {
                    self.pick(&known)
                };
                format!("{start} DROP CONSTRAINT {}", self.spell_name(&name))
            }
            "SET NOT NULL" => format!("{start} ALTER {keyword}{column} SET NOT NULL{}", self.on_conflict()),
            _ => format!("{start} ALTER {keyword}{column} DROP NOT NULL"),
        }
    }

    pub(super) fn drop(&mut self, kind: &str) -> String {
        let world = self.world;
        let known: Vec<(&'static str, String)> = match kind {
            "INDEX" => world.indexes.clone(),
            "TRIGGER" => world.triggers.clone(),
            _ => world
                .relations
                .iter()
                // Sometimes a view is taken for a table.
                .filter(|relation| relation.is_view == (kind == "VIEW") || self.without.is_empty())
                .map(|relation| (relation.within, relation.name.clone()))
                .collect(),
        };
        let right: Vec<(&'static str, String)> = known
            .iter()
            .filter(|(within, name)| {
                !["TABLE", "VIEW"].contains(&kind)
                    || world.relations.iter().any(|relation| {
                        relation.within == *within && relation.name == *name && relation.is_view == (kind == "VIEW")
                    })
            })
            .cloned()
            .collect();
        let guard = if self.may("IF EXISTS", 20) { "IF EXISTS " } else { "" };
        let known = if right.is_empty() || self.chance(5) { known } else { right };
        if known.is_empty() || self.chance(4) {
            return format!("DROP {kind} {guard}missing");
        }
        let (within, name) = self.pick(&known);
        let qualifier = self.qualifier(within);
        format!("DROP {kind} {guard}{qualifier}{}", self.spell_name(&name))
    }
}

/// What an action says at least.
fn bare(kind: &str) -> &'static str {
    match kind {
        "RENAME TO" => "RENAME TO other",
        "RENAME COLUMN" => "RENAME a TO b",
        "ADD COLUMN" => "ADD a",
        "DROP COLUMN" => "DROP a",
        "ADD CONSTRAINT" => "ADD CHECK (1)",
        "DROP CONSTRAINT" => "DROP CONSTRAINT k",
        "SET NOT NULL" => "ALTER a SET NOT NULL",
        _ => "ALTER a DROP NOT NULL",
    }
}
