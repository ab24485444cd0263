// A course of the test's own.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

// A sheet with an order and a match.
export const FARM = `---
sheet: farm
title: On the farm
domains: [SCS-C03/4]
topic: farm
---

# On the farm

### In which order? <!-- q: gate-order -->

1. open
2. read
3. close

> [!NOTE]
> A gate is opened first.
> Source: <https://example.com/gate>

### Which belongs to which? <!-- q: animals -->

| Animal | Gives |
|---|---|
| cow | milk |
| sheep | wool |

> [!NOTE]
> As one sees.
> Source: <https://example.com/animals>
`;

// The host's course is this one sheet: without facts there is no drill made of them.
export async function teachOnly(world, sheet) {
  const content = join(world.server.folder, "content");
  await writeFile(join(content, "facts.toml"), "");
  await writeFile(join(content, "sheets/farm.md"), sheet);
  await writeFile(join(content, "SUMMARY.md"), "# Summary\n\n- [On the farm](sheets/farm.md)\n");
}
