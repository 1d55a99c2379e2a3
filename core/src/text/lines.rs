//! From byte offsets to lines and columns.

use alloc::vec;
use alloc::vec::Vec;

/// A place as people and editors count it. All three count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line; `\n`, `\r\n` and a lone `\r` end one.
    pub line: u32,
    /// The column in bytes of UTF-8.
    pub column: u32,
    /// The column in UTF-16 units, which editors count.
    pub utf16: u32,
}

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex<'text> {
    text: &'text str,
    starts: Vec<u32>,
    /// How many UTF-16 units stand before each block of the text, so that a long line is not counted
    /// from its beginning for each place in it.
    units: Vec<u32>,
}

/// How many bytes have one count of UTF-16 units.
const BLOCK: usize = 512;

impl<'text> LineIndex<'text> {
    /// Finds the lines of `text`, in one walk.
    #[expect(clippy::cast_possible_truncation, reason = "a text is at most 4 GiB, as spans are")]
    pub fn new(text: &'text str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (offset, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(offset + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(offset as u32 + 1);
            }
        }
        let mut units = vec![0];
        for block in bytes.chunks(BLOCK) {
            units.push(units[units.len() - 1] + utf16_units(block));
        }
        Self { text, starts, units }
    }

    /// How many UTF-16 units stand before a byte offset.
    fn units_before(&self, offset: usize) -> u32 {
        let block = offset / BLOCK;
        self.units[block] + utf16_units(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The position of a byte offset; an offset behind the end means the end.
    #[expect(clippy::cast_possible_truncation, reason = "a text is at most 4 GiB, as spans are")]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let utf16 = self.units_before(offset) - self.units_before(start) + 1;
        Position { line: line as u32, column: (offset - start) as u32 + 1, utf16 }
    }
}

/// One unit for each character, told by its first byte, and two for one beyond the basic plane.
fn utf16_units(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_count_as_short_ones_do() {
        let text = "aé🦀\nb".repeat(100) + &"🦀éa".repeat(500);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let units = text[start..offset].encode_utf16().count();
            assert_eq!(index.position(u32::try_from(offset).unwrap()).utf16 as usize, units + 1, "{offset}");
        }
    }

    #[test]
    fn columns_count_bytes_and_utf16_units() {
        let index = LineIndex::new("a\r\né😀x\ry");
        let at = |offset| {
            let Position { line, column, utf16 } = index.position(offset);
            (line, column, utf16)
        };
        assert_eq!(at(0), (1, 1, 1));
        assert_eq!(at(3), (2, 1, 1));
        assert_eq!(at(9), (2, 7, 4), "é is two bytes and one unit, 😀 four bytes and two units");
        assert_eq!(at(11), (3, 1, 1));
        assert_eq!(at(99), (3, 2, 2), "behind the end means the end");
    }
}
