//! Reading the members of a request, and what AWS answers where they are wrong.

use serde_json::{Map, Number, Value};

use super::context::EncryptionContext;
use crate::base::{Blob, Timestamp};
use crate::cloud::ServiceError;

/// The members of a request. What violates a constraint is collected, so that one answer names all of it.
#[derive(Debug)]
pub(super) struct Parameters {
    members: Map<String, Value>,
    violations: Vec<String>,
}

/// The JSON object of a request's body; no body is an empty one.
pub(super) fn read_body(body: &[u8]) -> Result<Map<String, Value>, ServiceError> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(serialization("Start of structure expected")),
        Err(_) => Err(serialization("the body is not JSON")),
    }
}

/// The bounds of a length or a number, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds(pub u64, pub u64);

const KEY_ID: Bounds = Bounds(1, 2048);

impl Parameters {
    pub fn new(members: Map<String, Value>) -> Self {
        Self {
            members,
            violations: Vec::new(),
        }
    }

    /// Ends reading: refuses if anything was violated.
    pub fn check(&self) -> Result<(), ServiceError> {
        if self.violations.is_empty() {
            return Ok(());
        }
        let count = self.violations.len();
        let plural = if count == 1 { "" } else { "s" };
        let violations = self.violations.join("; ");
        Err(validation(format!(
            "{count} validation error{plural} detected: {violations}"
        )))
    }

    /// Refuses what this KMS does not do yet rather than passing over it.
    pub fn refuse(&self, names: &[&str]) -> Result<(), ServiceError> {
        match names.iter().find(|name| self.present(name).is_some()) {
            Some(name) => Err(unsupported(format!("`{name}` is not supported here"))),
            None => Ok(()),
        }
    }

    pub fn key_id(&mut self, name: &str) -> Result<String, ServiceError> {
        self.required(name, Self::optional_key_id)
    }

    pub fn optional_key_id(&mut self, name: &str) -> Result<Option<String>, ServiceError> {
        self.text(name, KEY_ID)
    }

