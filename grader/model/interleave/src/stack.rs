//! Where in the user's own files a step was taken.

use std::path::Path;

use crate::op::Op;
use crate::trace::Place;

/// The place of `op`: its caller's, or, where that is a library or unknown, the innermost frame of the stack
/// that is the user's own. `walk` the stack also to learn who called the function it lies in, which takes its time.
pub(crate) fn place_of(op: &Op, walk: bool) -> Option<Place> {
    match op.place {
        Some(place) if is_own(place.file()) => {
            let caller = || innermost_own().filter(|own| Path::new(&own.file).ends_with(place.file()))?.called_from;
            Some(Place { called_from: if walk { caller() } else { None }, ..place.into() })
        }
        place => innermost_own().or_else(|| place.map(Place::from)),
    }
}

/// Neither the standard library, nor a registry's crate, nor the engine and its facade.
fn is_own(file: &str) -> bool {
    let file = file.replace('\\', "/");
    let foreign = ["/rustc/", "/registry/src/", "/rustlib/src/", "/model/interleave/src/", "/model/std/src/"];
    !foreign.iter().any(|part| file.contains(part) || file.starts_with(&part[1..]))
}

/// The innermost frame of the stack that is the user's own, and the line that called it.
fn innermost_own() -> Option<Place> {
    let mut found: Option<Place> = None;
    let mut done = false;
    backtrace::trace(|frame| {
        backtrace::resolve_frame(frame, |symbol| {
            let file = symbol.filename().map(Path::to_string_lossy);
            let (Some(file), Some(line)) = (file, symbol.lineno()) else { return };
            match &mut found {
                _ if done => {}
                None if is_own(&file) => {
                    found = Some(Place { file: file.into_owned(), line, column: symbol.colno(), called_from: None });
                }
                None => {}
                // Only a direct call: who calls a closure through a library is another story.
                Some(found) => {
                    found.called_from = (found.file == file).then_some(line);
                    done = true;
                }
            }
        });
        !done
    });
    found
}
