//! From Go to Rust: the tables of all chapters, put together.

use std::fmt::Write;

use anyhow::Result;

use crate::chapters::chapters;

/// The page's content, in Markdown.
pub fn page() -> Result<String> {
    let mut page = String::new();
    for chapter in chapters()? {
        let (slug, title) = (&chapter.slug, &chapter.title);
        let _ = writeln!(page, "\n## {title}\n\n| Go | Rust |\n|---|---|");
        for cells in chapter.rows("From Go to Rust") {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace("](#", &format!("]({slug}.md#"))).collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
        let _ = writeln!(page, "\nMore in [{title}]({slug}.md#from-go-to-rust).");
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the original lesson teaches.
    const CONSTRUCTS: [&str; 17] = [
        "go f()",
        "sync.WaitGroup",
        "for job := range jobs",
        "close(",
        "select",
        "recover",
        "chan T",
        "errgroup",
        "context.WithCancel",
        "context.WithTimeout",
        "context.WithValue",
        "ctx.Done()",
        "sync.Mutex",
        "sync.RWMutex",
        "sync.Once",
        "-race",
        "time.NewTicker",
    ];

    #[test]
    fn every_construct_of_the_original_lesson_has_its_row() {
        let page = page().expect("the chapters can be read");
        let missing: Vec<&&str> = CONSTRUCTS.iter().filter(|construct| !page.contains(**construct)).collect();
        assert!(missing.is_empty(), "{missing:?}\n{page}");
    }
}
