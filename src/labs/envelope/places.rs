//! What lies where.

use crate::labs::bench::{Chip, Kind, count_bytes};
use crate::labs::envelope::message::Message;
use crate::labs::envelope::run::Envelope;
use crate::labs::envelope::{Flip, Part};

impl Envelope {
    pub(super) fn browser(&self) -> Vec<Chip> {
        let text = Chip::text(
            Kind::Plaintext,
            "plaintext",
            count_bytes(self.text.len()),
            &self.text,
        );
        let context = Chip::text(
            Kind::Context,
            "encryption context",
            "sent in the clear",
            self.context.readable(),
        );
        let mut chips = vec![text, context];
        if let Some(key) = &self.data_key {
            chips.push(match (&key.plain, &self.unwrapped) {
                (Some(plain), _) | (None, Some(plain)) => {
                    Chip::bytes(Kind::Key, "data key", plain.as_bytes())
                }
                (None, None) => Chip::gone(Kind::Key, "data key", "wiped"),
            });
            if self.stored.is_none() {
                chips.push(Chip::bytes(Kind::Key, "wrapped data key", &key.wrapped));
            }
        }
        if let (Some(sealed), None) = (&self.sealed, &self.stored) {
            chips.extend(message_chips(&sealed.message, None).into_iter().skip(1));
        }
        if let Some(text) = &self.decrypted {
            chips.push(Chip::text(Kind::Plaintext, "decrypted", "read back", text));
        }
        chips
    }

    pub(super) fn kms(&self) -> Vec<Chip> {
        let chip = self.key.as_ref().map(|key| {
            let material = &key.current_key_material_id[..8];
            Chip::text(
                Kind::Key,
                "KMS key",
                &key.key_state,
                format!("{} · material {material}…", key.key_id),
            )
        });
        chip.into_iter().collect()
    }

    pub(super) fn s3(&self) -> Vec<Chip> {
        self.stored
            .as_ref()
            .map_or_else(Vec::new, |stored| message_chips(stored, self.flip))
    }
}

fn message_chips(message: &Message, flip: Option<Flip>) -> Vec<Chip> {
    let chip = |part: Part| {
        let kind = match part {
            Part::WrappedKey => Kind::Key,
            Part::Nonce => Kind::Nonce,
            Part::Ciphertext => Kind::Ciphertext,
            Part::Tag => Kind::Tag,
        };
        let changed = flip.filter(|flip| flip.part == part).map(|flip| flip.byte);
        Chip::bytes(kind, part.name(), message.part(part)).with_changed(changed)
    };
    Part::ALL.map(chip).to_vec()
}
