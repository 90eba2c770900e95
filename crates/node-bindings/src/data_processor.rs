//! `DataProcessor` for TypeScript: one line a method; the work tells its news on the event loop.

use crate::border::{Callback, Class, Exports, Listener, Port, Promise, Unknown};
use crate::fail;
use crate::options::{AbortSignal, Options};
use crate::results::New;
use crate::values::Object;
use pairity_core::{Cancel, DataProcessor, Lane, News};

impl Class for DataProcessor {
    const NAME: &'static str = "DataProcessor";
}

impl Class for Cancel {
    const NAME: &'static str = "Work";
}

/// How work goes on, as a tuple.
type Progress = (u64, u64);

/// The function of a user that is told the progress; TypeScript calls it.
type OnProgress = Callback<Progress, Unknown>;

/// Work that tells its progress.
type Told<T> = Promise<T, Progress>;

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("dataProcessorNew", &["passes"], |passes: i64| {
            DataProcessor::new(passes).map(New)
        })
        .add("dataProcessorPasses", &[], |processor: &DataProcessor| {
            processor.passes()
        })
        .add("dataProcessorBegin", &[], |processor: &DataProcessor| {
            New(processor.begin())
        })
        .add("dataProcessorCancel", &[], |processor: &DataProcessor| {
            processor.cancel()
        })
        .add("dataProcessorText", &[], |processor: &DataProcessor| {
            processor.to_string()
        })
        .add(
            "dataProcessorSlow",
            &["data", "options", "work", "listener"],
            |processor: &DataProcessor,
             data: Vec<f64>,
             options: Options,
             work: Object<Cancel>,
             listener: Listener<Progress>| {
                smooth(Lane::Single, processor, data, options, &work, listener)
            },
        )
        .add(
            "dataProcessorFast",
            &["data", "options", "work", "listener"],
            |processor: &DataProcessor,
             data: Vec<f64>,
             options: Options,
             work: Object<Cancel>,
             listener: Listener<Progress>| {
                smooth(Lane::Many, processor, data, options, &work, listener)
            },
        )
        .add(
            "dataProcessorBatch",
            &["batches", "options", "work", "listener"],
            |processor: &DataProcessor,
             batches: Vec<Vec<f64>>,
             options: Options,
             work: Object<Cancel>,
             listener: Listener<Progress>| {
                check(options)?;
                let (own, cancel) = (processor.clone(), work.clone());
                let begin = move |port| own.spawn_batch(batches, &cancel, telling(port));
                fail::Result::Ok(Told::new(&work, begin).telling(listener))
            },
        )
        .add("workCancel", &[], |work: &Cancel| {
            work.cancel();
        })
        .close::<Cancel>("workClose")
        .close::<DataProcessor>("dataProcessorClose");
}

fn smooth(
    lane: Lane,
    processor: &DataProcessor,
    data: Vec<f64>,
    options: Options,
    work: &Cancel,
    listener: Listener<Progress>,
) -> fail::Result<Told<Vec<f64>>> {
    check(options)?;
    let (own, cancel) = (processor.clone(), work.clone());
    let begin = move |port| own.spawn(lane, data, &cancel, telling(port));
    Ok(Told::new(work, begin).telling(listener))
}

/// Checks the options, which are for TypeScript.
fn check(options: Options) -> fail::Result<()> {
    let options = options.only(&["onProgress", "signal"])?;
    options.or::<Option<OnProgress>>("onProgress", None)?;
    options.or::<Option<AbortSignal>>("signal", None)?;
    Ok(())
}

/// Hands the news of work on to its promise.
fn telling<T: Send + 'static>(port: Port<T, Progress>) -> impl FnMut(News<T>) + Send + 'static {
    let mut port = Some(port);
    move |news| match news {
        News::Progress(done, total) => {
            if let Some(port) = &port {
                port.note((done, total));
            }
        }
        News::Ended(result) => {
            if let Some(port) = port.take() {
                port.settle(result);
            }
        }
    }
}
