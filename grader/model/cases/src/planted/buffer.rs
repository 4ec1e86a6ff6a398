//! f: a bounded buffer.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

#[derive(Default)]
struct Buffer {
    state: Mutex<State>,
    not_empty: Condvar,
    not_full: Condvar,
}

#[derive(Default)]
struct State {
    items: VecDeque<u32>,
    closed: bool,
}

const CAPACITY: usize = 1;

impl Buffer {
    fn push(&self, item: u32) {
        let mut state = self.state.lock().unwrap();
        while state.items.len() == CAPACITY {
            state = self.not_full.wait(state).unwrap();
        }
        state.items.push_back(item);
        self.not_empty.notify_one();
    }

    fn pop(&self) -> Option<u32> {
        let mut state = self.state.lock().unwrap();
        while state.items.is_empty() && !state.closed {
            state = self.not_empty.wait(state).unwrap();
        }
        let item = state.items.pop_front();
        self.not_full.notify_one();
        item
    }

    fn pop_unless_closed(&self) -> Option<u32> {
        let mut state = self.state.lock().unwrap();
        while state.items.is_empty() && !state.closed {
            state = self.not_empty.wait(state).unwrap();
        }
        if state.closed {
            return None;
        }
        let item = state.items.pop_front();
        self.not_full.notify_one();
        item
    }

    fn close(&self) {
        self.state.lock().unwrap().closed = true;
        self.not_empty.notify_all();
    }

    fn close_and_wake_one(&self) {
        self.state.lock().unwrap().closed = true;
        self.not_empty.notify_one();
    }
}

fn two_consume(pop: fn(&Buffer) -> Option<u32>, close: fn(&Buffer)) {
    let buffer = Arc::new(Buffer::default());
    let consume = |_| {
        let buffer = buffer.clone();
        thread::spawn(move || {
            let mut items = Vec::new();
            while let Some(item) = pop(&buffer) {
                items.push(item);
            }
            items
        })
    };
    let consumers: Vec<_> = (0..2).map(consume).collect();
    buffer.push(1);
    buffer.push(2);
    close(&buffer);
    let mut items: Vec<u32> = consumers.into_iter().flat_map(|consumer| consumer.join().unwrap()).collect();
    items.sort_unstable();
    assert_eq!(items, [1, 2], "an item was lost");
}

pub(super) fn good() {
    two_consume(Buffer::pop, Buffer::close);
}

pub(super) fn bad1() {
    two_consume(Buffer::pop_unless_closed, Buffer::close);
}

pub(super) fn bad2() {
    two_consume(Buffer::pop, Buffer::close_and_wake_one);
}
