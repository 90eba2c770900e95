//! Range for TypeScript: one line a method.

use crate::border::{Class, Exports, Floats};
use crate::fail::Result;
use crate::results::{Exact, New};
use crate::values::{Fields, Object, Stored};
use pairity_core::{Limit, Range};

impl Class for Range {
    const NAME: &'static str = "Range";
}

const fn safe(twin: &'static str) -> Limit {
    Limit::Safe { twin }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("rangeNew", &["start", "end"], |start: i64, end: i64| {
            New(Range::new(start, end))
        })
        .add("rangeFromJson", &["data"], |data: Fields| from_json(data))
        .add("rangeClone", &[], |range: &Range| New(range.clone()))
        .add("rangeStart", &[], |range: &Range| {
            range.start(safe("startBigInt"))
        })
        .add("rangeStartBigInt", &[], |range: &Range| {
            range.start(Limit::None).map(Exact)
        })
        .add("rangeEnd", &[], |range: &Range| {
            range.end(safe("endBigInt"))
        })
        .add("rangeEndBigInt", &[], |range: &Range| {
            range.end(Limit::None).map(Exact)
        })
        .add("rangeRemaining", &[], |range: &Range| {
            range.remaining(safe("remainingBigInt"))
        })
        .add("rangeRemainingBigInt", &[], |range: &Range| {
            range.remaining(Limit::None).map(Exact)
        })
        .add("rangeState", &[], |range: &Range| {
            let state = range.state();
            (
                Stored(state.start),
                Stored(state.end),
                Stored(state.position),
            )
        })
        .add("rangeNextBigInt", &[], |range: &Range| {
            range.next(Limit::None).map(|item| item.map(Exact))
        })
        .add("rangePeek", &["items"], |range: &Range, items: Floats| {
            items.view(|items| range.peek(items, "nextBigInt"))
        })
        .add("rangeSkip", &["count"], |range: &Range, count: u32| {
            range.skip(count.into());
        })
        .add(
            "rangeEquals",
            &["other"],
            |range: &Range, other: Object<Range>| range.equals(&other),
        )
        .add("rangeText", &[], |range: &Range| range.to_string())
        .close::<Range>("rangeClose");
}

fn from_json(data: Fields) -> Result<New<Range>> {
    let data = data.only(&["start", "end", "position"])?;
    let start = data.required::<Stored>("start")?.0;
    let end = data.required::<Stored>("end")?.0;
    let position = data.optional::<Stored>("position")?.map(|item| item.0);
    Ok(New(Range::from_parts(start, end, position)?))
}
