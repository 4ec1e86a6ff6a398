//! The last touch on the pages: what mdBook's own template leaves undone for people who use a keyboard or a screen reader,
//! and what it loads that a first visit does not need.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What stands in every page, and what takes its place. The bar at the top is a landmark.
const EVERYWHERE: [(&str, &str); 1] =
    [("<div id=\"mdbook-menu-bar\" class", "<div role=\"banner\" id=\"mdbook-menu-bar\" class")];

/// What may stand in a page: the corner of a table heads nothing.
const HERE_AND_THERE: [(&str, &str); 1] = [("<th></th>", "<td></td>")];

/// The scripts that search; `theme/search.js` loads them when somebody searches.
const SEARCH: [&str; 3] = ["elasticlunr-", "mark-", "searcher-"];

/// The languages that code in the chapters is written in. The stock script knows forty more.
const LANGUAGES: [&str; 5] = ["rust", "go", "bash", "shell", "plaintext"];

/// Finishes all pages in a folder.
///
/// # Errors
///
/// If a page cannot be written, or is not as mdBook makes it at present.
pub fn finish(folder: &Path) -> Result<()> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let finish = match () {
            () if name == "toc.html" => continue,
            () if name.ends_with(".html") => page,
            () if name.starts_with("highlight-") && name.ends_with(".js") => highlighter,
            () => continue,
        };
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let finished = finish(&text).with_context(|| format!("cannot finish {}", path.display()))?;
        fs::write(&path, finished).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn page(page: &str) -> Result<String> {
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
    search_later(&page)
}

/// Names the scripts that search instead of loading them.
fn search_later(page: &str) -> Result<String> {
    let mut sources = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for line in page.lines() {
        let source = line.trim().strip_prefix("<script src=\"").and_then(|rest| rest.strip_suffix("\"></script>"));
        let file = |source: &str| source.rsplit('/').next().unwrap_or_default().to_owned();
        match source.filter(|source| SEARCH.iter().any(|name| file(source).starts_with(name))) {
            Some(source) => sources.push(format!("\"{source}\"")),
            None => lines.push(line.to_owned()),
        }
        if sources.len() == SEARCH.len() {
            lines.push(format!("<script>const searchScripts = [{}];</script>", sources.join(", ")));
            sources.clear();
        }
    }
    if !page.contains(SEARCH[0]) || !sources.is_empty() {
        bail!("it does not load the scripts {} for its search: has mdBook changed its template?", SEARCH.join(", "));
    }
    Ok(lines.join("\n") + "\n")
}

/// The script that paints code, with the languages that are used. It has one on each line.
fn highlighter(script: &str) -> Result<String> {
    const REGISTER: &str = "hljs.registerLanguage(\"";
    let language = |line: &str| Some(line.split_once(REGISTER)?.1.split_once('"')?.0.to_owned());
    let found: Vec<String> = script.lines().filter_map(language).collect();
    if let Some(missing) = LANGUAGES.iter().find(|name| !found.iter().any(|found| found == *name)) {
        bail!("it has no line for {missing}: has mdBook another highlighter?");
    }
    let used = |line: &&str| language(line).is_none_or(|name| LANGUAGES.contains(&name.as_str()));
    Ok(script.lines().filter(used).collect::<Vec<_>>().join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::{highlighter, page};

    const SCRIPTS: &str = "<script src=\"elasticlunr-1.js\"></script>\n<script src=\"mark-2.js\"></script>\n\
                           <script src=\"searcher-3.js\"></script>\n";

    #[test]
    fn a_page_that_mdbook_makes_otherwise_is_not_passed_over() {
        let head = "<div id=\"mdbook-menu-bar\" class=\"menu-bar\"></div><th></th>";
        let finished =
            page(&format!("{head}\n{SCRIPTS}<script src=\"book.js\"></script>\n")).expect("it is as expected");
        assert_eq!(
            finished,
            "<div role=\"banner\" id=\"mdbook-menu-bar\" class=\"menu-bar\"></div><td></td>\n\
             <script>const searchScripts = [\"elasticlunr-1.js\", \"mark-2.js\", \"searcher-3.js\"];</script>\n\
             <script src=\"book.js\"></script>\n"
        );
        assert!(page("<p>Another template.</p>").is_err());
        assert!(page(&format!("{head}\n<script src=\"elasticlunr-1.js\"></script>\n")).is_err());
    }

    #[test]
    fn of_the_highlighter_the_languages_of_the_chapters_are_left() {
        let line = |name: &str| format!("hljs.registerLanguage(\"{name}\",function(){{}}());\n");
        let languages = ["rust", "go", "bash", "shell", "plaintext"].map(line).concat();
        let all = format!("var hljs;\n{}{languages}", line("apache"));
        assert_eq!(highlighter(&all).expect("they are there"), format!("var hljs;\n{languages}"));
        assert!(highlighter("var hljs;\n").is_err());
    }
}
