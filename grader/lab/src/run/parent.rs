//! Ending with the process that started this one.
//!
//! The grader's cell ends whatever a test leaves behind. Code that ends its cell must not get away with it.

/// From now on this process is ended when its parent ends. Linux only; elsewhere nothing can be arranged from here.
#[cfg(target_os = "linux")]
pub fn end_with_it() {
    #[expect(unsafe_code, reason = "std has no prctl")]
    // SAFETY: this option takes a signal number and touches no memory.
    let failed = unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
    // It cannot fail for a signal that exists; if it did, the deadline of the grader's cell would still hold.
    let _ = failed;
}

/// Nothing can be arranged.
#[cfg(not(target_os = "linux"))]
pub fn end_with_it() {}
