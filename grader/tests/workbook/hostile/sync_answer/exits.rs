//! verdict: crashed
//! does: ends the process, with the exit code of success.

pub fn answer() -> u32 {
    std::process::exit(0)
}
