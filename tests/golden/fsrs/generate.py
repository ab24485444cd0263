"""Writes sequences.json: 200 random histories as py-fsrs schedules them without fuzz.

    pip install fsrs==6.3.2
    python generate.py > sequences.json

A sequence is a list of reviews, each `[rating, minutes since the sequence began, state, step, stability, difficulty,
minutes until due]`. State is 1 learning, 2 review, 3 relearning; step is null in review. Every review lies between 12:00
and 20:00 UTC and no gap of days is a part of a day, so that periods of 24 hours and local days agree. A sequence ends before
stability passes ten years: crate `fsrs` computes in f32 and py-fsrs in f64, so that a day of fifty years may round either
way, and the crate keeps stability within 36,500 days.
"""

import json
import random
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler

START = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)


def minutes(span):
    return span.total_seconds() / 60


def sequence(rng, card_id):
    scheduler = Scheduler(enable_fuzzing=False)
    card, at, reviews = Card(card_id=card_id), START, []
    for _ in range(rng.randint(3, 14)):
        rating = rng.choices([1, 2, 3, 4], [2, 2, 5, 1])[0]
        card, _ = scheduler.review_card(card, Rating(rating), at)
        if card.stability > 3650:
            break
        reviews.append([
            rating, int(minutes(at - START)), int(card.state), card.step,
            round(card.stability, 9), round(card.difficulty, 9), minutes(card.due - at),
        ])
        same_day = (card.due - at) < timedelta(hours=1) and at.hour < 19
        if same_day and rng.random() < 0.7:
            at += rng.randint(1, 50) * MINUTE
        else:
            days = max(1, round((card.due - at) / timedelta(days=1) * rng.choice([0.3, 1, 1, 1.6])))
            at += timedelta(days=days)
    return reviews


if __name__ == "__main__":
    rng = random.Random(20261122)
    rows = [json.dumps(sequence(rng, number), separators=(",", ":")) for number in range(1, 201)]
    print("[" + ",\n".join(rows) + "]")
