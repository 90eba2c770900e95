//! How often a plugin was called, how often it failed, and how long that took.

use crate::{Plain, string_repr};
use indexmap::IndexMap;
use std::time::Duration;

/// Times in fixed buckets of a logarithmic scale, four to a doubling: a bucket is at most a quarter wide of its upper end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Histogram {
    /// By bucket; empty until there is a time.
    counts: Vec<u64>,
    count: u64,
    sum: Duration,
    max: Duration,
}

impl Histogram {
    /// 2^44 nanoseconds are five hours; what takes longer is in the last bucket.
    const BUCKETS: usize = 4 * 43;

    /// The bucket of a time: those of 0 to 7 ns have one each.
    fn bucket(time: Duration) -> usize {
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        let bits = u64::BITS - nanos.leading_zeros();
        let bucket = if bits <= 3 {
            nanos
        } else {
            let quarter = (nanos >> (bits - 3)) & 3;
            u64::from(bits - 2) * 4 + quarter
        };
        usize::try_from(bucket).map_or(Self::BUCKETS - 1, |bucket| bucket.min(Self::BUCKETS - 1))
    }

    /// The longest time that a bucket holds, in nanoseconds.
    const fn upper(bucket: usize) -> u64 {
        if bucket < 8 {
            return bucket as u64;
        }
        let (power, quarter) = (bucket / 4 - 1, (bucket % 4) as u64);
        ((5 + quarter) << power) - 1
    }

    pub(crate) fn add(&mut self, time: Duration) {
        if self.counts.is_empty() {
            self.counts = vec![0; Self::BUCKETS];
        }
        self.counts[Self::bucket(time)] += 1;
        self.count += 1;
        self.sum += time;
        self.max = self.max.max(time);
    }

    /// An estimate of the time that `percent` of all did not exceed, not below it and at most a quarter above, in
    /// nanoseconds.
    fn percentile(&self, percent: u64) -> u64 {
        let rank = (self.count * percent).div_ceil(100);
        let mut seen = 0;
        let bucket = self.counts.iter().position(|count| {
            seen += count;
            seen >= rank && seen > 0
        });
        let max = u64::try_from(self.max.as_nanos()).unwrap_or(u64::MAX);
        bucket.map_or(0, |bucket| Self::upper(bucket).min(max))
    }

    /// As data: times are in microseconds, and the buckets those that are not empty, each by its longest time.
    fn to_plain(&self) -> Plain {
        let filled = self
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0);
        let bucket = |(at, count): (usize, &u64)| {
            Plain::List(vec![micros(Self::upper(at)), integer(*count)])
        };
        record([
            ("count", integer(self.count)),
            ("sum", Plain::Number(self.sum.as_secs_f64() * 1e6)),
            ("max", Plain::Number(self.max.as_secs_f64() * 1e6)),
            ("p50", micros(self.percentile(50))),
            ("p90", micros(self.percentile(90))),
            ("p99", micros(self.percentile(99))),
            ("buckets", Plain::List(filled.map(bucket).collect())),
        ])
    }
}

/// What is counted of one plugin, over all of its generations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) calls: u64,
    pub(crate) failures: u64,
    pub(crate) quarantines: u64,
    pub(crate) times: Histogram,
}

/// What else a report tells of a plugin.
pub(crate) struct Standing {
    pub(crate) name: String,
    pub(crate) state: String,
    /// The number of the running generation.
    pub(crate) generation: u64,
    /// How many generations are kept.
    pub(crate) generations: u64,
    /// How long until a quarantined plugin is called again.
    pub(crate) wait: Option<Duration>,
}

impl Tally {
    /// The report as text.
    pub(crate) fn text(&self, name: &str) -> String {
        let (calls, failures) = (self.calls, self.failures);
        let name = string_repr(name);
        format!("PluginMetrics(name={name}, calls={calls}, failures={failures})")
    }

    /// The report as data.
    pub(crate) fn to_plain(&self, standing: Standing) -> Plain {
        let wait = standing
            .wait
            .map_or(Plain::Null, |wait| Plain::Number(wait.as_secs_f64() * 1e3));
        record([
            ("name", Plain::Text(standing.name)),
            ("state", Plain::Text(standing.state)),
            ("generation", integer(standing.generation)),
            ("generations", integer(standing.generations)),
            ("calls", integer(self.calls)),
            ("failures", integer(self.failures)),
            ("quarantines", integer(self.quarantines)),
            ("retry_in_ms", wait),
            ("times", self.times.to_plain()),
        ])
    }
}

/// An object of the fields that are given.
pub(crate) fn record<const N: usize>(fields: [(&str, Plain); N]) -> Plain {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Plain::Object(fields.collect::<IndexMap<_, _>>())
}

pub(crate) fn integer(number: u64) -> Plain {
    Plain::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn micros(nanos: u64) -> Plain {
    Plain::Number(Duration::from_nanos(nanos).as_secs_f64() * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_follow_each_other_without_a_gap_and_are_a_quarter_wide() {
        let mut last = None;
        for bucket in 0..Histogram::BUCKETS - 1 {
            let upper = Histogram::upper(bucket);
            assert_eq!(
                Histogram::bucket(Duration::from_nanos(upper)),
                bucket,
                "{upper}"
            );
            assert_eq!(
                Histogram::bucket(Duration::from_nanos(upper + 1)),
                bucket + 1
            );
            if let Some(last) = last.replace(upper) {
                assert!(
                    upper > last && (upper - last) * 4 <= upper.max(4),
                    "{last} {upper}"
                );
            }
        }
        assert_eq!(Histogram::bucket(Duration::MAX), Histogram::BUCKETS - 1);
    }

    #[test]
    fn percentiles_are_estimated_from_above_and_never_beyond_the_longest() {
        let mut histogram = Histogram::default();
        for micros in 1..=100 {
            histogram.add(Duration::from_micros(micros));
        }
        for (percent, exact) in [(50, 50_000), (90, 90_000), (99, 99_000), (100, 100_000)] {
            let estimate = histogram.percentile(percent);
            assert!(
                estimate >= exact && estimate <= exact * 5 / 4,
                "{percent} {estimate}"
            );
            assert!(estimate <= 100_000);
        }
    }

    #[test]
    fn nothing_takes_no_time() {
        let histogram = Histogram::default();
        assert_eq!(histogram.percentile(99), 0);
        let Plain::Object(fields) = histogram.to_plain() else {
            panic!("an object");
        };
        assert_eq!(fields["count"], Plain::Integer(0));
        assert_eq!(fields["buckets"], Plain::List(Vec::new()));
    }
}
