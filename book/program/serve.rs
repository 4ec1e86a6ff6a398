//! A small web server for the pages, for this machine only.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};
use futures::future::try_join_all;
use futures::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;

use crate::live::{LOOK, Live};
use crate::site::Site;

type Page = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// What requests are answered from.
#[derive(Debug)]
struct Desk {
    site: Site,
    /// Whose exercises the boxes show.
    workbook: Arc<Path>,
}

/// Builds the book and serves it until the program is stopped. The boxes show how the exercises of `workbook` stand.
pub fn serve(port: u16, workbook: &Path) -> Result<()> {
    // The port comes first: that it is taken should be known before the book is built, not after.
    let (port, listeners) = listen(port).map_err(|error| cannot_listen(port, error))?;
    let desk = Arc::new(Desk { site: Site::build()?, workbook: workbook.into() });
    println!("The book is at http://localhost:{port}   (Ctrl-C ends it)");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start tokio")?;
    let accepting = listeners.into_iter().map(|listener| accept(listener, desk.clone()));
    runtime.block_on(try_join_all(accepting)).map(|_| ())
}

/// Listens at both addresses of `localhost`. Browsers try the newer one first: another program's server there would be
/// taken for the book.
fn listen(wanted: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let older = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))?;
    let port = older.local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(newer) => Ok((port, vec![older, newer])),
        Err(error) if error.kind() == ErrorKind::AddrInUse && wanted != 0 => Err(error),
        // This machine has only the older one.
        Err(_) => Ok((port, vec![older])),
    }
}

fn cannot_listen(port: u16, error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::AddrInUse => {
            let other = if port == u16::MAX { port - 1 } else { port + 1 };
            anyhow!(
                "Port {port} is taken. If that is the book in another terminal, open http://localhost:{port}.\n\
                 If it is something else, choose another port: cargo book --port {other}"
            )
        }
        ErrorKind::PermissionDenied => {
            anyhow!("You may not listen on port {port}. Ports from 1024 on are free for all: cargo book --port 3000")
        }
        _ => Error::new(error).context(format!("cannot listen on port {port}")),
    }
}

async fn accept(listener: TcpListener, desk: Arc<Desk>) -> Result<()> {
    listener.set_nonblocking(true).context("cannot hand the port to tokio")?;
    let listener = tokio::net::TcpListener::from_std(listener).context("cannot hand the port to tokio")?;
    loop {
        let (connection, _) = match listener.accept().await {
            Ok(accepted) => accepted,
            // A visitor who left while standing in the door.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => continue,
            Err(error) => return Err(error).context("cannot accept connections any more"),
        };
        let desk = desk.clone();
        tokio::spawn(async move {
            let answer = service_fn(async |request| Ok::<_, Infallible>(answer(&desk, &request)));
            // What goes wrong on a connection is between it and the browser, which will ask again.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(connection), answer).await;
        });
    }
}

fn answer(desk: &Desk, request: &Request<Incoming>) -> Page {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut refused =
            page(StatusCode::METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "This book can only be read.");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let path = request.uri().path();
    if path == "/events" {
        return events(&desk.workbook);
    }
    if let Some((content_type, content)) = desk.site.file(path) {
        return page(StatusCode::OK, content_type, content);
    }
    let (_, missing) = desk.site.file("404.html").unwrap_or(("", "There is no such page.".into()));
    page(StatusCode::NOT_FOUND, "text/html; charset=utf-8", missing)
}

/// Tells a page how the exercises stand, now and whenever that changes, for as long as it is open.
fn events(workbook: &Path) -> Page {
    let events = stream::unfold(Live::of(workbook), |mut live| async move {
        loop {
            if let Some(states) = live.news() {
                let event = Frame::data(Bytes::from(format!("data: {states}\n\n")));
                return Some((Ok::<_, Infallible>(event), live));
            }
            tokio::time::sleep(LOOK).await;
        }
    });
    let mut response = Response::new(StreamBody::new(events).boxed_unsync());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn page(status: StatusCode, content_type: &'static str, content: impl Into<Bytes>) -> Page {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, content_type)
        // After the next build the same address has other content.
        .header(CACHE_CONTROL, "no-cache")
        .body(Full::new(content.into()).boxed_unsync())
        .expect("every part of this response is valid")
}
