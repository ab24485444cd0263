//! The keeper: a wasm module in a worker, which holds the browser's store. A thin face on `door::Keeper`.

mod log_store;
#[path = "../worker.rs"]
mod worker;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use cipherdeck::door::Keeper;
use cipherdeck::store::StoreError;
use cipherdeck::study::DeviceId;
use log_store::IndexedDbLogStore;
use wasm_bindgen_futures::spawn_local;

fn main() {
    spawn_local(async {
        let mut fresh = [0; 8];
        getrandom::fill(&mut fresh)
            .expect("a browser that runs WebAssembly has a random generator");
        let opened = IndexedDbLogStore::open(&name(), DeviceId::from_random(fresh)).await;
        let keeper = Rc::new(Keeper::new(opened));
        give_way(&keeper);
        serve(keeper);
    });
}

/// Answers one message after the other: each sees what the one before has written.
fn serve(keeper: Rc<Keeper<IndexedDbLogStore>>) {
    let waiting = Rc::<RefCell<VecDeque<Vec<u8>>>>::default();
    worker::serve(&Keeper::<IndexedDbLogStore>::hello(), move |message, _| {
        waiting.borrow_mut().push_back(message.to_vec());
        if waiting.borrow().len() > 1 {
            return;
        }
        let (keeper, waiting) = (Rc::clone(&keeper), Rc::clone(&waiting));
        spawn_local(async move {
            // A message leaves when it is answered, so that nobody else begins meanwhile.
            loop {
                let Some(message) = waiting.borrow().front().cloned() else {
                    return;
                };
                worker::say(&keeper.answer(&message).await);
                waiting.borrow_mut().pop_front();
            }
        });
    });
}

/// A newer build in another tab changes the form of the database: this one lets go of it, and says so.
fn give_way(keeper: &Rc<Keeper<IndexedDbLogStore>>) {
    let Ok(store) = keeper.store() else { return };
    let Ok(mut changes) = store.version_changes() else {
        return;
    };
    let keeper = Rc::clone(keeper);
    spawn_local(async move {
        if changes.recv().await.is_some() {
            store.close();
            let why = "a newer Cipherdeck runs in another tab".to_owned();
            worker::say(&keeper.give_up(StoreError::Unavailable(why)));
        }
    });
}

/// The site's own name among those that share the host's storage: its folder, which this program lies in.
fn name() -> String {
    let path = worker::scope().location().pathname();
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    format!("cipherdeck:{folder}log")
}
