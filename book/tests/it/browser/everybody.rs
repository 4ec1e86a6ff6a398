//! Everybody can read every page: with a screen reader, in the dark, on a narrow screen, on paper.

use std::fs;

use serde_json::json;

use super::reading;
use crate::support::root;

/// So much a page may bring with it on the first visit, in bytes, fonts aside.
const HEAVIEST: u64 = 300_000;

/// Every page of chapters.
fn pages() -> Vec<String> {
    let files = fs::read_dir(root().join("book/src")).expect("the chapters can be listed");
    let names = files.map(|file| file.expect("it can be listed").file_name().into_string().expect("a plain name"));
    let mut pages: Vec<String> = names.filter_map(|name| Some(format!("{}.html", name.strip_suffix(".md")?))).collect();
    pages.retain(|page| page != "SUMMARY.html");
    pages.sort();
    assert!(pages.len() > 10, "only {pages:?}");
    pages
}

/// And those that mdBook adds.
fn all_pages() -> Vec<String> {
    pages().into_iter().chain(["index.html", "print.html", "404.html"].map(str::to_owned)).collect()
}

/// What axe finds on any page while the system prefers this scheme.
fn axe_finds_nothing(scheme: &str) {
    reading(async |reader| {
        reader.prefer("prefers-color-scheme", scheme).await;
        let mut found = Vec::new();
        for page in all_pages() {
            reader.open(&page).await;
            let dark = reader.value("document.documentElement.classList.contains('navy')").await;
            assert_eq!(dark, json!(scheme == "dark"), "the theme of {page}");
            let (violations, rules) = reader.axe().await;
            assert!(rules > 20, "axe went through {rules} rules on {page} only");
            found.extend(violations.into_iter().map(|violation| format!("{page}: {violation}")));
        }
        assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
    });
}

#[test]
fn axe_finds_nothing_on_any_page_in_the_light() {
    axe_finds_nothing("light");
}

#[test]
fn axe_finds_nothing_on_any_page_in_the_dark() {
    axe_finds_nothing("dark");
}

#[test]
fn axe_finds_nothing_in_the_themes_that_one_has_to_choose() {
    reading(async |reader| {
        reader.open("index.html").await;
        for theme in ["rust", "coal", "ayu"] {
            reader.value(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
            for page in ["05-sync-primitives.html", "07-rate-limiting.html", "go-to-rust.html", "symptoms.html"] {
                reader.open(page).await;
                let is_chosen = format!("document.documentElement.classList.contains('{theme}')");
                assert_eq!(reader.value(&is_chosen).await, json!(true), "the theme of {page}");
                reader.expect_accessible(&format!("{page}, {theme}")).await;
            }
        }
    });
}

#[test]
fn axe_finds_nothing_while_readers_play_and_answer() {
    reading(async |reader| {
        reader.open("05-sync-primitives.html").await;
        reader.click(".schedule .controls [data-go=last]").await;
        reader.click("section.question input").await;
        reader.click("section.question .check button").await;
        reader.expect_accessible("a schedule at its end, a question answered").await;
        reader.open("07-rate-limiting.html").await;
        reader.click(".timeline summary").await;
        reader.click("#mdbook-theme-toggle").await;
        reader.expect_accessible("a table and a menu open").await;
    });
}

#[test]
fn no_page_scrolls_sideways_on_a_narrow_screen() {
    reading(async |reader| {
        reader.width(320).await;
        let mut wide = Vec::new();
        for page in all_pages() {
            reader.open(&page).await;
            let root = "document.documentElement";
            let width = reader.value(&format!("{root}.scrollWidth")).await;
            if reader.value(&format!("{root}.scrollWidth > {root}.clientWidth")).await == json!(true) {
                let widest = "[...document.querySelectorAll('main *')]\
                              .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)\
                              .slice(0, 3).map((it) => it.outerHTML.slice(0, 120))";
                wide.push(format!("{page}: {width} by {}", reader.value(widest).await));
            }
        }
        assert!(wide.is_empty(), "wider than 320 pixels:\n{}", wide.join("\n"));
    });
}

#[test]
fn who_wants_less_motion_gets_none() {
    reading(async |reader| {
        reader.prefer("prefers-reduced-motion", "reduce").await;
        reader.open("01-worker-pools.html").await;
        reader.find(".timeline .clock input").await;
        let moves = "[...document.querySelectorAll('*')].filter((it) => {\
                     const style = getComputedStyle(it);\
                     const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.001);\
                     return long(style.transitionDuration) || long(style.animationDuration); }).length";
        assert_eq!(reader.value(moves).await, json!(0));
        assert_eq!(reader.value("document.querySelector('.timeline .clock button').hidden").await, json!(true));
    });
}

#[test]
fn on_paper_there_is_the_text_and_nothing_to_press() {
    reading(async |reader| {
        for page in ["05-sync-primitives.html", "07-rate-limiting.html"] {
            reader.open(page).await;
            reader.find("section.question .check").await;
            reader.width(794).await;
            reader.as_printed().await;
            let shown = "['.check', '.controls', '.clock', '.knobs', '.standing', '#mdbook-sidebar', '#mdbook-menu-bar']\
                         .filter((css) => [...document.querySelectorAll(css)].some((it) => it.checkVisibility()))";
            assert_eq!(reader.value(shown).await, json!([]), "{page}");
            // Every step of a schedule can be read, whether or not somebody has stepped there.
            let faint = "[...document.querySelectorAll('.steps tbody tr')].filter((row) => \
                         getComputedStyle(row).visibility !== 'visible' || getComputedStyle(row).opacity < 1).length";
            assert_eq!(reader.value(faint).await, json!(0), "{page}");
            let cut_off = "[...document.querySelectorAll('main :is(.steps, .code, pre > code)')].filter((box) => \
                           box.scrollWidth > box.clientWidth + 1).map((box) => box.outerHTML.slice(0, 100))";
            assert_eq!(reader.value(cut_off).await, json!([]), "{page}");
        }
    });
}

#[test]
fn a_first_visit_costs_little() {
    reading(async |reader| {
        let mut heavy = Vec::new();
        for page in pages() {
            reader.forget().await;
            reader.open(&page).await;
            reader.until("document.readyState === 'complete'").await;
            let sizes = "performance.getEntries().filter((it) => it.decodedBodySize && !it.name.includes('/fonts/'))\
                         .map((it) => it.decodedBodySize).reduce((sum, size) => sum + size, 0)";
            let size = reader.value(sizes).await.as_u64().expect("a number of bytes");
            assert!(size > 50_000, "{page}: {size} bytes cannot be all");
            if size > HEAVIEST {
                heavy.push(format!("{page}: {size} bytes"));
            }
        }
        assert!(heavy.is_empty(), "heavier than {HEAVIEST} bytes:\n{}", heavy.join("\n"));
    });
}
