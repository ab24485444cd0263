//! The long way to believe in authenticated encryption: change every bit, one at a time.

use crate::labs::envelope::application::World;
use crate::labs::envelope::message::{Message, open};
use crate::labs::envelope::run::Envelope;
use crate::labs::envelope::{ContextPair, Step};
use crate::labs::{Finding, Progress, Recording, Session};

/// How many bits are tried between two words about progress.
const SAY_EVERY: usize = 64;

/// Flips each bit of the stored message, one at a time, and tries to read the text each time.
pub fn flip_every_bit(recording: Recording<Step>, say: &mut dyn FnMut(Progress)) -> Finding {
    let session = Session::<Envelope>::replay(recording);
    let mut counts = Counts::default();
    if let Some((world, message, context)) = session.lab().stored_intact() {
        let total = message.bits().count();
        let mut world = world.clone();
        for (done, flip) in message.bits().enumerate() {
            if done % SAY_EVERY == 0 {
                say(Progress { done, total });
            }
            counts.add(read(&mut world, &message.flipped(flip), context));
        }
        say(Progress { done: total, total });
    }
    Finding::EveryBit {
        tried: counts.by_kms + counts.here + counts.read,
        refused_by_kms: counts.by_kms,
        refused_here: counts.here,
        read: counts.read,
    }
}

#[derive(Default)]
struct Counts {
    by_kms: usize,
    here: usize,
    read: usize,
}

impl Counts {
    fn add(&mut self, outcome: Result<(), Refusal>) {
        match outcome {
            Ok(()) => self.read += 1,
            Err(Refusal::Kms) => self.by_kms += 1,
            Err(Refusal::Aead) => self.here += 1,
        }
    }
}

enum Refusal {
    Kms,
    Aead,
}

fn read(world: &mut World, message: &Message, context: &ContextPair) -> Result<(), Refusal> {
    let answer = world.unwrap(message, context);
    let key = answer.result.map_err(|_| Refusal::Kms)?;
    open(&key, &message.sealed, context).map_err(|_| Refusal::Aead)?;
    Ok(())
}
