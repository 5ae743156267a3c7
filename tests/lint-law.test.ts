import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

// The import rules are law only if a planted violation is refused: each pair is a file and what it must not, or may, import.
type Pair = [file: string, imported: string];
const cases: { refused: Pair[]; allowed: Pair[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, "lint-cases.json"), "utf8"),
);
const root = join(import.meta.dirname, "..");
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "broadsheet-lint-"));
  cpSync(join(root, "biome.json"), join(folder, "biome.json"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(cases.refused)("%s may not import %s", (file, imported) => {
  expect(lint(file, imported)).toContain("noRestrictedImports");
});

test.each(cases.allowed)("%s may import %s", (file, imported) => {
  expect(lint(file, imported)).not.toContain("noRestrictedImports");
});

test("the tree itself has no named silence for a lint rule", () => {
  const found = spawnSync(
    "git",
    ["grep", "-lE", "biome-ignore|@ts-(ignore|nocheck|expect-error)", "--", "*.ts", "*.tsx"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect(found.stdout.split("\n").filter((path) => path && !path.endsWith("lint-law.test.ts"))).toEqual([]);
});

function lint(file: string, imported: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from "${imported}";\n\nexport const other = thing;\n`);
  try {
    const args = ["lint", "--only=style/noRestrictedImports", "--reporter=json", path];
    return execFileSync(process.execPath, [biome, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(path);
  }
}
