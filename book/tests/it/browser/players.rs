//! Playing with timelines and stepping through schedules.

use fantoccini::key::Key;
use serde_json::json;

use super::reading;

#[test]
fn another_number_of_workers_shows_another_recording() {
    reading(async |reader| {
        reader.open("01-worker-pools.html").await;
        let total = "#timeline-worker-pool .total";
        assert_eq!(reader.text(total).await, "400 ms in all, at most 4 at once.");
        let select = reader.find("#timeline-worker-pool select").await;
        select.select_by_label("1").await.expect("there is such a choice");
        assert_eq!(reader.text(total).await, "1600 ms in all, at most 1 at once.");
        assert_eq!(reader.value("document.querySelectorAll('#timeline-worker-pool rect').length").await, json!(16));
        assert_eq!(reader.value("document.querySelectorAll('#timeline-worker-pool tbody tr').length").await, json!(16));
    });
}

#[test]
fn every_chapter_that_promises_a_timeline_has_one_that_moves() {
    reading(async |reader| {
        for page in ["01-worker-pools", "02-fan-out-fan-in", "03-pipelines", "07-rate-limiting"] {
            reader.open(&format!("{page}.html")).await;
            let now = reader.text(".timeline .now").await;
            assert!(now.starts_with("At 0 ms: "), "{page}: {now}");
            reader.press(".timeline .clock input", &[Key::Right, Key::Right]).await;
            let now = reader.text(".timeline .now").await;
            assert!(now.starts_with("At 2 ms: "), "{page}: {now}");
        }
    });
}

#[test]
fn a_timeline_plays_to_its_end() {
    reading(async |reader| {
        reader.open("01-worker-pools.html").await;
        reader.click("#timeline-worker-pool .clock button").await;
        reader.until("document.querySelector('#timeline-worker-pool .now').textContent.startsWith('At 400 ms')").await;
        assert_eq!(reader.text("#timeline-worker-pool .clock button").await, "Play");
    });
}

#[test]
fn every_chapter_that_promises_a_schedule_has_one_to_step_through() {
    reading(async |reader| {
        for (page, figures) in [("05-sync-primitives", 2), ("06-races-deadlocks", 2), ("08-backpressure", 1)] {
            reader.open(&format!("{page}.html")).await;
            let played = reader.value("document.querySelectorAll('figure.schedule.played').length").await;
            assert_eq!(played, json!(figures), "{page}");
            // A line of source stands beside every step that has a place.
            let lost = "[...document.querySelectorAll('figure.schedule')].flatMap((figure) => {\
                const { story } = JSON.parse(figure.querySelector('script').textContent);\
                return story.steps.filter(({ place }) => place &&\
                    !figure.querySelector(`.line[data-place=\"${place.file}:${place.line}\"]`)); })";
            assert_eq!(reader.value(lost).await, json!([]), "{page}");
        }
    });
}

#[test]
fn a_schedule_is_stepped_through_forward_and_back() {
    reading(async |reader| {
        reader.open("06-races-deadlocks.html").await;
        let figure = "#schedule-bank-transfer-m59-in-the-order-they-are-named";
        let now = format!("{figure} .now");
        assert!(reader.text(&now).await.starts_with("Step 1 of "));
        assert_eq!(reader.value(&format!("document.querySelector('{figure} .ending').hidden")).await, json!(true));
        reader.click(&format!("{figure} [data-go=next]")).await;
        assert!(reader.text(&now).await.starts_with("Step 2 of "));
        let line = format!("{figure} .line.current .text");
        assert!(reader.text(&line).await.contains("lock"), "{}", reader.text(&line).await);
        reader.press(&format!("{figure} [data-go=next]"), &[Key::Left]).await;
        assert!(reader.text(&now).await.starts_with("Step 1 of "), "the arrow steps back, and turns no page");
        reader.press(&format!("{figure} [data-go=next]"), &[Key::End]).await;
        let end = reader.text(&now).await;
        assert!(end.starts_with("The end, after ") && end.contains("waits for ever"), "{end}");
        // Both stand where they wait.
        assert_eq!(reader.value(&format!("document.querySelectorAll('{figure} .here .party').length")).await, json!(2));
        reader.click(&format!("{figure} [data-go=first]")).await;
        assert!(reader.text(&now).await.starts_with("Step 1 of "));
    });
}
