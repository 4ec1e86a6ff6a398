//! A ferry that crosses when it is full: one lock, two conditions.

use std::mem;
use std::sync::{Condvar, Mutex};
use std::thread;

// ANCHOR: ferry
/// A ferry. Cars wait for room, and the captain waits for a full deck.
pub struct Ferry {
    places: usize,
    deck: Mutex<Deck>,
    room: Condvar,
    full: Condvar,
}

struct Deck {
    aboard: usize,
    closed: bool,
}
// ANCHOR_END: ferry

impl Ferry {
    /// A ferry with room for so many.
    pub fn with(places: usize) -> Self {
        let deck = Mutex::new(Deck { aboard: 0, closed: false });
        Self { places, deck, room: Condvar::new(), full: Condvar::new() }
    }
}

// ANCHOR: board
impl Ferry {
    /// A car goes aboard as soon as there is room. `false`: there is no crossing any more.
    pub fn board(&self) -> bool {
        let mut deck = self.deck.lock().unwrap();
        while deck.aboard == self.places && !deck.closed {
            deck = self.room.wait(deck).unwrap();
        }
        if deck.closed {
            return false;
        }
        deck.aboard += 1;
        if deck.aboard == self.places {
            // There is one captain, and this is all that captains wait for.
            self.full.notify_one();
        }
        true
    }

    /// Crosses as soon as the deck is full, and says how many were aboard. After the last
    /// call it crosses with those who are; from then on it is 0 for ever.
    pub fn cross(&self) -> usize {
        let mut deck = self.deck.lock().unwrap();
        while deck.aboard < self.places && !deck.closed {
            deck = self.full.wait(deck).unwrap();
        }
        let crossed = mem::take(&mut deck.aboard);
        // There is room for several now, so several have to wake up.
        self.room.notify_all();
        crossed
    }
}
// ANCHOR_END: board

// ANCHOR: close
impl Ferry {
    /// The last call: nobody comes aboard any more, and those who are aboard get across.
    pub fn close(&self) {
        self.deck.lock().unwrap().closed = true;
        self.room.notify_all();
        self.full.notify_all();
    }
}
// ANCHOR_END: close

// ANCHOR: look_once
impl Ferry {
    /// A car goes aboard as soon as there is room.
    pub fn board_after_one_look(&self) -> bool {
        let mut deck = self.deck.lock().unwrap();
        if deck.aboard == self.places && !deck.closed {
            deck = self.room.wait(deck).unwrap();
        }
        deck.aboard += 1;
        assert!(deck.aboard <= self.places, "the ferry has sunk");
        self.full.notify_one();
        true
    }
}
// ANCHOR_END: look_once

// ANCHOR: wake_one
impl Ferry {
    /// Crosses as soon as the deck is full.
    pub fn cross_and_wake_one(&self) -> usize {
        let mut deck = self.deck.lock().unwrap();
        while deck.aboard < self.places && !deck.closed {
            deck = self.full.wait(deck).unwrap();
        }
        let crossed = mem::take(&mut deck.aboard);
        self.room.notify_one();
        crossed
    }
}
// ANCHOR_END: wake_one

impl Ferry {
    /// The last call, which the captain does not hear.
    pub fn close_for_cars(&self) {
        self.deck.lock().unwrap().closed = true;
        self.room.notify_all();
    }
}

/// `cars` cars, each on a thread, and a captain who crosses until all of them are on the other side.
pub fn an_ordinary_day(places: usize, cars: usize, board: fn(&Ferry) -> bool, cross: fn(&Ferry) -> usize) {
    let ferry = Ferry::with(places);
    thread::scope(|scope| {
        for _ in 0..cars {
            scope.spawn(|| board(&ferry));
        }
        let mut across = 0;
        while across < cars {
            across += cross(&ferry);
        }
    });
}

/// A ferry for two, one car, and then the last call. The captain is on a thread.
pub fn the_last_call(close: fn(&Ferry)) {
    let ferry = Ferry::with(2);
    let across = thread::scope(|scope| {
        let captain = scope.spawn(|| ferry.cross() + ferry.cross());
        assert!(ferry.board(), "there is room");
        close(&ferry);
        assert!(!ferry.board(), "there is no crossing any more");
        captain.join().unwrap()
    });
    assert_eq!(across, 1, "who is aboard gets across, once");
}
