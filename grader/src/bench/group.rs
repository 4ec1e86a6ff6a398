//! Cargo and the compilers it starts, as one thing that can be ended.
//!
//! A compiler that outlives its cargo would write into the same files as the one that the next build starts.

use std::io;
use std::process::{Child, Command};

/// A process and those that it started.
#[derive(Debug)]
pub struct Group {
    /// The process itself.
    pub child: Child,
}

#[cfg(unix)]
impl Group {
    /// Starts the process in a group of its own.
    pub fn spawn(mut command: Command) -> io::Result<Self> {
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(Self { child: command.spawn()? })
    }

    /// Ends all of them and returns when they are gone.
    pub fn end(&mut self) {
        use nix::sys::signal::{Signal, killpg};
        use nix::unistd::Pid;

        let group = Pid::from_raw(self.child.id().cast_signed());
        // The leader has to be waited for, or its group would never be empty.
        while killpg(group, Signal::SIGKILL).is_ok() {
            let _ = self.child.try_wait();
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let _ = self.child.wait();
    }
}

#[cfg(windows)]
impl Group {
    /// Starts the process.
    pub fn spawn(mut command: Command) -> io::Result<Self> {
        Ok(Self { child: command.spawn()? })
    }

    /// Ends all of them: the system's own tool knows who started whom.
    pub fn end(&mut self) {
        let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &self.child.id().to_string()]).output();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
