// Brings this site's search index up to the store, a few papers at a time, until it is killed. Writes a dot for each time.
import { updateSearchIndex } from "#lib/search/commands.ts";

for (;;) {
  await updateSearchIndex({ limit: 20 });
  process.stdout.write(".");
}
