//! The command line of remold.

fn main() {}
