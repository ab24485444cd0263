//! A SQLite database, written page by page: tables, and nothing else.
//!
//! Source: <https://www.sqlite.org/fileformat2.html>

const PAGE: usize = 4096;
const HEADER: usize = 100;
const LEAF: u8 = 13;
const INTERIOR: u8 = 5;
/// The most that a leaf keeps of a row; what is longer goes on in overflow pages.
const MOST: usize = PAGE - 35;
/// What a leaf keeps of a longer row at least.
const LEAST: usize = (PAGE - 12) * 32 / 255 - 23;
/// Children of an interior page. A cell takes 13 bytes and its pointer 2 at most.
const CHILDREN: usize = 250;

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Stands for the row's own number in the column that is its primary key.
    RowId,
    Integer(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A table with its rows, by their number and in its order.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub name: &'static str,
    /// The statement that would make it.
    pub sql: &'static str,
    pub rows: Vec<(i64, Vec<Value>)>,
}

/// The file of these tables.
pub(super) fn database(tables: &[Table]) -> Vec<u8> {
    let mut file = File {
        pages: vec![vec![0; PAGE]],
    };
    let mut schema = Page::new(LEAF, HEADER);
    for (number, table) in (1..).zip(tables) {
        let root = file.table(table);
        let row = [
            "table".into(),
            table.name.into(),
            table.name.into(),
            i64::from(root).into(),
            table.sql.into(),
        ];
        let cell = file.leaf_cell(number, &row);
        assert!(schema.take(&cell), "the names of a few tables fit one page");
    }
    file.pages[0] = schema.finish(0);
    let pages = u32::try_from(file.pages.len()).expect("a course is far below 4 billion pages");
    file.pages[0][..HEADER].copy_from_slice(&header(pages));
    file.pages.concat()
}

fn header(pages: u32) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"SQLite format 3\0");
    put(16, &(PAGE as u16).to_be_bytes());
    // Written and read by any version; fractions of pages as the form fixes them.
    put(18, &[1, 1, 0, 64, 32, 32]);
    put(24, &1u32.to_be_bytes());
    put(28, &pages.to_be_bytes());
    // The schema's version, and its form.
    put(40, &1u32.to_be_bytes());
    put(44, &4u32.to_be_bytes());
    // UTF-8.
    put(56, &1u32.to_be_bytes());
    // The size in pages holds for change 1, and version 3.46 could have written it.
    put(92, &1u32.to_be_bytes());
    put(96, &3_046_000u32.to_be_bytes());
    header
}

struct File {
    pages: Vec<Vec<u8>>,
}

impl File {
    /// Adds a page and gives its number, from 1.
    fn push(&mut self, page: Vec<u8>) -> u32 {
        self.pages.push(page);
        u32::try_from(self.pages.len()).expect("a course is far below 4 billion pages")
    }

    /// Adds the pages of a table and gives the number of its root.
    fn table(&mut self, table: &Table) -> u32 {
        let mut level = self.leaves(&table.rows);
        while level.len() > 1 {
            let pages = level.chunks(CHILDREN).map(interior);
            let pages: Vec<(Vec<u8>, i64)> = pages.collect();
            let number = |(page, last)| (self.push(page), last);
            level = pages.into_iter().map(number).collect();
        }
        level[0].0
    }

    /// The pages of the rows, each with the number of its last row.
    fn leaves(&mut self, rows: &[(i64, Vec<Value>)]) -> Vec<(u32, i64)> {
        let mut leaves = Vec::new();
        let mut page = Page::new(LEAF, 0);
        let mut last = 0;
        for (number, row) in rows {
            let cell = self.leaf_cell(*number, row);
            if !page.take(&cell) {
                let full = std::mem::replace(&mut page, Page::new(LEAF, 0));
                leaves.push((self.push(full.finish(0)), last));
                assert!(page.take(&cell), "a cell never outgrows a page");
            }
            last = *number;
        }
        leaves.push((self.push(page.finish(0)), last));
        leaves
    }

    fn leaf_cell(&mut self, number: i64, row: &[Value]) -> Vec<u8> {
        let payload = record(row);
        let mut cell = Vec::new();
        varint(&mut cell, payload.len() as u64);
        varint(&mut cell, number as u64);
        let kept = kept(payload.len());
        cell.extend(&payload[..kept]);
        if kept < payload.len() {
            let first = self.overflow(&payload[kept..]);
            cell.extend(first.to_be_bytes());
        }
        cell
    }

