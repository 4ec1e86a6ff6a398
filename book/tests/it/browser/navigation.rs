//! Getting about: by links, by keys, by search.

use fantoccini::key::Key;
use serde_json::json;

use super::reading;

#[test]
fn arrows_lead_from_page_to_page() {
    reading(async |reader| {
        reader.open("index.html").await;
        reader.press("body", &[Key::Right]).await;
        reader.until("location.pathname.endsWith('/how-this-workbook-works.html')").await;
        reader.press("body", &[Key::Left]).await;
        reader.until("location.pathname.endsWith('/introduction.html')").await;
    });
}

#[test]
fn links_and_the_table_of_contents_lead_everywhere() {
    reading(async |reader| {
        reader.open("index.html").await;
        reader.click("main a[href='02-fan-out-fan-in.html']").await;
        reader.until("location.pathname.endsWith('/02-fan-out-fan-in.html')").await;
        reader.click("#mdbook-sidebar a[href$='06-races-deadlocks.html']").await;
        reader.until("location.pathname.endsWith('/06-races-deadlocks.html')").await;
        reader.click("main a[href='#quiz'], #mdbook-sidebar a[href$='#quiz']").await;
        assert_eq!(reader.page().await, "06-races-deadlocks.html#quiz");
    });
}

#[test]
fn the_table_of_contents_opens_with_the_keyboard() {
    reading(async |reader| {
        reader.width(600).await;
        reader.open("index.html").await;
        let button = "button[aria-controls=mdbook-sidebar]";
        assert_eq!(
            reader.find(button).await.attr("aria-expanded").await.expect("it is there").as_deref(),
            Some("false")
        );
        reader.press(button, &[Key::Enter]).await;
        reader.until("document.querySelector('button[aria-controls=mdbook-sidebar]').ariaExpanded === 'true'").await;
        reader.until("document.querySelector('#mdbook-sidebar a').checkVisibility()").await;
        reader.press(button, &[Key::Enter]).await;
        reader.until("document.querySelector('button[aria-controls=mdbook-sidebar]').ariaExpanded === 'false'").await;
    });
}

#[test]
fn search_finds_what_a_chapter_says() {
    reading(async |reader| {
        reader.open("index.html").await;
        reader.press_here("/").await;
        reader.until("document.activeElement.id === 'mdbook-searchbar'").await;
        reader.press_here("semaphore").await;
        reader.find("#mdbook-searchresults li a").await;
        reader.click("#mdbook-searchresults li a").await;
        reader.until("!location.pathname.endsWith('/index.html')").await;
        reader
            .until("document.querySelector('main mark')?.textContent.toLowerCase().includes('semaphore') === true")
            .await;
    });
}

#[test]
fn a_theme_is_chosen_and_kept() {
    reading(async |reader| {
        reader.open("index.html").await;
        reader.click("#mdbook-theme-toggle").await;
        reader.click("#mdbook-theme-navy").await;
        reader.until("document.documentElement.classList.contains('navy')").await;
        reader.open("03-pipelines.html").await;
        assert_eq!(reader.value("document.documentElement.classList.contains('navy')").await, json!(true));
    });
}

#[test]
fn what_scrolls_can_be_reached_by_keyboard() {
    reading(async |reader| {
        reader.width(320).await;
        for page in ["01-worker-pools.html", "05-sync-primitives.html", "go-to-rust.html"] {
            reader.open(page).await;
            let unreachable = "[...document.querySelectorAll('main *')].filter((it) => \
                it.scrollWidth > it.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(it).overflowX) \
                && it.tabIndex < 0).map((it) => it.outerHTML.slice(0, 100))";
            reader.until("document.readyState === 'complete'").await;
            assert_eq!(reader.value(unreachable).await, json!([]), "{page}");
        }
    });
}
