//! Statistics of texts.

use crate::pool::computing;
use rayon::prelude::*;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// What a text is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextStatistics {
    /// How many Unicode scalar values it has: what Python counts, and not the units of JavaScript.
    pub chars: usize,
    /// How many words, as [`count_words`] finds them.
    pub words: usize,
    /// How many lines. `\n` or `\r\n` ends one; what stands after the last end is one more.
    pub lines: usize,
    /// How often each word stands in it, as [`count_words`] says it.
    pub frequencies: Vec<(String, usize)>,
}

/// The statistics of one text.
#[must_use]
pub fn text_statistics(text: &str) -> TextStatistics {
    let counts = counts_of(text);
    TextStatistics {
        chars: text.chars().count(),
        words: counts.values().sum(),
        lines: text.lines().count(),
        frequencies: sorted(counts),
    }
}

/// How often each word stands in all texts together, the most frequent first and equals in the order of their text.
///
/// A word is what the word boundaries of Unicode (UAX #29) enclose and has a letter or a digit in it; it is counted in
/// lower case. Each text is mapped to its counts, which are reduced to their sums: on as many threads as the machine has
/// processors when `is_parallel`, with the same result.
#[must_use]
pub fn count_words(texts: &[String], is_parallel: bool) -> Vec<(String, usize)> {
    let threads = if is_parallel && texts.len() > 1 {
        computing().ok()
    } else {
        None
    };
    let counts = match threads {
        Some(threads) => threads.install(|| {
            let counts = texts.par_iter().map(|text| counts_of(text));
            counts.reduce(HashMap::new, merged)
        }),
        None => texts
            .iter()
            .map(|text| counts_of(text))
            .fold(HashMap::new(), merged),
    };
    sorted(counts)
}

fn counts_of(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.unicode_words() {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

fn merged(left: HashMap<String, usize>, right: HashMap<String, usize>) -> HashMap<String, usize> {
    let (mut more, fewer) = if left.len() < right.len() {
        (right, left)
    } else {
        (left, right)
    };
    for (word, count) in fewer {
        *more.entry(word).or_insert(0) += count;
    }
    more
}

fn sorted(counts: HashMap<String, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by(|(left, many), (right, more)| more.cmp(many).then(left.cmp(right)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(counts: &[(String, usize)]) -> Vec<(&str, usize)> {
        let pairs = counts.iter();
        pairs.map(|(word, count)| (word.as_str(), *count)).collect()
    }

    #[test]
    fn a_text_has_words_chars_and_lines() {
        let found = text_statistics("The cat, the DOG;\r\nthe «Straße» 3.14\n\n🎉 can't");
        assert_eq!((found.chars, found.words, found.lines), (45, 8, 4));
        let words = [
            ("the", 3),
            ("3.14", 1),
            ("can't", 1),
            ("cat", 1),
            ("dog", 1),
            ("straße", 1),
        ];
        assert_eq!(pairs(&found.frequencies), words);
    }

    #[test]
    fn a_text_without_anything_has_nothing() {
        for (text, chars, lines) in [("", 0, 0), ("\n", 1, 1), ("\r", 1, 1), (" \n ", 3, 2)] {
            let found = text_statistics(text);
            assert_eq!(
                (found.chars, found.words, found.lines),
                (chars, 0, lines),
                "{text:?}"
            );
        }
    }

    #[test]
    fn equals_stand_in_the_order_of_their_text() {
        let texts = ["b a é z".to_owned(), "Z a".to_owned()];
        assert_eq!(
            pairs(&count_words(&texts, false)),
            [("a", 2), ("z", 2), ("b", 1), ("é", 1)]
        );
    }

    #[test]
    fn many_threads_count_what_one_counts() {
        let text = |index: usize| {
            format!(
                "w{} w{} all {}",
                index % 7,
                index % 13,
                "x ".repeat(index % 5)
            )
        };
        let texts: Vec<String> = (0..1000).map(text).collect();
        let counts = count_words(&texts, true);
        assert_eq!(counts, count_words(&texts, false));
        assert_eq!(pairs(&counts)[..2], [("x", 2000), ("all", 1000)]);
    }
}