    /// Adds a chain of pages for `rest` and gives the number of the first.
    fn overflow(&mut self, rest: &[u8]) -> u32 {
        let mut next: u32 = 0;
        let chunks: Vec<&[u8]> = rest.chunks(PAGE - 4).collect();
        // From the end, because each names the one behind it.
        for chunk in chunks.into_iter().rev() {
            let mut page = next.to_be_bytes().to_vec();
            page.extend(chunk);
            page.resize(PAGE, 0);
            next = self.push(page);
        }
        next
    }
}

/// How much of a row of this length a leaf keeps.
fn kept(length: usize) -> usize {
    if length <= MOST {
        return length;
    }
    let fitting = LEAST + (length - LEAST) % (PAGE - 4);
    if fitting <= MOST { fitting } else { LEAST }
}

/// The page above these, with the number of its last row.
fn interior(children: &[(u32, i64)]) -> (Vec<u8>, i64) {
    let (&(right, last), others) = children.split_last().expect("no chunk is empty");
    let mut page = Page::new(INTERIOR, 0);
    for (child, number) in others {
        let mut cell = child.to_be_bytes().to_vec();
        varint(&mut cell, *number as u64);
        assert!(page.take(&cell), "so many children fit one page");
    }
    (page.finish(right), last)
}

/// A page of a tree: pointers grow from its beginning, cells from its end.
struct Page {
    kind: u8,
    start: usize,
    pointers: Vec<u16>,
    bytes: Vec<u8>,
    free_end: usize,
}

impl Page {
    fn new(kind: u8, start: usize) -> Self {
        Self {
            kind,
            start,
            pointers: Vec::new(),
            bytes: vec![0; PAGE],
            free_end: PAGE,
        }
    }

    fn head(&self) -> usize {
        self.start + if self.kind == INTERIOR { 12 } else { 8 }
    }

    /// Takes a cell in where there is room.
    fn take(&mut self, cell: &[u8]) -> bool {
        let free_start = self.head() + 2 * (self.pointers.len() + 1);
        if free_start + cell.len() > self.free_end {
            return false;
        }
        self.free_end -= cell.len();
        self.bytes[self.free_end..][..cell.len()].copy_from_slice(cell);
        self.pointers.push(self.free_end as u16);
        true
    }

    fn finish(mut self, right: u32) -> Vec<u8> {
        let count = self.pointers.len() as u16;
        let head = &mut self.bytes[self.start..];
        head[0] = self.kind;
        head[3..5].copy_from_slice(&count.to_be_bytes());
        head[5..7].copy_from_slice(&(self.free_end as u16).to_be_bytes());
        if self.kind == INTERIOR {
            head[8..12].copy_from_slice(&right.to_be_bytes());
        }
        let at = self.head();
        for (position, pointer) in self.pointers.iter().enumerate() {
            self.bytes[at + 2 * position..][..2].copy_from_slice(&pointer.to_be_bytes());
        }
        self.bytes
    }
}

/// A row: the kinds of its values, and the values.
fn record(row: &[Value]) -> Vec<u8> {
    let mut kinds = Vec::new();
    let mut body = Vec::new();
    for value in row {
        match value {
            Value::RowId => varint(&mut kinds, 0),
            Value::Integer(number) => integer(*number, &mut kinds, &mut body),
            Value::Text(text) => {
                varint(&mut kinds, 13 + 2 * text.len() as u64);
                body.extend(text.as_bytes());
            }
        }
    }
    // The length counts itself; no row here has a head of 128 bytes.
    let length = kinds.len() + 1;
    assert!(length < 128, "tables have few columns");
    let mut record = vec![length as u8];
    record.extend(kinds);
    record.extend(body);
    record
}

fn integer(number: i64, kinds: &mut Vec<u8>, body: &mut Vec<u8>) {
    let bytes = number.to_be_bytes();
    let (kind, length) = match number {
        0 => (8, 0),
        1 => (9, 0),
        -0x80..0x80 => (1, 1),
        -0x8000..0x8000 => (2, 2),
        -0x8000_0000..0x8000_0000 => (4, 4),
        _ => (6, 8),
    };
    kinds.push(kind);
    body.extend(&bytes[8 - length..]);
}

/// Seven bits a byte, the highest first, and eight in a ninth byte.
fn varint(bytes: &mut Vec<u8>, value: u64) {
    if value >> 56 != 0 {
        let high = (0..8)
            .rev()
            .map(|group| (value >> (8 + 7 * group)) as u8 | 0x80);
        bytes.extend(high);
        bytes.push(value as u8);
        return;
    }
    let groups = (0..8)
        .rev()
        .map(|group| (value >> (7 * group)) as u8 & 0x7f);
    let significant: Vec<u8> = groups.skip_while(|group| *group == 0).collect();
    let (last, high) = significant.split_last().unwrap_or((&0, &[]));
    bytes.extend(high.iter().map(|group| group | 0x80));
    bytes.push(*last);
}
