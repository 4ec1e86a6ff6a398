//! From what people type to exercises.

use std::path::{Path, PathBuf};

use super::{Catalog, Exercise, Lesson, Workbook};

/// What a name on the command line stands for.
#[derive(Debug)]
pub enum Found {
    /// These exercises; a file outside the workbook comes as the exercise it is an answer to.
    Exercises(Vec<Exercise>),
    /// Nothing; the nearest names.
    Nothing(Vec<String>),
    /// Several exercises begin like this.
    Ambiguous(Vec<String>),
}

/// Names at most this far apart (in single edits) are taken for typing errors.
const NEAR: usize = 4;

/// Finds exercises by slug, unique beginning, lesson or file. A path to a folder or a file without its ending is as
/// good as a name: that is what the shell completes.
pub fn find(name: &str, catalog: &Catalog, workbook: &Workbook) -> Found {
    if let Some(found) = by_file(name, catalog, workbook) {
        return found;
    }
    let wanted = name.trim_end_matches(['/', '\\']).replace(['_', ' '], "-").to_lowercase();
    let mut folders = wanted.rsplit(['/', '\\']);
    let (short, lesson) = (folders.next().unwrap_or_default(), folders.find(|folder| *folder != "src"));
    if short.is_empty() {
        return Found::Nothing(Vec::new());
    }
    if let Some(lesson) = catalog.lessons.iter().find(|lesson| is_lesson(lesson, short)) {
        return Found::Exercises(lesson.exercises.clone());
    }
    // `01-worker-pools/worker-pool`: where a lesson is named it counts.
    let lesson = lesson.and_then(|name| catalog.lessons.iter().find(|lesson| is_lesson(lesson, name)));
    let candidates: Vec<&Exercise> =
        catalog.exercises().filter(|exercise| lesson.is_none_or(|lesson| lesson.slug == exercise.lesson)).collect();
    if let Some(exercise) = candidates.iter().find(|exercise| exercise.slug == short) {
        return Found::Exercises(vec![(*exercise).clone()]);
    }
    let beginning: Vec<&Exercise> =
        candidates.into_iter().filter(|exercise| exercise.slug.starts_with(short)).collect();
    match beginning.as_slice() {
        [] => Found::Nothing(nearest(short, catalog)),
        [exercise] => Found::Exercises(vec![(*exercise).clone()]),
        several => Found::Ambiguous(several.iter().map(|exercise| exercise.slug.clone()).collect()),
    }
}

/// `01-worker-pools`, `worker-pools`, `01`, `1`, `Worker pools`; `wanted` in small letters, with hyphens.
fn is_lesson(lesson: &Lesson, wanted: &str) -> bool {
    let (number, rest) = lesson.slug.split_once('-').unwrap_or((&lesson.slug, ""));
    let title = lesson.title.to_lowercase().replace(' ', "-");
    [&lesson.slug, rest, number, number.trim_start_matches('0'), &title].contains(&wanted)
}

/// A path to one of the files, or to a file elsewhere that is named like an exercise.
fn by_file(name: &str, catalog: &Catalog, workbook: &Workbook) -> Option<Found> {
    let path = Path::new(name);
    if path.extension()? != "rs" {
        return None;
    }
    let path = std::path::absolute(path).ok()?;
    let path = if path.is_file() { path } else { workbook.root.join(name) };
    let path = inside(&path, workbook).unwrap_or(path);
    if let Some(exercise) = catalog.exercises().find(|exercise| exercise.file == path) {
        return Some(Found::Exercises(vec![exercise.clone()]));
    }
    let stem = path.file_stem()?.to_str()?;
    let meant = catalog.exercises().find(|exercise| exercise.module == stem);
    Some(match meant {
        Some(exercise) if path.is_file() => Found::Exercises(vec![Exercise { file: path, ..exercise.clone() }]),
        _ => Found::Nothing(nearest(&stem.replace('_', "-"), catalog)),
    })
}

