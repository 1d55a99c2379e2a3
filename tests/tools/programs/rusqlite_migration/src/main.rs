//! Runs the folders `1-name/up.sql`, … of a folder with `rusqlite_migration`.

use std::{env, fs};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [database, folder] = [1, 2].map(|at| env::args().nth(at).expect("a database and a folder are given"));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        let number: u32 = name.split('-').next().unwrap_or_default().parse()?;
        found.push((number, fs::read_to_string(path.join("up.sql"))?));
    }
    found.sort();
    let migrations = Migrations::new(found.iter().map(|(_, text)| M::up(text)).collect());
    migrations.to_latest(&mut Connection::open(database)?)?;
    Ok(())
}
