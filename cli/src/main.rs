//! The command line of remold.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod failure;
mod files;
mod git;
mod terminal;
mod config;
mod report;
mod database;
mod apply;
mod commands;

fn main() -> ExitCode {
    match commands::run(args::Args::parse()) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            terminal::fail(&failure);
            failure.exit.into()
        }
    }
}
