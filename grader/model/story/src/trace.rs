//! The story of one execution, as data.

use std::panic::Location;

use serde::{Deserialize, Serialize};

/// A place in a source file, as the compiler counts: lines and columns from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file as the compiler was given it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1; absent where debug information has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The line of the same file from which the function that this place lies in was called, where a thread of the
    /// story comes here from several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_from: Option<u32>,
}

impl Place {
    /// The last component of the file's path.
    pub fn file_name(&self) -> &str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file)
    }

    /// `accounts.rs:46`, or `accounts.rs:61→46`.
    pub fn short(&self) -> String {
        format!("{}:{}", self.file_name(), self.lines())
    }

    /// The line, behind the one it was called from: `61→46`.
    pub fn lines(&self) -> String {
        self.called_from.map_or_else(|| self.line.to_string(), |caller| format!("{caller}→{}", self.line))
    }
}

impl From<&Location<'_>> for Place {
    fn from(location: &Location<'_>) -> Self {
        Self {
            file: location.file().to_owned(),
            line: location.line(),
            column: Some(location.column()),
            called_from: None,
        }
    }
}

/// What happened in one execution: who took part, every step in order, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Who took part; the first is the one that ran the body.
    pub parties: Vec<Party>,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// How it ended.
    pub ending: Ending,
}

impl Story {
    /// The name of a party.
    pub fn name(&self, party: u32) -> &str {
        self.parties.get(party as usize).map_or("somebody", |party| &party.name)
    }

    /// The same story, in which this file is called [`TEST`](crate::TEST): where the test lies is nobody's business.
    pub fn with_test(mut self, file: &str) -> Self {
        for place in self.places_mut().into_iter().filter(|place| place.file == file) {
            crate::TEST.clone_into(&mut place.file);
        }
        self
    }

    /// Every place the story mentions, to be renamed.
    pub fn places_mut(&mut self) -> Vec<&mut Place> {
        let mut places: Vec<&mut Place> = Vec::new();
        for party in &mut self.parties {
            places.extend(&mut party.spawned_at);
            places.extend(party.panicked.as_mut().and_then(|panic| panic.place.as_mut()));
        }
        for step in &mut self.steps {
            places.extend(&mut step.place);
            let Some(stale) = &mut step.stale else { continue };
            places.extend(&mut stale.store.place);
            for gap in &mut stale.gaps {
                places.extend(&mut gap.store.place);
                places.extend(&mut gap.load.place);
            }
        }
        match &mut self.ending {
            Ending::Finished => {}
            Ending::Panicked { panic } => places.extend(&mut panic.place),
            Ending::Deadlocked { waits } | Ending::Livelocked { waits, .. } | Ending::Leaked { waits } => {
                for wait in waits {
                    places.extend(&mut wait.place);
                    places.extend(wait.held_by.iter_mut().filter_map(|holder| holder.since.as_mut()));
                }
            }
        }
        places
    }
}

/// A thread of the execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// `main`, the name given to a builder, or `thread 1`.
    pub name: String,
    /// Where it was spawned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spawned_at: Option<Place>,
    /// The panic that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panicked: Option<Panic>,
}

/// A panic, as the hook saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// The payload, if it was text.
    pub message: String,
    /// Where it was raised; absent for a payload that passed by the hook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// One operation of one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Index into [`Story::parties`].
    pub party: u32,
    /// Where it was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The operation: `Mutex::lock`, `AtomicBool::store(true)`.
    pub operation: String,
    /// What came out of it, where that is cheap to say: `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it missed, if it is a load that found an old value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<Box<Stale>>,
    /// Here the schedule departs from the default one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deviates: bool,
}

impl Step {
    /// What came out of it, behind an arrow; empty where nothing is known.
    pub fn outcome(&self) -> String {
        self.value.as_ref().map(|value| format!(" → {value}")).unwrap_or_default()
    }
}

/// What a load missed that found an old value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stale {
    /// The newest value, which it did not find.
    pub newest: String,
    /// The store of that value.
    pub store: Access,
    /// The order of the load.
    pub order: String,
    /// Where news of the store got lost on its way to the load; empty if none was under way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
}

/// A load or a store that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Index into [`Story::parties`].
    pub party: u32,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Its order: `Relaxed`.
    pub order: String,
}

/// A load that found a store and did not synchronise with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The store.
    pub store: Access,
    /// The load that found it.
    pub load: Access,
    /// The store would have to be at least `Release`.
    pub needs_release: bool,
    /// The load would have to be at least `Acquire`.
    pub needs_acquire: bool,
}

/// A party that waits, and on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Index into [`Story::parties`].
    pub party: u32,
    /// Where it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The operation it is in: `Mutex::lock`.
    pub operation: String,
    /// Who holds what it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_by: Vec<Holder>,
}

/// Who holds a lock, and since where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Index into [`Story::parties`].
    pub party: u32,
    /// Where it was locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Place>,
}

impl Ending {
    /// Who waits where at the end.
    pub fn waits(&self) -> &[Wait] {
        match self {
            Self::Finished | Self::Panicked { .. } => &[],
            Self::Deadlocked { waits } | Self::Livelocked { waits, .. } | Self::Leaked { waits } => waits,
        }
    }
}

/// How an execution ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ending {
    /// Every thread ran to its end.
    Finished,
    /// The body panicked.
    Panicked {
        /// With this.
        panic: Panic,
    },
    /// Nothing can ever happen again, and the body has not returned.
    Deadlocked {
        /// Who waits where.
        waits: Vec<Wait>,
    },
    /// The step limit was reached under a fair schedule.
    Livelocked {
        /// The steps from this index on repeat for ever; absent where no period was found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeats_from: Option<usize>,
        /// Who waits meanwhile, and where.
        waits: Vec<Wait>,
    },
    /// The body returned, and these threads can never end.
    Leaked {
        /// Who waits where.
        waits: Vec<Wait>,
    },
}
