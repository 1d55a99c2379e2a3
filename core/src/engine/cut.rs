//! What of a schema a file can touch: the objects that it names, what they need, and what depends on
//! them. Nothing else is made for a replay, so that its cost does not grow with the history.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse::statement::{Action, ObjectKind};
use crate::schema::{Object, Schema, refer, shadow};
use crate::sqlite::name;

/// The most objects that are made for one file.
const MOST: usize = 1_000;

/// How far a change of an object reaches: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach(u8);

impl Reach {
    /// It must be there.
    pub(super) const NEEDED: Self = Self(1);
    /// Its rows are written: triggers fire, and the parents of its foreign keys are looked at.
    pub(super) const WRITTEN: Self = Self(1 | 2);
    /// Its rows go or their keys change: foreign keys act on its children.
    pub(super) const ACTED: Self = Self(1 | 2 | 4);
    /// Its keys go or change, and foreign keys do nothing: its children may be left alone.
    pub(super) const KEYED: Self = Self(1 | 2 | 32);
    /// Queries of it may work no longer, though its columns stay.
    pub(super) const QUERIED: Self = Self(1 | 64);
    /// Its columns change: views and triggers that use it are concerned, and queries.
    pub(super) const SHAPED: Self = Self(1 | 8 | 64);
    /// Its name changes: whoever mentions it is concerned.
    pub(super) const NAMED: Self = Self(1 | 8 | 16 | 64);

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The names that a file touches, and how far each reaches.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched(BTreeMap<String, Reach>);

impl Touched {
    /// The names that are touched.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|name| &**name)
    }

    /// Those of which queries may work no longer.
    pub(super) fn queried(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, reach)| reach.has(Reach::QUERIED)).map(|(name, _)| &**name)
    }

    pub(super) fn touch(&mut self, name: &str, reach: Reach) {
        let name = name::fold(name);
        match self.0.get_mut(&*name) {
            Some(known) => *known = known.with(reach),
            None => {
                self.0.insert(name.into_owned(), reach);
            }
        }
    }
}

/// Takes out of the schema what the touched names reach, in the order of creation; or says why that
/// cannot be done.
pub(super) fn cut(schema: &Schema, touched: &Touched) -> Result<Vec<Rc<Object>>, String> {
    let mut chosen: BTreeMap<u32, Rc<Object>> = BTreeMap::new();
    let mut done: BTreeMap<String, Reach> = BTreeMap::new();
    let mut left: Vec<(String, Reach)> = touched.0.iter().map(|(name, reach)| (name.clone(), *reach)).collect();
    while let Some((name, reach)) = left.pop() {
        let known = done.get(&name).copied().unwrap_or_default();
        if known.has(reach) {
            continue;
        }
        let reach = known.with(reach);
        done.insert(name.clone(), reach);
        let mut choose = |object: &Rc<Object>| {
            if let Some(position) = schema.position(object) {
                chosen.entry(position).or_insert_with(|| Rc::clone(object));
            }
        };
        if let Some(trigger) = schema.trigger(&name) {
            choose(trigger);
            left.extend(trigger.mentions().map(|name| (name.to_owned(), Reach::NEEDED)));
        }
        if [Reach::SHAPED, Reach::ACTED, Reach::KEYED].into_iter().any(|wide| reach.has(wide)) {
            for object in schema.mentioning(&name) {
                dependent(object, &name, reach, &mut choose, &mut left);
            }
        }
        let Some(object) = schema.get(&name) else { continue };
        choose(object);
        match object.kind {
            ObjectKind::Table => {
                schema.owned(&name, ObjectKind::Index).into_iter().for_each(&mut choose);
                left.extend(
                    shadow::owner(schema, &name).map(|owner| (name::fold(&owner.name).into_owned(), Reach::NEEDED)),
                );
            }
            ObjectKind::Index => {
                left.extend(object.owner.iter().map(|owner| (name::fold(owner).into_owned(), Reach::NEEDED)));
            }
            ObjectKind::View => left.extend(object.mentions().map(|name| (name.to_owned(), Reach::NEEDED))),
            ObjectKind::Trigger => {}
        }
        if reach.has(Reach::WRITTEN) {
            if object.kind == ObjectKind::Table {
                left.extend(object.mentions().map(|parent| (parent.to_owned(), Reach::NEEDED)));
            }
            for trigger in schema.owned(&name, ObjectKind::Trigger) {
                choose(trigger);
                left.extend(trigger.mentions().map(|name| (name.to_owned(), Reach::WRITTEN)));
            }
        }
        if chosen.len() > MOST {
            return Err(format!("what it touches hangs together with more than {MOST} objects"));
        }
    }
    Ok(chosen.into_values().collect())
}

/// Takes an object that mentions a changed table where the change concerns it.
fn dependent(
    object: &Rc<Object>,
    changed: &str,
    reach: Reach,
    choose: &mut impl FnMut(&Rc<Object>),
    left: &mut Vec<(String, Reach)>,
) {
    let own = name::fold(&object.name);
    match object.kind {
        ObjectKind::Table if reach.has(Reach::ACTED) => {
            left.push((own.into_owned(), if acts(object, changed) { Reach::ACTED } else { Reach::NEEDED }));
        }
        ObjectKind::Table if reach.has(Reach::NAMED) || reach.has(Reach::KEYED) => {
            left.push((own.into_owned(), Reach::NEEDED));
        }
        // What reads the view is concerned as well.
        ObjectKind::View if reach.has(Reach::SHAPED) => left.push((own.into_owned(), Reach::SHAPED)),
        ObjectKind::Trigger if reach.has(Reach::SHAPED) => {
            choose(object);
            left.extend(object.mentions().map(|name| (name.to_owned(), Reach::NEEDED)));
        }
        _ => {}
    }
}

/// Whether a foreign key of the child to that parent does something to the child's rows.
fn acts(child: &Object, parent: &str) -> bool {
    let quiet = |action: Action| matches!(action, Action::NoAction | Action::Restrict);
    child.as_table().is_some_and(|table| {
        let mut keys = refer::foreign_keys(table).filter(|(_, key)| key.table.is(parent));
        keys.any(|(_, key)| !(quiet(key.on_delete) && quiet(key.on_update)))
    })
}
