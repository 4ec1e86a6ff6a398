//! The pictures of a failure, in letters: the schedule, who waits where, who ran when.

use std::path::Path;

use interleave_story::columns;
use interleave_story::trace::Story;
use serde_json::{Value, json};

/// The width of bars, in letters.
const BARS: usize = 40;
/// The width of a schedule's columns together.
const COLUMNS: usize = 76;

/// The pictures there are, each with what it is of, for those who cannot see it.
pub fn of(test: &Value) -> Vec<Value> {
    let pictures = [
        ("The schedule that breaks it", schedule(test)),
        ("Who waits where", waits(&test["waits"])),
        ("Who ran when", bars(&test["picture"])),
    ];
    pictures.into_iter().filter_map(|(label, text)| Some(json!({ "label": label, "text": text? }))).collect()
}

/// A row for each job, with a bar where it ran.
fn bars(picture: &Value) -> Option<String> {
    let end = picture["end"].as_u64().filter(|end| *end > 0)?;
    let rows = picture["rows"].as_array()?;
    let label = |row: &Value| row["label"].as_str().unwrap_or_default().to_owned();
    let longest = rows.iter().map(|row| label(row).chars().count()).max().unwrap_or(0);
    let lines = rows.iter().map(|row| {
        let mut line = vec![' '; BARS + 1];
        for bar in row["bars"].as_array().into_iter().flatten() {
            let at = |field: &str| {
                let time = bar[field].as_u64().map_or(end, |time| time.min(end));
                usize::try_from(time * BARS as u64 / end).unwrap_or(BARS)
            };
            let (from, to) = (at("start"), at("end"));
            line[from..to.max(from + 1).min(BARS + 1)].fill('█');
        }
        format!("{:longest$}  {}", label(row), line.into_iter().collect::<String>()).trim_end().to_owned()
    });
    let unit = if picture["unit"] == "steps" { "in the order of events".to_owned() } else { format!("0 to {end} ms") };
    Some(lines.chain([format!("{:longest$}  {unit}", "")]).collect::<Vec<_>>().join("\n"))
}

/// A column for each thread.
fn schedule(test: &Value) -> Option<String> {
    let story: Story = serde_json::from_value(test["explored"]["story"].clone()).ok()?;
    let test_file = test["info"]["place"]["file"].as_str().unwrap_or_default();
    Some(columns(&story.with_test(test_file), COLUMNS).trim_end().to_owned())
}

/// `task 1 waits at worker_pool.rs:49 in mpsc::Receiver::recv`, and the line of code.
fn waits(waits: &Value) -> Option<String> {
    let lines = waits.as_array()?.iter().map(|wait| {
        let text = |field: &str| wait[field].as_str();
        let file = wait["place"]["file"].as_str().and_then(|file| Path::new(file).file_name()?.to_str());
        let place = file.map(|file| format!(" at {file}:{}", wait["place"]["line"])).unwrap_or_default();
        let doing = text("on").map_or_else(|| format!("runs{place}"), |on| format!("waits{place} in {on}"));
        let code = text("code").map(|code| format!("\n    {}", code.trim())).unwrap_or_default();
        format!("{} {doing}{code}", text("who").unwrap_or("somebody"))
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_drawn_to_scale() {
        let bar = |start: u64, end: u64| json!({ "start": start, "end": end });
        let rows = json!([{ "label": "job 1", "bars": [bar(0, 10)] }, { "label": "job 10", "bars": [bar(10, 20)] }]);
        let pictures = of(&json!({ "picture": { "unit": "milliseconds", "end": 20, "rows": rows } }));
        let half = "█".repeat(20);
        let text = format!("job 1   {half}\njob 10  {}{half}\n        0 to 20 ms", " ".repeat(20));
        assert_eq!(pictures, [json!({ "label": "Who ran when", "text": text })]);
    }

    #[test]
    fn a_deadlock_is_told_by_who_waits_where() {
        let place = json!({ "file": "/home/me/exercises/a.rs", "line": 7, "column": 3 });
        let waits = json!([
            { "who": "task 1", "place": place, "code": "    queue.recv().await", "on": "mpsc::Receiver::recv" },
            { "who": "task 2", "place": null, "code": null, "on": null },
        ]);
        let pictures = of(&json!({ "picture": null, "explored": null, "waits": waits }));
        assert_eq!(
            pictures[0]["text"],
            "task 1 waits at a.rs:7 in mpsc::Receiver::recv\n    queue.recv().await\ntask 2 runs"
        );
    }

    #[test]
    fn a_schedule_is_told_in_columns() {
        let told = schedules::tell("bank-transfer/m59_in_the_order_they_are_named").expect("a schedule breaks it");
        let test = json!({ "info": { "place": { "file": "elsewhere.rs" } }, "explored": { "story": told.story } });
        let pictures = of(&test);
        let text = pictures[0]["text"].as_str().expect("there is one");
        assert!(text.contains("waits for ever at bank_transfer.rs:"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    }

    #[test]
    fn what_has_no_picture_has_none() {
        assert!(of(&json!({ "picture": null, "explored": null, "waits": [] })).is_empty());
    }
}
