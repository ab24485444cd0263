//! Who asks.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base::{AccountId, Arn};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The root user of an account.
    Root {
        /// `aws`, `aws-cn` or `aws-us-gov`.
        partition: String,
        /// The account.
        account: AccountId,
    },
    /// An IAM user.
    User {
        /// Such as `arn:aws:iam::111122223333:user/path/alice`.
        arn: Arn,
        /// The account in it.
        account: AccountId,
    },
    /// A session of an IAM role.
    Role(RoleSession),
    /// A session from `GetFederationToken`.
    FederatedUser {
        /// Such as `arn:aws:sts::111122223333:federated-user/alice`.
        arn: Arn,
        /// The account in it.
        account: AccountId,
        /// The user that asked for the session, where known; its policies are the session's.
        user: Option<Arn>,
    },
    /// An AWS service, such as `lambda.amazonaws.com`.
    Service(String),
    /// Someone signed in at an identity provider who has no session yet.
    Federated {
        /// The provider's host name or ARN.
        provider: String,
    },
    /// Nobody known.
    Anonymous,
}

/// A session of an IAM role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSession {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// The role's account.
    pub account: AccountId,
    /// The role's path, which the session's ARN never shows; `/` where nobody gave it one.
    pub path: String,
    /// The role's name without path.
    pub role: String,
    /// The session's name; nothing where only the role is known.
    pub session: Option<String>,
}

impl RoleSession {
    /// `arn:aws:iam::111122223333:role/path/name`.
    #[must_use]
    pub fn role_arn(&self) -> Arn {
        self.named("iam", format!("role{}{}", self.path, self.role))
    }

    /// `arn:aws:sts::111122223333:assumed-role/name/session`; the role's ARN where no session is known.
    #[must_use]
    pub fn arn(&self) -> Arn {
        self.session.as_ref().map_or_else(
            || self.role_arn(),
            |session| self.named("sts", format!("assumed-role/{}/{session}", self.role)),
        )
    }

    /// Whether the role belongs to a service, which organization policies do not limit.
    #[must_use]
    pub fn is_service_linked(&self) -> bool {
        Self::is_named_service_linked(&self.role)
    }

    pub(super) fn is_named_service_linked(role: &str) -> bool {
        role.starts_with("AWSServiceRoleFor")
    }

    fn named(&self, service: &str, resource: String) -> Arn {
        Arn {
            partition: self.partition.clone(),
            ..Arn::aws(service, "", self.account.as_str(), resource)
        }
    }
}

impl Principal {
    /// The caller's account; services, signed-in strangers and the anonymous have none.
    #[must_use]
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Root { account, .. }
            | Self::User { account, .. }
            | Self::FederatedUser { account, .. } => Some(account),
            Self::Role(session) => Some(&session.account),
            Self::Service(_) | Self::Federated { .. } | Self::Anonymous => None,
        }
    }

    /// The caller's own ARN, where it has one.
    #[must_use]
    pub fn arn(&self) -> Option<Arn> {
        match self {
            Self::Root { partition, account } => Some(Arn {
                partition: partition.clone(),
                ..Arn::aws("iam", "", account.as_str(), "root")
            }),
            Self::User { arn, .. } | Self::FederatedUser { arn, .. } => Some(arn.clone()),
            Self::Role(session) => Some(session.arn()),
            Self::Service(_) | Self::Federated { .. } | Self::Anonymous => None,
        }
    }

    /// What `aws:PrincipalArn` holds: the caller's ARN, for a role session that of the role.
    #[must_use]
    pub fn principal_arn(&self) -> Option<Arn> {
        match self {
            Self::Role(session) => Some(session.role_arn()),
            other => other.arn(),
        }
    }

    /// What `aws:PrincipalType` holds, where AWS names a value.
    #[must_use]
    pub fn principal_type(&self) -> Option<&'static str> {
        match self {
            Self::Root { .. } => Some("Account"),
            Self::User { .. } => Some("User"),
            Self::Role(_) => Some("AssumedRole"),
            Self::FederatedUser { .. } => Some("FederatedUser"),
            Self::Anonymous => Some("Anonymous"),
            Self::Service(_) | Self::Federated { .. } => None,
        }
    }

    /// Whether this is a session of a service-linked role.
    #[must_use]
    pub fn is_service_linked(&self) -> bool {
        matches!(self, Self::Role(session) if session.is_service_linked())
    }

    fn of_arn(arn: Arn) -> Result<Self, ParsePrincipalError> {
        let account = AccountId::new(&arn.account).ok_or(ParsePrincipalError::Account)?;
        let (kind, name) = arn.resource.split_once('/').unwrap_or((&arn.resource, ""));
        match (arn.service.as_str(), kind, name) {
            ("iam", "root", "") => Ok(Self::Root {
                partition: arn.partition,
                account,
            }),
            (_, _, "") => Err(ParsePrincipalError::Kind),
            ("iam", "user", _) => Ok(Self::User { arn, account }),
            ("sts", "federated-user", _) => Ok(Self::FederatedUser {
                arn,
                account,
                user: None,
            }),
            ("sts", "assumed-role", _) => {
                let (role, session) = name.split_once('/').ok_or(ParsePrincipalError::Session)?;
                Ok(Self::Role(RoleSession {
                    account,
                    path: "/".to_owned(),
                    role: role.to_owned(),
                    session: Some(session.to_owned()),
                    partition: arn.partition,
                }))
            }
            ("iam", "role", _) => {
                let (path, role) = name
                    .rsplit_once('/')
                    .map_or(("/".to_owned(), name), |(path, role)| {
                        (format!("/{path}/"), role)
                    });
                Ok(Self::Role(RoleSession {
                    account,
                    path,
                    role: role.to_owned(),
                    session: None,
                    partition: arn.partition,
                }))
            }
            _ => Err(ParsePrincipalError::Kind),
        }
    }
}

