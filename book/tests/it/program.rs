//! The program as people meet it.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::process::Output;

use crate::support::{book, served};

fn run(arguments: &[&str]) -> Output {
    book(arguments).output().expect("the book starts")
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn serves_pages_until_it_is_stopped() {
    let (_served, port) = served(&[]);
    let ask = |request: &str| {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the book listens");
        write!(connection, "{request} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").expect("it reads");
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    };
    let index = ask("GET /");
    assert!(index.starts_with("HTTP/1.1 200") && index.contains("text/html") && index.contains("Introduction"));
    let picture = ask("GET /pictures/01-worker-pools.svg?version=2");
    assert!(picture.starts_with("HTTP/1.1 200") && picture.contains("image/svg+xml"), "{picture}");
    assert!(ask("HEAD /01-worker-pools.html").ends_with("\r\n\r\n"));
    assert!(ask("GET /no-such-page.html").starts_with("HTTP/1.1 404"));
    assert!(ask("GET /../book.toml").starts_with("HTTP/1.1 404"));
    assert!(ask("POST /").starts_with("HTTP/1.1 405"));
}

#[test]
fn says_what_to_do_when_the_port_is_taken_at_either_address_of_localhost() {
    for address in [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)] {
        let taken = TcpListener::bind((address, 0));
        if address.is_ipv6() && taken.is_err() {
            continue; // This machine has only the older one.
        }
        let port = taken.as_ref().expect("there is a free port").local_addr().expect("it has an address").port();
        let output = run(&["--port", &port.to_string()]);
        assert_eq!(output.status.code(), Some(1), "{address}");
        let said = complaint(&output);
        assert!(said.contains(&format!("Port {port} is taken")) && said.contains("cargo book --port"), "{said}");
    }
}

#[test]
fn nonsense_on_the_command_line_ends_with_2() {
    for (arguments, expected) in [
        (&["biuld", "site"][..], "build"),
        (&["--prot", "4000"], "--port"),
        (&["--port", "many"], "many"),
        (&["build"], "<DIR>"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = complaint(&output);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn build_replaces_its_own_pages_and_nobody_elses() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let site = folder.path().join("new/site");
    let arguments = ["build", site.to_str().expect("a plain path")];
    assert!(run(&arguments).status.success());
    fs::write(site.join("old-page.html"), "from an earlier build").expect("it can be written");
    assert!(run(&arguments).status.success());
    assert!(!site.join("old-page.html").exists());
    assert!(site.join("index.html").exists());

    let photos = folder.path().join("photos");
    fs::create_dir(&photos).expect("it can be made");
    fs::write(photos.join("holiday.png"), "irreplaceable").expect("it can be written");
    let output = run(&["build", photos.to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("is not empty"), "{}", complaint(&output));
    assert!(photos.join("holiday.png").exists());
}
