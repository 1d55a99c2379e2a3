//! The loop over a plan's steps: not built yet.
