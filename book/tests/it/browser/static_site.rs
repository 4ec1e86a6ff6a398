//! The book as plain files, and without scripts.

use serde_json::json;

use super::driver::Driver;
use super::reading;
use crate::support::book;

#[test]
fn plain_files_need_no_server() {
    let Some(driver) = Driver::start() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let site = folder.path().join("my site");
    let built = book(&["build"]).arg(&site).output().expect("the book starts");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let address = format!("file://{}/", site.display()).replace(' ', "%20");
    driver.run(&address, async |reader| {
        reader.open("index.html").await;
        assert_eq!(reader.value("document.querySelector('.progress').checkVisibility()").await, json!(false));
        reader.click("main a[href='01-worker-pools.html']").await;
        reader.until("location.pathname.endsWith('/01-worker-pools.html')").await;
        reader.click("section.question input").await;
        reader.click("section.question .check button").await;
        reader.find("section.question details[open]").await;
        let select = reader.find("#timeline-worker-pool select").await;
        select.select_by_label("1").await.expect("there is such a choice");
        assert_eq!(reader.text("#timeline-worker-pool .total").await, "1600 ms in all, at most 1 at once.");
        assert_eq!(reader.text("#scoped-map ~ .exercise code").await, "cargo grader watch scoped-map");
        reader.click("#mdbook-search-toggle").await;
        reader.until("document.activeElement.id === 'mdbook-searchbar'").await;
        reader.press_here("semaphore").await;
        reader.find("#mdbook-searchresults li a").await;
    });
}

#[test]
fn without_scripts_everything_can_be_read() {
    reading(async |reader| {
        reader.without_scripts().await;
        reader.open("06-races-deadlocks.html").await;
        // The answers of a quiz are a list; the reasons are folded away, and open with a click.
        let question = "section.question[data-number=\"1\"]";
        assert!(reader.value(&format!("document.querySelectorAll('{question} li').length >= 3")).await == json!(true));
        assert_eq!(reader.value(&format!("document.querySelector('{question} details').open")).await, json!(false));
        reader.click(&format!("{question} summary")).await;
        assert_eq!(reader.value(&format!("document.querySelector('{question} details').open")).await, json!(true));
        // A schedule is a table with all its steps, the source, and the end in words; there is nothing to press.
        let figure = "document.querySelector('figure.schedule')";
        assert_eq!(reader.value(&format!("{figure}.querySelector('.controls').checkVisibility()")).await, json!(false));
        let shown = "[...document.querySelectorAll('figure.schedule :is(.steps tr, .code .line, .ending p)')]\
                     .filter((it) => !it.checkVisibility({ opacityProperty: true, visibilityProperty: true })).length";
        assert_eq!(reader.value(shown).await, json!(0));
        assert!(
            reader
                .text("#schedule-bank-transfer-m59-in-the-order-they-are-named .ending")
                .await
                .contains("waits for ever")
        );
        // So is a timeline, with a picture.
        reader.open("01-worker-pools.html").await;
        assert!(reader.text(".timeline .chosen").await.starts_with("Workers: 4"));
        assert_eq!(reader.text(".timeline .total").await, "400 ms in all, at most 4 at once.");
        assert_eq!(reader.value("document.querySelectorAll('.timeline rect').length").await, json!(16));
        reader.click(".timeline summary").await;
        assert_eq!(reader.value("document.querySelectorAll('.timeline tbody tr').length").await, json!(16));
        // And the way to the other chapters.
        let contents = "document.querySelector('iframe.sidebar-iframe-outer')?.contentDocument";
        reader.until(&format!("Boolean({contents}?.querySelector('a[href=\"02-fan-out-fan-in.html\"]'))")).await;
    });
}
