//! What a file leaves broken: views and triggers that worked before it, or that it makes, and foreign keys
//! that fit no key of their parents. What did not work before the file does not count.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::Earlier;
use crate::parse::statement::{Body, ForeignKey, Name, ObjectKind, TriggerEvent};
use crate::schema::refer::foreign_keys;
use crate::schema::sound::{Fault, FaultKind, ParentFault, Sound, fault, fault_of_names, parent_fault, strings};
use crate::schema::{Object, Schema};
use crate::sqlite::name;
use crate::text::{Span, gathered};

/// Something that does not work behind a file, and did before it.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The view or the trigger, or the table whose foreign key it is.
    pub object: Rc<Object>,
    /// The foreign key, where it is one.
    pub key: Option<BrokenKey>,
    /// What is wrong.
    pub fault: Fault,
    /// The name in the statement that breaks it.
    pub span: Span,
    /// What that statement does.
    pub deed: Deed,
    /// Whether that statement makes it, and not what it needs another.
    own: bool,
}

impl Broken {
    /// The object in words, as code: ``view `names` ``.
    pub fn what(&self) -> String {
        format!("{} `{}`", self.object.kind.as_str(), self.object.name)
    }

    /// Whether its own statement is to blame, and no other object.
    pub const fn is_own(&self) -> bool {
        self.own
    }

    /// What fails from then on: a clause.
    pub fn consequence(&self) -> String {
        match (&self.object.statement().body, &self.key) {
            (_, Some(_)) if self.fault.kind == FaultKind::Parent(ParentFault::Missing) => {
                format!("where foreign keys are on, every write to `{}` fails", self.object.name)
            }
            (_, Some(key)) => format!(
                "where foreign keys are on, every write to `{}` fails, and every DELETE from `{}`",
                self.object.name, key.parent
            ),
            (Body::CreateTrigger(trigger), None) => {
                let write = match trigger.event {
                    TriggerEvent::Insert => "INSERT into",
                    TriggerEvent::Update => "UPDATE of",
                    TriggerEvent::Delete => "DELETE from",
                };
                format!("every {write} `{}` fails with it", trigger.table.text)
            }
            _ => String::from("every statement that reads it fails, and so does what reads it in turn"),
        }
    }
}

/// A foreign key that fits no key of its parent.
#[derive(Clone, Debug)]
pub struct BrokenKey {
    /// The columns of the child.
    pub columns: Vec<String>,
    /// The parent, as the key spells it.
    pub parent: String,
    /// The parent's columns, as far as the key names them.
    pub of_parent: Vec<String>,
}

/// What a statement does to a table or a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Makes it.
    Make,
    /// Drops it.
    Drop,
    /// Gives it another name, which is this one.
    RenameTo(String),
    /// Gives this name to what was called otherwise.
    RenameFrom(String),
    /// Adds the column.
    AddColumn(String),
    /// Drops the column.
    DropColumn(String),
    /// Renames the column.
    RenameColumn(String),
    /// Drops the index.
    DropIndex(String),
}

/// What a file does to one name, and where.
#[derive(Clone, Debug)]
pub(super) struct Touch {
    pub(super) span: Span,
    pub(super) deed: Deed,
}

/// Everything that is broken behind the file, in the order of its names.
pub(crate) fn broken(start: &Schema, end: &Schema, earlier: &Earlier) -> Vec<Broken> {
    if earlier.touches.is_empty() && earlier.places.is_empty() {
        return Vec::new();
    }
    let mut keys: BTreeSet<_> = gathered(end.depending_on(earlier.touches.keys().map(|name| &**name)));
    for (noted, is_trigger) in [(&earlier.places.others, false), (&earlier.places.triggers, true)] {
        let made = noted.iter().filter(|(_, place)| place.made);
        keys.extend(made.filter_map(|(name, _)| end.key_of(name, is_trigger)));
    }
    let mut look = Look { start, end, earlier, sound: [Sound::default(), Sound::default()] };
    let objects = keys.iter().filter_map(|key| end.by_key(key));
    objects
        .flat_map(|object| match object.kind {
            ObjectKind::View | ObjectKind::Trigger => look.query(object).into_iter().collect(),
            ObjectKind::Table => look.keys(object),
            ObjectKind::Index => Vec::new(),
        })
        .collect()
}

/// A name in double quotes that was a column before.
fn lost(start: &Schema, end: &Schema, object: &Rc<Object>, before: &Rc<Object>) -> Option<Fault> {
    if !object.sql.contains('"') {
        return None;
    }
    let known = strings(start, before);
    let lost = strings(end, object).into_iter().find(|string| !known.contains(string))?;
    Some(Fault { kind: FaultKind::String(lost), error: fault_of_names(end, object) })
}

struct Look<'run> {
    start: &'run Schema,
    end: &'run Schema,
    earlier: &'run Earlier,
    /// What is known to be sound before the file and behind it.
    sound: [Sound; 2],
}

