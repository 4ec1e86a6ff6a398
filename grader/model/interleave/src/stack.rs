//! Where in the user's own files a step was taken.

use std::path::Path;

use crate::op::Op;
use crate::trace::Place;

/// The place of `op`: its caller's, or, where that is a library or unknown, the innermost frame of the stack
/// that is the user's own.
pub(crate) fn place_of(op: &Op) -> Option<Place> {
    match op.place {
        Some(place) if is_own(place.file()) => Some(place.into()),
        place => innermost_own().or_else(|| place.map(Place::from)),
    }
}

/// Neither the standard library, nor a registry's crate, nor the engine and its facade.
fn is_own(file: &str) -> bool {
    let file = file.replace('\\', "/");
    let foreign = ["/rustc/", "/registry/src/", "/rustlib/src/", "/model/interleave/src/", "/model/std/src/"];
    !foreign.iter().any(|part| file.contains(part) || file.starts_with(&part[1..]))
}

fn innermost_own() -> Option<Place> {
    let mut found = None;
    backtrace::trace(|frame| {
        backtrace::resolve_frame(frame, |symbol| {
            let file = symbol.filename().map(Path::to_string_lossy);
            let (Some(file), Some(line)) = (file, symbol.lineno()) else { return };
            if found.is_none() && is_own(&file) {
                found = Some(Place { file: file.into_owned(), line, column: symbol.colno() });
            }
        });
        found.is_none()
    });
    found
}
