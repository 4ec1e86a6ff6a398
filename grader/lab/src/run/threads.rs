//! The threads of this process: who is there, do they all wait, can anything still wake them, where are they?
//!
//! Linux shows all of this in `/proc/self/task`; why two looks there prove that everything is quiet is told in
//! [`quiet`], which waits can end and which cannot in [`endless`]. Other systems show nothing of it.

#[cfg(target_os = "linux")]
mod endless;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod proc;
#[cfg(target_os = "linux")]
mod quiet;
#[cfg(target_os = "linux")]
mod stacks;

#[cfg(not(target_os = "linux"))]
mod unknown;

#[cfg(target_os = "linux")]
pub use linux::*;
#[cfg(not(target_os = "linux"))]
pub use unknown::*;
