//! Channels.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, TryRecvError, TrySendError};
use std::thread;
use std::time::Duration;

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("each_sender_keeps_its_order", orders, &["abx", "axb", "xab"]),
    Case::new("the_end_comes_after_the_last_item", the_end, &["[1, 2] Disconnected"]),
    Case::new("an_empty_channel_and_an_ended_one_differ", empty_or_ended, &["Empty", "Disconnected"]),
    Case::new("sending_to_nobody_gives_the_item_back", to_nobody, &["Ok(()) 1", "Err(SendError { .. }) 0"]),
    Case::new("a_full_channel_holds_the_sender_back", full, &["full 1 2 3"]),
    Case::new("a_rendezvous_ends_for_both_at_once", rendezvous, &["true"]),
    Case::new("try_send_to_a_rendezvous_needs_a_receiver", try_rendezvous, &["full", "met"]),
    Case::new("a_receiver_that_leaves_lets_the_sender_go", receiver_leaves, &["back: 5"]),
    Case::new("recv_timeout_knows_why", timeouts, &["Timeout Disconnected Ok(1)"]),
    Case::new("what_is_left_is_dropped_with_the_receiver", dropped, &["2"]),
    Case::new("all_iterators_end", iterators, &["[1] [2, 3] [4]"]),
];

fn orders() -> String {
    let (sender, receiver) = mpsc::channel();
    let second = sender.clone();
    let other = thread::spawn(move || {
        sender.send('a').unwrap();
        sender.send('b').unwrap();
    });
    second.send('x').unwrap();
    drop(second);
    let order = receiver.iter().collect();
    other.join().unwrap();
    order
}

fn the_end() -> String {
    let (sender, receiver) = mpsc::channel();
    let other = thread::spawn(move || [1, 2].into_iter().for_each(|item| sender.send(item).unwrap()));
    let items = [receiver.recv().unwrap(), receiver.recv().unwrap()];
    other.join().unwrap();
    format!("{items:?} {:?}", receiver.try_recv().unwrap_err())
}

fn empty_or_ended() -> String {
    let (sender, receiver) = mpsc::channel::<()>();
    let other = thread::spawn(move || drop(sender));
    let seen = receiver.try_recv().unwrap_err();
    other.join().unwrap();
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    format!("{seen:?}")
}

fn to_nobody() -> String {
    let (sender, receiver) = mpsc::channel();
    let drops = Arc::new(AtomicUsize::new(0));
    let other = thread::spawn(move || drop(receiver));
    let sent = sender.send(CountsDrop(drops.clone()));
    other.join().unwrap();
    // Received by nobody, an item is dropped with the receiver; refused, it lives on in the error.
    let dropped = drops.load(Ordering::SeqCst);
    format!("{sent:?} {dropped}")
}

struct CountsDrop(Arc<AtomicUsize>);

impl Drop for CountsDrop {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn full() -> String {
    let (sender, receiver) = mpsc::sync_channel(1);
    sender.send(1).unwrap();
    let full = matches!(sender.try_send(9), Err(TrySendError::Full(9)));
    let other = thread::spawn(move || {
        sender.send(2).unwrap();
        sender.send(3).unwrap();
    });
    let items: Vec<_> = receiver.iter().map(|item| item.to_string()).collect();
    other.join().unwrap();
    format!("{} {}", if full { "full" } else { "room" }, items.join(" "))
}

fn rendezvous() -> String {
    let (sender, receiver) = mpsc::sync_channel(0);
    let received = Arc::new(AtomicUsize::new(0));
    let theirs = received.clone();
    let other = thread::spawn(move || {
        theirs.store(1, Ordering::SeqCst);
        receiver.recv().unwrap();
    });
    sender.send(()).unwrap();
    let begun = received.load(Ordering::SeqCst) == 1;
    other.join().unwrap();
    begun.to_string()
}

fn try_rendezvous() -> String {
    let (sender, receiver) = mpsc::sync_channel(0);
    let other = thread::spawn(move || receiver.recv());
    let sent = sender.try_send(1);
    drop(sender);
    let received = other.join().unwrap();
    assert_eq!(sent.is_ok(), received.is_ok());
    if sent.is_ok() { "met" } else { "full" }.to_owned()
}

fn receiver_leaves() -> String {
    let (sender, receiver) = mpsc::sync_channel(0);
    let other = thread::spawn(move || drop(receiver));
    let back = sender.send(5).unwrap_err().0;
    other.join().unwrap();
    format!("back: {back}")
}

fn timeouts() -> String {
    let wait = Duration::from_millis(1);
    let (sender, receiver) = mpsc::channel::<i32>();
    let timeout = receiver.recv_timeout(wait).unwrap_err();
    drop(sender);
    let disconnected = receiver.recv_timeout(wait).unwrap_err();
    let (sender, receiver) = mpsc::channel();
    sender.send(1).unwrap();
    format!("{timeout:?} {disconnected:?} {:?}", receiver.recv_timeout(Duration::ZERO))
}

fn dropped() -> String {
    let drops = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = mpsc::channel();
    sender.send(CountsDrop(drops.clone())).unwrap();
    sender.send(CountsDrop(drops.clone())).unwrap();
    drop(receiver);
    drops.load(Ordering::SeqCst).to_string()
}

fn iterators() -> String {
    let (sender, receiver) = mpsc::channel();
    sender.send(1).unwrap();
    let first: Vec<_> = receiver.try_iter().collect();
    for item in [2, 3, 4] {
        sender.send(item).unwrap();
    }
    drop(sender);
    let some: Vec<_> = receiver.iter().take(2).collect();
    let rest: Vec<_> = receiver.into_iter().collect();
    format!("{first:?} {some:?} {rest:?}")
}
