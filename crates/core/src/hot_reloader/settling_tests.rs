//! Traces of events with a clock of their own: `at` is the time in milliseconds since the beginning.

use super::settling::{Next, Patience, Settling, What};
use What::{Closed, Replaced, Touched, Written};
use std::collections::BTreeSet;
use std::time::Duration;

/// What is seen at a look: the file is as it was, has other content, or is empty or gone.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Same,
    New,
    Torn,
}

/// Plays events; at each look `see` says what is seen of a file at that time. Returns when what was told.
fn play(
    events: &[(u64, &'static str, What)],
    see: impl Fn(u64, &str) -> Seen,
) -> Vec<(u64, Vec<&'static str>)> {
    let mut settling = Settling::new(Patience::new(true));
    let mut told = Vec::new();
    let mut events = events.iter().peekable();
    let mut now = 0;
    loop {
        while let Some((at, key, what)) = events.next_if(|(at, ..)| *at <= now) {
            settling.event(Duration::from_millis(*at), *key, *what);
        }
        match settling.next(Duration::from_millis(now)) {
            Next::Look(keys) => {
                let mut held = BTreeSet::new();
                let mut batch = Vec::new();
                for key in &keys {
                    let seen = see(now, key);
                    if seen == Seen::Same {
                        continue;
                    }
                    let time = Duration::from_millis(now);
                    if settling.admit(time, key, seen == Seen::Torn) {
                        batch.push(*key);
                    } else {
                        held.insert(*key);
                    }
                }
                settling.seen(|key| keys.contains(key), &held);
                if !batch.is_empty() {
                    told.push((now, batch));
                }
            }
            Next::Sleep(until) => {
                let event = events.peek().map(|(at, ..)| *at);
                let until = until.map(|until| u64::try_from(until.as_millis()).expect("small"));
                match until.into_iter().chain(event).min() {
                    Some(next) => now = next,
                    None => return told,
                }
            }
        }
    }
}

fn always(seen: Seen) -> impl Fn(u64, &str) -> Seen {
    move |_, _| seen
}

#[test]
fn one_save_of_many_events_is_told_once_shortly_after_the_last() {
    let save = [(0, "a", Written), (1, "a", Written), (3, "a", Closed)];
    assert_eq!(play(&save, always(Seen::New)), [(13, vec!["a"])]);
    let atomic = [(0, "a", Replaced), (0, "a", Touched), (4, "a", Touched)];
    assert_eq!(play(&atomic, always(Seen::New)), [(14, vec!["a"])]);
}

#[test]
fn a_touch_is_looked_at_and_not_told() {
    assert_eq!(play(&[(0, "a", Touched)], always(Seen::Same)), []);
}

#[test]
fn who_writes_slowly_is_waited_for_until_they_close() {
    let slow = [(0, "a", Written), (400, "a", Written), (800, "a", Closed)];
    assert_eq!(play(&slow, always(Seen::New)), [(810, vec!["a"])]);
}

#[test]
fn who_never_closes_is_told_of_after_a_pause_and_who_never_pauses_after_two_seconds() {
    let paused = [(0, "log", Written), (100, "log", Written)];
    assert_eq!(play(&paused, always(Seen::New)), [(600, vec!["log"])]);
    let endless: Vec<_> = (0..30).map(|n| (n * 100, "log", Written)).collect();
    let told = play(&endless, always(Seen::New));
    assert_eq!(told, [(2000, vec!["log"]), (3400, vec!["log"])]);
}

#[test]
fn a_file_that_is_emptied_first_is_told_when_it_has_content_again() {
    let save = [(0, "a", Replaced), (60, "a", Replaced)];
    let see = |at, _: &str| if at < 60 { Seen::Torn } else { Seen::New };
    assert_eq!(play(&save, see), [(70, vec!["a"])]);
}

#[test]
fn a_file_that_comes_back_as_it_was_is_not_told() {
    let save = [(0, "a", Replaced), (60, "a", Replaced)];
    let see = |at, _: &str| if at < 60 { Seen::Torn } else { Seen::Same };
    assert_eq!(play(&save, see), []);
}

#[test]
fn a_file_that_stays_empty_or_gone_is_told_after_a_while() {
    let told = play(&[(0, "a", Replaced)], always(Seen::Torn));
    assert_eq!(told, [(110, vec!["a"])]);
    // Events go on: it is not waited for longer than that.
    let busy: Vec<_> = (0..6).map(|n| (n * 30, "a", Touched)).collect();
    let told = play(&busy, always(Seen::Torn));
    assert_eq!(told[0], (110, vec!["a"]));
}

#[test]
fn a_backup_by_renaming_is_one_save() {
    // As vim does it: a → a~, a new a is written, a~ is removed.
    let save = [
        (0, "a", Replaced),
        (1, "a", Replaced),
        (2, "a", Written),
        (30, "a", Closed),
    ];
    assert_eq!(play(&save, always(Seen::New)), [(40, vec!["a"])]);
}

#[test]
fn a_burst_is_told_together_and_a_long_one_in_parts() {
    let short = [(0, "a", Closed), (5, "b", Closed), (9, "c", Closed)];
    assert_eq!(play(&short, always(Seen::New)), [(19, vec!["a", "b", "c"])]);
    let names = ["a", "b", "c", "d", "e"];
    let ten_each = names.iter().flat_map(|name| [*name; 10]);
    let long: Vec<_> = (0..)
        .step_by(8)
        .zip(ten_each)
        .map(|(at, name)| (at, name, Closed))
        .collect();
    let told = play(&long, always(Seen::New));
    assert_eq!(
        told,
        [(200, vec!["a", "b", "c"]), (402, vec!["c", "d", "e"])]
    );
}

#[test]
fn one_that_is_being_written_does_not_hold_the_others_back() {
    let trace = [(0, "log", Written), (1, "a", Closed), (2, "log", Written)];
    let told = play(&trace, always(Seen::New));
    assert_eq!(told, [(12, vec!["a"]), (502, vec!["log"])]);
}

#[test]
fn a_file_that_is_replaced_while_somebody_writes_the_old_one_is_told_at_once() {
    let trace = [(0, "a", Written), (20, "a", Replaced)];
    assert_eq!(play(&trace, always(Seen::New)), [(30, vec!["a"])]);
}

#[test]
fn a_look_that_took_long_is_not_repeated_at_once() {
    let mut settling = Settling::new(Patience::new(true));
    settling.looked(Duration::from_secs(1));
    settling.event(Duration::ZERO, "a", Replaced);
    let next = settling.next(Duration::from_millis(500));
    assert_eq!(next, Next::Sleep(Some(Duration::from_secs(1))));
}

#[test]
fn what_is_forgotten_is_not_waited_for() {
    let mut settling = Settling::new(Patience::new(true));
    settling.event(Duration::ZERO, "a", Written);
    settling.forget(|key| *key == "a");
    assert_eq!(settling.next(Duration::from_secs(9)), Next::Sleep(None));
}

#[test]
fn something_that_a_wider_look_finds_while_it_is_written_waits_for_its_own_time() {
    let mut settling = Settling::new(Patience::new(true));
    let at = Duration::from_millis;
    settling.event(at(0), "a", Written);
    assert!(!settling.admit(at(20), &"a", false));
    settling.event(at(30), "a", Closed);
    assert!(settling.admit(at(40), &"a", false));
    assert_eq!(settling.next(at(40)), Next::Sleep(None));
}
