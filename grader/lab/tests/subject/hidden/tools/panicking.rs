//! Panics that a test causes.

use std::panic::catch_unwind;
use std::thread;

use lab::prelude::*;

/// What is injected can be caught, and harms nothing.
#[lab::test(read = "Panicking")]
async fn injected_panics_are_caught() {
    expect_eq("a literal", Err("boom".to_owned()), panics::catch(|| -> u8 { panics::inject("boom") }));
    expect_eq(
        "a string",
        Err("boom 2".to_owned()),
        panics::catch(|| -> u8 { panics::inject_owned("boom 2".to_owned()) }),
    );
    let odd = panics::catch_async(async { if panics::injected() == 2 { panics::inject_odd() } else { 0 } }).await;
    expect_eq("a payload without text", Err("a panic without text".to_owned()), odd);
    expect_eq("no panic", Ok(5), panics::catch(|| 5));
    expect_eq("injected", 3, panics::injected());
    let in_thread = thread::spawn(|| -> u8 { panics::inject("elsewhere") }).join();
    expect(in_thread.is_err(), "the thread's panic arrives at `join`", "it did not");
}

/// A broken promise goes through `catch`.
#[lab::test(read = "Panicking")]
fn broken_promise_inside_catch() {
    let _ = panics::catch(|| fail("nothing to go wrong", "something did"));
}

/// A panic of the test's own fails it.
#[lab::test(read = "Panicking")]
fn broken_by_a_panic_of_the_test() {
    let empty: Vec<u8> = Vec::new();
    empty.first().unwrap();
}

/// An injected panic that nobody catches fails the test.
#[lab::test(read = "Panicking")]
fn broken_by_an_uncaught_injection() {
    let _ = catch_unwind(|| ());
    panics::inject("nobody catches this");
}
