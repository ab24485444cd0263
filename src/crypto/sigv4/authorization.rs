//! The `Authorization` header.

use std::fmt;
use std::str::FromStr;

use super::{ALGORITHM, CredentialScope};

/// `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Names the secret that signed.
    pub access_key_id: String,
    /// What the signature is good for.
    pub scope: CredentialScope,
    /// Lower-case names, sorted.
    pub signed_headers: Vec<String>,
    /// Lower-case hexadecimal.
    pub signature: String,
}

impl fmt::Display for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={}",
            self.access_key_id,
            self.scope,
            self.signed_headers.join(";"),
            self.signature
        )
    }
}

impl FromStr for Authorization {
    type Err = ParseAuthorizationError;

    fn from_str(header: &str) -> Result<Self, ParseAuthorizationError> {
        let parameters = header
            .strip_prefix(ALGORITHM)
            .ok_or(ParseAuthorizationError::Algorithm)?;
        let parameter = |name: &'static str| {
            parameters
                .split([',', ' '])
                .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
                .filter(|value| !value.is_empty())
                .ok_or(ParseAuthorizationError::Missing(name))
        };
        let (access_key_id, scope) = credential(parameter("Credential")?)?;
        let signed_headers = parameter("SignedHeaders")?;
        Ok(Self {
            access_key_id,
            scope,
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            signature: parameter("Signature")?.to_owned(),
        })
    }
}

fn credential(text: &str) -> Result<(String, CredentialScope), ParseAuthorizationError> {
    let parts: Vec<&str> = text.split('/').collect();
    let [access_key_id, date, region, service, "aws4_request"] = parts[..] else {
        return Err(ParseAuthorizationError::Credential);
    };
    let scope = CredentialScope {
        date: date.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
    };
    Ok((access_key_id.to_owned(), scope))
}

/// The header is not of the form of Signature Version 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseAuthorizationError {
    /// It begins with another algorithm.
    #[error("expected the algorithm `{ALGORITHM}`")]
    Algorithm,
    /// One of its three parameters is missing.
    #[error("Authorization header requires '{0}' parameter.")]
    Missing(&'static str),
    /// The credential does not have five parts.
    #[error("expected a credential of the form `access-key-id/date/region/service/aws4_request`")]
    Credential,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_comes_back_and_what_is_missing_is_named() {
        let text = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/kms/aws4_request, \
                    SignedHeaders=host;x-amz-date, Signature=00ff";
        let header: Authorization = text.parse().unwrap();
        assert_eq!(header.scope.service, "kms");
        assert_eq!(header.to_string(), text);
        let parse = |text: &str| text.parse::<Authorization>().unwrap_err();
        assert_eq!(parse("Basic abc"), ParseAuthorizationError::Algorithm);
        assert_eq!(
            parse("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, Signature=00"),
            ParseAuthorizationError::Missing("SignedHeaders")
        );
        assert_eq!(
            parse("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00"),
            ParseAuthorizationError::Credential
        );
    }
}
