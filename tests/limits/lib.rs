//! What reading needs of stack and memory: checks that need a binary, or a profile, of their own.
