//! Pictures of who ran when.

use protocol::{Bar, Picture, Row, Unit};

use super::fixtures::{crowd, noted, picture, row};
use super::{assert_fits, screen};
use crate::report::{Paint, draw};

fn drawn(picture: &Picture) -> String {
    let mut out = Vec::new();
    draw(&mut out, picture, Paint::new(false)).expect("memory can be written to");
    String::from_utf8(out).expect("a picture is text")
}

fn jobs(count: u64) -> Vec<Row> {
    (1..=count).map(|job| row(&format!("job {job}"), &[(10 * (job - 1), 10 * job)])).collect()
}

#[test]
fn virtual_time() {
    screen("picture_time", &drawn(&crowd()));
    screen("picture_one_instant", &drawn(&picture(0, vec![row("call", &[(0, 0)])])));
    screen("picture_two_minutes", &drawn(&picture(120_000, vec![row("connection", &[(0, 1), (60_000, 119_999)])])));
    // Stretches that follow each other at once can be told apart.
    let workers = vec![row("worker 1", &[(0, 10), (10, 25), (25, 47)]), row("worker 2", &[(0, 20), (30, 47)])];
    screen("picture_workers", &drawn(&picture(47, workers)));
}

#[test]
fn the_order_of_events() {
    let rows = vec![row("items[0]", &[(0, 1)]), row("items[1]", &[(2, 3)]), row("items[2]", &[(4, 7)])];
    screen("picture_steps", &drawn(&Picture { unit: Unit::Steps, end: 7, rows }));
}

#[test]
fn bars_that_did_not_come_to_their_end() {
    let bar = |start, end, cancelled| Bar { start, end, cancelled };
    let mut rows = vec![row("job 1", &[(0, 30)]), row("job 2", &[]), row("job 3", &[])];
    rows[1].bars = vec![bar(0, Some(20), true), bar(20, Some(20), true)];
    rows[2].bars = vec![bar(10, None, false)];
    screen("picture_ends", &drawn(&picture(30, rows)));
}

#[test]
fn many_rows_are_folded() {
    screen("picture_folded", &drawn(&picture(200, jobs(20))));
    screen("picture_just_not_folded", &drawn(&picture(140, jobs(14))));
    let mut rows = jobs(20);
    rows[16] = noted("here job 3 was due", rows[16].clone());
    screen("picture_folded_around_a_remark", &drawn(&picture(200, rows)));
}

#[test]
fn remarks_stay_inside_the_screen() {
    let remark = "number 11, while 10 were running";
    let at_the_end = noted(remark, row("a label that is much too long", &[(0, 10), (80, 100)]));
    screen("picture_remark_below", &drawn(&picture(100, vec![at_the_end, row("job 2", &[(50, 70)])])));
    for length in 1..100 {
        let (label, remark) = ("l".repeat(length), "r".repeat(length.min(70)));
        for start in [0, 3, 50, 99] {
            let rows = vec![row(&label, &[(0, 1)]), noted(&remark, row("job", &[(start, 100)]))];
            assert_fits(&drawn(&picture(100, rows.clone())), "");
            assert_fits(&drawn(&picture(6_000_000, rows)), "");
        }
    }
}

#[test]
fn axes_have_round_steps() {
    for (end, axis) in [
        (0, "0 ms"),
        (1, "0                                           1 ms"),
        (4, "0          1          2          3          4 ms"),
        (35, "0           10           20          30 ms"),
        (100, "0       20       40       60       80       100 ms"),
        (60_000, "0             20000          40000          60000 ms"),
    ] {
        let last = drawn(&picture(end, vec![row("a", &[(0, end)])]));
        assert_eq!(last.lines().last().map(str::trim), Some(axis), "an axis to {end}");
    }
}
