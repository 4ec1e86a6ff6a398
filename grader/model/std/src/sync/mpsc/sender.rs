//! The sending ends.

use ::std::fmt;
use ::std::sync::Arc;

use interleave::{Op, result, step, until, wait};

use super::channel::Channel;
use super::{SendError, TrySendError};

/// See [`std::sync::mpsc::Sender`].
pub struct Sender<T>(Arc<Channel<T>>);

/// See [`std::sync::mpsc::SyncSender`].
pub struct SyncSender<T>(Arc<Channel<T>>);

impl<T> Sender<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Self(channel)
    }

    /// See [`std::sync::mpsc::Sender::send`].
    ///
    /// # Errors
    ///
    /// Gives the item back if the receiver is gone.
    #[track_caller]
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        step(Op::new("Sender::send").on(&*self.0));
        if !self.0.with(|state| state.receiver_is_there) {
            result(|| "Err(SendError)".to_owned());
            return Err(SendError(t));
        }
        self.0.with(|state| state.push(t));
        Ok(())
    }
}

impl<T> SyncSender<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Self(channel)
    }

    /// See [`std::sync::mpsc::SyncSender::send`].
    ///
    /// # Errors
    ///
    /// Gives the item back if the receiver is gone.
    #[track_caller]
    pub fn send(&self, t: T) -> Result<(), SendError<T>> {
        let mut item = Some(t);
        let can = || self.0.with(|state| !state.is_full() || !state.receiver_is_there);
        let put = || {
            self.0.with(|state| {
                if !state.receiver_is_there {
                    return Some(None);
                }
                (!state.is_full()).then(|| Some((state.push(item.take().expect("sent once")), state.is_rendezvous())))
            })
        };
        let Some((ticket, is_rendezvous)) = until(Op::new("SyncSender::send").on(&*self.0), can, put) else {
            result(|| "Err(SendError)".to_owned());
            return Err(SendError(item.expect("not sent")));
        };
        if !is_rendezvous {
            return Ok(());
        }
        let over = || self.0.with(|state| !state.is_pending(ticket) || !state.receiver_is_there);
        wait(Op::new("SyncSender::send").on(&*self.0), over, || false, None);
        let unwanted = self.0.with(|state| state.take_back(ticket));
        result(|| if unwanted.is_some() { "Err(SendError)" } else { "received" }.to_owned());
        unwanted.map_or(Ok(()), |item| Err(SendError(item)))
    }

    /// See [`std::sync::mpsc::SyncSender::try_send`].
    ///
    /// # Errors
    ///
    /// Gives the item back if there is no room or the receiver is gone.
    #[track_caller]
    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>> {
        step(Op::new("SyncSender::try_send").on(&*self.0));
        let outcome = self.0.with(|state| {
            if !state.receiver_is_there {
                return Err(TrySendError::Disconnected(t));
            }
            let nobody_meets = state.is_rendezvous() && !(state.receiving && state.items.is_empty());
            if state.is_full() || nobody_meets {
                return Err(TrySendError::Full(t));
            }
            state.push(t);
            Ok(())
        });
        result(|| format!("{outcome:?}"));
        outcome
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.with(|state| state.senders += 1);
        Self(self.0.clone())
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        self.0.with(|state| state.senders += 1);
        Self(self.0.clone())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.sender_is_gone();
    }
}

impl<T> Drop for SyncSender<T> {
    fn drop(&mut self) {
        self.0.sender_is_gone();
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}
