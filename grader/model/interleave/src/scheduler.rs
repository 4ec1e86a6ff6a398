//! Who goes next.

use crate::op::Op;
use crate::world::{Condition, Stop, Thread, Waiting, Wake, World};

/// A thread that passes the same place this often within one turn is taken for one that waits by looking
/// again, and the others get their turn. It changes the default schedule, never the set of schedules.
const SPIN: u32 = 8;
/// What happens for no reason in one execution, at most. Without a limit, every loop that tries again would have
/// schedules without end; and whoever is not right after three surprises is not right after one.
const SURPRISES: u32 = 3;

impl Thread {
    /// Whether it could take its next step, and why.
    fn can_go(&self, now: std::time::Duration) -> Option<Wake> {
        if self.finished || self.stopped {
            return None;
        }
        let Some(waiting) = &self.waiting else { return Some(Wake::Ready) };
        if waiting.ready.holds() {
            return Some(Wake::Ready);
        }
        waiting.deadline.is_some_and(|deadline| deadline <= now).then_some(Wake::TimedOut)
    }

    fn could_wake_for_no_reason(&self) -> bool {
        let spurious = self.waiting.as_ref().and_then(|waiting| waiting.spurious);
        !self.finished && !self.stopped && spurious.is_some_and(Condition::holds)
    }
}

impl World {
    /// A scheduling point: announces `op`, lets the schedule decide who goes next, and returns when it is this
    /// thread's turn and the operation can proceed.
    #[expect(unsafe_code, reason = "conditions are borrowed from this very frame")]
    pub(crate) fn pause(
        &self,
        op: Op,
        ready: &dyn Fn() -> bool,
        spurious: Option<&dyn Fn() -> bool>,
        deadline: Option<std::time::Duration>,
        yields: bool,
    ) -> Wake {
        self.write_down_announced(&op);
        self.count_step(&op);
        let first = self.me(|me| !std::mem::replace(&mut me.begun, true));
        if first && self.judge(ready) {
            self.find_ready(ready);
            self.write_down(op);
            return Wake::Ready;
        }
        if self.me(|me| me.may_stop) && self.choose(2) == 1 {
            self.stop_for_good(&op);
        }
        self.memory.borrow_mut().announce(self.current.get());
        if yields || self.is_spinning(&op) {
            self.yielding.set(true);
        }
        // SAFETY: the conditions are looked at while this thread is announced as waiting, which it is no longer
        // when this function returns; an abandoned fiber's world is never asked again.
        let waiting = unsafe {
            let spurious = spurious.map(|holds| Condition::new(holds));
            Waiting { op, ready: Condition::new(ready), spurious, deadline }
        };
        self.me(|me| me.waiting = Some(waiting));
        let me = self.current.get();
        match self.decide() {
            Some(next) if next == me => {}
            Some(_) => self.leave(me),
            None => self.abandon(Stop::Stuck),
        }
        let (waiting, wake) = self.me(|me| (me.waiting.take(), me.wake.take()));
        let wake = wake.unwrap_or(Wake::Ready);
        if let Some(Waiting { op, .. }) = waiting {
            self.write_down(op);
        }
        if wake == Wake::Ready {
            self.find_ready(ready);
        }
        wake
    }

    /// The current thread never goes on, as if the system had forgotten it. The others do.
    fn stop_for_good(&self, op: &Op) -> ! {
        self.write_down_stop(op);
        self.me(|me| me.stopped = true);
        let is_last = self.threads.borrow().iter().all(|thread| thread.finished || thread.stopped);
        if is_last {
            self.abandon(Stop::Finished);
        }
        let me = self.current.get();
        match self.decide() {
            Some(_) => loop {
                self.leave(me);
            },
            None => self.abandon(Stop::Stuck),
        }
    }

    /// Whether a wait may end or an exchange fail for no reason once more.
    pub(crate) fn may_surprise(&self) -> bool {
        self.settings.spurious && self.surprises.get() < SURPRISES
    }

    /// It did.
    pub(crate) fn count_surprise(&self) {
        self.surprises.set(self.surprises.get() + 1);
    }

    /// The thread itself looks at the condition that held for it, and so synchronises with what it finds.
    fn find_ready(&self, ready: &dyn Fn() -> bool) {
        // Without atomics there is nothing to learn.
        if !self.memory.borrow().is_empty() {
            ready();
        }
    }

