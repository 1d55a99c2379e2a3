//! The keys by which statements of the files upsert: what they do once, the application does every day.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse::statement::{Body, Expression, Statement};
use crate::sqlite::name;

/// The keys, by table and by columns, all in the form in which names are compared, and the file of each.
#[derive(Clone, Debug, Default)]
pub struct Upserts(BTreeMap<String, BTreeMap<Vec<String>, String>>);

impl Upserts {
    /// The keys of a table: the columns of each, and a file that upserts by them.
    pub fn of(&self, table: &str) -> impl Iterator<Item = (&[String], &str)> {
        let keys = self.0.get(&*name::fold(table)).into_iter().flatten();
        keys.map(|(columns, path)| (columns.as_slice(), path.as_str()))
    }

    /// Notes what a statement upserts by. What is more than the names of columns is not looked into.
    pub(super) fn note(&mut self, statement: &Statement, text: &str, path: &str) {
        let Body::Data(data) = &statement.body else { return };
        for upsert in data.upserts.iter().filter(|upsert| upsert.target_filter.is_none()) {
            let columns: Vec<String> =
                upsert.target.iter().filter_map(Expression::column).map(|column| column.folded(text)).collect();
            if !columns.is_empty() && columns.len() == upsert.target.len() {
                let keys = self.0.entry(name::fold(&data.table.name.text).into_owned()).or_default();
                keys.entry(columns).or_insert_with(|| String::from(path));
            }
        }
    }

    /// Adds what another file has noted.
    pub(super) fn add(&mut self, other: Self) {
        for (table, keys) in other.0 {
            self.0.entry(table).or_default().extend(keys);
        }
    }
}