/// The path without `..` and links; below the repository's root as it was given, where it lies there.
fn inside(path: &Path, workbook: &Workbook) -> Option<PathBuf> {
    let real = path.canonicalize().ok()?;
    let root = workbook.root.canonicalize().ok()?;
    Some(real.strip_prefix(root).map(|rest| workbook.root.join(rest)).unwrap_or(real))
}

/// Slugs close to what was typed, nearest first, at most three.
fn nearest(typed: &str, catalog: &Catalog) -> Vec<String> {
    let lessons = catalog.lessons.iter().map(|lesson| &lesson.slug);
    let names = catalog.exercises().map(|exercise| &exercise.slug).chain(lessons);
    // Of a short name not much is left after four edits.
    let near = NEAR.min(typed.chars().count() / 2);
    let length = typed.chars().count();
    // What was typed may be the beginning, with a slip in it.
    let distance = |name: &str| {
        let beginning: String = name.chars().take(length).collect();
        let of_beginning = 1 + strsim::damerau_levenshtein(typed, &beginning);
        let of_part = if name.contains(typed) { 1 } else { usize::MAX };
        strsim::damerau_levenshtein(typed, name).min(of_beginning).min(of_part)
    };
    let mut ranked: Vec<(usize, &String)> =
        names.map(|name| (distance(name), name)).filter(|(distance, _)| *distance <= near).collect();
    ranked.sort();
    ranked.into_iter().take(3).map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Found, find};
    use crate::catalog::scratch::Scratch;
    use crate::catalog::{Catalog, Workbook};

    /// Two lessons with files on disk, as far as `find` looks at them.
    fn workbook() -> (Scratch, Workbook, Catalog) {
        let scratch = Scratch::new();
        let lesson = |folder: &str, title: &str, slugs: &[&str]| {
            let entry = |slug: &&str| format!("[[exercise]]\nslug = {slug:?}\nlevel = 1\ntask = \"Do it.\"\n");
            let entries: String = slugs.iter().map(entry).collect();
            scratch.write(&format!("grader/hidden/{folder}/lesson.toml"), &format!("title = {title:?}\n{entries}"));
        };
        lesson("01-worker-pools", "Worker pools", &["scoped-map", "worker-pool", "worker-queue"]);
        lesson("02-fan-out-fan-in", "Fan-out and fan-in", &["fan-in", "first-success"]);
        lesson("11-testing", "Testing and benchmarking", &[]);
        scratch.write("grader/hidden/misconceptions.toml", "");
        scratch.write("exercises/01-worker-pools/src/scoped_map.rs", "");
        let workbook = Workbook::at(scratch.path());
        let catalog = Catalog::load(&workbook).expect("a whole catalog");
        (scratch, workbook, catalog)
    }

    /// What was found, in words.
    fn found(name: &str) -> String {
        let (_scratch, workbook, catalog) = workbook();
        in_words(&find(name, &catalog, &workbook), &workbook)
    }

    fn in_words(found: &Found, workbook: &Workbook) -> String {
        match found {
            Found::Exercises(exercises) => {
                let one = |exercise: &crate::catalog::Exercise| {
                    let expected = workbook.exercises.join(&exercise.lesson).join("src").join(&exercise.module);
                    let elsewhere = exercise.file != expected.with_extension("rs");
                    let file = workbook.shown(&exercise.file);
                    exercise.slug.clone() + &if elsewhere { format!(" in {file}") } else { String::new() }
                };
                exercises.iter().map(one).collect::<Vec<_>>().join(" ")
            }
            Found::Nothing(nearest) => format!("nothing; near: {}", nearest.join(" ")),
            Found::Ambiguous(several) => format!("several: {}", several.join(" ")),
        }
    }

    #[test]
    fn an_exercise_is_found_by_its_name() {
        assert_eq!(found("worker-pool"), "worker-pool");
        assert_eq!(found("Worker_Pool"), "worker-pool");
        assert_eq!(found("01-worker-pools/worker-pool"), "worker-pool");
        assert_eq!(found("1/worker"), "several: worker-pool worker-queue");
    }

    #[test]
    fn an_exercise_is_found_by_a_beginning_that_only_it_has() {
        assert_eq!(found("sco"), "scoped-map");
        assert_eq!(found("f"), "several: fan-in first-success");
        assert_eq!(found("worker"), "several: worker-pool worker-queue");
        // The whole name is a beginning, too; here of no other.
        assert_eq!(found("2/f"), "several: fan-in first-success");
        assert_eq!(found("2/worker-pool"), "nothing; near: worker-pool 01-worker-pools");
    }

    #[test]
    fn a_lesson_is_found_by_its_folder_number_name_and_title() {
        let all = "scoped-map worker-pool worker-queue";
        for name in ["01-worker-pools", "exercises/01-worker-pools/", "1", "01", "worker-pools", "Worker pools"] {
            assert_eq!(found(name), all, "{name}");
        }
        assert_eq!(found("fan-out and fan-in"), "fan-in first-success");
        assert_eq!(found("11"), "", "a lesson without exercises");
        assert_eq!(found("3"), "nothing; near: ");
    }

    #[test]
    fn a_file_is_found_wherever_the_path_begins() {
        let (scratch, workbook, catalog) = workbook();
        let find = |path: &Path| {
            in_words(&find(path.to_str().expect("a path of plain letters"), &catalog, &workbook), &workbook)
        };
        let file = "exercises/01-worker-pools/src/scoped_map.rs";
        assert_eq!(find(Path::new(file)), "scoped-map", "from the repository's root");
        assert_eq!(find(&scratch.path().join(file)), "scoped-map", "absolute");
        let roundabout = "exercises/01-worker-pools/src/../../01-worker-pools/src/scoped_map.rs";
        assert_eq!(find(Path::new(roundabout)), "scoped-map", "by a roundabout way");
        assert_eq!(find(Path::new("exercises/01-worker-pools/src/scoped_map")), "scoped-map", "without its ending");
        // Deleted, and still asked for by its name.
        assert_eq!(find(Path::new("exercises/02-fan-out-fan-in/src/fan_in.rs")), "fan-in");
    }

    #[test]
    fn a_file_elsewhere_is_an_answer_to_the_exercise_of_its_name() {
        let (scratch, workbook, catalog) = workbook();
        scratch.write("solutions/01-worker-pools/src/worker_pool.rs", "");
        let outside = Scratch::new();
        outside.write("fan_in.rs", "");
        let find = |path: &str| in_words(&find(path, &catalog, &workbook), &workbook);
        let solution = "solutions/01-worker-pools/src/worker_pool.rs";
        assert_eq!(find(solution), format!("worker-pool in {solution}"));
        // No `..` stays: a path that begins in `exercises/` and leaves it is not the learner's.
        let leaving = scratch.path().join("exercises/01-worker-pools/../..").join(solution);
        assert_eq!(find(&leaving.display().to_string()), format!("worker-pool in {solution}"));
        let submission =
            fs::canonicalize(outside.path().join("fan_in.rs")).expect("it was written").display().to_string();
        assert_eq!(find(&submission), format!("fan-in in {submission}"));
    }

    #[test]
    fn a_file_that_is_no_answer_to_anything_is_not_found() {
        let (scratch, workbook, catalog) = workbook();
        scratch.write("notes/fan_inn.rs", "");
        let find = |path: &str| in_words(&find(path, &catalog, &workbook), &workbook);
        assert_eq!(find("notes/fan_inn.rs"), "nothing; near: fan-in");
        assert_eq!(find("nowhere/fan_in.rs"), "nothing; near: fan-in 02-fan-out-fan-in");
        assert_eq!(find("src/.rs"), "nothing; near: ");
    }

    #[test]
    fn of_typing_errors_the_nearest_names_are_offered() {
        assert_eq!(found("wroker-pool"), "nothing; near: worker-pool");
        assert_eq!(found("fist-success"), "nothing; near: first-success");
        assert_eq!(found("pool"), "nothing; near: 01-worker-pools worker-pool");
        assert_eq!(found("fan-out"), "nothing; near: 02-fan-out-fan-in fan-in");
        assert_eq!(found("xyz"), "nothing; near: ");
        assert_eq!(found(""), "nothing; near: ");
        assert_eq!(found("/"), "nothing; near: ");
    }
}
