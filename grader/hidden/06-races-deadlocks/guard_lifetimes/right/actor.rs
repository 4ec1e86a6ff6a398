//! right: no lock at all; a thread owns the entries and answers one question after the other.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

type Entries = BTreeMap<String, (u64, u32)>;
type Question = Box<dyn FnOnce(&mut Entries) + Send>;

pub struct Registry {
    questions: Option<Sender<Question>>,
    owner: Option<JoinHandle<()>>,
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let mut entries: Entries = names.iter().map(|&name| (name.to_owned(), (0, 0))).collect();
        let (questions, inbox) = mpsc::channel::<Question>();
        let owner = thread::spawn(move || {
            for question in inbox {
                question(&mut entries);
            }
        });
        Self { questions: Some(questions), owner: Some(owner) }
    }

    fn ask<R: Send + 'static>(&self, question: impl FnOnce(&mut Entries) -> R + Send + 'static) -> R {
        let (reply, answer) = mpsc::sync_channel(1);
        let question = move |entries: &mut Entries| {
            let _ = reply.send(question(entries));
        };
        self.questions.as_ref().unwrap().send(Box::new(question)).unwrap();
        answer.recv().unwrap()
    }

    pub fn touch(&self, name: &str) -> u64 {
        let name = name.to_owned();
        self.ask(move |entries| {
            let entry = entries.entry(name).or_default();
            entry.0 += 1;
            entry.0
        })
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.ask(move |entries| {
            if from != to && entries.contains_key(&to) {
                return false;
            }
            entries.remove(&from).map(|entry| entries.insert(to, entry)).is_some()
        })
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        let name = name.to_owned();
        self.ask(move |entries| {
            let (_, level) = entries.get_mut(&name)?;
            *level += 1;
            Some(*level)
        })
    }

    pub fn report(&self) -> String {
        self.ask(|entries| {
            let touches: u64 = entries.values().map(|entry| entry.0).sum();
            let promotions: u32 = entries.values().map(|entry| entry.1).sum();
            let mut report = format!("names {}, touches {touches}, promotions {promotions}", entries.len());
            for (name, (touches, level)) in entries {
                report += &format!("; {name} {touches}/{level}");
            }
            report
        })
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.questions = None;
        let _ = self.owner.take().map(JoinHandle::join);
    }
}
