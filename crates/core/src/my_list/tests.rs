use super::*;
use std::cell::Cell;
use std::sync::Arc;

fn list(items: impl IntoIterator<Item = i64>) -> MyList<i64> {
    MyList::new(items.into_iter().collect())
}

fn items(list: &MyList<i64>) -> Vec<i64> {
    list.snapshot(|item| *item)
}

/// The places of a slice, step by step as Python's documentation defines them.
fn places_by_definition(slice: Slice, len: i64) -> Vec<i64> {
    let stride = slice.step.unwrap_or(1);
    let (lower, upper) = if stride < 0 { (-1, len - 1) } else { (0, len) };
    let clamp = |end: i64| (if end < 0 { end + len } else { end }).clamp(lower, upper);
    let start = slice
        .start
        .map_or(if stride < 0 { upper } else { lower }, clamp);
    let stop = slice
        .stop
        .map_or(if stride < 0 { lower } else { upper }, clamp);
    let mut places = Vec::new();
    let mut place = start;
    while if stride < 0 {
        place > stop
    } else {
        place < stop
    } {
        places.push(place);
        place += stride;
    }
    places
}

fn slices() -> impl Iterator<Item = (i64, Slice)> {
    let ends = || (-6..=6).map(Some).chain([None]);
    (0..=4).flat_map(move |len| {
        ends().flat_map(move |start| {
            ends().flat_map(move |stop| {
                [
                    None,
                    Some(1),
                    Some(2),
                    Some(3),
                    Some(-1),
                    Some(-2),
                    Some(-7),
                ]
                .map(|step| (len, Slice { start, stop, step }))
            })
        })
    })
}

#[test]
fn slices_are_read_and_deleted_as_they_are_defined() {
    for (len, slice) in slices() {
        let expected = places_by_definition(slice, len);
        let all = list(0..len);
        assert_eq!(
            all.slice(slice, |item| *item),
            Ok(expected.clone()),
            "{len} {slice:?}"
        );
        let mut deleted = all.delete(slice).expect("a step");
        deleted.sort_unstable();
        let rest: Vec<i64> = (0..len).filter(|item| !expected.contains(item)).collect();
        assert_eq!(items(&all), rest, "{len} {slice:?}");
        let mut sorted = expected;
        sorted.sort_unstable();
        assert_eq!(deleted, sorted, "{len} {slice:?}");
    }
}

