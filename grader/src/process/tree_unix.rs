//! A process and its descendants: process groups, and on Linux a subreaper.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// A running process that leads a process group of its own.
pub struct Tree {
    child: Child,
    group: Pid,
}

/// Waits for the leader alone.
pub struct Waiter(Pid);

/// From now on descendants that lose their parent become children of this process.
pub fn prepare() {
    #[cfg(target_os = "linux")]
    // Linux has had this since 3.4; without it only children that left the group would go unnoticed.
    let _ = nix::sys::prctl::set_child_subreaper(true);
}

impl Tree {
    /// Starts the process.
    pub fn spawn(mut command: Command) -> io::Result<Self> {
        let child = command.process_group(0).spawn()?;
        let group = Pid::from_raw(child.id().cast_signed());
        Ok(Self { child, group })
    }

    /// Its pipes, once.
    pub fn pipes(&mut self) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
        (self.child.stdin.take(), self.child.stdout.take(), self.child.stderr.take())
    }

    /// Something that waits for the leader on another thread.
    pub fn waiter(&self) -> Waiter {
        Waiter(self.group)
    }

    /// Ends all that is left and returns how many processes there were besides the leader.
    ///
    /// With `leader_ended` the leader has been waited for; otherwise it is ended, too.
    pub fn end(&mut self, leader_ended: bool) -> u32 {
        let group_alive = killpg(self.group, Signal::SIGKILL) != Err(Errno::ESRCH);
        let swept = sweep::all_children();
        match (leader_ended, swept) {
            (true, Some(count)) => count,
            (true, None) => u32::from(group_alive),
            // Its own descendants were alive because it was: no leak, just the end.
            (false, _) => 0,
        }
    }
}

impl Waiter {
    /// Returns when the leader has ended.
    pub fn wait(self) -> io::Result<ExitStatus> {
        use nix::sys::wait::{WaitStatus, waitpid};
        use std::os::unix::process::ExitStatusExt;
        loop {
            match waitpid(self.0, None) {
                Ok(WaitStatus::Exited(_, code)) => return Ok(ExitStatus::from_raw(code << 8)),
                Ok(WaitStatus::Signaled(_, signal, _)) => return Ok(ExitStatus::from_raw(signal as i32)),
                Ok(_) | Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(target_os = "linux")]
mod sweep {
    //! Ending every child of this process until there is none.

    use std::collections::HashSet;
    use std::fs;
    use std::time::{Duration, Instant};

    use nix::errno::Errno;
    use nix::sys::signal::{Signal, kill};
    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
    use nix::unistd::Pid;

    /// Whoever has not gone by then is stuck in the kernel.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// How many processes had to be ended; those that had ended by themselves and only waited to be noticed are
    /// not counted.
    pub fn all_children() -> Option<u32> {
        let mut ended = HashSet::new();
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match waitpid(Pid::from_raw(-1), Some(WaitPidFlag::WNOHANG)) {
                Err(Errno::ECHILD) => break,
                Ok(WaitStatus::StillAlive) => {
                    for child in children() {
                        if kill(child, Signal::SIGKILL).is_ok() {
                            ended.insert(child);
                        }
                    }
                    std::thread::sleep(Duration::from_micros(200));
                }
                Ok(WaitStatus::Signaled(pid, Signal::SIGKILL, _)) => {
                    ended.insert(pid);
                }
                Ok(_) | Err(_) => {}
            }
        }
        u32::try_from(ended.len()).ok()
    }

    /// The children of this process that have not ended.
    fn children() -> Vec<Pid> {
        let own = std::process::id().to_string();
        let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
        processes
            .filter_map(|entry| {
                let pid: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
                let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
                // "pid (name) state ppid …": the name may hold anything, parentheses included.
                let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
                let (state, parent) = (fields.next()?, fields.next()?);
                (parent == own && state != "Z").then(|| Pid::from_raw(pid))
            })
            .collect()
    }
}

#[cfg(not(target_os = "linux"))]
mod sweep {
    //! Without a subreaper orphans cannot be found; the group is all there is.

    /// Unknown.
    pub fn all_children() -> Option<u32> {
        None
    }
}