    /// A member that has to be there. Its default is never used, because [`Parameters::check`] refuses first.
    pub fn required<T: Default>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Result<Option<T>, ServiceError>,
    ) -> Result<T, ServiceError> {
        let value = read(self, name)?;
        if value.is_none() {
            self.violate("null", name, "Member must not be null");
        }
        Ok(value.unwrap_or_default())
    }

    pub fn text(&mut self, name: &str, length: Bounds) -> Result<Option<String>, ServiceError> {
        let Some(value) = self.present(name) else {
            return Ok(None);
        };
        let Value::String(text) = value else {
            return Err(wrong_type(value, "String"));
        };
        let text = text.clone();
        let count = text.chars().count() as u64;
        self.check_bounds(&format!("'{text}'"), name, "length", count, length);
        Ok(Some(text))
    }

    /// One of a fixed set of words.
    pub fn one_of(&mut self, name: &str, words: &[&str]) -> Result<Option<String>, ServiceError> {
        let text = self.text(name, Bounds(0, u64::MAX))?;
        if let Some(text) = &text
            && !words.contains(&text.as_str())
        {
            let set = words.join(", ");
            let constraint = format!("Member must satisfy enum value set: [{set}]");
            self.violate(&format!("'{text}'"), name, &constraint);
        }
        Ok(text)
    }

    pub fn number(&mut self, name: &str, bounds: Bounds) -> Result<Option<u64>, ServiceError> {
        let Some(value) = self.present(name) else {
            return Ok(None);
        };
        let Some(number) = value.as_number().and_then(whole) else {
            return Err(wrong_type(value, "Integer"));
        };
        // Every bound begins at one or above, so a negative number is as far outside as zero.
        let number_or_zero = u64::try_from(number).unwrap_or(0);
        self.check_bounds(
            &format!("'{number}'"),
            name,
            "value",
            number_or_zero,
            bounds,
        );
        Ok(Some(number_or_zero))
    }

    pub fn flag(&mut self, name: &str) -> Result<bool, ServiceError> {
        match self.present(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(wrong_type(other, "Boolean")),
        }
    }

    /// Bytes in base64. AWS's messages never show them.
    pub fn blob(&mut self, name: &str, length: Bounds) -> Result<Option<Vec<u8>>, ServiceError> {
        let Some(value) = self.present(name) else {
            return Ok(None);
        };
        let Value::String(text) = value else {
            return Err(wrong_type(value, "Blob"));
        };
        let Blob(bytes) = Blob::from_base64(text)
            .ok_or_else(|| serialization("Blob value is not valid base64"))?;
        self.check_bounds("", name, "length", bytes.len() as u64, length);
        Ok(Some(bytes))
    }

    pub fn encryption_context(&mut self, name: &str) -> Result<EncryptionContext, ServiceError> {
        let pairs = match self.present(name) {
            None => return Ok(EncryptionContext::default()),
            Some(Value::Object(pairs)) => pairs,
            Some(other) => return Err(wrong_type(other, "Map")),
        };
        let text = |(key, value): (&String, &Value)| match value {
            Value::String(value) => Ok((key.clone(), value.clone())),
            other => Err(wrong_type(other, "String")),
        };
        pairs.iter().map(text).collect()
    }

    /// No grants can be made yet, so no token can be one.
    pub fn grant_tokens(&mut self) -> Result<(), ServiceError> {
        match self.present("GrantTokens") {
            None => Ok(()),
            Some(Value::Array(tokens)) if tokens.is_empty() => Ok(()),
            Some(Value::Array(_)) => Err(ServiceError::bad_request(
                "InvalidGrantTokenException",
                "Invalid grant token.",
            )),
            Some(other) => Err(wrong_type(other, "List")),
        }
    }

    /// `[{"TagKey": …, "TagValue": …}]`.
    pub fn tags(&mut self) -> Result<Vec<(String, String)>, ServiceError> {
        let tags = match self.present("Tags") {
            None => return Ok(Vec::new()),
            Some(Value::Array(tags)) => tags.clone(),
            Some(other) => return Err(wrong_type(other, "List")),
        };
        let mut read = Vec::new();
        for tag in tags {
            let Value::Object(members) = tag else {
                return Err(wrong_type(&tag, "Structure"));
            };
            let mut tag = Self::new(members);
            let key = tag.required("TagKey", |tag, name| tag.text(name, Bounds(1, 128)))?;
            let value = tag.required("TagValue", |tag, name| tag.text(name, Bounds(0, 256)))?;
            self.violations.append(&mut tag.violations);
            read.push((key, value));
        }
        Ok(read)
    }

    pub fn violate(&mut self, value: &str, name: &str, constraint: &str) {
        let value = if value.is_empty() {
            String::new()
        } else {
            format!("{value} ")
        };
        let name = lower_first(name);
        self.violations.push(format!(
            "Value {value}at '{name}' failed to satisfy constraint: {constraint}"
        ));
    }

    fn check_bounds(&mut self, value: &str, name: &str, what: &str, number: u64, bounds: Bounds) {
        let Bounds(least, most) = bounds;
        if number < least {
            let constraint = format!("Member must have {what} greater than or equal to {least}");
            self.violate(value, name, &constraint);
        }
        if number > most {
            let constraint = format!("Member must have {what} less than or equal to {most}");
            self.violate(value, name, &constraint);
        }
    }

    /// A member that is there and not `null`.
    fn present(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }
}

/// A time in the JSON protocol: seconds since the epoch, a fraction where there is one.
pub(super) fn epoch(at: Timestamp) -> Value {
    if at.millis() % 1000 == 0 {
        Value::from(at.seconds())
    } else {
        Number::from_f64(at.millis() as f64 / 1000.0).map_or(Value::Null, Value::Number)
    }
}

/// The same object with every member's first letter in lower case, as the trail writes it.
pub(super) fn lower_camel(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter();
            let lowered = members.map(|(name, value)| (lower_first(name), lower_camel(value)));
            Value::Object(lowered.collect())
        }
        other => other.clone(),
    }
}

pub(super) fn lower_first(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("AWS") {
        return format!("aws{rest}");
    }
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

pub(super) fn validation(message: impl Into<String>) -> ServiceError {
    ServiceError::bad_request("ValidationException", message)
}

pub(super) fn unsupported(message: impl Into<String>) -> ServiceError {
    ServiceError::bad_request("UnsupportedOperationException", message)
}

fn serialization(message: &str) -> ServiceError {
    ServiceError::bad_request("SerializationException", message)
}

fn wrong_type(value: &Value, expected: &str) -> ServiceError {
    let kind = match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => return serialization("Unexpected list found where not expected."),
        Value::Object(_) => {
            return serialization("Start of structure or map found where not expected.");
        }
    };
    serialization(&format!("{kind} can not be converted to a {expected}"))
}

/// A whole number in the range of 32 bits, as AWS's integers are.
fn whole(number: &Number) -> Option<i64> {
    number
        .as_i64()
        .filter(|&number| i32::try_from(number).is_ok())
}
