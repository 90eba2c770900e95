//! Long work on lists of floats: cancelled, followed, and spread over threads.

use crate::smoothing::{Smoothing, Step};
use crate::work::{Cancel, News, PATIENCE, is_due};
use crate::{Error, Lane, Result};
use parking_lot::Mutex;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};

/// The most passes that a processor makes.
const MOST: i64 = 1_000_000;

/// Smooths lists of floats, in as many passes as it was made with.
///
/// A pass replaces every item but the first and the last by a quarter of its left neighbour, twice itself and its right
/// neighbour: `((left + 2 * item) + right) / 4` in doubles, in this order, of the items as they were before the pass.
/// So the result has the same bits wherever, and on however many threads, it is made.
/// A clone is the same processor: both cancel the same work.
#[derive(Clone, Debug)]
pub struct DataProcessor {
    passes: u32,
    running: Arc<Mutex<Vec<Cancel>>>,
}

impl DataProcessor {
    /// A processor that makes `passes` passes.
    ///
    /// # Errors
    /// [`Error::Negative`], and [`Error::TooLarge`] above a million.
    pub fn new(passes: i64) -> Result<Self> {
        let argument = || "passes".into();
        match u32::try_from(passes) {
            Ok(passes) if i64::from(passes) <= MOST => Ok(Self {
                passes,
                running: Arc::default(),
            }),
            _ if passes < 0 => Err(Error::Negative {
                argument: argument(),
            }),
            _ => Err(Error::TooLarge {
                argument: argument(),
            }),
        }
    }

    /// How many passes it makes.
    #[must_use]
    pub const fn passes(&self) -> u32 {
        self.passes
    }

    /// What cancels work that is about to begin; [`DataProcessor::cancel`] does, too, until it has ended.
    #[must_use]
    pub fn begin(&self) -> Cancel {
        let cancel = Cancel::default();
        let mut running = self.running.lock();
        running.retain(Cancel::is_running);
        running.push(cancel.clone());
        cancel
    }

    /// Cancels all work of this processor whose result is not out yet, and returns how many that were.
    #[expect(clippy::must_use_candidate, reason = "it is called for its effect")]
    pub fn cancel(&self) -> usize {
        let running = std::mem::take(&mut *self.running.lock());
        running
            .iter()
            .filter(|one| one.is_running() && one.cancel())
            .count()
    }

    /// Begins to smooth a list.
    #[must_use]
    pub fn smooth(&self, items: Vec<f64>, cancel: &Cancel) -> Smoothing {
        Smoothing::new(items, self.passes, cancel)
    }

    /// Smooths a list on a thread of `lane`; `listen` is called there, with the progress and then with the result.
    ///
    /// # Errors
    /// [`WorkFault::NoThread`](crate::WorkFault::NoThread).
    pub fn spawn(
        &self,
        lane: Lane,
        items: Vec<f64>,
        cancel: &Cancel,
        listen: impl FnMut(News<Vec<f64>>) + Send + 'static,
    ) -> Result<()> {
        let smoothing = self.smooth(items, cancel);
        let mut listen = listen;
        lane.threads()?.spawn(move || {
            let result =
                caught(|| smoothing.run(|done, total| listen(News::Progress(done, total))));
            listen(News::Ended(result));
        });
        Ok(())
    }

    /// Smooths every list, on all threads of the pool; progress counts lists that are done.
    ///
    /// # Errors
    /// [`WorkFault::NoThread`](crate::WorkFault::NoThread).
    pub fn spawn_batch(
        &self,
        lists: Vec<Vec<f64>>,
        cancel: &Cancel,
        listen: impl FnMut(News<Vec<Vec<f64>>>) + Send + 'static,
    ) -> Result<()> {
        let total = lists.len();
        let gathering = Arc::new(Mutex::new(Gathering {
            results: vec![Vec::new(); total],
            failure: None,
            done: 0,
            listen,
        }));
        let threads = Lane::Many.threads()?;
        if total == 0 {
            let cancel = cancel.clone();
            threads.spawn(move || {
                let ended = cancel.check().map(|()| Vec::new());
                (gathering.lock().listen)(News::Ended(ended));
            });
            return Ok(());
        }
        for (index, items) in lists.into_iter().enumerate() {
            let smoothing = self.smooth(items, cancel);
            let gathering = Arc::clone(&gathering);
            threads.spawn_fifo(move || {
                let result = caught(|| smoothing.run(|_, _| {}));
                gathering.lock().take(index, result);
            });
        }
        Ok(())
    }

