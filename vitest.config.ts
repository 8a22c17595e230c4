import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/services.ts"],
    pool: "forks",
    // The embedded database is compiled anew in each process, and most live for seconds: a quick compilation is worth more than quick code.
    execArgv: ["--liftoff-only"],
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    reporters: process.env.CI === undefined ? ["default"] : ["default", "github-actions"],
  },
});
