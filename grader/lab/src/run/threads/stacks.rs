//! Where threads are: each is interrupted by a signal and writes down its own stack.
//!
//! The handler only walks the stack and stores numbers in memory that is already there; they are read as
//! functions and lines later, on the thread that asked. Unwinding inside a signal handler is not among the things
//! that POSIX calls safe: a thread that was interrupted while it held a lock of the unwinder or the loader would
//! wait for itself. Therefore nobody waits long for an answer, and the only askers are about to end the process.
//! `SA_RESTART`, and a number that nobody else uses, keep the signal from being noticed by the learner's code.

use std::ffi::{c_int, c_void};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::proc::Tid;

/// How long the threads get to answer, all together. It takes microseconds, unless the machine is overloaded.
const PATIENCE: Duration = Duration::from_millis(250);
/// Frames kept of a stack, from the innermost on; the learner's are near that end.
const DEPTH: usize = 128;
/// Threads asked at the same time; more than one test is likely to have.
const SLOTS: usize = 128;
/// In place of the depth, as long as a thread has not answered.
const UNANSWERED: usize = usize::MAX;

/// Where one thread writes its stack.
struct Slot {
    /// The thread that is asked; 0 if the slot is free.
    thread: AtomicU32,
    depth: AtomicUsize,
    stack: [AtomicUsize; DEPTH],
}

/// Whoever is asked does not go on.
static STAY: AtomicBool = AtomicBool::new(false);

/// From now on a thread that is asked stays where it is. Nothing can happen in the process any more, and a signal must
/// not change that: a wait at a condition variable ends when it is interrupted after a wake-up that went to another.
pub fn stay_where_asked() {
    STAY.store(true, Ordering::SeqCst);
}

static ANSWERS: [Slot; SLOTS] = [const { Slot::new() }; SLOTS];

impl Slot {
    const fn new() -> Self {
        Self { thread: AtomicU32::new(0), depth: AtomicUsize::new(0), stack: [const { AtomicUsize::new(0) }; DEPTH] }
    }

    /// The stack and a free slot, once the thread has answered.
    fn take(&self) -> Option<Vec<usize>> {
        let depth = self.depth.load(Ordering::Acquire);
        if depth == UNANSWERED {
            return None;
        }
        let stack = self.stack[..depth].iter().map(|address| address.load(Ordering::Relaxed)).collect();
        self.thread.store(0, Ordering::Release);
        Some(stack)
    }
}

/// The signal. The first real-time signals are glibc's own, and debuggers like the last ones.
fn signal() -> c_int {
    libc::SIGRTMIN() + 7
}

/// Installs the handler. To be done before the learner's code runs.
pub fn install() -> io::Result<()> {
    #[expect(unsafe_code, reason = "std has no signals")]
    // SAFETY: all zeros is a valid `sigaction` (no flags, an empty mask after `sigemptyset`), the handler has the
    // signature that `SA_SIGINFO` asks for, and the pointers are valid for the calls.
    let failed = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = answer as extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void) as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(signal(), &raw const action, std::ptr::null_mut())
    };
    if failed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// The stacks of these threads: return addresses, innermost first; empty for a thread that does not answer.
/// The calling thread must not be among them.
pub fn of(threads: &[Tid]) -> Vec<Vec<usize>> {
    let asked: Vec<Option<&Slot>> = threads.iter().map(|&thread| ask(thread)).collect();
    let since = Instant::now();
    loop {
        let waiting = asked.iter().flatten().any(|slot| slot.depth.load(Ordering::Acquire) == UNANSWERED);
        if !waiting || since.elapsed() > PATIENCE {
            break;
        }
        thread::sleep(Duration::from_micros(100));
    }
    // A slot whose thread has not answered stays taken: the thread may still write into it.
    asked.into_iter().map(|slot| slot.and_then(Slot::take).unwrap_or_default()).collect()
}

/// Sends the signal; `None` if there is no slot for the answer or no such thread.
fn ask(thread: Tid) -> Option<&'static Slot> {
    let is_taken = |slot: &&Slot| slot.thread.load(Ordering::Relaxed) == thread;
    if ANSWERS.iter().any(|slot| is_taken(&slot)) {
        return None;
    }
    let claim = |slot: &&Slot| slot.thread.compare_exchange(0, u32::MAX, Ordering::Relaxed, Ordering::Relaxed).is_ok();
    let slot = ANSWERS.iter().find(claim)?;
    slot.depth.store(UNANSWERED, Ordering::Relaxed);
    slot.thread.store(thread, Ordering::Release);
    #[expect(unsafe_code, reason = "std cannot signal a thread")]
    // SAFETY: the arguments are numbers. The thread group keeps the signal in this process, whoever has the
    // thread's number by now.
    let failed = unsafe { libc::syscall(libc::SYS_tgkill, std::process::id(), thread, signal()) };
    if failed == 0 {
        return Some(slot);
    }
    slot.thread.store(0, Ordering::Release);
    None
}

/// The handler. Whatever it calls must neither allocate nor lock.
extern "C" fn answer(_signal: c_int, _info: *mut libc::siginfo_t, context: *mut c_void) {
    #[expect(unsafe_code, reason = "`errno` belongs to the code that was interrupted")]
    // SAFETY: the location is valid for the whole life of the calling thread.
    let errno = unsafe { *libc::__errno_location() };
    #[expect(unsafe_code, reason = "std does not tell this number without allocating")]
    // SAFETY: the call has no arguments and cannot fail.
    let this = unsafe { libc::syscall(libc::SYS_gettid) };
    if let Some(slot) = ANSWERS.iter().find(|slot| i64::from(slot.thread.load(Ordering::Acquire)) == this) {
        // Above the interrupted function lies what the signal has put there.
        let interrupted = interrupted_at(context);
        let mut depth = 0;
        #[expect(unsafe_code, reason = "the synchronised one takes a lock")]
        // SAFETY: what must be synchronised is symbol look-up, which this does not do; each thread walks its own
        // stack.
        unsafe {
            backtrace::trace_unsynchronized(|frame| {
                let address = frame.ip() as usize;
                if depth > 0 || address == interrupted {
                    // Every address but this one is a return address, which lies behind its call.
                    let address = if depth == 0 { address + 1 } else { address };
                    slot.stack[depth].store(address, Ordering::Relaxed);
                    depth += 1;
                }
                depth < DEPTH
            });
        }
        slot.depth.store(depth, Ordering::Release);
    }
    while STAY.load(Ordering::SeqCst) {
        #[expect(unsafe_code, reason = "std cannot wait inside a signal handler")]
        // SAFETY: the call has no arguments, and is among those that POSIX allows in a handler.
        unsafe {
            libc::pause();
        }
    }
    #[expect(unsafe_code, reason = "as above")]
    // SAFETY: as above.
    unsafe {
        *libc::__errno_location() = errno;
    }
}

/// The instruction at which the signal came.
fn interrupted_at(context: *mut c_void) -> usize {
    #[expect(unsafe_code, reason = "the kernel hands over a pointer")]
    // SAFETY: with `SA_SIGINFO` the handler's third argument is a `ucontext_t`, valid while the handler runs.
    let context = unsafe { &*context.cast::<libc::ucontext_t>() };
    #[cfg(target_arch = "x86_64")]
    let address = context.uc_mcontext.gregs[libc::REG_RIP as usize];
    #[cfg(target_arch = "aarch64")]
    let address = context.uc_mcontext.pc;
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let address = 0;
    address as usize
}
