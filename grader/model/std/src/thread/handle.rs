//! Handles to threads.

use ::std::fmt;
use ::std::thread::Result;

use interleave::{Op, step, threads};

use super::packet::Running;

/// See [`std::thread::Thread`].
#[derive(Clone)]
pub struct Thread(Kind);

#[derive(Clone)]
enum Kind {
    Model { index: usize, name: Option<String> },
    Real(::std::thread::Thread),
}

/// See [`std::thread::ThreadId`]. Equal threads of equal executions have equal ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(IdKind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum IdKind {
    Model(usize),
    Real(::std::thread::ThreadId),
}

impl Thread {
    pub(super) fn current() -> Self {
        match threads::current() {
            Some(index) => Self::model(index, threads::name(index)),
            None => Self::real(::std::thread::current()),
        }
    }

    pub(super) fn model(index: usize, name: Option<String>) -> Self {
        let name = if index == 0 { Some("main".to_owned()) } else { name };
        Self(Kind::Model { index, name })
    }

    pub(super) fn real(thread: ::std::thread::Thread) -> Self {
        Self(Kind::Real(thread))
    }

    /// The number of the model thread, if it is one.
    pub(super) fn index(&self) -> Option<usize> {
        match self.0 {
            Kind::Model { index, .. } => Some(index),
            Kind::Real(_) => None,
        }
    }

    /// See [`std::thread::Thread::id`].
    pub fn id(&self) -> ThreadId {
        match &self.0 {
            Kind::Model { index, .. } => ThreadId(IdKind::Model(*index)),
            Kind::Real(thread) => ThreadId(IdKind::Real(thread.id())),
        }
    }

    /// See [`std::thread::Thread::name`].
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Kind::Model { name, .. } => name.as_deref(),
            Kind::Real(thread) => thread.name(),
        }
    }

    /// See [`std::thread::Thread::unpark`].
    #[track_caller]
    pub fn unpark(&self) {
        match &self.0 {
            Kind::Model { index, .. } => {
                step(Op::new("Thread::unpark").with(|| format!("thread {index}")));
                threads::give_park_token(*index);
            }
            Kind::Real(thread) => thread.unpark(),
        }
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}

/// See [`std::thread::JoinHandle`].
pub struct JoinHandle<T>(pub(super) Running<T>);

impl<T> JoinHandle<T> {
    /// See [`std::thread::JoinHandle::join`].
    ///
    /// # Errors
    ///
    /// The payload, if the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.0.join(Op::new("JoinHandle::join"))
    }

    /// See [`std::thread::JoinHandle::is_finished`].
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished(Op::new("JoinHandle::is_finished"))
    }

    /// See [`std::thread::JoinHandle::thread`].
    pub fn thread(&self) -> &Thread {
        self.0.thread()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
