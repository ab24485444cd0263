//! Words that several rooms need. No logic of any one room.

mod arn;
mod blob;
mod diagnostic;
mod route;
mod timestamp;

pub use arn::{AccountId, Arn, ParseArnError};
pub use blob::{Blob, ParseHexError, hex, parse_hex};
pub use diagnostic::{Diagnostic, Lines, Place, Severity, Span};
pub use route::{Location, Route, UnknownRoute};
pub use timestamp::{ParseTimestampError, Timestamp};
