//! A small web server for the pages, for this machine only.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow};
use futures::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;

use crate::live::{LOOK, Live};
use crate::pages;

type Page = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// Builds the book and serves it until the program is stopped.
pub fn serve(port: u16) -> Result<()> {
    // The port comes first: that it is taken should be known before the book is built, not after.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| cannot_listen(port, error))?;
    let port = listener.local_addr().context("cannot find out which port this is")?.port();
    let site = pages::scratch();
    pages::build(&site, true)?;
    println!("The book is at http://localhost:{port}   (Ctrl-C ends it)");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start tokio")?;
    runtime.block_on(accept(listener, site.into()))
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

async fn accept(listener: TcpListener, site: Arc<Path>) -> Result<()> {
    listener.set_nonblocking(true).context("cannot hand the port to tokio")?;
    let listener = tokio::net::TcpListener::from_std(listener).context("cannot hand the port to tokio")?;
    loop {
        let (connection, _) = match listener.accept().await {
            Ok(accepted) => accepted,
            // A visitor who left while standing in the door.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => continue,
            Err(error) => return Err(error).context("cannot accept connections any more"),
        };
        let site = site.clone();
        tokio::spawn(async move {
            let answer = service_fn(|request| answer(&site, request));
            // What goes wrong on a connection is between it and the browser, which will ask again.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(connection), answer).await;
        });
    }
}

async fn answer(site: &Path, request: Request<Incoming>) -> Result<Page, Infallible> {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut refused =
            page(StatusCode::METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "This book can only be read.");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refused);
    }
    if request.uri().path() == "/events" {
        return Ok(events());
    }
    if let Some(path) = locate(site, request.uri().path())
        && let Ok(content) = tokio::fs::read(&path).await
    {
        return Ok(page(StatusCode::OK, content_type(&path), content));
    }
    let missing = tokio::fs::read(site.join("404.html")).await.unwrap_or_else(|_| b"There is no such page.".to_vec());
    Ok(page(StatusCode::NOT_FOUND, "text/html; charset=utf-8", missing))
}

/// The file behind the path of a request, if it stays inside the site. The book's own file names need no decoding.
fn locate(site: &Path, path: &str) -> Option<PathBuf> {
    let mut file = site.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('.') || part.contains(['\\', ':', '%']) {
            return None;
        }
        file.push(part);
    }
    Some(if path.ends_with('/') { file.join("index.html") } else { file })
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Tells a page how the exercises stand, now and whenever that changes, for as long as it is open.
fn events() -> Page {
    let events = stream::unfold(Live::new(), |mut live| async move {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_stay_inside_the_site() {
        let site = Path::new("site");
        for outside in
            ["/../Cargo.toml", "/a/../../b", "/..", "/%2e%2e/b", "/C:/b", "/..\\b", "/.written-by-cargo-book"]
        {
            assert_eq!(locate(site, outside), None, "{outside}");
        }
    }

    #[test]
    fn a_folder_is_its_index() {
        let site = Path::new("site");
        assert_eq!(locate(site, "/"), Some(site.join("index.html")));
        assert_eq!(locate(site, "/css/a.css"), Some(site.join("css").join("a.css")));
    }
}
