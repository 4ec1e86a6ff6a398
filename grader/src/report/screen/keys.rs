//! What stands below each screen, and the page of all keys.

/// The keys below the verdict, the most wanted first; as many are shown as there is room for, and the last one.
pub const KEYS: [(&str, &str); 13] = [
    ("n", "next"),
    ("p", "previous"),
    ("h", "hint"),
    ("l", "list"),
    ("r", "run again"),
    ("e", "edit"),
    ("?", "all keys"),
    ("c", "contract"),
    ("s", "solution"),
    ("v", "replay"),
    ("a", "run all"),
    ("x", "reset"),
    ("q", "quit"),
];

/// The keys of a page.
pub const PAGE_KEYS: [(&str, &str); 3] = [("↑↓", "scroll"), ("h", "next hint"), ("Esc", "back")];

/// The keys of the list.
pub const LIST_KEYS: [(&str, &str); 3] = [("↑↓", "choose"), ("Enter", "go there"), ("Esc", "back")];

/// The keys of a question.
pub const SURE_KEYS: [(&str, &str); 2] = [("y", "yes"), ("any other key", "no")];

/// Every key and what it does; fits into a terminal of 24 lines.
pub const HELP: [&str; 18] = [
    "Save an exercise, and its verdict appears: nothing else is needed.",
    "",
    "  n  →       the next exercise               p  ←  the previous one",
    "  Enter      after a pass, on to what is open",
    "  l          the list of all exercises, to go anywhere",
    "  h          the next hint; each opens after one more run with changed code",
    "  c          the contract",
    "  v          the schedule that breaks it, step by step",
    "  s          the solution beside yours, once yours passes",
    "  r          run this exercise again         a     run all you have touched",
    "  e          open the file in your editor    x     back to the stub",
    "  ↑ ↓  PgUp PgDn  Home End  scroll           Esc   back to the verdict",
    "  Ctrl-L     draw the screen anew            q     quit; so does Ctrl-C",
    "",
    "Every key works during a run, and saving during a run starts it anew.",
    "In the dots above, ● is done, ◐ begun, ○ not begun. In the way to a pass,",
    "✗ failed, ‖ deadlocked, ∞ livelocked, … timed out, ! crashed, ~ left something",
    "behind, · did not compile, ● passed.",
];