/// An ARN, a service's host name or `anonymous`.
impl FromStr for Principal {
    type Err = ParsePrincipalError;

    fn from_str(text: &str) -> Result<Self, ParsePrincipalError> {
        if let Ok(arn) = text.parse() {
            return Self::of_arn(arn);
        }
        let is_host = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
        };
        let is_service = text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
        match text {
            "anonymous" => Ok(Self::Anonymous),
            _ if is_service && is_host(text) => Ok(Self::Service(text.to_owned())),
            _ => Err(ParsePrincipalError::Form),
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(service) => f.write_str(service),
            Self::Federated { provider } => f.write_str(provider),
            Self::Anonymous => f.write_str("anonymous"),
            Self::Root { .. } | Self::User { .. } | Self::Role(_) | Self::FederatedUser { .. } => {
                let arn = self.arn().expect("these kinds of caller have an ARN");
                write!(f, "{arn}")
            }
        }
    }
}

/// How a principal is written in JSON: a text, or an object for those that have no name.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Name(String),
    Kind(Kind),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type")]
enum Kind {
    Anonymous,
    Federated { provider: String },
}

impl Serialize for Principal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Anonymous => Written::Kind(Kind::Anonymous),
            Self::Federated { provider } => Written::Kind(Kind::Federated {
                provider: provider.clone(),
            }),
            named => Written::Name(named.to_string()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Principal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer) {
            Ok(Written::Name(name)) => name.parse().map_err(serde::de::Error::custom),
            Ok(Written::Kind(Kind::Anonymous)) => Ok(Self::Anonymous),
            Ok(Written::Kind(Kind::Federated { provider })) => Ok(Self::Federated { provider }),
            Err(_) => Err(serde::de::Error::custom(ParsePrincipalError::Form)),
        }
    }
}

/// The text names no caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParsePrincipalError {
    /// Neither ARN nor service nor one of the objects.
    #[error(
        "a principal is an ARN, a service such as `lambda.amazonaws.com`, `{{\"type\":\"Anonymous\"}}` or `{{\"type\":\"Federated\",\"provider\":…}}`"
    )]
    Form,
    /// The ARN's account is not twelve digits.
    #[error("the account in the principal's ARN is not twelve digits")]
    Account,
    /// An ARN of something that makes no requests.
    #[error(
        "the principal's ARN names neither a user, a role session, a federated user nor the root user"
    )]
    Kind,
    /// A role session without its name.
    #[error("the ARN of a role session ends in `assumed-role/role-name/session-name`")]
    Session,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Principal {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_of_caller_is_told_apart_by_its_arn() {
        assert!(matches!(
            read("arn:aws:iam::111122223333:root"),
            Principal::Root { .. }
        ));
        assert!(matches!(
            read("arn:aws:iam::111122223333:user/a/bob"),
            Principal::User { .. }
        ));
        assert!(matches!(
            read("arn:aws:sts::111122223333:federated-user/bob"),
            Principal::FederatedUser { .. }
        ));
        assert_eq!(
            read("lambda.amazonaws.com"),
            Principal::Service("lambda.amazonaws.com".into())
        );
        assert_eq!(
            read("cognito-idp.amazonaws.com"),
            Principal::Service("cognito-idp.amazonaws.com".into())
        );
        for wrong in [
            "",
            "a_b.amazonaws.com",
            "a/b.amazonaws.com",
            "bob",
            "arn:aws:iam::1:root",
            "arn:aws:s3:::bucket",
            "arn:aws:iam::111122223333:group/g",
            "arn:aws:sts::111122223333:assumed-role/only-role",
            "arn:aws:iam::111122223333:user/",
        ] {
            assert!(wrong.parse::<Principal>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_session_knows_its_role() {
        let caller = read("arn:aws:sts::111122223333:assumed-role/Admin/alice");
        assert_eq!(
            caller.principal_arn().unwrap().to_string(),
            "arn:aws:iam::111122223333:role/Admin"
        );
        assert_eq!(
            caller.to_string(),
            "arn:aws:sts::111122223333:assumed-role/Admin/alice"
        );
        assert!(!caller.is_service_linked());
        assert!(
            read("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSSO/x")
                .is_service_linked()
        );
    }

    #[test]
    fn a_principal_travels_as_json() {
        for json in [
            "\"arn:aws:iam::111122223333:user/bob\"",
            "\"s3.amazonaws.com\"",
            r#"{"type":"Anonymous"}"#,
            r#"{"type":"Federated","provider":"accounts.google.com"}"#,
        ] {
            let principal: Principal = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&principal).unwrap(), json);
        }
        assert!(serde_json::from_str::<Principal>(r#"{"type":"Martian"}"#).is_err());
    }
}
