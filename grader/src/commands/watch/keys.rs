//! What each key does.

use std::time::Instant;

use anyhow::Result;

use super::view::{Deed, View};
use super::work::Task;
use super::{Loop, Next, editor, variable};
use crate::commands::{hint, replay, reset, solution};
use crate::progress::Step;
use crate::report::{self, Prediction};
use crate::terminal::{Key, Terminal};
use crate::verdict::Verdict;

impl Loop<'_, '_> {
    /// A key was pressed.
    pub(super) fn pressed(&mut self, key: Key, terminal: &mut Terminal) -> Result<Next> {
        if matches!(key, Key::Resized | Key::Redraw) {
            terminal.forget();
            return Ok(Next::GoOn);
        }
        if key == Key::Interrupt {
            return Ok(Next::Quit);
        }
        self.note.clear();
        match &mut self.view {
            View::Sure(deed) => {
                let deed = *deed;
                self.view = View::Verdict;
                if key == Key::Char('y') {
                    self.do_it(deed)?;
                }
                return Ok(Next::GoOn);
            }
            View::Replay(story, step) => {
                match replay::step(key, *step, story.story.steps.len()) {
                    Some(next) => *step = next,
                    None => self.back(),
                }
                return Ok(Next::GoOn);
            }
            View::List { cursor } => {
                let last = self.exercises.len() - 1;
                match key {
                    Key::Up | Key::Char('k') => *cursor = cursor.saturating_sub(1),
                    Key::Down | Key::Char('j') => *cursor = (*cursor + 1).min(last),
                    Key::PageUp => *cursor = cursor.saturating_sub(10),
                    Key::PageDown => *cursor = (*cursor + 10).min(last),
                    Key::Home => *cursor = 0,
                    Key::End => *cursor = last,
                    Key::Enter | Key::Right | Key::Char(' ') => {
                        let chosen = *cursor;
                        self.back();
                        self.work_on(chosen, Instant::now());
                    }
                    Key::Escape | Key::Back | Key::Left | Key::Char('l' | 'q') => self.back(),
                    _ => {}
                }
                return Ok(Next::GoOn);
            }
            _ => {}
        }
        self.page_key(key, terminal)
    }

    /// Keys of the verdict and of pages to read.
    fn page_key(&mut self, key: Key, terminal: &mut Terminal) -> Result<Next> {
        let page = report::room(terminal.size().1).saturating_sub(1);
        let is_verdict = matches!(self.view, View::Verdict);
        match key {
            Key::Char('q') if is_verdict => return Ok(Next::Quit),
            Key::Escape | Key::Back | Key::Char('q') => self.back(),
            Key::Up | Key::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            Key::Down | Key::Char('j') => self.scroll += 1,
            Key::PageUp => self.scroll = self.scroll.saturating_sub(page),
            Key::PageDown | Key::Char(' ') => self.scroll += page,
            Key::Home | Key::Char('g') => self.scroll = 0,
            Key::End | Key::Char('G') => self.scroll = usize::MAX,
            Key::Char(answer @ '1'..='3') if is_verdict && self.question.is_some() => self.answer(answer),
            Key::Enter if is_verdict => self.enter(),
            Key::Char('n') | Key::Right => self.go(1),
            Key::Char('p') | Key::Left => self.go(self.exercises.len() - 1),
            Key::Char('l') => self.turn_to(View::List { cursor: self.at }),
            Key::Char('?') => self.turn_to(View::Help),
            Key::Char('c') => self.turn_to(View::Contract),
            Key::Char('h') => {
                let hint = hint::open(&self.desk.workbook, &self.exercises[self.at], &mut self.progress)?;
                self.save_progress();
                self.turn_to(View::Hint(hint));
            }
            Key::Char('s') => self.solution()?,
            Key::Char('x') => self.turn_to(View::Sure(Deed::Reset)),
            Key::Char('v') => self.replay(),
            Key::Char('r') => self.run_again(),
            Key::Char('a') => {
                self.back();
                self.order(Task::Grade(self.exercises.clone()), Instant::now());
            }
            Key::Char('e') => self.edit(terminal)?,
            _ => {}
        }
        Ok(Next::GoOn)
    }

    fn turn_to(&mut self, view: View) {
        (self.view, self.scroll) = (view, 0);
    }

    fn back(&mut self) {
        self.turn_to(View::Verdict);
    }

    /// So many exercises on, round and round.
    fn go(&mut self, by: usize) {
        self.back();
        self.work_on((self.at + by) % self.exercises.len(), Instant::now());
    }

    /// After a pass, on to what is open.
    fn enter(&mut self) {
        let passed = self.graded.as_ref().is_some_and(|one| one.outcome.verdict == Some(Verdict::Passed));
        match self.next_open().filter(|_| passed) {
            Some(next) => self.work_on(next, Instant::now()),
            None if passed => "everything is done".clone_into(&mut self.note),
            None => "save the file, or press r to run it again".clone_into(&mut self.note),
        }
    }

    fn run_again(&mut self) {
        self.back();
        self.order(Task::Again(self.exercises[self.at].clone()), Instant::now());
    }

    /// The learner said what a test will see.
    fn answer(&mut self, answer: char) {
        let Some(test) = self.question.take() else { return };
        let prediction = match answer {
            '1' => Prediction::Kept,
            '2' => Prediction::Same,
            _ => Prediction::Other,
        };
        self.progress.step(&self.exercises[self.at], Step::Asked(test.info.name.clone()));
        self.save_progress();
        self.prediction = Some((test, prediction));
        "noted: the next run will tell".clone_into(&mut self.note);
    }

    fn solution(&mut self) -> Result<()> {
        let exercise = &self.exercises[self.at];
        if self.progress.journey(exercise).has_solution() {
            let page = solution::page(&self.desk.workbook, exercise, self.desk.paint)?;
            self.turn_to(View::Solution(page));
        } else {
            self.turn_to(View::Sure(Deed::GiveUp));
        }
        Ok(())
    }

    fn do_it(&mut self, deed: Deed) -> Result<()> {
        match deed {
            Deed::GiveUp => {
                self.progress.step(&self.exercises[self.at], Step::Solution);
                self.save_progress();
                let page = solution::page(&self.desk.workbook, &self.exercises[self.at], self.desk.paint)?;
                self.turn_to(View::Solution(page));
            }
            // The loop sees the file change, like after any other save.
            Deed::Reset => {
                let done = reset::reset(&self.desk.workbook, &self.exercises[self.at]);
                self.note = done.unwrap_or_else(|error| format!("{error:#}"));
                self.note_stays = true;
            }
        }
        Ok(())
    }

    fn replay(&mut self) {
        let Some(graded) = &self.graded else { return };
        match replay::replay_of(graded) {
            Some(replay) => self.turn_to(View::Replay(Box::new(replay), 0)),
            None => self.note = format!("nothing to replay: {}", replay::why_not(graded)),
        }
    }

    fn edit(&mut self, terminal: &mut Terminal) -> Result<()> {
        let file = &self.exercises[self.at].file;
        let line = self.graded.as_ref().and_then(|one| report::line_to_open(&one.outcome)).unwrap_or(1);
        let mut command = match editor::command(file, line, &variable) {
            Ok(command) => command,
            Err(why) => {
                self.note = format!("{why} ({})", self.desk.shown(file));
                return Ok(());
            }
        };
        if let Err(error) = terminal.lend(|| command.status())? {
            self.note = format!("cannot start {}: {error}", command.get_program().display());
        }
        Ok(())
    }
}
