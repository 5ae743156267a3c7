import { defineConfig } from "vitest/config";

// Far from UTC and with a quarter of an hour: code that leans on the machine's zone fails here.
process.env.TZ = "Asia/Kathmandu";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    // Generous: a time limit is there to end what hangs, not to measure a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,components,emails,scripts,bench}/**/*.test.{ts,tsx}", "tests/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/setup/postgres.ts"],
          setupFiles: ["tests/setup/database.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/setup/site.ts"],
        },
      },
    ],
  },
});
