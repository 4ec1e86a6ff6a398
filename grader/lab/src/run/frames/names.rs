//! From a symbol's name to what people write.
//!
//! `tokio::sync::mpsc::bounded::Receiver<T>::recv::{{closure}}` is `mpsc::Receiver::recv` in the learner's file.
//! There is no table of primitives here, only rules: closures, type parameters and modules go; a method keeps its
//! type; a type whose name several channels share keeps the channel; a function keeps its crate's first module.

/// Modules that tell types of the same name apart.
const CHANNELS: [&str; 4] = ["mpsc", "oneshot", "broadcast", "watch"];

/// What a symbol's name says, without type parameters and closures.
struct Name<'a> {
    /// From the crate on: `std`, `sync`, `mpsc`, `Receiver`, `recv`.
    path: Vec<&'a str>,
    /// The trait's path, for a method of one.
    of_trait: Vec<&'a str>,
}

/// The crate that the function is from; `None` where the name does not say. That of a method which any type has
/// (`<F as bench::Job>::run`) is the trait's.
pub fn home(name: &str) -> Option<&str> {
    let Name { path, of_trait } = read(name);
    [path, of_trait].into_iter().find(|path| is_whole(path)).map(|path| path[0])
}

/// Whether the function is the inside of some primitive: nobody calls it by name.
pub fn is_inside(name: &str) -> bool {
    let Name { path, .. } = read(name);
    !is_whole(&path) || path.contains(&"sys") || path[0].ends_with("_core")
}

/// The name as people write it; `None` for what they do not write, such as an adapter of the standard library.
pub fn short(name: &str) -> Option<String> {
    let Name { path, of_trait } = read(name);
    if !is_whole(&path) || matches!(path[..], ["core" | "alloc", ..] | ["lab", "run", ..]) {
        return None;
    }
    let Some(at) = path.iter().position(|segment| segment.starts_with(char::is_uppercase)) else {
        return function(&path);
    };
    let (modules, own) = (&path[1..at], &path[at..]);
    // The two `join!`s keep each future in one of these.
    if own[0] == "MaybeDone" {
        return None;
    }
    let is_future = of_trait.last() == Some(&"Future");
    if let Some(module) = modules.last().filter(|module| is_future && same(module, own[0])) {
        // `sleep(…)`, `timeout(…)`, `join_all(…)`: people write the function that makes the future.
        return function(&[path[0], modules[0], module]);
    }
    let channel = modules.iter().find(|module| CHANNELS.contains(module));
    let written = if is_future { &own[..1] } else { own };
    Some(channel.into_iter().chain(written).copied().collect::<Vec<_>>().join("::"))
}

/// `std::thread::scoped::scope` is `thread::scope`.
fn function(segments: &[&str]) -> Option<String> {
    match segments {
        [] | [_] => None,
        [_, function] => Some((*function).to_owned()),
        [_, module, .., function] => Some(format!("{module}::{function}")),
    }
}

/// Whether a module has the name of a type: `join_all`, `JoinAll`.
fn same(module: &str, name: &str) -> bool {
    module.replace('_', "") == name.to_lowercase()
}

/// Whether a path begins with a crate: that of a type parameter does not.
fn is_whole(path: &[&str]) -> bool {
    path.len() > 1 && path[0].starts_with(|first: char| first.is_lowercase() || first == '_')
}

/// Takes a demangled name apart: `crate::module::function`, `<Type>::method` or `<Type as Trait>::method`.
fn read(name: &str) -> Name<'_> {
    let segments = |path| split(path, "::").into_iter().filter_map(plain);
    let mut parts = split(name, "::");
    let quoted = parts[0].strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let Some(quoted) = quoted else { return Name { path: segments(name).collect(), of_trait: Vec::new() } };
    let sides = split(quoted, " as ");
    let method = parts.split_off(1).into_iter().filter_map(plain);
    let of_trait = sides.get(1).into_iter().flat_map(|side| segments(side)).collect();
    Name { path: segments(sides[0]).chain(method).collect(), of_trait }
}

/// A segment without type parameters; `None` if nothing remains, as of `{{closure}}` and `<u32>`.
fn plain(segment: &str) -> Option<&str> {
    let name = segment.split('<').next().unwrap_or_default();
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
}

