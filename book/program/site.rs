//! The pages of a book that is served: in memory, so that no other build can take them away.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use hyper::body::Bytes;

use crate::pages;

/// All files, by their paths: `css/general.css`.
#[derive(Debug, Default)]
pub struct Site(BTreeMap<String, Bytes>);

impl Site {
    /// Builds the book.
    ///
    /// # Errors
    ///
    /// If it cannot be built, or not be read afterwards.
    pub fn build() -> Result<Self> {
        let folder = pages::root().join(format!("../target/book-{}", std::process::id()));
        let built = pages::build(&folder, true).and_then(|()| {
            let mut site = Self::default();
            site.add(&folder, "").with_context(|| format!("cannot read the pages in {}", folder.display()))?;
            Ok(site)
        });
        // What cannot be removed is in nobody's way there.
        let _ = fs::remove_dir_all(&folder);
        built
    }

    fn add(&mut self, folder: &Path, above: &str) -> std::io::Result<()> {
        for entry in folder.read_dir()? {
            let (entry, path) = entry.map(|entry| (entry.file_name(), entry.path()))?;
            let name = format!("{above}{}", entry.to_string_lossy());
            if path.is_dir() {
                self.add(&path, &format!("{name}/"))?;
            } else if !name.starts_with('.') {
                self.0.insert(name, fs::read(&path)?.into());
            }
        }
        Ok(())
    }

    /// The file behind the path of a request, and its type. The book's own file names need no decoding.
    pub fn file(&self, path: &str) -> Option<(&'static str, Bytes)> {
        let path = path.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        Some((content_type(&path), self.0.get(&path)?.clone()))
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
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

#[cfg(test)]
mod tests {
    use super::Site;

    fn site() -> Site {
        let files = ["index.html", "css/a.css", "pictures/index.html"];
        Site(files.map(|path| (path.to_owned(), path.into())).into())
    }

    #[test]
    fn a_folder_is_its_index() {
        for (asked, file) in [("/", "index.html"), ("/css/a.css", "css/a.css"), ("/pictures/", "pictures/index.html")] {
            assert_eq!(site().file(asked).expect("it is there").1, file, "{asked}");
        }
        assert_eq!(site().file("/css/a.css").expect("it is there").0, "text/css; charset=utf-8");
    }

    #[test]
    fn nothing_but_the_site_can_be_asked_for() {
        for outside in ["/../Cargo.toml", "/a/../../b", "/..", "/%2e%2e/b", "/C:/b", "/..\\b", "/css", "/css/"] {
            assert!(site().file(outside).is_none(), "{outside}");
        }
    }
}
