//! Counter for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::Result;
use crate::results::{Exact, New};
use crate::values::{Fields, Object, Stored};
use pairity_core::{Counter, Limit};

impl Class for Counter {
    const NAME: &'static str = "Counter";
}

const fn safe(twin: &'static str) -> Limit {
    Limit::Safe { twin }
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("counterNew", &["value"], |value: i64| {
            New(Counter::new(value))
        })
        .add("counterFromJson", &["data"], |data: Fields| from_json(data))
        .add(
            "counterClone",
            &[],
            |counter: &Counter| New(counter.clone()),
        )
        .add("counterValue", &[], |counter: &Counter| {
            counter.value(safe("valueBigInt"))
        })
        .add("counterValueBigInt", &[], |counter: &Counter| {
            counter.value(Limit::None).map(Exact)
        })
        .add("counterState", &[], |counter: &Counter| stored(counter))
        .add(
            "counterDivide",
            &["divisor"],
            |counter: &Counter, divisor: i64| counter.divide(divisor),
        )
        .add("counterSet", &["value"], |counter: &Counter, value: i64| {
            counter.set(value);
        })
        .add("counterReset", &[], |counter: &Counter| {
            counter.reset(safe("resetBigInt"))
        })
        .add("counterResetBigInt", &[], |counter: &Counter| {
            counter.reset(Limit::None).map(Exact)
        })
        .add("counterIncrement", &[], |counter: &Counter| {
            counter.increment(safe("incrementBigInt"))
        })
        .add("counterIncrementBigInt", &[], |counter: &Counter| {
            counter.increment(Limit::None).map(Exact)
        })
        .add("counterDecrement", &[], |counter: &Counter| {
            counter.decrement(safe("decrementBigInt"))
        })
        .add("counterDecrementBigInt", &[], |counter: &Counter| {
            counter.decrement(Limit::None).map(Exact)
        })
        .add("counterAdd", &["n"], |counter: &Counter, n: i64| {
            counter.add(n, safe("addBigInt"))
        })
        .add("counterAddBigInt", &["n"], |counter: &Counter, n: i64| {
            counter.add(n, Limit::None).map(Exact)
        })
        .add(
            "counterSetRange",
            &["minimum", "maximum"],
            |counter: &Counter, minimum: i64, maximum: i64| counter.set_range(minimum, maximum),
        )
        .add("counterClearRange", &[], |counter: &Counter| {
            counter.clear_range();
        })
        .add(
            "counterEquals",
            &["other"],
            |counter: &Counter, other: Object<Counter>| counter.equals(&other),
        )
        .add("counterText", &[], |counter: &Counter| counter.to_string())
        .close::<Counter>("counterClose");
}

fn stored(counter: &Counter) -> (Stored, Option<Stored>, Option<Stored>) {
    let state = counter.state();
    (
        Stored(state.value),
        state.range.map(|range| Stored(range.0)),
        state.range.map(|range| Stored(range.1)),
    )
}

fn from_json(data: Fields) -> Result<New<Counter>> {
    let data = data.only(&["value", "minimum", "maximum"])?;
    let value = data.required::<Stored>("value")?.0;
    let minimum = data.optional::<Stored>("minimum")?.map(|end| end.0);
    let maximum = data.optional::<Stored>("maximum")?.map(|end| end.0);
    Ok(New(Counter::from_parts(value, minimum, maximum)?))
}