/// Splits at a separator that stands in no bracket.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' | b'(' | b'[' | b'{' => depth += 1,
            // `->` closes nothing.
            b'>' if text[..at].ends_with('-') => {}
            b'>' | b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= start && text.as_bytes()[at..].starts_with(separator.as_bytes()) => {
                parts.push(&text[start..at]);
                start = at + separator.len();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::{home, is_inside, short};

    fn reads(name: &str) -> String {
        short(name).unwrap_or_default()
    }

    #[test]
    fn methods_keep_their_type() {
        assert_eq!(reads("std::sync::poison::mutex::Mutex<T>::lock"), "Mutex::lock");
        assert_eq!(reads("tokio::sync::mutex::Mutex<T>::lock::{{closure}}"), "Mutex::lock");
        assert_eq!(reads("tokio::sync::semaphore::Semaphore::acquire::{{closure}}"), "Semaphore::acquire");
        assert_eq!(reads("tokio::task::join_set::JoinSet<T>::join_next::{{closure}}"), "JoinSet::join_next");
        assert_eq!(reads("<std::thread::scoped::ScopedJoinHandle<u8>>::join"), "ScopedJoinHandle::join");
    }

    #[test]
    fn channels_keep_theirs() {
        assert_eq!(reads("tokio::sync::mpsc::bounded::Receiver<T>::recv::{{closure}}"), "mpsc::Receiver::recv");
        assert_eq!(reads("<tokio::sync::mpsc::bounded::Sender<u32>>::send::{closure#0}"), "mpsc::Sender::send");
        assert_eq!(reads("<std::sync::mpsc::Iter<T> as core::iter::Iterator>::next"), "mpsc::Iter::next");
        assert_eq!(
            reads("<tokio::sync::oneshot::Receiver<T> as core::future::future::Future>::poll"),
            "oneshot::Receiver"
        );
    }

    #[test]
    fn a_future_is_called_by_what_makes_it() {
        assert_eq!(reads("<tokio::time::sleep::Sleep as core::future::future::Future>::poll"), "time::sleep");
        assert_eq!(
            reads("<futures_util::future::join_all::JoinAll<F> as core::future::Future>::poll"),
            "future::join_all"
        );
        assert_eq!(
            reads("<tokio::runtime::task::join::JoinHandle<T> as core::future::future::Future>::poll"),
            "JoinHandle"
        );
        assert_eq!(reads("<tokio::sync::notify::Notified as core::future::future::Future>::poll"), "Notified");
    }

    #[test]
    fn functions_keep_a_module() {
        assert_eq!(reads("std::thread::scoped::scope"), "thread::scope");
        assert_eq!(reads("tokio::task::yield_now::yield_now::{{closure}}"), "task::yield_now");
        assert_eq!(reads("tokio::io::util::copy::copy::<&mut [u8], fn(u8) -> u8>::{closure#0}"), "io::copy");
    }

    #[test]
    fn adapters_are_not_spoken_of() {
        for adapter in [
            "<core::future::poll_fn::PollFn<F> as core::future::future::Future>::poll",
            "<core::pin::Pin<P> as core::future::future::Future>::poll",
            "<&mut F as core::future::future::Future>::poll",
            "<F as core::future::into_future::IntoFuture>::into_future",
            "<tokio::future::maybe_done::MaybeDone<Fut> as core::future::future::Future>::poll",
            "{async_fn#0}<u32>",
            "epoll_wait",
        ] {
            assert_eq!(reads(adapter), "", "{adapter}");
        }
    }

    #[test]
    fn the_crate_is_known_also_behind_a_type() {
        assert_eq!(home("<bench::Pool as core::ops::drop::Drop>::drop"), Some("bench"));
        assert_eq!(home("bench::main::{{closure}}::{{closure}}"), Some("bench"));
        assert_eq!(home("<F as bench::pool::Job<T>>::run"), Some("bench"));
        assert_eq!(home("<dyn bench::Job as bench::Job>::run"), Some("bench"));
        assert_eq!(home("<alloc::boxed::Box<F,A> as core::ops::function::FnOnce<Args>>::call_once"), Some("alloc"));
        assert_eq!(home("syscall"), None);
    }

    #[test]
    fn insides_are_known() {
        assert!(is_inside("std::sys::sync::condvar::futex::Condvar::wait"));
        assert!(is_inside("syscall"));
        assert!(!is_inside("std::sync::poison::condvar::Condvar::wait"));
    }
}