#[test]
fn slices_with_a_step_are_replaced_item_by_item_and_others_as_a_whole() {
    for (len, slice) in slices() {
        let places = places_by_definition(slice, len);
        let all = list(0..len);
        let one_less = vec![9; places.len().saturating_sub(1)];
        let replaced = all.replace(slice, one_less.clone());
        if slice.step.unwrap_or(1) == 1 {
            let start = slice.start.unwrap_or(0);
            let start = (if start < 0 { start + len } else { start }).clamp(0, len);
            let end = start + i64::try_from(places.len()).expect("small");
            let expected: Vec<i64> = (0..start).chain(one_less).chain(end..len).collect();
            assert_eq!(items(&all), expected, "{len} {slice:?}");
        } else if places.is_empty() {
            assert_eq!(replaced, Ok(Vec::new()));
        } else {
            let (expected, got) = (places.len(), places.len() - 1);
            assert_eq!(
                replaced,
                Err(ListFault::SliceLength { expected, got }.into())
            );
            assert_eq!(items(&all), items(&list(0..len)));
            all.replace(slice, vec![9; places.len()]).expect("as many");
            let set = |item| if places.contains(&item) { 9 } else { item };
            assert_eq!(items(&all), (0..len).map(set).collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_widest_ends_and_steps_are_clamped() {
    let all = list(0..3);
    let wide = |start, stop, step| Slice {
        start: Some(start),
        stop: Some(stop),
        step: Some(step),
    };
    let read = |slice| all.slice(slice, |item| *item);
    assert_eq!(read(wide(i64::MIN, i64::MAX, 1)), Ok(vec![0, 1, 2]));
    assert_eq!(read(wide(i64::MAX, i64::MIN, -1)), Ok(vec![2, 1, 0]));
    assert_eq!(read(wide(0, i64::MAX, i64::MAX)), Ok(vec![0]));
    assert_eq!(read(wide(i64::MAX, i64::MIN, i64::MIN)), Ok(vec![2]));
    assert_eq!(read(wide(0, 3, 0)), Err(ListFault::ZeroStep.into()));
}

#[test]
fn indices_count_from_both_ends() {
    let all = list([10, 11]);
    for (index, item) in [(0, 10), (1, 11), (-1, 11), (-2, 10)] {
        assert_eq!(all.get(index, |item| *item), Ok(item));
    }
    for index in [2, -3, i64::MAX, i64::MIN] {
        assert_eq!(all.get(index, |item| *item), Err(Error::IndexOutOfRange));
        assert_eq!(all.set(index, 0), Err(Error::IndexOutOfRange));
        assert_eq!(all.pop(index), Err(Error::IndexOutOfRange));
    }
    assert_eq!(items(&all), [10, 11]);
}

#[test]
fn insertions_are_clamped_and_count_from_both_ends() {
    for (index, expected) in [
        (0, [9, 0, 1]),
        (1, [0, 9, 1]),
        (2, [0, 1, 9]),
        (i64::MAX, [0, 1, 9]),
        (-1, [0, 9, 1]),
        (-2, [9, 0, 1]),
        (i64::MIN, [9, 0, 1]),
    ] {
        let all = list([0, 1]);
        all.insert(index, 9);
        assert_eq!(items(&all), expected, "{index}");
    }
}

#[test]
fn a_splice_is_that_of_an_array() {
    for (start, count, removed, expected) in [
        (1, 2, vec![1, 2], vec![0, 9, 3]),
        (-1, 5, vec![3], vec![0, 1, 2, 9]),
        (1, i64::MAX, vec![1, 2, 3], vec![0, 9]),
        (1, -1, vec![], vec![0, 9, 1, 2, 3]),
        (9, 1, vec![], vec![0, 1, 2, 3, 9]),
        (-9, 1, vec![0], vec![9, 1, 2, 3]),
        (i64::MIN, i64::MAX, vec![0, 1, 2, 3], vec![9]),
    ] {
        let all = list(0..4);
        assert_eq!(all.splice(start, count, vec![9]), removed);
        assert_eq!(items(&all), expected);
    }
}

#[test]
fn repetitions_end_where_memory_does() {
    let all = list([1, 2]);
    assert_eq!(all.repeated(2, |item| *item), Ok(vec![1, 2, 1, 2]));
    for times in [0, -1, i64::MIN] {
        assert_eq!(all.repeated(times, |item| *item), Ok(vec![]));
    }
    for times in [i64::MAX, 1 << 27] {
        assert!(matches!(
            all.repeated(times, |item| *item),
            Err(Error::TooLarge { .. })
        ));
    }
    assert_eq!(list([]).repeated(i64::MAX, |item| *item), Ok(vec![]));
}

fn rest(cursor: &Cursor, list: &MyList<i64>) -> Vec<i64> {
    std::iter::from_fn(|| cursor.next(list, |item| *item))
        .map(|(_, item)| item)
        .collect()
}

#[test]
fn a_cursor_sees_what_changes_ahead_of_it_and_ends_for_good() {
    let all = list([0, 1]);
    let cursor = Cursor::forward();
    assert_eq!(cursor.next(&all, |item| *item), Some((0, 0)));
    all.append(2);
    assert_eq!(cursor.remaining(&all), 2);
    assert_eq!(rest(&cursor, &all), [1, 2]);
    all.append(3);
    assert_eq!((rest(&cursor, &all), cursor.remaining(&all)), (vec![], 0));
}

#[test]
fn a_backward_cursor_ends_when_its_place_is_gone() {
    let all = list([0, 1, 2]);
    let cursor = Cursor::backward(&all);
    assert_eq!(cursor.next(&all, |item| *item), Some((2, 2)));
    assert_eq!(cursor.remaining(&all), 2);
    assert_eq!(rest(&cursor, &all), [1, 0]);
    let cursor = Cursor::backward(&all);
    drop(all.clear());
    assert_eq!((cursor.remaining(&all), rest(&cursor, &all)), (0, vec![]));
    all.extend(vec![5, 6, 7]);
    assert!(rest(&cursor, &all).is_empty());
}

#[test]
fn a_cursor_between_ends_is_clamped_to_the_list() {
    let all = list(0..4);
    for (start, stop, expected) in [
        (1, 3, vec![1, 2]),
        (-2, i64::MAX, vec![2, 3]),
        (i64::MIN, -1, vec![0, 1, 2]),
        (3, 1, vec![]),
        (i64::MAX, i64::MAX, vec![]),
    ] {
        let cursor = Cursor::between(&all, start, stop);
        assert_eq!(cursor.remaining(&all), expected.len());
        assert_eq!(rest(&cursor, &all), expected, "{start} {stop}");
    }
}

/// Sorts by the tens and returns the items with the number of questions.
fn sort(numbers: &[i64], is_reverse: bool) -> (Vec<i64>, usize) {
    let all = list(numbers.iter().copied());
    let sorting = all.sort(is_reverse);
    let keys = sorting.items(|item| item / 10);
    let mut questions = 0;
    while let Some((left, right)) = sorting.ask() {
        questions += 1;
        sorting.answer(keys[left] < keys[right]);
    }
    assert!(all.finish(&sorting).is_empty());
    assert_eq!(sorting.check(), Ok(()));
    (items(&all), questions)
}

#[test]
fn sorting_is_stable_in_both_directions() {
    // A fixed sequence of no pattern, long enough for every shape of the runs.
    let numbers: Vec<i64> = (0..70_i64)
        .map(|n| (n * n * 7919 + n * 104_729) % 100)
        .collect();
    for len in 0..numbers.len() {
        let mut expected = numbers[..len].to_vec();
        expected.sort_by_key(|item| item / 10);
        assert_eq!(sort(&numbers[..len], false).0, expected);
        expected = numbers[..len].to_vec();
        expected.sort_by_key(|item| std::cmp::Reverse(item / 10));
        assert_eq!(sort(&numbers[..len], true).0, expected);
    }
}

#[test]
fn sorting_what_is_sorted_asks_once_for_each_pair_of_neighbours() {
    let numbers: Vec<i64> = (0..64).map(|n| n * 10).collect();
    assert_eq!(sort(&numbers, false), (numbers, 63));
}

#[test]
fn a_list_is_empty_while_it_is_sorted_and_says_what_came_in() {
    let all = list([3, 1, 2]);
    let sorting = all.sort(false);
    assert!(all.is_empty());
    all.append(9);
    assert_eq!(all.pop(-1), Ok(9));
    while let Some((left, right)) = sorting.ask() {
        let keys = sorting.items(|item| *item);
        sorting.answer(keys[left] < keys[right]);
    }
    all.append(7);
    assert_eq!(all.finish(&sorting), [7]);
    assert_eq!(items(&all), [1, 2, 3]);
    assert_eq!(sorting.check(), Err(ListFault::ModifiedDuringSort.into()));
}

#[test]
fn an_abandoned_sort_leaves_the_items_as_they_were() {
    let all = list([3, 1, 2]);
    let sorting = all.sort(false);
    sorting.answer(true);
    assert!(all.finish(&sorting).is_empty());
    assert_eq!(items(&all), [3, 1, 2]);
    assert_eq!(sorting.check(), Ok(()));
}

#[test]
fn a_list_inside_of_itself_is_three_dots() {
    let all = list([1]);
    assert!(all.begin_text());
    assert!(!all.begin_text());
    std::thread::scope(|scope| {
        scope.spawn(|| assert!(all.begin_text(), "another thread writes it too"));
    });
    all.end_text();
    assert!(all.begin_text());
    let texts = ["1".to_owned(), MyList::text(None)];
    assert_eq!(MyList::text(Some(&texts)), "MyList([1, [...]])");
}

/// A value that may be a list of its kind, and tells when it is dropped.
struct Node {
    _inner: Option<MyList<Node>>,
    drops: Arc<Mutex<usize>>,
}

impl Drop for Node {
    fn drop(&mut self) {
        *self.drops.lock() += 1;
    }
}

#[test]
fn no_nesting_of_lists_exhausts_the_stack() {
    let drops = Arc::new(Mutex::new(0));
    let mut outer = MyList::new(Vec::new());
    for _ in 0..200_000 {
        outer = MyList::new(vec![Node {
            _inner: Some(outer),
            drops: Arc::clone(&drops),
        }]);
    }
    drop(outer);
    assert_eq!(*drops.lock(), 200_000);
}

#[test]
fn the_collector_sees_all_items_or_none() {
    let all = list(0..3);
    let seen = Cell::new(0);
    let visit = |list: &MyList<i64>| {
        list.try_visit(|item| {
            seen.set(seen.get() + 1);
            if *item == 1 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
    };
    assert_eq!((visit(&all), seen.get()), (ControlFlow::Break(()), 2));
    let during = all.get(0, |_| visit(&all));
    assert_eq!((during, seen.get()), (Ok(ControlFlow::Continue(())), 2));
}

#[test]
fn a_value_that_is_not_found_is_an_error() {
    assert_eq!(MyList::found(Some(3)), Ok(3));
    assert_eq!(MyList::found(None), Err(ListFault::NotFound.into()));
    let refused = MyList::refuse_order(Word::String, Word::Integer);
    let text = refused.map_err(|error| error.to_string());
    assert_eq!(text, Err("Cannot order a string and an integer".to_owned()));
}
