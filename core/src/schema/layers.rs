//! A map in two layers: all entries, and those that changed last.
//!
//! What a file speaks of is mostly what it has just made, and stays in a layer that is small and near, while
//! the tree of a large schema is deep and far away. A schema that somebody still holds costs a copy of
//! the path in the tree for each change: of the small one, until the layers are made one, and nobody
//! holds the schemas between.

use alloc::vec::Vec;
use core::ops::Bound;

use rpds::RedBlackTreeMap;

use super::{Key, Look};

/// A map that shares all that is equal with its copies.
pub(super) type Map<Key, Value> = RedBlackTreeMap<Key, Value, archery::RcK>;

/// How many changes make the upper layer as far away as the lower.
const MOST: usize = 64;

/// A map by `Key`.
#[derive(Clone, Debug)]
pub(super) struct Layers<Value> {
    /// There is always something here; of one type with the other, the code for both is there once.
    all: Map<Key, Option<Value>>,
    /// What stands there instead, or nothing any more.
    recent: Map<Key, Option<Value>>,
}

impl<Value: Clone> Layers<Value> {
    pub(super) fn new() -> Self {
        Self { all: Map::new_with_ptr_kind(), recent: Map::new_with_ptr_kind() }
    }

    pub(super) fn get(&self, key: &dyn Look) -> Option<&Value> {
        self.recent.get(key).or_else(|| self.all.get(key))?.as_ref()
    }

    pub(super) fn insert(&mut self, key: Key, value: Value) {
        self.change(key, Some(value));
    }

    pub(super) fn remove(&mut self, key: Key) {
        self.change(key, None);
    }

    fn change(&mut self, key: Key, value: Option<Value>) {
        self.recent.insert_mut(key, value);
        if self.recent.size() > MOST {
            self.settle(|_| {});
        }
    }

    /// Makes the layers one, and shows what changed to `last`. It costs least where nobody holds a copy.
    pub(super) fn settle(&mut self, last: impl Fn(&mut Value)) {
        let mut recent = core::mem::replace(&mut self.recent, Map::new_with_ptr_kind());
        let keys: Vec<Key> = recent.keys().cloned().collect();
        for key in keys {
            match recent.get_mut(&key).and_then(Option::take) {
                Some(mut value) => {
                    last(&mut value);
                    self.all.insert_mut(key, Some(value));
                }
                None => _ = self.all.remove_mut(&key),
            }
        }
    }

    /// Whether it is time to make the layers one, where that can be done at a time of one's choice.
    pub(super) fn is_full(&self) -> bool {
        self.recent.size() > MOST / 2
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        let (mut more, mut fewer) = (0, 0);
        for (key, value) in &self.recent {
            match (value, self.all.contains_key(key)) {
                (Some(_), false) => more += 1,
                (None, true) => fewer += 1,
                _ => {}
            }
        }
        self.all.size() + more - fewer
    }

    /// All entries in the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &Value)> {
        self.between(Bound::Unbounded)
    }

    /// The entries from that key on.
    pub(super) fn from(&self, key: &Key) -> impl Iterator<Item = (&Key, &Value)> {
        self.between(Bound::Included(key.clone()))
    }

    fn between(&self, start: Bound<Key>) -> impl Iterator<Item = (&Key, &Value)> {
        let range = (start, Bound::Unbounded);
        merged(self.all.range(range.clone()), self.recent.range(range), |one, other| one < other)
    }

    /// The entries before that key, the nearest first.
    pub(super) fn before(&self, key: &Key) -> impl Iterator<Item = (&Key, &Value)> {
        let range = (Bound::Unbounded, Bound::Excluded(key.clone()));
        merged(self.all.range(range.clone()).rev(), self.recent.range(range).rev(), |one, other| one > other)
    }
}

/// Both layers in their common order, of which `precedes` tells.
fn merged<'map, Value: 'map>(
    all: impl Iterator<Item = (&'map Key, &'map Option<Value>)>,
    recent: impl Iterator<Item = (&'map Key, &'map Option<Value>)>,
    precedes: impl Fn(&Key, &Key) -> bool,
) -> impl Iterator<Item = (&'map Key, &'map Value)> {
    let (mut all, mut recent) = (all.peekable(), recent.peekable());
    core::iter::from_fn(move || {
        loop {
            let is_next = |(changed, _): &(&Key, _)| all.peek().is_none_or(|(key, _)| !precedes(key, changed));
            let next = match recent.next_if(is_next) {
                Some(changed) => {
                    // What stood there before.
                    all.next_if(|(key, _)| *key == changed.0);
                    changed
                }
                None => all.next()?,
            };
            if let (key, Some(value)) = next {
                return Some((key, value));
            }
        }
    })
}
