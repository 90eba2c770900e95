//! Ticker for TypeScript: one line a method; ticks come from the timer's thread.

use crate::border::{Class, Exports, Promise};
use crate::fail;
use crate::options::{AbortSignal, Options};
use crate::results::New;
use pairity_core::{Cancel, Ticker};

impl Class for Ticker {
    const NAME: &'static str = "Ticker";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add(
            "tickerNew",
            &["interval", "count"],
            |interval: i64, count: Option<i64>| Ticker::new(interval, count).map(New),
        )
        .add("tickerInterval", &[], |ticker: &Ticker| ticker.interval())
        .add("tickerCount", &[], |ticker: &Ticker| ticker.count())
        .add("tickerTicks", &[], |ticker: &Ticker| ticker.ticks())
        .add("tickerText", &[], |ticker: &Ticker| ticker.to_string())
        .add("tickerNumber", &[], |ticker: &Ticker| {
            ticker.number().cast_signed()
        })
        .add(
            "tickerWait",
            &["number", "options"],
            |ticker: &Ticker, number: i64, options: Options| -> fail::Result<Promise<u64>> {
                let options = options.only(&["signal"])?;
                options.or::<Option<AbortSignal>>("signal", None)?;
                let ticker = ticker.clone();
                Ok(Promise::new(&Cancel::default(), move |port| {
                    ticker.wait(number.cast_unsigned(), |tick| port.settle(tick))
                }))
            },
        )
        .add(
            "tickerNext",
            &["number"],
            |ticker: &Ticker, number: i64| -> Promise<Option<u64>> {
                let ticker = ticker.clone();
                Promise::new(&Cancel::default(), move |port| {
                    ticker.next(number.cast_unsigned(), |tick| port.settle(tick))
                })
            },
        )
        .add(
            "tickerCancel",
            &["number"],
            |ticker: &Ticker, number: i64| ticker.cancel(number.cast_unsigned()),
        )
        .add("tickerClose", &[], |ticker: &Ticker| ticker.close());
}