    /// Makes the thread that goes next the current one; `None`: nothing can ever happen again.
    pub(crate) fn decide(&self) -> Option<usize> {
        let yielding = self.yielding.replace(false);
        loop {
            let (next, wake) = match self.judge(|| self.pick(yielding))? {
                Pick::Thread(next, wake) => (next, wake),
                Pick::Time => {
                    self.advance_clock();
                    continue;
                }
            };
            if wake == Wake::Spurious {
                self.count_surprise();
            }
            self.threads.borrow_mut()[next].wake = Some(wake);
            if self.current.replace(next) != next {
                self.visits.borrow_mut().clear();
            }
            return Some(next);
        }
    }

    fn pick(&self, yielding: bool) -> Option<Pick> {
        let threads = self.threads.borrow();
        let mut order = self.order.borrow_mut();
        order.clear();
        let first = self.current.get() + usize::from(yielding);
        let round = |offset: usize| (first + offset) % threads.len();
        let now = self.now.get();
        for index in (0..threads.len()).map(round) {
            order.extend(threads[index].can_go(now).map(|wake| (index, wake)));
        }
        let timers = threads.iter().any(|thread| is_timed(thread, now));
        if order.is_empty() {
            return timers.then_some(Pick::Time);
        }
        if self.may_surprise() {
            for index in (0..threads.len()).map(round) {
                if threads[index].could_wake_for_no_reason() && !order.iter().any(|&(other, _)| other == index) {
                    order.push((index, Wake::Spurious));
                }
            }
        }
        let time_is_an_option = self.settings.early_timeouts && timers;
        let chosen = self.choose(order.len() + usize::from(time_is_an_option));
        Some(order.get(chosen).map_or(Pick::Time, |&(next, wake)| Pick::Thread(next, wake)))
    }

    /// Lets the schedule choose one of `count` options.
    pub(crate) fn choose(&self, count: usize) -> usize {
        let mut plan = self.plan.borrow_mut();
        let chosen = plan.choose(count);
        if chosen != 0 {
            self.deviated.set(true);
        }
        chosen
    }

    /// Moves the clock to the next deadline.
    fn advance_clock(&self) {
        let threads = self.threads.borrow();
        let now = self.now.get();
        let deadlines = threads.iter().filter(|thread| is_timed(thread, now));
        let next = deadlines.filter_map(|thread| thread.waiting.as_ref()?.deadline).min();
        self.now.set(next.unwrap_or(now));
    }

    /// Gives way to the current thread.
    fn leave(&self, me: usize) {
        let exit = self.threads.borrow()[me].exit;
        exit.expect("a thread that runs has a way back").leave();
    }

    /// Ends the execution where it stands. The caller is never resumed.
    pub(crate) fn abandon(&self, stop: Stop) -> ! {
        let me = self.current.get();
        self.stop.borrow_mut().get_or_insert(stop);
        loop {
            self.leave(me);
        }
    }

    fn count_step(&self, op: &Op) {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        let place = op.place.map_or(0, |place| std::ptr::from_ref(place).addr());
        let mixed = self.fingerprint.get().rotate_left(5)
            ^ (self.current.get() as u64) << 56
            ^ (op.name.as_ptr().addr() as u64) << 20
            ^ place as u64;
        self.fingerprint.set(mixed.wrapping_mul(0x517c_c1b7_2722_0a95));
        if steps > self.settings.max_steps {
            self.abandon(Stop::OutOfSteps);
        }
    }

    fn is_spinning(&self, op: &Op) -> bool {
        let key = (op.name.as_ptr().addr(), op.place.map_or(0, |place| std::ptr::from_ref(place).addr()));
        let mut visits = self.visits.borrow_mut();
        let Some((_, count)) = visits.iter_mut().find(|(known, _)| *known == key) else {
            visits.push((key, 1));
            return false;
        };
        *count += 1;
        *count >= SPIN
    }
}

enum Pick {
    Thread(usize, Wake),
    Time,
}

/// Waits for something with a deadline that is still ahead.
fn is_timed(thread: &Thread, now: std::time::Duration) -> bool {
    let deadline = thread.waiting.as_ref().and_then(|waiting| waiting.deadline);
    !thread.finished && deadline.is_some_and(|deadline| deadline > now)
}
