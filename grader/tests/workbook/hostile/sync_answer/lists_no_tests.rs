//! verdict: crashed
//! only on: linux
//! does: runs before `main`, claims that there are no tests, and exits.

use std::io::Write;

#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = before_main;

extern "C" fn before_main() {
    let _ = std::io::stdout().write_all(b"{\"tests\":[]}");
    std::process::exit(0)
}

pub fn answer() -> u32 {
    41
}
