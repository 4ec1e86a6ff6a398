//! caught by: nothing_of_a_dropped_registry_is_left (leaked)
//! idea: A thread that owns the entries needs no lock, and it ends when nobody can ask any more.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Sender};
use std::thread;

type Entries = BTreeMap<String, (u64, u32)>;

pub struct Registry {
    inbox: Sender<Question>,
}

enum Question {
    Touch(String, Sender<u64>),
    Rename(String, String, Sender<bool>),
    Promote(String, Sender<Option<u32>>),
    Report(Sender<String>),
}

impl Registry {
    pub fn new(names: &[&str]) -> Self {
        let mut entries: Entries = names.iter().map(|&name| (name.to_owned(), (0, 0))).collect();
        let (inbox, questions) = mpsc::channel();
        let registry = Self { inbox: inbox.clone() };
        thread::Builder::new()
            .name("registry".to_owned())
            .spawn(move || {
                let _open = inbox;
                for question in questions {
                    answer(&mut entries, question);
                }
            })
            .unwrap();
        registry
    }

    fn ask<R>(&self, question: impl FnOnce(Sender<R>) -> Question) -> R {
        let (reply, answer) = mpsc::channel();
        self.inbox.send(question(reply)).unwrap();
        answer.recv().unwrap()
    }

    pub fn touch(&self, name: &str) -> u64 {
        self.ask(|reply| Question::Touch(name.to_owned(), reply))
    }

    pub fn rename(&self, from: &str, to: &str) -> bool {
        self.ask(|reply| Question::Rename(from.to_owned(), to.to_owned(), reply))
    }

    pub fn promote(&self, name: &str) -> Option<u32> {
        self.ask(|reply| Question::Promote(name.to_owned(), reply))
    }

    pub fn report(&self) -> String {
        self.ask(Question::Report)
    }
}

fn answer(entries: &mut Entries, question: Question) {
    match question {
        Question::Touch(name, reply) => {
            let (touches, _) = entries.entry(name).or_default();
            *touches += 1;
            let _ = reply.send(*touches);
        }
        Question::Rename(from, to, reply) => {
            let done = entries.contains_key(&from) && (from == to || !entries.contains_key(&to));
            if done {
                let entry = entries.remove(&from).unwrap();
                entries.insert(to, entry);
            }
            let _ = reply.send(done);
        }
        Question::Promote(name, reply) => {
            let level = entries.get_mut(&name).map(|(_, level)| {
                *level += 1;
                *level
            });
            let _ = reply.send(level);
        }
        Question::Report(reply) => {
            let touches: u64 = entries.values().map(|(touches, _)| touches).sum();
            let promotions: u32 = entries.values().map(|(_, level)| level).sum();
            let mut report = format!("names {}, touches {touches}, promotions {promotions}", entries.len());
            for (name, (touches, level)) in entries {
                report += &format!("; {name} {touches}/{level}");
            }
            let _ = reply.send(report);
        }
    }
}
