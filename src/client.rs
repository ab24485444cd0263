//! What an application does: signs requests, seals and opens messages, talks to S3.
