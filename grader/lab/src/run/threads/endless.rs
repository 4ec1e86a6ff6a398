//! Can a thread's wait still end, once all other threads wait as well?
//!
//! The answer "no" ends a test as deadlocked, so it is given only where it is certain. Two waits are:
//!
//! - A futex without a time limit: every lock, condition variable, channel, `park` and `join` of the standard
//!   library. Only a thread of this process can wake it.
//! - `epoll` without a time limit, which is where an idle tokio runtime sits, if everything it watches is an
//!   event counter (the runtime's own waker) or a pair of sockets made by this process (the runtime's signal
//!   pipe). A test that waits for a signal from outside waits in vain, so that pipe counts as silent.
//!
//! Anything else may end by itself or be ended from outside: a sleep, a wait with a time limit, a child process
//! (tokio watches it through its own kind of file), a network socket, whose data may be under way in the kernel
//! while everybody sleeps, and every call not named here. Such a hang ends at the deadline instead.

use std::fs;

use super::proc::{self, Activity, Tid};

/// Whether only another thread of this process can end this thread's wait.
pub fn waits_for_ever(tid: Tid) -> bool {
    let Some(Activity::Call { number, arguments }) = proc::activity(tid) else { return false };
    match number {
        libc::SYS_futex => is_endless_futex(arguments),
        #[cfg(target_arch = "x86_64")]
        libc::SYS_epoll_wait => is_endless_epoll(arguments),
        libc::SYS_epoll_pwait => is_endless_epoll(arguments),
        _ => false,
    }
}

/// `futex(address, operation, value, timeout, …)`.
fn is_endless_futex([_, operation, _, timeout, ..]: [u64; 6]) -> bool {
    // The arguments are registers; the operation is an `int`.
    let operation = operation as libc::c_int & libc::FUTEX_CMD_MASK;
    matches!(operation, libc::FUTEX_WAIT | libc::FUTEX_WAIT_BITSET) && timeout == 0
}

/// `epoll_wait(epoll, events, how_many, milliseconds)`.
fn is_endless_epoll([epoll, _, _, milliseconds, ..]: [u64; 6]) -> bool {
    (milliseconds as libc::c_int) < 0 && watched(epoll).is_some_and(|files| files.into_iter().all(is_silent))
}

/// The file descriptors that an epoll instance watches.
fn watched(epoll: u64) -> Option<Vec<libc::c_int>> {
    let text = fs::read_to_string(format!("/proc/self/fdinfo/{epoll}")).ok()?;
    text.lines()
        .filter_map(|line| line.strip_prefix("tfd:"))
        .map(|rest| rest.split_whitespace().next()?.parse().ok())
        .collect()
}

/// Whether nothing comes from this file while all threads of the process sleep.
fn is_silent(file: libc::c_int) -> bool {
    let Ok(target) = fs::read_link(format!("/proc/self/fd/{file}")) else { return false };
    let target = target.to_string_lossy();
    target == "anon_inode:[eventfd]" || target.starts_with("socket:") && peer(file) == Some(std::process::id())
}

/// The process at the other end of a local socket, or that made the pair.
fn peer(socket: libc::c_int) -> Option<u32> {
    let mut peer = libc::ucred { pid: 0, uid: 0, gid: 0 };
    let mut size = size_of::<libc::ucred>() as libc::socklen_t;
    #[expect(unsafe_code, reason = "std's `peer_cred` is unstable, and wants to own the socket")]
    // SAFETY: `peer` and `size` are valid for writes, `size` is the size of `peer`, and any integers make a `ucred`.
    // A number that is no socket, or no longer, is an error.
    let failed =
        unsafe { libc::getsockopt(socket, libc::SOL_SOCKET, libc::SO_PEERCRED, (&raw mut peer).cast(), &raw mut size) };
    // A network socket answers 0.
    if failed == 0 && peer.pid > 0 { u32::try_from(peer.pid).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::waits_for_ever;
    use crate::run::threads::proc;

    /// Starts a thread that waits by `wait`, and asks once it sleeps.
    fn is_endless(wait: impl FnOnce(&mpsc::Receiver<()>) + Send + 'static) -> bool {
        let (tell, told) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let thread = thread::spawn(move || {
            tell.send(proc::this().unwrap()).unwrap();
            wait(&ended);
        });
        let tid = told.recv().unwrap();
        while proc::asleep(tid).is_none() {
            thread::yield_now();
        }
        let endless = waits_for_ever(tid);
        end.send(()).unwrap();
        thread.join().unwrap();
        endless
    }

    #[test]
    fn a_wait_with_a_limit_is_not_endless() {
        assert!(is_endless(|ended| ended.recv().unwrap()));
        assert!(!is_endless(|ended| ended.recv_timeout(Duration::from_secs(3600)).unwrap()));
    }
}
