//! From a stack to what people read: the learner's line, the test's line, and what is waited on.
//!
//! Places come from the program's line tables. Names come from its symbol table (see `symbols`), because a
//! program with line tables only says `{async_fn#0}` where the symbol table says `Mutex<T>::lock`.

mod names;
#[cfg(target_os = "linux")]
mod symbols;

use std::ffi::c_void;
use std::path::Path;
use std::sync::OnceLock;

use protocol::{Party, Place, Waiting};

use crate::registry::Test;

/// The stack on which the runner was started.
static BEGINNING: OnceLock<Vec<usize>> = OnceLock::new();

/// A stack, read: functions and their places, innermost first.
pub struct Stack(Vec<Frame>);

/// One function on a stack. A function that was inlined has a frame of its own.
struct Frame {
    function: Option<String>,
    place: Option<Place>,
}

/// Notes whose program this is. To be called by the runner's `main`, or below it.
pub fn begin() {
    let mut stack = Vec::new();
    backtrace::trace(|frame| {
        stack.push(frame.ip() as usize);
        true
    });
    let _ = BEGINNING.set(stack);
}

impl Stack {
    /// Reads return addresses, innermost first.
    pub fn read(addresses: &[usize]) -> Self {
        Self(addresses.iter().flat_map(|&address| frames_at(address)).collect())
    }

    /// Whether the learner's file or the hidden tests' is on the stack.
    pub fn has_place(&self) -> bool {
        self.0.iter().any(|frame| is_learners(frame) || is_tests(frame))
    }

    /// Whether it is one of the lab's own helpers that runs or waits here.
    #[cfg(all(target_os = "linux", feature = "taskdump", tokio_unstable))]
    pub fn is_labs_own(&self) -> bool {
        let is_lab = |frame: &Frame| frame.function.as_deref().and_then(names::home) == Some("lab");
        self.0.iter().any(is_lab) && !self.has_place()
    }

    /// `party` is here. A party that `runs` waits on nothing.
    pub fn waiting(&self, party: Party, runs: bool) -> Waiting {
        let learner = self.0.iter().position(is_learners);
        let test = self.0.iter().position(is_tests);
        let on = if runs { None } else { self.awaited(learner.into_iter().chain(test).min()) };
        Waiting { party, learner: self.place(learner), test: self.place(test), on }
    }

    /// The call that the `innermost` place makes: what people wrote there. Where there is no such place, the
    /// innermost call that people could have written.
    fn awaited(&self, innermost: Option<usize>) -> Option<String> {
        let names = |frames: &[Frame]| -> Vec<String> { frames.iter().filter_map(|f| f.function.clone()).collect() };
        let Some(at) = innermost else {
            return names(&self.0).iter().filter(|name| !names::is_inside(name)).find_map(|name| names::short(name));
        };
        // Macros such as `select!` leave closures on the stack that stand in no file of the learner's.
        let own = self.0[at].function.as_deref().and_then(names::home);
        let calls = names(&self.0[..at]);
        calls.iter().rev().filter(|name| own.is_none() || names::home(name) != own).find_map(|name| names::short(name))
    }

    fn place(&self, at: Option<usize>) -> Option<Place> {
        self.0[at?].place.clone()
    }
}

/// The functions at a return address: more than one where some were inlined.
fn frames_at(address: usize) -> Vec<Frame> {
    let function = function_at(address);
    if own_crate().is_some() && function.as_deref().and_then(names::home) != own_crate() {
        // Line tables are slow to read, and the places that matter are in one crate.
        return vec![Frame { function, place: None }];
    }
    let mut frames = Vec::new();
    backtrace::resolve(address as *mut c_void, |symbol| {
        let file = symbol.filename().and_then(Path::to_str).map(ToOwned::to_owned);
        let place = file.zip(symbol.lineno()).map(|(file, line)| Place { file, line, column: symbol.colno() });
        frames.push(Frame { function: symbol.name().map(|name| format!("{name:#}")), place });
    });
    // The symbol is the function into which the others were inlined.
    match frames.last_mut() {
        Some(outermost) => outermost.function = function.or(outermost.function.take()),
        None => frames.push(Frame { function, place: None }),
    }
    frames
}

/// The crate of the learner's file and the hidden tests: the one whose `main` calls ours.
fn own_crate() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    let find = || {
        let mut names = BEGINNING.get()?.iter().filter_map(|&address| function_at(address));
        names.find(|name| name == "lab::run::main")?;
        Some(names::home(&names.next()?)?.to_owned())
    };
    NAME.get_or_init(find).as_deref()
}

/// The name of the function that contains a return address.
#[cfg(target_os = "linux")]
fn function_at(address: usize) -> Option<String> {
    symbols::function(address)
}

/// The name of the function that contains a return address: known only from debug information.
#[cfg(not(target_os = "linux"))]
fn function_at(_address: usize) -> Option<String> {
    None
}

fn is_learners(frame: &Frame) -> bool {
    lies_in(frame, super::source().path)
}

fn is_tests(frame: &Frame) -> bool {
    inventory::iter::<Test>().any(|test| lies_in(frame, test.file))
}

/// Cargo may have given the compiler a path relative to a folder that only debug information spells out.
fn lies_in(frame: &Frame, file: &str) -> bool {
    !file.is_empty() && frame.place.as_ref().is_some_and(|place| Path::new(&place.file).ends_with(file))
}
