//! The receiving end.

use ::std::cell::Cell;
use ::std::fmt;
use ::std::marker::PhantomData;
use ::std::sync::Arc;

use interleave::{Op, Wake, result, step, wait};

use super::channel::Channel;
use super::iter::{Iter, TryIter};
use super::{RecvError, RecvTimeoutError, TryRecvError};
use crate::time::Duration;

/// See [`std::sync::mpsc::Receiver`].
pub struct Receiver<T> {
    channel: Arc<Channel<T>>,
    not_sync: PhantomData<Cell<()>>,
}

impl<T> Receiver<T> {
    pub(super) fn new(channel: Arc<Channel<T>>) -> Self {
        Self { channel, not_sync: PhantomData }
    }

    /// See [`std::sync::mpsc::Receiver::recv`].
    ///
    /// # Errors
    ///
    /// If the channel is empty and all senders are gone.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        self.wait(Op::new("Receiver::recv"), None);
        self.take().map_err(|_| RecvError)
    }

    /// See [`std::sync::mpsc::Receiver::try_recv`].
    ///
    /// # Errors
    ///
    /// If the channel is empty.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        step(Op::new("Receiver::try_recv").on(&*self.channel));
        self.take()
    }

    /// See [`std::sync::mpsc::Receiver::recv_timeout`].
    ///
    /// # Errors
    ///
    /// If the channel is empty and all senders are gone, or the time is over.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        if self.wait(Op::new("Receiver::recv_timeout"), Some(timeout)) == Wake::TimedOut {
            result(|| "Err(Timeout)".to_owned());
            return Err(RecvTimeoutError::Timeout);
        }
        self.take().map_err(|_| RecvTimeoutError::Disconnected)
    }

    /// See [`std::sync::mpsc::Receiver::iter`].
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// See [`std::sync::mpsc::Receiver::try_iter`].
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter(self)
    }

    fn wait(&self, op: Op, timeout: Option<Duration>) -> Wake {
        let op = op.on(&*self.channel);
        let news = || self.channel.with(|state| state.has_news());
        if !self.channel.with(|state| state.is_rendezvous()) {
            return wait(op, news, || false, timeout);
        }
        // Being inside `recv` can be seen by `try_send`, so it is a step of its own.
        let again = op.again();
        step(op);
        self.channel.with(|state| state.receiving = true);
        let wake = wait(again, news, || false, timeout);
        self.channel.with(|state| state.receiving = false);
        wake
    }

    fn take(&self) -> Result<T, TryRecvError> {
        let (item, senders) = self.channel.with(|state| (state.items.pop_front(), state.senders));
        if let Some((_, item)) = item {
            result(|| "Ok".to_owned());
            return Ok(item);
        }
        let error = if senders == 0 { TryRecvError::Disconnected } else { TryRecvError::Empty };
        result(|| format!("Err({error:?})"));
        Err(error)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.channel.receiver_is_gone();
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
