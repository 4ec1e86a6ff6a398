//! Threads under Linux.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use protocol::{Party, Waiting};

use super::proc::{self, Tid};
use super::{endless, quiet, stacks};
use crate::run::frames::Stack;

pub use stacks::stay_where_asked;

/// How long threads may take to become quiet, on a busy machine.
const LOUD: Duration = Duration::from_secs(2);
/// Processor time after which a thread is taken for one that never waits. What tests wait for takes microseconds of it,
/// however busy the machine is.
const RESTLESS: Duration = Duration::from_millis(200);
/// Looks at all threads between two looks at their processor time.
const LOOKS: u32 = 25;
/// How long a thread that is not stuck may outlive the body. One that was told to end is gone long before.
const LINGER: Duration = Duration::from_secs(1);
/// How long a running thread is looked at until it is seen in the learner's code or the test's.
const STARE: Duration = Duration::from_millis(50);

/// Threads that were there before the test.
static BEFORE: OnceLock<Vec<Tid>> = OnceLock::new();
/// The lab's own thread; 0 as long as there is none.
static OWN: AtomicU32 = AtomicU32::new(0);

/// Prepares for the questions below. To be called on the main thread, before there are others.
pub fn begin() {
    let _ = BEFORE.set(proc::all());
    // Without the handler nobody knows where threads are; that they are, and whether they wait, is known still.
    let _ = stacks::install();
}

/// The calling thread is the lab's own, and counts nowhere.
pub fn leave_out_this_one() {
    OWN.store(proc::this().unwrap_or(0), Ordering::Relaxed);
}

/// All threads but the calling one and the lab's own; `None` where the platform does not say.
pub fn others() -> Option<Vec<Tid>> {
    let this = proc::this()?;
    Some(all().into_iter().filter(|&tid| tid != this).collect())
}

/// Returns when all other threads wait, or one of them never will.
pub fn wait_until_others_wait() {
    let others = || others().unwrap_or_default();
    let since = Instant::now();
    let mut at_first: HashMap<Tid, Duration> = HashMap::new();
    for look in 1.. {
        if quiet::is_quiet(others, proc::is_off) || since.elapsed() > LOUD {
            return;
        }
        let restless = |tid: Tid| {
            let Some(used) = proc::processor_time(tid) else { return false };
            used.saturating_sub(*at_first.entry(tid).or_insert(used)) > RESTLESS
        };
        if look % LOOKS == 0 && others().into_iter().any(restless) {
            return;
        }
        thread::sleep(Duration::from_micros(200));
    }
}

/// Whether every thread but the lab's own waits for ever: nothing can happen any more.
pub fn all_wait_for_ever() -> bool {
    all_wait_for_ever_in(all)
}

/// Whether some thread but the calling one may still do something; `None` where the platform does not say.
pub fn others_run() -> Option<bool> {
    Some(!all_wait_for_ever_in(|| others().unwrap_or_default()))
}

fn all_wait_for_ever_in(list: impl Fn() -> Vec<Tid>) -> bool {
    // The first is the cheaper look, and mostly ends the matter at the main thread.
    list().into_iter().all(endless::waits_for_ever) && quiet::is_quiet(list, endless::waits_for_ever)
}

/// Threads of the learner's that outlive the test's body, and where they are.
///
/// A joined thread may be listed for a moment longer, and one that was told to end needs time to do so; but one
/// that waits for ever, while the test is over, is left behind for certain.
pub fn left_behind() -> Vec<Waiting> {
    let left = || since_the_beginning(&others().unwrap_or_default());
    let since = Instant::now();
    while !left().is_empty() {
        let for_certain = all_wait_for_ever_in(left) || since.elapsed() > LINGER;
        // The last one may have gone meanwhile.
        let left = left();
        if for_certain && !left.is_empty() {
            return whereabouts_of(&left);
        }
        thread::sleep(Duration::from_micros(500));
    }
    Vec::new()
}

/// Where every thread is but the lab's own.
pub fn whereabouts() -> Vec<Waiting> {
    whereabouts_of(&all())
}

/// Where every thread is but the main one and the lab's own.
pub fn whereabouts_of_others() -> Vec<Waiting> {
    let mut tids = all();
    tids.retain(|&tid| tid != proc::main());
    whereabouts_of(&tids)
}

fn whereabouts_of(tids: &[Tid]) -> Vec<Waiting> {
    let this = proc::this();
    let tids: Vec<Tid> = tids.iter().copied().filter(|&tid| Some(tid) != this).collect();
    let asleep: Vec<bool> = tids.iter().map(|&tid| proc::asleep(tid).is_some()).collect();
    let addresses = stacks::of(&tids);
    let numbered = since_the_beginning(&all());
    let mut waits = Vec::new();
    for ((&tid, asleep), addresses) in tids.iter().zip(asleep).zip(addresses) {
        let stack = if asleep { Stack::read(&addresses) } else { stare_at(tid, &addresses) };
        waits.push(stack.waiting(party(tid, &numbered), !asleep));
    }
    waits
}

/// Threads are numbered from 1, those that have ended not counted.
fn party(tid: Tid, numbered: &[Tid]) -> Party {
    if tid == proc::main() {
        return Party::Test;
    }
    let before = numbered.iter().take_while(|&&other| other != tid).count();
    Party::Thread(u32::try_from(before + 1).unwrap_or(u32::MAX))
}

/// A running thread may just have left the code in question: it is looked at again until it is back.
fn stare_at(tid: Tid, first: &[usize]) -> Stack {
    let mut stack = Stack::read(first);
    // From here on: reading the first stack is slow, because debug information has to be found.
    let since = Instant::now();
    while !stack.has_place() && since.elapsed() < STARE {
        let Some(again) = stacks::of(&[tid]).pop().filter(|stack| !stack.is_empty()) else { break };
        stack = Stack::read(&again);
    }
    stack
}

/// All threads but the lab's own.
fn all() -> Vec<Tid> {
    let own = OWN.load(Ordering::Relaxed);
    proc::all().into_iter().filter(|&tid| tid != own).collect()
}

/// Those that were not there before the test.
fn since_the_beginning(tids: &[Tid]) -> Vec<Tid> {
    let before = BEFORE.get().map_or(&[][..], Vec::as_slice);
    tids.iter().copied().filter(|tid| !before.contains(tid)).collect()
}
