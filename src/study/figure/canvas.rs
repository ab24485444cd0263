//! The paper that layouts draw on.

use super::{Anchor, Drawing, LETTERS, Shape, Tone};

/// About how wide a letter is: a little more than most are, so that texts keep apart.
const LETTER: f32 = 0.58 * LETTERS;

/// The height of a line of text.
pub(super) const LINE: f32 = 18.0;

/// A drawing in the making.
pub(in crate::study) struct Canvas {
    drawing: Drawing,
}

impl Canvas {
    pub(super) fn new(width: f32) -> Self {
        Self {
            drawing: Drawing {
                width,
                ..Drawing::default()
            },
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.drawing.width
    }

    /// The drawing reaches down to here, at least.
    pub(super) fn reach(&mut self, height: f32) {
        self.drawing.height = self.drawing.height.max(height);
    }

    pub(super) fn rect(&mut self, at: (f32, f32), size: (f32, f32), tone: Tone, hint: String) {
        self.drawing.shapes.push(Shape::Rect {
            x: tenth(at.0),
            y: tenth(at.1),
            width: tenth(size.0),
            height: tenth(size.1),
            tone,
            hint,
        });
    }

    pub(super) fn line(&mut self, points: impl IntoIterator<Item = (f32, f32)>, tone: Tone) {
        let points = points.into_iter().map(|(x, y)| (tenth(x), tenth(y)));
        self.drawing.shapes.push(Shape::Line {
            points: points.collect(),
            tone,
        });
    }

    /// A text that stands on the base line at `at`, moved and cut so that it lies within the drawing.
    pub(super) fn text(&mut self, at: (f32, f32), anchor: Anchor, words: &str) {
        let words = fitting(words, self.width());
        let width = text_width(&words);
        let room = (self.width() - width).max(0.0);
        let x = match anchor {
            Anchor::Start => at.0.clamp(0.0, room),
            Anchor::Middle => at.0.clamp(width / 2.0, room + width / 2.0),
            Anchor::End => at.0.clamp(width, room + width),
        };
        self.drawing.shapes.push(Shape::Text {
            x: tenth(x),
            y: tenth(at.1),
            anchor,
            words,
        });
    }

    /// What the tones mean, from the left, in as many lines as it takes; gives the place below.
    pub(super) fn legend(&mut self, top: f32, entries: &[(Tone, &str)]) -> f32 {
        const SWATCH: f32 = 10.0;
        const GAP: f32 = 16.0;
        let (mut x, mut y) = (0.0, top);
        for &(tone, words) in entries {
            let width = SWATCH + 5.0 + text_width(words);
            if x > 0.0 && x + width > self.width() {
                (x, y) = (0.0, y + LINE);
            }
            let size = (SWATCH, SWATCH);
            self.rect((x, y + 4.0), size, tone, String::new());
            let at = (x + SWATCH + 5.0, y + 13.0);
            self.text(at, Anchor::Start, words);
            x += width + GAP;
        }
        if entries.is_empty() { top } else { y + LINE }
    }

    pub(super) fn finish(self) -> Drawing {
        self.drawing
    }
}

/// About how wide a text is.
pub(super) fn text_width(words: &str) -> f32 {
    words.chars().count() as f32 * LETTER
}

/// `words`, cut with an ellipsis where they are wider than `width`.
pub(super) fn fitting(words: &str, width: f32) -> String {
    let most = (width / LETTER) as usize;
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn tenth(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}
