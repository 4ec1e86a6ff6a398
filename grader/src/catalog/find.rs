//! From what people type to exercises.

use std::path::Path;

use super::{Catalog, Exercise, Workbook};

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

/// Finds exercises by slug, unique beginning, lesson or file.
pub fn find(name: &str, catalog: &Catalog, workbook: &Workbook) -> Found {
    if let Some(found) = by_file(name, catalog, workbook) {
        return found;
    }
    let wanted = name.trim_end_matches('/').replace('_', "-").to_lowercase();
    if let Some(lesson) = catalog.lessons.iter().find(|lesson| is_lesson(&lesson.slug, &wanted)) {
        return Found::Exercises(lesson.exercises.clone());
    }
    let short = wanted.rsplit('/').next().unwrap_or(&wanted);
    if let Some(exercise) = catalog.exercises().find(|exercise| exercise.slug == short) {
        return Found::Exercises(vec![exercise.clone()]);
    }
    let beginning: Vec<&Exercise> = catalog.exercises().filter(|exercise| exercise.slug.starts_with(short)).collect();
    match beginning.as_slice() {
        [] => Found::Nothing(nearest(short, catalog)),
        [exercise] => Found::Exercises(vec![(*exercise).clone()]),
        several => Found::Ambiguous(several.iter().map(|exercise| exercise.slug.clone()).collect()),
    }
}

/// `01-worker-pools`, `worker-pools`, `01`, `1`.
fn is_lesson(slug: &str, wanted: &str) -> bool {
    let (number, rest) = slug.split_once('-').unwrap_or((slug, ""));
    wanted == slug || wanted == rest || wanted == number || wanted == number.trim_start_matches('0')
}

/// A path to one of the files, or to a file elsewhere that is named like an exercise.
fn by_file(name: &str, catalog: &Catalog, workbook: &Workbook) -> Option<Found> {
    let path = Path::new(name);
    if path.extension()? != "rs" {
        return None;
    }
    let path = std::path::absolute(path).ok()?;
    let known = catalog.exercises().find(|exercise| exercise.file == path || workbook.root.join(name) == exercise.file);
    if let Some(exercise) = known {
        return Some(Found::Exercises(vec![exercise.clone()]));
    }
    let stem = path.file_stem()?.to_str()?;
    let meant = catalog.exercises().find(|exercise| exercise.module == stem);
    Some(match meant {
        Some(exercise) if path.is_file() => Found::Exercises(vec![Exercise { file: path, ..exercise.clone() }]),
        _ => Found::Nothing(nearest(&stem.replace('_', "-"), catalog)),
    })
}

/// Slugs close to what was typed, nearest first, at most three.
fn nearest(typed: &str, catalog: &Catalog) -> Vec<String> {
    let lessons = catalog.lessons.iter().map(|lesson| &lesson.slug);
    let names = catalog.exercises().map(|exercise| &exercise.slug).chain(lessons);
    let mut ranked: Vec<(usize, &String)> = names
        .map(|name| (if name.contains(typed) { 1 } else { strsim::damerau_levenshtein(typed, name) }, name))
        .filter(|(distance, _)| *distance <= NEAR)
        .collect();
    ranked.sort();
    ranked.into_iter().take(3).map(|(_, name)| name.clone()).collect()
}
