//! What both ends of a channel share.

use ::std::collections::VecDeque;
use ::std::sync::{Arc, Mutex, PoisonError};

use interleave::{Meeting, Op};

/// A channel, without scheduling points. Whoever looks at it synchronises with all who did before.
pub(super) struct Channel<T> {
    state: Mutex<State<T>>,
    meeting: Meeting,
}

pub(super) struct State<T> {
    /// In order; in a rendezvous channel with the ticket of the sender that waits for it to be taken.
    pub(super) items: VecDeque<(u64, T)>,
    /// `None`: without bound; 0: a rendezvous.
    bound: Option<usize>,
    pub(super) senders: usize,
    pub(super) receiver_is_there: bool,
    /// A receiver is inside `recv`; what `try_send` to a rendezvous needs.
    pub(super) receiving: bool,
    next_ticket: u64,
}

impl<T> State<T> {
    pub(super) fn is_rendezvous(&self) -> bool {
        self.bound == Some(0)
    }

    pub(super) fn is_full(&self) -> bool {
        self.bound.is_some_and(|bound| bound > 0 && self.items.len() >= bound)
    }

    pub(super) fn push(&mut self, item: T) -> u64 {
        self.next_ticket += 1;
        self.items.push_back((self.next_ticket, item));
        self.next_ticket
    }

    pub(super) fn is_pending(&self, ticket: u64) -> bool {
        self.items.iter().any(|(pending, _)| *pending == ticket)
    }

    /// Takes an item back that nobody received.
    pub(super) fn take_back(&mut self, ticket: u64) -> Option<T> {
        let index = self.items.iter().position(|(pending, _)| *pending == ticket)?;
        self.items.remove(index).map(|(_, item)| item)
    }

    pub(super) fn has_news(&self) -> bool {
        !self.items.is_empty() || self.senders == 0
    }
}

impl<T> Channel<T> {
    pub(super) fn new(bound: Option<usize>) -> Arc<Self> {
        let state = State {
            items: VecDeque::new(),
            bound,
            senders: 1,
            receiver_is_there: true,
            receiving: false,
            next_ticket: 0,
        };
        Arc::new(Self { state: Mutex::new(state), meeting: Meeting::new() })
    }

    pub(super) fn with<R>(&self, look: impl FnOnce(&mut State<T>) -> R) -> R {
        self.meeting.meet();
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn sender_is_gone(&self) {
        interleave::step(Op::unplaced("drop(Sender)").on(self));
        self.with(|state| state.senders -= 1);
    }

    pub(super) fn receiver_is_gone(&self) {
        interleave::step(Op::unplaced("drop(Receiver)").on(self));
        let dropped = self.with(|state| {
            state.receiver_is_there = false;
            // In a rendezvous the items still belong to their senders.
            if state.is_rendezvous() { VecDeque::new() } else { ::std::mem::take(&mut state.items) }
        });
        drop(dropped);
    }
}