impl Look<'_> {
    /// A view or a trigger.
    fn query(&mut self, object: &Rc<Object>) -> Option<Broken> {
        if self.is_as_it_was(object) {
            return None;
        }
        let is_trigger = object.kind == ObjectKind::Trigger;
        let before = if is_trigger { self.start.trigger(&object.name) } else { self.start.get(&object.name) };
        let before = before.filter(|before| before.kind == object.kind);
        let [sound_before, sound] = &mut self.sound;
        let fault = fault(self.end, object, sound).or_else(|| lost(self.start, self.end, object, before?))?;
        if before.is_some_and(|before| self::fault(self.start, before, sound_before).is_some()) {
            return None;
        }
        let Touch { span, deed } = self.cause(object, &fault)?;
        let own = self.earlier.place(object.kind, &object.name).is_some_and(|place| place.made);
        Some(Broken { object: Rc::clone(object), key: None, fault, span, deed, own })
    }

    /// Whether the file leaves a view or a trigger alone, and does nothing to what it reads but add columns
    /// that are nothing to it.
    fn is_as_it_was(&self, object: &Object) -> bool {
        let adds = |touch: &Touch| match &touch.deed {
            Deed::AddColumn(column) => !self.end.may_mean(object, &[column]),
            _ => false,
        };
        let is_table = |name: &str| self.end.get(name).is_some_and(|read| read.kind == ObjectKind::Table);
        self.earlier.place(object.kind, &object.name).is_none_or(|place| !place.made)
            && object
                .mentions()
                .all(|name| is_table(name) && self.earlier.touches.get(name).is_none_or(|all| all.iter().all(adds)))
    }

    /// The statement that is to blame for the fault of a view or a trigger.
    fn cause(&self, object: &Rc<Object>, fault: &Fault) -> Option<Touch> {
        if let Some(place) = self.earlier.place(object.kind, &object.name).filter(|place| place.made) {
            return Some(Touch { span: place.span, deed: Deed::Make });
        }
        if let FaultKind::Table(table) = &fault.kind
            && let Some(touch) = self.last(table, |deed| matches!(deed, Deed::Drop | Deed::RenameTo(_)))
        {
            return Some(touch);
        }
        if let FaultKind::Index(index) = &fault.kind
            && let Some(touch) = object.mentions().find_map(|table| {
                self.last(table, |deed| matches!(deed, Deed::DropIndex(dropped) if name::same(dropped, index)))
            })
        {
            return Some(touch);
        }
        let mut names: Vec<String> = object.mentions().map(ToOwned::to_owned).collect();
        let mut seen: BTreeSet<String> = gathered(names.iter().cloned());
        let mut found: Option<Touch> = None;
        while let Some(name) = names.pop() {
            let last = self.last(&name, |_| true);
            found = match (found, last) {
                (Some(known), Some(last)) if last.span.start < known.span.start => Some(known),
                (known, last) => last.or(known),
            };
            if let Some(view) = self.end.get(&name).filter(|view| view.kind == ObjectKind::View) {
                names.extend(view.mentions().filter(|name| seen.insert((*name).to_owned())).map(ToOwned::to_owned));
            }
        }
        found
    }

    /// The last thing of that kind that the file does to what bears the name.
    fn last(&self, name: &str, wanted: impl Fn(&Deed) -> bool) -> Option<Touch> {
        let touches = self.earlier.touches.get(&*name::fold(name))?;
        touches.iter().rev().find(|touch| wanted(&touch.deed)).cloned()
    }

    /// The foreign keys of a table.
    fn keys(&self, table: &Rc<Object>) -> Vec<Broken> {
        let Some(create) = table.as_table().filter(|_| table.certain) else { return Vec::new() };
        let known = self.origin(&table.name);
        let is_touched = self.earlier.place(ObjectKind::Table, &table.name).is_some();
        // A column more keeps no key from being one.
        let concerns = |deed: &Deed| !matches!(deed, Deed::AddColumn(_));
        let broken = foreign_keys(create).filter_map(|(columns, key)| {
            if !is_touched && self.last(&key.table.text, concerns).is_none() {
                return None;
            }
            let fault = parent_fault(self.end, table, columns.len(), key)?;
            let FaultKind::Parent(why) = &fault.kind else { return None };
            let old = known.filter(|known| has_key(known, &columns, key));
            if old.is_some_and(|old| parent_fault(self.start, old, columns.len(), key).is_some()) {
                return None;
            }
            let own = || {
                let place = self.earlier.place(ObjectKind::Table, &table.name)?;
                let deed = if place.made { Deed::Make } else { Deed::AddColumn(columns.first()?.text.clone()) };
                Some(Touch { span: place.span, deed })
            };
            let gone = |deed: &Deed| *why != ParentFault::Missing || matches!(deed, Deed::Drop | Deed::RenameTo(_));
            let of_parent = || self.last(&key.table.text, gone);
            let (of_parent, own) = (of_parent(), own());
            let is_own = if old.is_some() { of_parent.is_none() } else { own.is_some() };
            let Touch { span, deed } = if is_own { own } else { of_parent }?;
            let names = |names: &[&Name]| names.iter().map(|name| name.text.clone()).collect();
            let of_parent: Vec<&Name> = key.columns.iter().collect();
            let key =
                BrokenKey { columns: names(&columns), parent: key.table.text.clone(), of_parent: names(&of_parent) };
            Some(Broken { object: Rc::clone(table), key: Some(key), fault, span, deed, own: is_own })
        });
        broken.collect()
    }

    /// The table before the file that bears the name now, or that a rebuild has replaced.
    fn origin(&self, name: &str) -> Option<&Rc<Object>> {
        let renamed = || match self.last(name, |deed| matches!(deed, Deed::RenameFrom(_)))?.deed {
            Deed::RenameFrom(from) => self.start.get(&from),
            _ => None,
        };
        self.start.get(name).or_else(renamed).filter(|table| table.kind == ObjectKind::Table)
    }
}

/// Whether the table has the same key.
fn has_key(table: &Object, columns: &[&Name], key: &ForeignKey) -> bool {
    let all_same = |one: &[&Name], other: &[&Name]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is(&other.text))
    };
    table.as_table().is_some_and(|table| {
        foreign_keys(table).any(|(known, other)| {
            other.table.is(&key.table.text)
                && all_same(&known, columns)
                && all_same(&other.columns.iter().collect::<Vec<_>>(), &key.columns.iter().collect::<Vec<_>>())
        })
    })
}
