//! The book as readers and authors meet it: its pages, its program, and all of it in a browser.

mod browser;
mod pages;
mod program;
mod support;
