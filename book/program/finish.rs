//! The last touch on the pages: what mdBook's own template leaves undone for people who use a keyboard or a screen reader.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What stands in every page, and what takes its place. The bar at the top is a landmark.
const EVERYWHERE: [(&str, &str); 1] =
    [("<div id=\"mdbook-menu-bar\" class", "<div role=\"banner\" id=\"mdbook-menu-bar\" class")];

/// What may stand in a page: the corner of a table heads nothing.
const HERE_AND_THERE: [(&str, &str); 1] = [("<th></th>", "<td></td>")];

/// Finishes all pages in a folder.
///
/// # Errors
///
/// If a page cannot be written, or is not as mdBook makes it at present.
pub fn finish(folder: &Path) -> Result<()> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        if !is_page || path.file_stem().is_some_and(|stem| stem == "toc") {
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let finished = finished(&text).with_context(|| format!("cannot finish {}", path.display()))?;
        fs::write(&path, finished).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn finished(page: &str) -> Result<String> {
    let mut page = page.to_owned();
    for (old, new) in EVERYWHERE {
        if !page.contains(old) {
            bail!("there is no `{old}` in it: has mdBook changed its template?");
        }
        page = page.replace(old, new);
    }
    for (old, new) in HERE_AND_THERE {
        page = page.replace(old, new);
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::finished;

    #[test]
    fn a_page_that_mdbook_makes_otherwise_is_not_passed_over() {
        let page = "<div id=\"mdbook-menu-bar\" class=\"menu-bar\"></div><th></th>";
        let finished = finished(page).expect("it is as expected");
        assert!(finished.contains("role=\"banner\"") && finished.ends_with("<td></td>"), "{finished}");
        assert!(super::finished("<p>Another template.</p>").is_err());
    }
}
