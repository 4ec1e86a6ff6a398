//! Every schedule of the lesson's small programs: right ones hold in all of them, wrong ones fail in one, and the
//! stories of some of those are in the chapter.

// In this crate, and in the lesson's source as far as it is included here, `std` is the model.
extern crate std_model as std;

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use interleave::{Kind, Outcome, Search, columns};

#[path = "../src/average.rs"]
mod average;
#[path = "../src/bell.rs"]
mod bell;
#[path = "../src/counter.rs"]
mod counter;
#[path = "../src/database.rs"]
mod database;
#[path = "../src/inbox.rs"]
mod inbox;
#[path = "../src/map.rs"]
mod map;
#[path = "../src/meeting.rs"]
mod meeting;
#[path = "../src/opening.rs"]
mod opening;
#[path = "../src/pool.rs"]
mod pool;
#[path = "../src/progress.rs"]
mod progress;
#[path = "../src/timetable.rs"]
mod timetable;

use average::Average;
use bell::{Bell, Latest};
use counter::{AtomicCounter, SafeCounter, Tickets};
use database::{Database, Lazy};
use inbox::Inbox;
use map::Stock;
use opening::Opening;
use pool::Pool;
use progress::Progress;
use timetable::Timetable;

/// No schedule of `body` fails.
#[track_caller]
fn holds(body: impl Fn() + Send + Sync + 'static) {
    let outcome = Search::new().run(body);
    assert!(matches!(outcome, Outcome::AllChecked { .. }), "{outcome:?}");
}

/// Some schedule of `body` fails; returns how, and its story.
#[track_caller]
fn fails(body: impl Fn() + Send + Sync + 'static) -> (Kind, String) {
    let outcome = Search::new().run(body);
    let failed = outcome.failed().expect("a schedule that fails");
    let story = columns(failed.story.as_ref().expect("a body that does the same each time"), 80);
    println!("{story}");
    (failed.kind.clone(), story)
}

/// The chapter tells this story, word for word.
#[track_caller]
fn is_told(story: &str) {
    let chapter = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/05-sync-primitives.md");
    let told = fs::read_to_string(chapter).expect("the chapter can be read");
    let story = story.trim_end();
    assert!(told.contains(story), "the chapter tells another story than this one:\n\n{story}\n");
}

/// Runs `body` on shared data in a second thread, and in this one.
fn twice<T: Send + Sync + 'static, R: Send + 'static>(shared: &Arc<T>, body: fn(&T) -> R) -> [R; 2] {
    let other = {
        let shared = shared.clone();
        thread::spawn(move || body(&shared))
    };
    let ours = body(shared);
    [ours, other.join().unwrap()]
}

#[test]
fn a_load_and_a_store_lose_an_increment() {
    let (_, story) = fails(counter::two_threads);
    is_told(&story);
}

#[test]
fn one_instruction_or_one_lock_loses_none() {
    holds(|| {
        let counter = Arc::new(AtomicCounter::default());
        twice(&counter, AtomicCounter::increment);
        assert_eq!(counter.value(), 2);
    });
    holds(|| {
        let counter = Arc::new(SafeCounter::default());
        twice(&counter, SafeCounter::increment);
        assert_eq!(counter.value(), 2);
    });
}

#[test]
fn the_value_that_comes_back_is_ours_and_the_one_we_look_up_need_not_be() {
    holds(|| {
        let [mine, yours] = twice(&Arc::new(Tickets::default()), Tickets::next);
        assert_ne!(mine, yours);
    });
    let _ = fails(|| {
        let [mine, yours] = twice(&Arc::new(Tickets::default()), Tickets::next_in_two_steps);
        assert_ne!(mine, yours);
    });
}

#[test]
fn two_atomics_show_a_moment_that_never_was() {
    let (_, story) = fails(average::ten_and_ten);
    is_told(&story);
}

#[test]
fn one_lock_shows_one_moment() {
    holds(|| {
        let average = Arc::new(Average::default());
        average.record(10);
        let other = thread::spawn({
            let average = average.clone();
            move || average.record(10)
        });
        assert_eq!(average.mean(), Some(10));
        other.join().unwrap();
    });
}

#[test]
fn two_steps_sell_the_last_pot_twice() {
    let (_, story) = fails(map::last_pot);
    is_told(&story);
}

#[test]
fn one_step_sells_it_once() {
    holds(|| {
        let stock = Arc::new(Stock::default());
        stock.restock("tea", 1);
        let sold = twice(&stock, |stock| stock.sell("tea", 1));
        assert_eq!(sold.iter().filter(|sold| **sold).count(), 1);
        assert_eq!(stock.left("tea"), 0);
    });
}

#[test]
fn a_writer_waits_for_its_own_read_guard() {
    let (kind, story) = fails(timetable::in_the_morning);
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
    is_told(&story);
}

#[test]
fn without_a_second_look_the_sheet_is_printed_twice() {
    let _ = fails(|| {
        let timetable = Arc::new(Timetable::default());
        twice(&timetable, |timetable| timetable.without_a_second_look(1));
        assert_eq!(timetable.of(1).printed, 1);
    });
}

#[test]
fn with_a_second_look_it_is_printed_once() {
    holds(|| {
        let timetable = Arc::new(Timetable::default());
        for sheet in twice(&timetable, |timetable| timetable.of(1)) {
            assert_eq!((sheet.day, sheet.printed), (1, 1));
        }
    });
}

