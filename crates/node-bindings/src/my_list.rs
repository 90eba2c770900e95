//! `MyList` for TypeScript: the list holds ids, and the TypeScript class has the values that they stand for.

use crate::border::{Class, Env, Exports, FromJs, TypeOf, Value};
use crate::fail::Result;
use crate::options::Options;
use crate::results::New;
use crate::rows::NoneOf;
use crate::values::{Clamped, Object};
use pairity_core::{Cursor, MyList, Slice, Sorting, Word, float_repr, utf16_repr};
use std::cell::Cell;

/// A list of ids, each of which it has once.
struct Ids {
    list: MyList<i64>,
    /// The id of the next value.
    next: Cell<i64>,
}

impl Class for Ids {
    const NAME: &'static str = MyList::NAME;
}

impl Class for Cursor {
    const NAME: &'static str = "Cursor";
}

impl Class for Sorting<i64> {
    const NAME: &'static str = "Sorting";
}

/// A value that is known not to be iterable: converting it says so.
struct NoIterable;

impl FromJs for NoIterable {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        Err(env.mismatch(value, name, Word::Iterable))
    }
}

/// A function of an item.
struct KeyFunction;

impl FromJs for KeyFunction {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        if env.type_of(value) == TypeOf::Function {
            Ok(Self)
        } else {
            Err(env.mismatch(value, name, Word::Function))
        }
    }
}

/// Any value, by the word for its type.
struct Named(Word);

impl FromJs for Named {
    fn ts() -> String {
        "unknown".into()
    }

    fn from_js(env: Env, value: Value, _: &'static str) -> Result<Self> {
        Ok(Self(env.word(value)))
    }
}

/// A string as it is, halves of surrogate pairs included.
struct Units(Vec<u16>);

impl FromJs for Units {
    fn ts() -> String {
        "string".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        env.string(value, <[u16]>::to_vec)
            .map(Self)
            .ok_or_else(|| env.mismatch(value, name, Word::String))
    }
}

/// The texts of items.
struct Texts(Vec<String>);

impl FromJs for Texts {
    fn ts() -> String {
        "string[]".into()
    }

    fn from_js(env: Env, value: Value, name: &'static str) -> Result<Self> {
        let text = |index| {
            let item = env.element(value, index)?;
            // A text that is shown may lose the half of a surrogate pair.
            env.string(item, String::from_utf16_lossy)
                .ok_or_else(|| env.mismatch(item, name, Word::String))
        };
        let texts = (0..env.length(value)?).map(text);
        texts.collect::<Result<_>>().map(Self)
    }
}

impl Ids {
    /// Ids for `count` new values: they follow one another.
    fn number(&self, count: i64) -> Vec<i64> {
        let first = self.next.get();
        self.next.set(first + count);
        (first..first + count).collect()
    }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("myListNew", &[], || {
            New(Ids {
                list: MyList::new(Vec::new()),
                next: Cell::new(0),
            })
        })
        .add("myListLength", &[], |ids: &Ids| ids.list.len())
        .add("myListGet", &["index"], |ids: &Ids, index: Clamped| {
            ids.list.get(index.0, |id| *id)
        })
        .add("myListIds", &[], |ids: &Ids| ids.list.snapshot(|id| *id))
        .add(
            "myListSlice",
            &["start", "stop", "step"],
            |ids: &Ids, start: Option<Clamped>, stop: Option<Clamped>, step: Option<Clamped>| {
                let slice = Slice {
                    start: start.map(|end| end.0),
                    stop: stop.map(|end| end.0),
                    step: step.map(|step| step.0),
                };
                ids.list.slice(slice, |id| *id)
            },
        )
        .add("myListRepeated", &["times"], |ids: &Ids, times: i64| {
            ids.list.repeated(times, |id| *id)
        });
    register_changes(exports);
    register_iteration(exports);
    register_sorting(exports);
    register_texts(exports);
    exports.close::<Ids>("myListClose");
}

