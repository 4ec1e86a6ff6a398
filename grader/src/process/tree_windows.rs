//! A process and its descendants: a job object.

use std::io;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap, JobObject};

/// A running process in a job of its own.
pub struct Tree(Arc<Mutex<Box<dyn ChildWrapper>>>);

/// Waits for the process.
pub struct Waiter(Arc<Mutex<Box<dyn ChildWrapper>>>);

/// Nothing to prepare: the job catches all descendants.
pub fn prepare() {}

impl Tree {
    /// Starts the process.
    pub fn spawn(command: Command) -> io::Result<Self> {
        let child = CommandWrap::from(command).wrap(JobObject).spawn()?;
        Ok(Self(Arc::new(Mutex::new(child))))
    }

    /// Its pipes, once.
    pub fn pipes(&mut self) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (child.stdin().take(), child.stdout().take(), child.stderr().take())
    }

    /// Something that waits for the process on another thread.
    pub fn waiter(&self) -> Waiter {
        Waiter(self.0.clone())
    }

    /// Ends the job. How many processes there were is not known.
    pub fn end(&mut self, _leader_ended: bool) -> u32 {
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).start_kill();
        0
    }
}

impl Waiter {
    /// Returns when the process has ended. The lock is free most of the time, so that the job can be ended.
    pub fn wait(self) -> io::Result<ExitStatus> {
        loop {
            let ended = self.0.lock().unwrap_or_else(PoisonError::into_inner).inner_mut().try_wait()?;
            match ended {
                Some(status) => return Ok(status),
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}
