//! What a reader is shown of a text that nobody vouches for.

use alloc::borrow::Cow;
use alloc::string::String;

/// The text with every character that a terminal would obey, or that reorders others, written out.
/// Line feeds and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Most of it is ASCII, of which a processor looks at many bytes at once.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    let obeyed = |character: char| is_obeyed(character) && !matches!(character, '\n' | '\t');
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if obeyed(character) { out.extend(character.escape_unicode()) } else { out.push(character) }
    }
    Cow::Owned(out)
}

/// Controls (C0, C1 and DEL), and the marks that turn the direction of writing.
pub fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}