/// What changes the list: it returns the ids of new values, or those whose values are to be forgotten.
fn register_changes(exports: &mut Exports) {
    exports
        .add("myListAppend", &[], |ids: &Ids| {
            let [id] = *ids.number(1) else { return 0 };
            ids.list.append(id);
            id
        })
        .add("myListExtend", &["count"], |ids: &Ids, count: i64| {
            let added = ids.number(count);
            ids.list.extend(added.clone());
            added
        })
        .add("myListInsert", &["index"], |ids: &Ids, index: i64| {
            let [id] = *ids.number(1) else { return 0 };
            ids.list.insert(index, id);
            id
        })
        .add("myListPop", &["index"], |ids: &Ids, index: i64| {
            ids.list.pop(index)
        })
        .add("myListDelete", &["index"], |ids: &Ids, index: Clamped| {
            ids.list.pop(index.0)
        })
        .add("myListRemove", &["place"], |ids: &Ids, place: i64| {
            ids.list.splice(place, 1, Vec::new())
        })
        .add(
            "myListSplice",
            &["start", "deleteCount", "count"],
            |ids: &Ids, start: Clamped, delete_count: Clamped, count: i64| {
                let added = ids.number(count);
                let removed = ids.list.splice(start.0, delete_count.0, added.clone());
                (removed, added)
            },
        )
        .add("myListClear", &[], |ids: &Ids| ids.list.clear())
        .add("myListReverse", &[], |ids: &Ids| ids.list.reverse());
}

fn register_iteration(exports: &mut Exports) {
    exports
        .add("myListForward", &[], |_: &Ids| New(Cursor::forward()))
        .add("myListBackward", &[], |ids: &Ids| {
            New(Cursor::backward(&ids.list))
        })
        .add(
            "myListBetween",
            &["start", "stop"],
            |ids: &Ids, start: Clamped, stop: Clamped| {
                New(Cursor::between(&ids.list, start.0, stop.0))
            },
        )
        .add(
            "myListNext",
            &["cursor"],
            |ids: &Ids, cursor: Object<Cursor>| cursor.next(&ids.list, |id| *id).map(|(_, id)| id),
        )
        .add(
            "myListNextPlace",
            &["cursor"],
            |ids: &Ids, cursor: Object<Cursor>| cursor.next(&ids.list, |id| *id),
        )
        .add("myListFound", &["place"], |place: Option<i64>| {
            MyList::found(place.and_then(|place| usize::try_from(place).ok()))
        });
}

fn register_sorting(exports: &mut Exports) {
    exports
        .add("myListSort", &["options"], |ids: &Ids, options: Options| {
            let options = options.only(&["key", "reverse"])?;
            options.or("key", None::<KeyFunction>)?;
            let is_reverse = options.or("reverse", false)?;
            Result::Ok(New(ids.list.sort(is_reverse)))
        })
        .add(
            "myListFinish",
            &["sorting"],
            |ids: &Ids, sorting: Object<Sorting<i64>>| ids.list.finish(&sorting),
        )
        .add("sortingIds", &[], |sorting: &Sorting<i64>| {
            sorting.items(|id| *id)
        })
        .add("sortingAsk", &[], |sorting: &Sorting<i64>| sorting.ask())
        .add(
            "sortingAnswer",
            &["isLess"],
            |sorting: &Sorting<i64>, is_less: bool| sorting.answer(is_less),
        )
        .add("sortingCheck", &[], |sorting: &Sorting<i64>| {
            sorting.check()
        });
}

fn register_texts(exports: &mut Exports) {
    exports
        .add("myListBeginText", &[], |ids: &Ids| ids.list.begin_text())
        .add("myListEndText", &[], |ids: &Ids| ids.list.end_text())
        .add("myListText", &["items"], |items: Option<Texts>| {
            MyList::text(items.as_ref().map(|items| items.0.as_slice()))
        })
        .add("myListFloatText", &["item"], float_repr)
        .add("myListStringText", &["item"], |item: Units| {
            utf16_repr(&item.0)
        })
        .add("myListRefuse", &["other"], |_: NoneOf<Ids>| ())
        .add("myListRefuseValues", &["values"], |_: NoIterable| ())
        .add(
            "myListRefuseOrder",
            &["left", "right"],
            |left: Named, right: Named| MyList::refuse_order(left.0, right.0),
        );
}
