//! Requests and responses as they travel.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::Blob;

/// A request as it reaches an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Percent-encoded, up to the `?`.
    pub path: String,
    /// Percent-encoded, what follows the `?`.
    pub query: String,
    /// Among them `host`, which names service and Region.
    pub headers: Headers,
    /// Any bytes.
    pub body: Blob,
}

/// What an endpoint answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// In the order they were set.
    pub headers: Headers,
    /// Any bytes.
    pub body: Blob,
}

impl HttpResponse {
    /// A response of status `status` with nothing in it.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Headers::default(),
            body: Blob::default(),
        }
    }

    /// A response in the JSON protocol that KMS speaks.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        let mut response = Self::empty(status);
        response
            .headers
            .set("content-type", "application/x-amz-json-1.1");
        response.body = Blob(body.to_string().into_bytes());
        response
    }

    /// Whether the status is one of success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Header fields. Names do not tell case apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first value of a header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut matching = self.0.iter().filter(|(other, _)| is_same(other, name));
        matching.next().map(|(_, value)| value.as_str())
    }

    /// Sets a header, in place of all that it held.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// Takes a header away.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| !is_same(other, name));
    }

    /// Names and values in the order they were set.
    #[must_use]
    pub fn as_slice(&self) -> &[(String, String)] {
        &self.0
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let fields = fields
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        Self(fields.collect())
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// A service that can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Key Management Service.
    Kms,
    /// Simple Storage Service.
    S3,
}

impl Service {
    /// The name in hosts, in credential scopes and before the colon of actions.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Kms => "kms",
            Self::S3 => "s3",
        }
    }

    fn from_prefix(prefix: &str) -> Option<Self> {
        match prefix {
            "kms" => Some(Self::Kms),
            "s3" => Some(Self::S3),
            _ => None,
        }
    }
}

/// Where a request goes: a service in a Region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// The service.
    pub service: Service,
    /// Such as `us-east-1`.
    pub region: String,
}

impl Endpoint {
    /// The service in a Region, if `region` has the form of a Region code.
    #[must_use]
    pub fn new(service: Service, region: &str) -> Option<Self> {
        is_region(region).then(|| Self {
            service,
            region: region.to_owned(),
        })
    }

    /// The endpoint that the request's host names, as `kms.us-east-1.amazonaws.com` does.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let host = request.headers.get("host")?.to_ascii_lowercase();
        let (service, region) = host.strip_suffix(".amazonaws.com")?.split_once('.')?;
        Self::new(Service::from_prefix(service)?, region)
    }

    /// The name of its host.
    #[must_use]
    pub fn host(&self) -> String {
        format!("{}.{}.amazonaws.com", self.service.prefix(), self.region)
    }
}

/// Whether the text has the form of a Region code, such as `us-east-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return false;
    };
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    words.len() >= 2
        && words.iter().all(is_word)
        && number.len() == 1
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request_to(host: &str) -> HttpRequest {
        HttpRequest {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            query: String::new(),
            headers: [("Host", host)].into_iter().collect(),
            body: Blob::default(),
        }
    }

    #[test]
    fn a_host_names_a_service_and_a_region() {
        let endpoint = Endpoint::of(&request_to("kms.ap-southeast-2.amazonaws.com")).unwrap();
        assert_eq!(endpoint.service, Service::Kms);
        assert_eq!(endpoint.region, "ap-southeast-2");
        for host in [
            "",
            "kms.amazonaws.com",
            "kms.moon.amazonaws.com",
            "kms.us-east-1.example.com",
        ] {
            assert_eq!(Endpoint::of(&request_to(host)), None, "{host}");
        }
    }
}
