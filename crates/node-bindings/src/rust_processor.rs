//! `RustProcessor` for TypeScript: one line a method.

use crate::border::{Class, Exports, Methods};
use crate::fail::Fail;
use crate::results::{Exact, Lossless, New};
use pairity_core::{Hooks, Limit, RustProcessor};

impl Class for RustProcessor {
    const NAME: &'static str = "RustProcessor";
}

/// The TypeScript object, of whatever class it is.
impl Hooks for Methods {
    type Error = Fail;

    fn preprocess(&self, items: Vec<i64>) -> Result<Vec<i64>, Fail> {
        self.call("preprocess", (lossless(items),))
    }

    fn postprocess(&self, items: Vec<i64>) -> Result<Vec<i64>, Fail> {
        self.call("postprocess", (lossless(items),))
    }
}

fn lossless(items: Vec<i64>) -> Vec<Lossless> {
    items.into_iter().map(Lossless).collect()
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("rustProcessorNew", &[], || New(RustProcessor::new()))
        .add(
            "rustProcessorProcess",
            &["items", "host"],
            |processor: &RustProcessor, items: Vec<i64>, host: Methods| {
                let twin = "processBigInt";
                processor.process(items, &host, Limit::Safe { twin })
            },
        )
        .add(
            "rustProcessorProcessBigInt",
            &["items", "host"],
            |processor: &RustProcessor, items: Vec<i64>, host: Methods| {
                let items = processor.process(items, &host, Limit::None)?;
                Ok::<_, Fail>(items.into_iter().map(Exact).collect::<Vec<_>>())
            },
        )
        .add(
            "rustProcessorPreprocess",
            &["items"],
            |processor: &RustProcessor, items: Vec<i64>| lossless(processor.preprocess(items)),
        )
        .add(
            "rustProcessorPostprocess",
            &["items"],
            |processor: &RustProcessor, items: Vec<i64>| lossless(processor.postprocess(items)),
        )
        .add("rustProcessorText", &[], |processor: &RustProcessor| {
            processor.to_string()
        })
        .close::<RustProcessor>("rustProcessorClose");
}