#[test]
fn a_listener_that_uses_the_bell_needs_the_lock_to_be_free() {
    fn rings(ring: fn(&Bell)) {
        let bell = Bell::default();
        bell.listen(Arc::new(|bell: &Bell| bell.listen(Arc::new(|_: &Bell| ()))));
        ring(&bell);
        assert_eq!(bell.listeners(), 2);
    }
    let (kind, _) = fails(|| rings(Bell::ring_locked));
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
    holds(|| rings(Bell::ring));
}

#[test]
fn an_old_value_may_use_the_place_where_it_was() {
    struct LooksBack(Arc<Latest<LooksBack>>);
    impl Drop for LooksBack {
        fn drop(&mut self) {
            assert!(self.0.is_some());
        }
    }
    fn replace(set: fn(&Latest<LooksBack>, LooksBack)) {
        let latest = Arc::new(Latest::default());
        set(&latest, LooksBack(latest.clone()));
        set(&latest, LooksBack(latest.clone()));
    }
    let (kind, _) = fails(|| replace(Latest::set_locked));
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
    holds(|| replace(Latest::set));
}

#[test]
fn a_database_is_opened_once_by_those_who_need_it() {
    holds(|| {
        let opened = Arc::new((Lazy::default(), AtomicU32::new(0)));
        let addresses = twice(&opened, |(lazy, opened)| {
            let open = || {
                opened.fetch_add(1, Ordering::SeqCst);
                Ok::<_, ()>(Database::open("here"))
            };
            lazy.get(open).map(|database| database.address.clone())
        });
        assert_eq!(addresses, [Ok("here".to_string()), Ok("here".to_string())]);
        assert_eq!(opened.1.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_first_start_that_fails_is_tried_again() {
    holds(|| {
        let opened = Arc::new((Lazy::default(), AtomicU32::new(0)));
        let ends = twice(&opened, |(lazy, opened)| {
            let open = || match opened.fetch_add(1, Ordering::SeqCst) {
                0 => Err("not yet"),
                _ => Ok(Database::open("here")),
            };
            lazy.get(open).is_ok()
        });
        assert_eq!(ends.iter().filter(|opened| **opened).count(), 1);
        assert_eq!(opened.1.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn making_it_must_not_need_it() {
    let (kind, _) = fails(|| {
        let cell = OnceLock::new();
        cell.get_or_init(|| 1 + cell.get_or_init(|| 1));
    });
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
}

#[test]
fn the_database_of_the_program_is_there() {
    holds(|| {
        assert_eq!(database::get_database().address, "localhost");
        assert_eq!(*database::DATABASE, *database::get_database());
    });
}

#[test]
fn whoever_waits_for_the_opening_gets_in() {
    holds(|| {
        let opening = Arc::new(Opening::default());
        let visitor = {
            let opening = opening.clone();
            thread::spawn(move || opening.wait())
        };
        opening.open();
        visitor.join().unwrap();
    });
}

#[test]
fn a_flag_that_changes_outside_the_lock_is_missed() {
    let (kind, story) = fails(opening::one_visitor);
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
    is_told(&story);
}

#[test]
fn spinning_ends_too() {
    let open = Arc::new(AtomicBool::new(false));
    let visitor = {
        let open = open.clone();
        thread::spawn(move || opening::spin_until_open(&open))
    };
    open.store(true, Ordering::Release);
    visitor.join().unwrap();
}

#[test]
fn all_readers_are_told_and_each_one_looks_for_itself() {
    holds(|| progress::two_goals(Progress::advance));
}

#[test]
fn one_note_may_go_to_the_reader_who_waits_for_something_else() {
    let (kind, story) = fails(|| progress::two_goals(Progress::advance_for_one));
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
    is_told(&story);
}

#[test]
fn whoever_is_woken_looks_again() {
    holds(|| inbox::two_readers(Inbox::take));
}

#[test]
fn a_letter_can_be_gone_before_the_one_who_was_woken_has_got_up() {
    let (_, story) = fails(|| inbox::two_readers(Inbox::take_after_one_wait));
    is_told(&story);
}

/// Three readers, and three letters that come at once.
fn three_letters(put: fn(&Inbox<u32>)) {
    let inbox = Arc::new(Inbox::default());
    let readers = [(); 3].map(|()| {
        let inbox = inbox.clone();
        thread::spawn(move || inbox.take())
    });
    // Time passes in the model when nobody can go on: by then all three wait.
    thread::sleep(Duration::from_millis(1));
    put(&inbox);
    assert_eq!(readers.map(|reader| reader.join().unwrap()).iter().sum::<u32>(), 6);
}

#[test]
fn three_letters_and_one_note_leave_two_asleep() {
    let (kind, story) = fails(|| three_letters(|inbox| inbox.put_all_for_one([1, 2, 3])));
    assert!(matches!(kind, Kind::Deadlocked), "{kind:?}");
    assert_eq!(story.matches("waits for ever").count(), 3, "main, and two readers");
}

#[test]
fn three_letters_and_a_note_for_everybody_leave_nobody() {
    holds(|| three_letters(|inbox| inbox.put_all([1, 2, 3])));
}

#[test]
fn what_is_lent_comes_back_even_from_a_panic() {
    holds(|| {
        let pool: Arc<Pool<u32>> = Arc::new([7].into_iter().collect());
        let borrower = thread::spawn({
            let pool = pool.clone();
            move || {
                let _lent = pool.borrow();
                panic!("on purpose");
            }
        });
        assert_eq!(*pool.borrow(), 7);
        assert!(borrower.join().is_err());
        assert_eq!(*pool.borrow(), 7);
    });
}

#[test]
fn nobody_looks_at_the_table_before_all_have_dealt() {
    holds(|| assert_eq!(meeting::sums(&[2, 5]), [7, 7]));
}
