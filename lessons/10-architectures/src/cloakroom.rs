//! A cloakroom: hooks that one task owns, and a counter at which others ask it.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

// ANCHOR: request
/// What one can ask for, and the way back for the answer.
enum Request {
    Hang { coat: String, reply: oneshot::Sender<u32> },
    Fetch { ticket: u32, reply: oneshot::Sender<Option<String>> },
}
// ANCHOR_END: request

// ANCHOR: hooks
/// The state. Nothing here knows of tasks.
#[derive(Default)]
struct Hooks {
    coats: HashMap<u32, String>,
    last_ticket: u32,
}

impl Hooks {
    fn serve(&mut self, request: Request) {
        // An asker may have gone away, and that is not our concern.
        match request {
            Request::Hang { coat, reply } => {
                self.last_ticket += 1;
                self.coats.insert(self.last_ticket, coat);
                let _ = reply.send(self.last_ticket);
            }
            Request::Fetch { ticket, reply } => {
                let _ = reply.send(self.coats.remove(&ticket));
            }
        }
    }
}
// ANCHOR_END: hooks

// ANCHOR: attend
/// The whole life of the task that owns the hooks. Returns how many coats are left.
async fn attend(mut requests: mpsc::Receiver<Request>) -> usize {
    let mut hooks = Hooks::default();
    // run: one request after the other, so none sees another one half done
    while let Some(request) = requests.recv().await {
        hooks.serve(request);
    }
    // stop: the mailbox is empty, and nobody can put anything in
    hooks.coats.len()
}
// ANCHOR_END: attend

// ANCHOR: handle
/// A way to ask. Clones ask the same cloakroom.
#[derive(Clone)]
pub struct Cloakroom(mpsc::Sender<Request>);

/// There is nobody at the cloakroom any more.
#[derive(Debug, PartialEq, Eq)]
pub struct Deserted;

impl Cloakroom {
    /// Opens a cloakroom at which `room` requests can wait.
    pub fn open(room: NonZeroUsize) -> (Self, JoinHandle<usize>) {
        // own the ends: callers have senders, the task has the receiver and no sender
        let (requests, mailbox) = mpsc::channel(room.get());
        (Self(requests), tokio::spawn(attend(mailbox)))
    }

    /// Hangs up a coat, and returns the ticket for it.
    pub async fn hang(&self, coat: &str) -> Result<u32, Deserted> {
        let (reply, answer) = oneshot::channel();
        let request = Request::Hang { coat: coat.to_string(), reply };
        self.0.send(request).await.map_err(|_| Deserted)?;
        answer.await.map_err(|_| Deserted)
    }
}
// ANCHOR_END: handle

impl Cloakroom {
    /// Returns the coat for a ticket, once.
    pub async fn fetch(&self, ticket: u32) -> Result<Option<String>, Deserted> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Request::Fetch { ticket, reply }).await.map_err(|_| Deserted)?;
        answer.await.map_err(|_| Deserted)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn open() -> (Cloakroom, JoinHandle<usize>) {
        Cloakroom::open(NonZeroUsize::MIN)
    }

    #[tokio::test(start_paused = true)]
    async fn a_coat_is_returned_once() {
        let (cloakroom, _) = open();
        let ticket = cloakroom.hang("blue").await.expect("somebody is there");
        assert_eq!(cloakroom.fetch(ticket).await, Ok(Some("blue".to_string())));
        assert_eq!(cloakroom.fetch(ticket).await, Ok(None));
    }

    #[tokio::test(start_paused = true)]
    async fn no_two_coats_get_the_same_ticket() {
        let (cloakroom, attending) = open();
        let guests = [(); 8].map(|()| {
            let cloakroom = cloakroom.clone();
            tokio::spawn(async move { cloakroom.hang("grey").await })
        });
        drop(cloakroom);
        let mut tickets = Vec::new();
        for guest in guests {
            tickets.push(guest.await.expect("no panic").expect("somebody is there"));
        }
        tickets.sort_unstable();
        assert_eq!(tickets, (1..=8).collect::<Vec<_>>());
        assert_eq!(attending.await.expect("no panic"), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn a_guest_who_walks_away_harms_nobody() {
        let (cloakroom, _) = open();
        // Its request is in the mailbox, and it does not wait for the answer.
        assert!(timeout(Duration::ZERO, cloakroom.hang("lost")).await.is_err());
        assert_eq!(cloakroom.hang("blue").await, Ok(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_cloakroom_whose_task_is_gone_says_so() {
        let (cloakroom, attending) = open();
        attending.abort();
        assert_eq!(cloakroom.hang("blue").await, Err(Deserted));
        assert_eq!(cloakroom.fetch(1).await, Err(Deserted));
    }
}