    /// As [`DataProcessor::spawn_batch`], for whoever waits for it.
    ///
    /// # Errors
    /// [`WorkFault::NoThread`](crate::WorkFault::NoThread).
    pub fn batch(&self, lists: Vec<Vec<f64>>, cancel: &Cancel) -> Result<Batch> {
        let (tell, told) = mpsc::channel();
        self.spawn_batch(lists, cancel, move |news| {
            // Nobody listens any more when the caller was interrupted.
            let _ = tell.send(news);
        })?;
        Ok(Batch {
            told,
            cancel: cancel.clone(),
            lists: Vec::new(),
        })
    }
}

/// Lists that are smoothed on other threads, for whoever waits for them and may do something else between two steps.
#[derive(Debug)]
pub struct Batch {
    told: Receiver<News<Vec<Vec<f64>>>>,
    cancel: Cancel,
    lists: Vec<Vec<f64>>,
}

impl Batch {
    /// Waits for a while.
    ///
    /// # Errors
    /// As [`Smoothing::advance`].
    pub fn advance(&mut self) -> Result<Step> {
        self.cancel.check()?;
        match self.told.recv_timeout(PATIENCE) {
            Ok(News::Progress(done, total)) => Ok(Step::Progress(done, total)),
            Ok(News::Ended(lists)) => {
                self.lists = lists?;
                self.cancel.check()?;
                Ok(Step::Done)
            }
            Err(RecvTimeoutError::Timeout) => Ok(Step::More),
            // The work ends with its news, so this is after its end.
            Err(RecvTimeoutError::Disconnected) => Ok(Step::Done),
        }
    }

    /// The lists, smoothed, in their order.
    #[must_use]
    pub fn into_lists(self) -> Vec<Vec<f64>> {
        self.lists
    }
}

impl fmt::Display for DataProcessor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DataProcessor(passes={})", self.passes)
    }
}

/// The results of several lists, and who is told of them.
struct Gathering<F> {
    results: Vec<Vec<f64>>,
    failure: Option<Error>,
    done: usize,
    listen: F,
}

impl<F: FnMut(News<Vec<Vec<f64>>>)> Gathering<F> {
    fn take(&mut self, index: usize, result: Result<Vec<f64>>) {
        let total = self.results.len();
        self.done += 1;
        match result {
            Ok(items) => self.results[index] = items,
            Err(error) => self.failure = Some(error),
        }
        let (done, all) = (self.done as u64, total as u64);
        if self.failure.is_none() && is_due(done, all) {
            (self.listen)(News::Progress(done, all));
        }
        if self.done == total {
            let results = std::mem::take(&mut self.results);
            let ended = self.failure.take().map_or(Ok(results), Err);
            (self.listen)(News::Ended(ended));
        }
    }
}

