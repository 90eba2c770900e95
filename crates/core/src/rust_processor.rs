//! `RustProcessor`: a template method. Rust says in which order things are done, the host does the first and the last.

use crate::{Error, Limit, Result};
use std::fmt;

/// What the core asks of a processor of any class: the host's object, with whatever overrides these there.
pub trait Hooks {
    /// What the host throws, or an error of the core.
    type Error: From<Error>;

    /// The items to double, made of those that were given.
    ///
    /// # Errors
    /// Whatever the host throws.
    fn preprocess(&self, items: Vec<i64>) -> std::result::Result<Vec<i64>, Self::Error>;

    /// The items to return, made of the doubled ones.
    ///
    /// # Errors
    /// Whatever the host throws.
    fn postprocess(&self, items: Vec<i64>) -> std::result::Result<Vec<i64>, Self::Error>;
}

/// Doubles integers, between two hooks of the host.
#[derive(Debug, Default)]
pub struct RustProcessor;

impl RustProcessor {
    /// A processor.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// Runs the items through the host's `preprocess`, doubles each, and runs them through its `postprocess`.
    ///
    /// # Errors
    /// Whatever a hook throws, [`Error::Overflow`] when a doubled item does not fit in 64 bits, and
    /// [`Error::UnsafeInteger`] when the caller cannot hold an item of the result.
    pub fn process<H: Hooks>(
        &self,
        items: Vec<i64>,
        host: &H,
        limit: Limit,
    ) -> std::result::Result<Vec<i64>, H::Error> {
        let mut items = host.preprocess(items)?;
        for item in &mut items {
            *item = item.checked_mul(2).ok_or(Error::Overflow)?;
        }
        let items = host.postprocess(items)?;
        for &item in &items {
            limit.check(item)?;
        }
        Ok(items)
    }

    /// What is done before the doubling unless a subclass knows better: nothing.
    #[must_use]
    pub fn preprocess(&self, items: Vec<i64>) -> Vec<i64> {
        items
    }

    /// What is done after the doubling unless a subclass knows better: nothing.
    #[must_use]
    pub fn postprocess(&self, items: Vec<i64>) -> Vec<i64> {
        items
    }
}

impl Hooks for RustProcessor {
    type Error = Error;

    fn preprocess(&self, items: Vec<i64>) -> Result<Vec<i64>> {
        Ok(self.preprocess(items))
    }

    fn postprocess(&self, items: Vec<i64>) -> Result<Vec<i64>> {
        Ok(self.postprocess(items))
    }
}

impl fmt::Display for RustProcessor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RustProcessor()")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    /// A host that drops the first item before and adds 1 to each after, or fails where it is told to.
    #[derive(Default)]
    struct Host {
        fails_in: &'static str,
        calls: RefCell<Vec<&'static str>>,
    }

    impl Host {
        fn called(&self, hook: &'static str) -> Result<()> {
            self.calls.borrow_mut().push(hook);
            if self.fails_in == hook {
                Err(Error::EmptyName)
            } else {
                Ok(())
            }
        }
    }

    impl Hooks for Host {
        type Error = Error;

        fn preprocess(&self, items: Vec<i64>) -> Result<Vec<i64>> {
            self.called("preprocess").map(|()| items[1..].to_vec())
        }

        fn postprocess(&self, items: Vec<i64>) -> Result<Vec<i64>> {
            self.called("postprocess")
                .map(|()| items.iter().map(|item| item + 1).collect())
        }
    }

    fn process(host: &impl Hooks<Error = Error>, items: &[i64]) -> Result<Vec<i64>> {
        RustProcessor::new().process(items.to_vec(), host, Limit::None)
    }

    #[test]
    fn without_hooks_the_items_are_doubled() {
        assert_eq!(process(&RustProcessor, &[1, -2, 0]), Ok(vec![2, -4, 0]));
        assert_eq!(process(&RustProcessor, &[]), Ok(vec![]));
    }

    #[test]
    fn the_hooks_run_before_and_after() {
        let host = Host::default();
        assert_eq!(process(&host, &[9, 1, 2]), Ok(vec![3, 5]));
        assert_eq!(*host.calls.borrow(), ["preprocess", "postprocess"]);
    }

    #[test]
    fn what_fails_ends_it() {
        for (fails_in, calls) in [
            ("preprocess", vec!["preprocess"]),
            ("postprocess", vec!["preprocess", "postprocess"]),
        ] {
            let host = Host {
                fails_in,
                ..Host::default()
            };
            assert_eq!(process(&host, &[0, 1]), Err(Error::EmptyName));
            assert_eq!(*host.calls.borrow(), calls);
        }
        let host = Host::default();
        assert_eq!(process(&host, &[0, i64::MAX]), Err(Error::Overflow));
        assert_eq!(*host.calls.borrow(), ["preprocess"]);
    }

    #[test]
    fn a_limit_is_about_the_result() {
        let limit = Limit::Safe { twin: "twin" };
        let result = |item| RustProcessor.process(vec![item], &RustProcessor, limit);
        assert_eq!(result((1 << 52) - 1), Ok(vec![(1 << 53) - 2]));
        assert!(matches!(result(1 << 52), Err(Error::UnsafeInteger { .. })));
    }
}
