//! What a part of a schema needs: whom an object mentions, and where it stands among the others.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::{Object, Schema, key};
use crate::parse::statement::ObjectKind;
use crate::sqlite::name;
use crate::sqlite::version::Version;

impl Object {
    /// The tables and views that it may refer to, in the form in which names are compared.
    pub fn mentions(&self) -> impl Iterator<Item = &str> {
        self.mentions.iter().map(|name| &**name)
    }
}

impl Schema {
    /// The version of SQLite whose doings are followed.
    pub fn engine(&self) -> Version {
        self.connection.engine
    }

    /// Where the object stands in the order of creation.
    pub fn position(&self, object: &Object) -> Option<u32> {
        self.objects.get(&key(object)).map(|entry| entry.order)
    }

    /// The indexes, or the triggers, that belong to a table or view; in no order that means anything.
    pub fn owned(&self, table: &str, kind: ObjectKind) -> Vec<&Rc<Object>> {
        let Some(keys) = self.mentions.get(&*name::fold(table)) else { return Vec::new() };
        let objects = keys.keys().filter(|key| key.trigger == (kind == ObjectKind::Trigger));
        let objects = objects.filter_map(|key| self.objects.get(key)).map(|entry| &entry.object);
        objects.filter(|object| object.kind == kind && object.belongs_to(table)).collect()
    }
}
