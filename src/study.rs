//! What the learner knows: the review log and all that is derived from it.
