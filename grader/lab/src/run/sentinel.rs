//! The thread that answers when the others cannot.
//!
//! It looks, ever more rarely, whether all threads wait for ever (a look costs microseconds); and shortly before
//! the grader's deadline it answers in any case. First it asks the runtime of the test, if there is one that
//! listens: only the runtime knows where tasks wait ([`inquiry`]). Otherwise it says where the threads are.

use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use protocol::Answer;

use super::inquiry::Hang;
use super::{channel, frames, inquiry, judge, threads};
use crate::journal;

/// The part of the time, and the least and the most of it, that is kept for answering at the deadline: a stack is
/// read with the help of debug information, on a machine that may be busy.
const KEPT: (u32, Duration, Duration) = (5, Duration::from_millis(200), Duration::from_secs(1));
/// The pauses between two looks, the first and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(2), Duration::from_millis(20));

/// Starts the sentinel. To be called by the runner's `main`, before there are other threads. Where schedules are
/// `explored`, threads of the operating system have nothing to wait for.
pub fn start(deadline_ms: u64, explored: bool) {
    let deadline = Duration::from_millis(deadline_ms);
    let (part, least, most) = KEPT;
    let kept = (deadline / part).clamp(least, most);
    let time_is_up = Instant::now() + deadline.saturating_sub(kept);
    frames::begin();
    threads::begin();
    let both = Arc::new(Barrier::new(2));
    let here = both.clone();
    thread::spawn(move || {
        threads::leave_out_this_one();
        here.wait();
        let hang = watch(time_is_up);
        if explored {
            channel::send_and_exit(outside_the_model(hang), None);
        }
        answer(hang, kept / 2)
    });
    both.wait();
}

/// Returns when there is something to say.
fn watch(time_is_up: Instant) -> Hang {
    let (mut pause, longest) = PAUSES;
    loop {
        let left = time_is_up.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Hang::OutOfTime;
        }
        thread::sleep(pause.min(left));
        if threads::all_wait_for_ever() {
            return Hang::Deadlock;
        }
        pause = (pause * 3 / 2).min(longest);
    }
}

/// The search stands still: the code under test went by the model.
fn outside_the_model(hang: Hang) -> Answer {
    let place = threads::whereabouts().into_iter().find_map(|party| party.learner);
    let at = place.map(|place| format!(", in line {}", place.line)).unwrap_or_default();
    let why = match hang {
        Hang::Deadlock => format!("it waits in a way that the model does not see{at}"),
        Hang::OutOfTime => format!("it runs on for long without an operation that the model sees{at}"),
    };
    Answer::NotModelled { why }
}

/// Answers for a test that hangs. The runtime has this much time to do so itself.
fn answer(hang: Hang, patience: Duration) -> ! {
    inquiry::ask(hang, patience);
    if hang == Hang::Deadlock {
        threads::stay_where_asked();
    }
    let waits = threads::whereabouts();
    let bare = hang.answer(waits.clone(), None);
    // To say more than that needs locks which the code under test may hold for ever: a test that awaits something
    // says how far it has come by asking values of its own. So the rest is found out on a thread that can be given up,
    // but not too soon: on a busy machine it may have to wait for its turn.
    let (send, judged) = mpsc::channel();
    let judging = thread::Builder::new().spawn(move || {
        let _ = send.send(judge::judge_hang(&waits, || hang.answer(waits.clone(), journal::latest_picture())));
    });
    let judged = judging.ok().and_then(|_| judged.recv_timeout(patience).ok());
    channel::send_and_exit(judged.unwrap_or(bare), None)
}
