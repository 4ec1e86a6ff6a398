//! How long a learner waits: from the change of a file to the last byte of its verdict on the screen of a loop.
//!
//! ```text
//! cargo run -p grader --example watch_speed -- FILE 'VERDICT IS HERE' 'BEGIN WITH THIS' VARIANT… -- PROGRAM ARGUMENT…
//! ```
//!
//! Starts the program in a terminal of 80 by 24, waits until its screen says `BEGIN WITH THIS`, writes each variant into
//! the file several times, with a comment that makes it new, and prints the shortest and the median time for each, in
//! milliseconds. Between two saves of the first it runs and measures the scripts named in `BESIDE`, since a machine is
//! not equally fast all the time. `scripts/speed.sh watch` calls this, for our loop and for others.

use std::error::Error;

#[cfg(unix)]
fn main() -> Result<(), Box<dyn Error>> {
    unix::main()
}

#[cfg(not(unix))]
fn main() -> Result<(), Box<dyn Error>> {
    Err("this needs a pseudo-terminal, which this system has not".into())
}

#[cfg(unix)]
mod unix {
    use std::error::Error;
    use std::fs::{self, File};
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::{Duration, Instant};
    use std::{env, process};

    use nix::pty::{Winsize, openpty};

    const TRIES: u32 = 9;
    /// The first verdict may have to wait for everything to be built.
    const PATIENCE: Duration = Duration::from_secs(300);
    /// Who draws in several pieces leaves no longer pause between them.
    const QUIET: Duration = Duration::from_millis(60);

    /// What a program writes, and when.
    struct Screen(Receiver<(Instant, Vec<u8>)>);

    impl Screen {
        /// Waits for a text, and for the end of what is written with it. Returns the time of the last byte.
        fn until(&self, wanted: &str) -> Result<Instant, Box<dyn Error>> {
            let mut text = String::new();
            let mut last = Instant::now();
            while !text.contains(wanted) {
                let (at, bytes) = self.0.recv_timeout(PATIENCE).map_err(|_| format!("no {wanted:?} in {text}"))?;
                text.push_str(&String::from_utf8_lossy(&bytes));
                last = at;
            }
            while let Ok((at, _)) = self.0.recv_timeout(QUIET) {
                last = at;
            }
            Ok(last)
        }
    }

    pub fn main() -> Result<(), Box<dyn Error>> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let (ours, theirs) = arguments.split_at(arguments.iter().position(|word| word == "--").ok_or("no program")?);
        let ([file, verdict, begin, variants @ ..], [_, program, words @ ..]) = (ours, theirs) else {
            return Err("usage: FILE VERDICT BEGIN VARIANT… -- PROGRAM ARGUMENT…".into());
        };
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let terminal = openpty(Some(&size), None)?;
        let (mut keys, inner) = (File::from(terminal.master), File::from(terminal.slave));
        let mut outer = keys.try_clone()?;
        let (sender, receiver) = channel();
        // The command holds on to the inner end; as long as it lives, nobody sees the program end.
        let mut child = {
            let mut command = Command::new(program);
            command.args(words).env("TERM", "xterm-256color").stdin(Stdio::from(inner.try_clone()?));
            command.stdout(Stdio::from(inner.try_clone()?)).stderr(Stdio::from(inner)).spawn()?
        };
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(count @ 1..) = outer.read(&mut bytes) {
                let _ = sender.send((Instant::now(), bytes[..count].to_vec()));
            }
        });
        let screen = Screen(receiver);
        screen.until(begin)?;
        let beside = env::var("BESIDE").unwrap_or_default();
        let mut beside: Vec<(&str, Vec<f64>)> = beside.split_whitespace().map(|script| (script, Vec::new())).collect();
        for (at, variant) in variants.iter().enumerate() {
            let text = fs::read_to_string(variant)?;
            let mut times = Vec::new();
            for number in 0..=TRIES {
                for (script, times) in beside.iter_mut().filter(|_| at == 0) {
                    let begun = Instant::now();
                    Command::new("bash").arg(*script).output()?;
                    times.push(milliseconds(begun.elapsed()));
                }
                let saved = Instant::now();
                fs::write(file, format!("{text}\n// {} {number}\n", process::id()))?;
                let last = screen.until(verdict)?;
                times.push(milliseconds(last.duration_since(saved)));
            }
            print(variant, times);
        }
        beside.into_iter().for_each(|(script, times)| print(script, times));
        keys.write_all(b"q")?;
        thread::sleep(Duration::from_millis(300));
        let _ = child.kill();
        child.wait()?;
        Ok(())
    }

    fn milliseconds(time: Duration) -> f64 {
        time.as_secs_f64() * 1000.0
    }

    /// The shortest and the median time. The first one may have met something cold.
    fn print(what: &str, mut times: Vec<f64>) {
        times.remove(0);
        times.sort_by(f64::total_cmp);
        println!("{what} {:.0} {:.0}", times[0], times[times.len() / 2]);
    }
}