/// The result of `body`; a thread of the pool that panics would end the process.
fn caught<T>(body: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| Err(Error::from_panic(payload)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkFault;

    fn processor(passes: i64) -> DataProcessor {
        DataProcessor::new(passes).expect("acceptable passes")
    }

    fn plain(passes: usize, mut items: Vec<f64>) -> Vec<f64> {
        for _ in 0..passes {
            let before = items.clone();
            for index in 1..items.len().max(1) - 1 {
                items[index] =
                    ((before[index - 1] + 2.0 * before[index]) + before[index + 1]) / 4.0;
            }
        }
        items
    }

    fn bits(items: &[f64]) -> Vec<u64> {
        items.iter().map(|item| item.to_bits()).collect()
    }

    fn result(listened: mpsc::Receiver<News<Vec<f64>>>) -> (Vec<u64>, Result<Vec<f64>>) {
        let mut progress = Vec::new();
        for news in listened {
            match news {
                News::Progress(done, _) => progress.push(done),
                News::Ended(result) => return (progress, result),
            }
        }
        unreachable!("the work ended")
    }

    #[test]
    fn a_list_is_smoothed_to_the_same_bits_on_every_way() {
        let items: Vec<f64> = (0..1000).map(|n| f64::from(n * n % 97) / 7.0).collect();
        let expected = bits(&plain(150, items.clone()));
        let processor = processor(150);
        let here = processor.smooth(items.clone(), &processor.begin());
        assert_eq!(bits(&here.run(|_, _| {}).expect("wanted")), expected);
        for lane in [Lane::Single, Lane::Many] {
            let (tell, listened) = mpsc::channel();
            let spawned = processor.spawn(lane, items.clone(), &processor.begin(), move |news| {
                drop(tell.send(news));
            });
            assert_eq!(spawned, Ok(()));
            let (progress, smooth) = result(listened);
            assert_eq!(bits(&smooth.expect("wanted")), expected);
            assert_eq!((progress.len(), progress.last()), (100, Some(&150)));
        }
    }

    #[test]
    fn lists_of_a_batch_keep_their_order() {
        let (tell, listened) = mpsc::channel();
        let lists: Vec<Vec<f64>> = (0..50).map(|n| vec![f64::from(n), 0.0, 4.0]).collect();
        let processor = processor(1);
        let spawned = processor.spawn_batch(lists, &processor.begin(), move |news| {
            drop(tell.send(news));
        });
        assert_eq!(spawned, Ok(()));
        let mut progress = 0;
        for news in listened {
            match news {
                News::Progress(done, total) => {
                    progress += 1;
                    assert_eq!((done, total), (progress, 50));
                }
                News::Ended(results) => {
                    let inner: Vec<f64> = results
                        .expect("wanted")
                        .iter()
                        .map(|list| list[1])
                        .collect();
                    let expected: Vec<f64> = (0..50).map(|n| (f64::from(n) + 4.0) / 4.0).collect();
                    assert_eq!(inner, expected);
                }
            }
        }
        assert_eq!(progress, 50);
    }

    #[test]
    fn cancelling_counts_the_work_that_runs() {
        let processor = processor(3);
        assert_eq!(processor.cancel(), 0);
        let (first, second, third) = (processor.begin(), processor.begin(), processor.begin());
        assert_eq!(first.end(), Ok(()));
        drop(second);
        assert_eq!(processor.clone().cancel(), 1);
        assert_eq!(third.check(), Err(WorkFault::Cancelled.into()));
        assert_eq!(processor.cancel(), 0);
    }

    #[test]
    fn a_batch_is_followed_step_by_step() {
        let processor = processor(1);
        let lists = vec![vec![0.0, 4.0, 0.0]; 3];
        let mut batch = processor.batch(lists, &processor.begin()).expect("threads");
        let mut progress = Vec::new();
        loop {
            match batch.advance().expect("wanted") {
                Step::More => {}
                Step::Progress(done, total) => progress.push((done, total)),
                Step::Done => break,
            }
        }
        assert_eq!(progress, [(1, 3), (2, 3), (3, 3)]);
        assert_eq!(batch.into_lists(), vec![vec![0.0, 2.0, 0.0]; 3]);
        let cancel = processor.begin();
        cancel.cancel();
        let mut batch = processor.batch(vec![vec![]], &cancel).expect("threads");
        assert_eq!(batch.advance(), Err(WorkFault::Cancelled.into()));
    }

    #[test]
    fn a_panic_on_a_thread_of_the_pool_is_an_error() {
        let message = "of the work".to_owned();
        let panicked = caught::<()>(|| panic!("of the {}", "work"));
        assert_eq!(panicked, Err(Error::Panic { message }));
    }

    #[test]
    fn passes_are_neither_negative_nor_above_a_million() {
        assert!(matches!(
            DataProcessor::new(-1),
            Err(Error::Negative { .. })
        ));
        assert!(matches!(
            DataProcessor::new(1_000_001),
            Err(Error::TooLarge { .. })
        ));
        assert!(matches!(
            DataProcessor::new(i64::MAX),
            Err(Error::TooLarge { .. })
        ));
        assert_eq!(
            processor(1_000_000).to_string(),
            "DataProcessor(passes=1000000)"
        );
    }
}
