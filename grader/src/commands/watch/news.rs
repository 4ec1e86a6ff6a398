//! What becomes of the worker's news.

use std::time::Instant;

use anyhow::Result;

use super::busy::Busy;
use super::view::View;
use super::work::{News, Task};
use super::{Loop, content};
use crate::progress::Progress;
use crate::report;
use crate::session::Graded;
use crate::verdict::Verdict;

impl Loop<'_, '_> {
    /// The worker has news.
    pub(super) fn heard(&mut self, number: u64, news: News) -> Result<()> {
        if let News::Note(note) = news {
            self.note = note;
            return Ok(());
        }
        let Some(busy) = self.busy.as_mut().filter(|busy| busy.number == number) else { return Ok(()) };
        busy.hear(&news);
        let Some(busy) = self.busy.take_if(|_| matches!(news, News::Done(_) | News::Stopped | News::Trouble(_))) else {
            return Ok(());
        };
        match news {
            News::Done(graded) if !busy.prepares => self.judged(graded, &busy)?,
            // Whoever comes to that exercise hears of it there.
            News::Trouble(_) if busy.prepares && !self.prepares_this() => self.to_prepare.clear(),
            News::Trouble(trouble) => {
                self.note = "the grader cannot work: see above; r tries again".to_owned();
                self.moment = trouble.lines().map(|line| self.desk.paint.bad(line)).collect();
                self.to_prepare.clear();
            }
            News::Done(_) => drop(self.to_prepare.pop_front()),
            _ => {}
        }
        if let Some(exercise) = self.to_prepare.front() {
            self.order(Task::Prepare(exercise.clone()), Instant::now());
        }
        Ok(())
    }

    /// Whether what is prepared is for the exercise at hand.
    fn prepares_this(&self) -> bool {
        self.to_prepare.front().is_some_and(|exercise| exercise.key() == self.exercises[self.at].key())
    }

    /// Verdicts have come.
    fn judged(&mut self, graded: Vec<Graded>, busy: &Busy) -> Result<()> {
        let had_passed = self.standings[self.at].journey.passed;
        self.save_progress();
        // Nothing is remembered about files elsewhere.
        if self.desk.workbook.progress.is_some() {
            self.progress = Progress::load(&self.desk.workbook);
        }
        self.standings = self.exercises.iter().map(|exercise| self.progress.standing(exercise)).collect();
        for one in &graded {
            // Nothing is remembered about files elsewhere; their verdicts are news all the same.
            if let Some(at) = self.exercises.iter().position(|known| known.key() == one.exercise.key()) {
                (self.standings[at].verdict, self.standings[at].changed) = (one.outcome.verdict, false);
            }
        }
        if busy.judged.is_some() {
            let taken = busy.since.elapsed().as_secs_f64();
            self.note = format!("{} run in {taken:.1} s", report::plural(graded.len(), "exercise"));
            self.view = View::All(content::all(self, &graded)?);
            self.scroll = 0;
        }
        let own = self.exercises[self.at].key();
        let Some(one) = graded.into_iter().find(|one| one.exercise.key() == own) else { return Ok(()) };
        if !one.outcome.tests.is_empty() || one.outcome.verdict == Some(Verdict::DoesNotCompile) {
            // Something was built, so everything that it needs is; of schedules nobody knows.
            self.to_prepare.retain(|exercise| exercise.model().is_some());
        }
        if busy.judged.is_none() {
            let taken = busy.since.elapsed();
            if one.outcome.verdict != Some(Verdict::NotStarted) && self.note.is_empty() {
                self.note = format!("judged in {:.2} s", taken.as_secs_f64());
            }
            self.moment = content::moment(self, &one, had_passed);
            self.question = content::question(self, &one);
        }
        self.told = self.desk.told(&one);
        self.graded = Some(one);
        Ok(())
    }
}
