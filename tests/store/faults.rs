//! Whatever fails between any two writes, in any of two tabs: nothing acknowledged is lost, nothing is there twice.

use std::collections::BTreeMap;
use std::rc::Rc;

use cipherdeck::store::{
    Fault, Kept, LogStore, MemoryDisk, MemoryLogStore, Outbox, Shelf, StoreError, Stored,
};
use cipherdeck::study::Log;
use proptest::prelude::*;

use super::{device, draft, entry, kept, now};

/// What a learner does, and what happens to them.
#[derive(Clone, Debug)]
enum Event {
    Answer { tab: usize },
    SaveExam { tab: usize },
    TryAgain { tab: usize },
    Import { tab: usize },
    Fail { after: u32, fault: Fault },
}

fn any_event() -> impl Strategy<Value = Event> {
    let tab = || 0usize..2;
    let fault = prop_oneof![
        Just(Fault::Refusal(StoreError::Full)),
        Just(Fault::Refusal(StoreError::Failed(
            "it went away".to_owned()
        ))),
        Just(Fault::Crash),
    ];
    prop_oneof![
        6 => tab().prop_map(|tab| Event::Answer { tab }),
        3 => tab().prop_map(|tab| Event::SaveExam { tab }),
        2 => tab().prop_map(|tab| Event::TryAgain { tab }),
        1 => tab().prop_map(|tab| Event::Import { tab }),
        3 => (0u32..7, fault).prop_map(|(after, fault)| Event::Fail { after, fault }),
    ]
}

struct Tab {
    store: MemoryLogStore,
    outbox: Outbox,
}

/// A browser: a disk, two tabs, and what the learner was told is saved.
struct Browser {
    disk: Rc<MemoryDisk>,
    tabs: Vec<Tab>,
    opened: u8,
    acknowledged: Log,
    exams: BTreeMap<String, Kept>,
    clock: i64,
}

impl Browser {
    fn open() -> Self {
        let mut browser = Self {
            disk: Rc::default(),
            tabs: Vec::new(),
            opened: 0,
            acknowledged: Log::default(),
            exams: BTreeMap::new(),
            clock: 0,
        };
        browser.start();
        browser
    }

    /// Two tabs. What a tab before the crash still held back was never said to be saved.
    fn start(&mut self) {
        self.tabs.clear();
        while self.tabs.len() < 2 {
            self.opened += 1;
            if let Ok(store) = MemoryLogStore::open(&self.disk, device(self.opened)) {
                let outbox = Outbox::new(device(100 + self.opened));
                self.tabs.push(Tab { store, outbox });
            }
        }
    }

    fn live(&mut self, event: Event) {
        self.clock += 1;
        let crashes = self.disk.crashes();
        match event {
            Event::Answer { tab } => self.answer(tab),
            Event::SaveExam { tab } => self.save_exam(tab),
            Event::TryAgain { tab } => self.try_again(tab),
            Event::Import { tab } => self.import(tab),
            Event::Fail { after, fault } => self.disk.fail_after(after, fault),
        }
        if self.disk.crashes() != crashes {
            self.start();
        }
    }

    fn answer(&mut self, tab: usize) {
        let Tab { store, outbox } = &mut self.tabs[tab];
        let draft = draft(self.clock);
        match now(store.append(draft.clone())) {
            Ok(entry) => assert!(self.acknowledged.insert(entry), "no name is given twice"),
            Err(_) => drop(outbox.keep(draft)),
        }
    }

    fn save_exam(&mut self, tab: usize) {
        // The two tabs' clocks differ.
        let at = self.clock - 50 * tab as i64;
        let text = format!("after {} events", self.clock);
        let exam = kept(Shelf::Exams, "mock", at, Some(&text));
        if let Ok(kept) = now(self.tabs[tab].store.keep(exam)) {
            assert_eq!(kept.text, Some(text));
            self.exams.insert(kept.key.clone(), kept);
        }
    }

    fn try_again(&mut self, tab: usize) {
        let Tab { store, outbox } = &mut self.tabs[tab];
        let attempt = outbox.waiting().clone();
        if now(store.merge(&attempt.clone().into())).is_ok() {
            outbox.saved(&attempt);
            self.acknowledged.merge(&attempt);
        }
    }

    fn import(&mut self, tab: usize) {
        let file: Log = (1..4).map(|counter| entry(99, counter, 7)).collect();
        let mut stored = Stored::from(file);
        stored
            .shelves
            .put(kept(Shelf::Decks, "deck", 3, Some("a deck")));
        if now(self.tabs[tab].store.merge(&stored)).is_ok() {
            self.acknowledged.merge(&stored.log);
            self.exams.extend(
                stored
                    .shelves
                    .all()
                    .map(|kept| (kept.key.clone(), kept.clone())),
            );
        }
    }
}

proptest! {
    #[test]
    fn nothing_acknowledged_is_lost_and_nothing_is_there_twice(
        events in proptest::collection::vec(any_event(), 0..60),
    ) {
        let mut browser = Browser::open();
        for event in events {
            browser.live(event);
        }
        // The power fails once more, and then all is well.
        browser.disk.fail_after(0, Fault::Crash);
        browser.answer(0);
        browser.start();
        let stored = now(browser.tabs[0].store.read()).unwrap();
        prop_assert_eq!(&stored.aside, &[]);
        for entry in browser.acknowledged.iter() {
            prop_assert!(stored.log.contains(entry), "{:?} is lost", entry);
        }
        let mut names: Vec<_> = stored.log.iter().map(|entry| &entry.id).collect();
        names.dedup();
        prop_assert_eq!(names.len(), stored.log.len(), "a name is there twice");
        for (key, exam) in &browser.exams {
            let there = stored.shelves.get(exam.shelf, key);
            // A later state may have been written through without a word of it.
            prop_assert!(there >= Some(exam), "{:?} is lost", exam);
        }
    }
}

#[test]
fn a_crash_before_the_disk_has_it_leaves_nothing_and_after_it_everything() {
    for (after, expected) in [(0, 0), (1, 0), (2, 0), (3, 1)] {
        let disk = Rc::default();
        let store = MemoryLogStore::open(&disk, device(1)).unwrap();
        disk.fail_after(after, Fault::Crash);
        assert!(now(store.append(draft(1))).is_err());
        assert!(now(store.read()).is_err(), "the tab is gone");
        let again = MemoryLogStore::open(&disk, device(2)).unwrap();
        assert_eq!(now(again.read()).unwrap().log.len(), expected, "{after}");
        let next = now(again.append(draft(2))).unwrap();
        assert_eq!(
            next.id.device,
            device(1),
            "the disk belongs to its first device"
        );
        assert_eq!(next.id.counter, expected as u64 + 1);
    }
}

#[test]
fn what_is_kept_later_is_later_though_the_clock_went_back() {
    let store = MemoryLogStore::new(device(1));
    now(store.keep(kept(Shelf::Exams, "mock", 9, Some("begun")))).unwrap();
    let over = now(store.keep(kept(Shelf::Exams, "mock", 5, Some("over")))).unwrap();
    assert_eq!(over.changed_at.millis(), 10);
    let removed = now(store.keep(kept(Shelf::Exams, "mock", 5, None))).unwrap();
    now(store.merge(&Stored {
        shelves: [over].into_iter().collect(),
        ..Stored::default()
    }))
    .unwrap();
    let stored = now(store.read()).unwrap();
    assert_eq!(stored.shelves.get(Shelf::Exams, "mock"), Some(&removed));
    assert_eq!(stored.shelves.on(Shelf::Exams).count(), 0);
}
