//! `/proc/self/task`, read (see `proc(5)`).

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// A thread's number, as the kernel gives it.
pub type Tid = u32;

/// How often a thread has given up its processor, of its own will or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches {
    voluntary: u64,
    forced: u64,
}

/// What a thread is doing, as far as the kernel is concerned.
#[derive(Debug, PartialEq, Eq)]
pub enum Activity {
    /// It has a processor, or wants one.
    Running,
    /// It waits inside this system call.
    Call {
        /// As in `libc::SYS_…`.
        number: i64,
        /// As the call was given them.
        arguments: [u64; 6],
    },
    /// It waits, but not inside a call: for a page of memory.
    Elsewhere,
}

/// All threads of this process, in order of creation.
pub fn all() -> Vec<Tid> {
    let entries = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let mut tids: Vec<Tid> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    tids.sort_unstable();
    tids
}

/// The calling thread.
pub fn this() -> Option<Tid> {
    // The link reads `4711/task/4712`.
    fs::read_link("/proc/thread-self").ok()?.file_name()?.to_str()?.parse().ok()
}

/// The first thread of the process, which has the process's number.
pub fn main() -> Tid {
    std::process::id()
}

/// The thread's switches if it is asleep, waiting for something that can come any time; `None` if it is not, or gone.
pub fn asleep(tid: Tid) -> Option<Switches> {
    let status = fs::read_to_string(file(tid, "status")).ok()?;
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    // "D", a wait for the disk, ends by itself; "R" is a thread that runs or was woken.
    let asleep = field("State:")?.starts_with('S');
    let count = |name| field(name).and_then(|value| value.parse().ok());
    let switches =
        Switches { voluntary: count("voluntary_ctxt_switches:")?, forced: count("nonvoluntary_ctxt_switches:")? };
    asleep.then_some(switches)
}

/// What the thread does; `None` if it is gone or the kernel does not say.
pub fn activity(tid: Tid) -> Option<Activity> {
    parse_activity(&fs::read_to_string(file(tid, "syscall")).ok()?)
}

/// Whether the thread is off its processor and does not want one, as far as the kernel says.
pub fn is_off(tid: Tid) -> bool {
    activity(tid) != Some(Activity::Running)
}

/// How long the thread has had a processor so far; `None` if it is gone or the kernel does not say.
pub fn processor_time(tid: Tid) -> Option<Duration> {
    let statistics = fs::read_to_string(file(tid, "schedstat")).ok()?;
    Some(Duration::from_nanos(statistics.split_whitespace().next()?.parse().ok()?))
}

fn file(tid: Tid, name: &str) -> PathBuf {
    PathBuf::from(format!("/proc/self/task/{tid}/{name}"))
}

/// `running`, or the call's number and six arguments and two registers, or -1 and the registers.
fn parse_activity(text: &str) -> Option<Activity> {
    let mut words = text.split_whitespace();
    let number = match words.next()? {
        "running" => return Some(Activity::Running),
        "-1" => return Some(Activity::Elsewhere),
        number => number.parse().ok()?,
    };
    let mut arguments = [0; 6];
    for argument in &mut arguments {
        *argument = u64::from_str_radix(words.next()?.strip_prefix("0x")?, 16).ok()?;
    }
    Some(Activity::Call { number, arguments })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Activity, activity, all, asleep, main, parse_activity, processor_time, this};

    #[test]
    fn activities_are_read() {
        assert_eq!(parse_activity("running\n"), Some(Activity::Running));
        assert_eq!(parse_activity("-1 0x7ffe 0x5555\n"), Some(Activity::Elsewhere));
        let arguments = [0x7ffe, 0x80, 2, 0, 0, 0xffff_ffff];
        let text = "202 0x7ffe 0x80 0x2 0x0 0x0 0xffffffff 0x7ffd 0x7f52\n";
        assert_eq!(parse_activity(text), Some(Activity::Call { number: 202, arguments }));
    }

    #[test]
    fn processor_time_grows_while_a_thread_works() {
        let this = this().expect("Linux has /proc/thread-self");
        let before = processor_time(this).expect("Linux tells a thread's processor time");
        while processor_time(this).expect("as before") < before + Duration::from_millis(5) {
            std::hint::spin_loop();
        }
        assert_eq!(processor_time(u32::MAX), None);
    }

    #[test]
    fn this_thread_is_one_of_all_and_awake() {
        let this = this().expect("Linux has /proc/thread-self");
        assert!(all().contains(&this));
        assert!(all().contains(&main()));
        assert_eq!(asleep(this), None);
        // Whoever asks sits in the very call that reads the file.
        assert!(matches!(activity(this), Some(Activity::Call { number: libc::SYS_read, .. })));
    }
}
